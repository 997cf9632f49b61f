"""`python tests/bench/summaries.py [--items N] [--seed S] [--read] [--hide-resume]`: case summaries
of items from the store in ASSISTANT_HOME, picked by a seed.

Without `--hide-resume`: whether every line stands at its place, figures, closed items, lines a
block, seconds an item. With it: items that have a resume and a sagsfremstilling, of the half that
`fit_summary.py` does not see; the engine is not given the resume, and its opsummering is compared
with it, beside the first three sentences of the sagsfremstilling and TextRank.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import mean

import numpy as np

from assistant.answering.draft import Span
from assistant.answering.verify import quote_stands
from assistant.danish.sentences import sentences
from assistant.danish.words import stems
from assistant.errors import WrongUseError
from assistant.settings import Settings
from assistant.store.catalogue import Catalogue
from assistant.store.store import Store
from assistant.store.stored import StoredItem, StoredSection
from assistant.summarising.case import Case, gather
from assistant.summarising.extractive import summarise
from assistant.summarising.material import Material, Sentence, centred, material
from assistant.summarising.opsummering import summary
from assistant.summarising.standing import is_whole
from assistant.types import CaseSummary

_DAMPING = 0.85
_FEWEST_WORDS = 150
"""Words of a sagsfremstilling from which there is something to sum up."""


def main() -> None:
    """Print the figures as JSON; with `--read`, every line before them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--municipality", default="Greve")
    arguments.add_argument("--read", action="store_true", help="print every block")
    arguments.add_argument("--hide-resume", action="store_true")
    given = arguments.parse_args()
    store = Store(Settings())
    picked = shuffled(store.catalogue, given.municipality, given.seed)
    report = (
        against_resumes(picked, store, given.items)
        if given.hide_resume
        else blocks(picked, store, given.items, read=given.read)
    )
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def shuffled(catalogue: Catalogue, municipality: str, seed: int) -> list[StoredItem]:
    """Return the open items of a municipality by a seed, each text of a case once."""
    documents = [catalogue.items_of_document(day[0]) for day in sorted(catalogue.meeting_days())]
    found = [
        item for items in documents for item in items
        if not item.closed and item.municipality == municipality
    ]
    random.Random(seed).shuffle(found)  # noqa: S311
    once = {(item.case_number, item.title): item for item in reversed(found)}
    return [item for item in found if once[(item.case_number, item.title)] is item]


def blocks(
    picked: Sequence[StoredItem], store: Store, wanted: int, *, read: bool
) -> dict[str, object]:
    """Return the figures of the first `wanted` items that have a case text."""
    made: list[CaseSummary] = []
    took: list[float] = []
    standing: list[bool] = []
    for item in picked:
        if len(made) == wanted:
            break
        try:
            case = gather(item.id, store.catalogue)
        except WrongUseError:
            continue
        if not case.of_kind("sagsfremstilling"):
            continue
        started = time.perf_counter()
        block = summarise(case, store)
        took.append(time.perf_counter() - started)
        sections = {one.source.section_id: one for one in case.sections}
        standing += [quote_stands(citation, sections) for citation in block.citations]
        made.append(block)
        if read:
            sys.stdout.write(as_text(block, case))
    lines = [line for block in made for line in lines_of(block)]
    return {
        "items": len(made),
        "lines": len(lines),
        "lines with a citation": mean(bool(citations) for _, citations in lines),
        "citations verbatim at their place": mean(standing),
        "figures": sum(len(block.figures) for block in made),
        "figures unsupported": sum(not f.supported for block in made for f in block.figures),
        "lines that fell": sum(any("udeladt" in n for n in block.notes) for block in made),
        "closed items": sum(gathered_closed(block, store.catalogue) for block in made),
        "with a question": mean(block.spoergsmaal is not None for block in made),
        "opsummering, lines": mean(len(block.opsummering) for block in made),
        "opsummering, words": mean(
            sum(len(line.text.split()) for line in block.opsummering) for block in made
        ),
        "fordele, lines": mean(len(block.fordele) for block in made),
        "ulemper, lines": mean(len(block.ulemper) for block in made),
        "with fordele": mean(bool(block.fordele) for block in made),
        "with ulemper": mean(bool(block.ulemper) for block in made),
        "with neither": mean(not block.fordele and not block.ulemper for block in made),
        "seconds, median": round(sorted(took)[len(took) // 2], 3),
        "seconds, most": round(max(took), 3),
    }


def lines_of(block: CaseSummary) -> list[tuple[str, tuple[int, ...]]]:
    """Return every line that cites, with its citations."""
    question = (block.spoergsmaal,) if block.spoergsmaal else ()
    lines = (*question, *block.opsummering, *block.fordele, *block.ulemper)
    return [(line.text, line.citations) for line in lines]


def gathered_closed(block: CaseSummary, catalogue: Catalogue) -> bool:
    return catalogue.items([block.item_id])[block.item_id].closed


def as_text(block: CaseSummary, case: Case) -> str:
    """Return the block for reading."""
    told = [f"\n=== {block.item_id} | {case.item.committee} | {case.item.title}"]
    if block.spoergsmaal:
        told.append(f"?  {block.spoergsmaal.text}")
    told += [f"   {line.text}" for line in block.opsummering]
    told += [f"+  {line.text}" for line in block.fordele]
    told += [f"-  {line.text}" for line in block.ulemper]
    told += [f"o  {line}" for line in (*block.ikke_belyst, *block.notes)]
    return "\n".join(told) + "\n"


# --- beside the administration's own resume ---


def against_resumes(
    picked: Sequence[StoredItem], store: Store, wanted: int
) -> dict[str, object]:
    """Return ROUGE-L F1 on stems, and cosine, of three ways beside the hidden resume."""
    ways: dict[str, Callable[[Case, Material], str]] = {
        "this engine": by_engine,
        "first three sentences": first_three,
        "TextRank": text_rank,
    }
    scores: dict[str, list[tuple[float, float, int]]] = {way: [] for way in ways}
    lengths: list[int] = []
    for item in picked:
        if len(scores["this engine"]) == wanted:
            break
        found = without_resume(item, store.catalogue)
        if found is None or fits(item):
            continue
        case, resume = found
        lengths.append(len(resume.split()))
        told = material(case, store)
        texts = [make(case, told) for make in ways.values()]
        *vectors, wanted_vector = store.embedder.passages([*texts, resume])
        for way, text, vector in zip(ways, texts, vectors, strict=True):
            cosine = float(vector @ wanted_vector)
            scores[way].append((rouge_l(text, resume), cosine, len(text.split())))
    return {
        "items": len(scores["this engine"]),
        "words of the resumes": round(mean(lengths)),
        **{
            way: {
                "ROUGE-L F1": round(mean(score[0] for score in told), 3),
                "cosine": round(mean(score[1] for score in told), 4),
                "words": round(mean(score[2] for score in told)),
            }
            for way, told in scores.items()
        },
    }


def fits(item: StoredItem) -> bool:
    """Return whether the case is of the half that the signs are fitted on."""
    return sum((item.case_number + item.title).encode()) % 2 == 0


def without_resume(item: StoredItem, catalogue: Catalogue) -> tuple[Case, str] | None:
    """Return the case without its resume, and the resume; None where there is nothing to compare.

    A sagsfremstilling that repeats the resume word for word is left out: it would be found there.
    """
    try:
        case = gather(item.id, catalogue)
    except WrongUseError:
        return None
    resume = " ".join(one.section.text for one in case.of_kind("resume"))
    body = " ".join(one.section.text for one in case.of_kind("sagsfremstilling"))
    if len(resume.split()) < 25 or len(body.split()) < _FEWEST_WORDS:
        return None
    rest: tuple[StoredSection, ...] = tuple(
        one for one in case.sections if one.section.kind != "resume"
    )
    return replace(case, sections=rest), resume


def by_engine(case: Case, told: Material) -> str:
    return joined(summary(case, told))


def first_three(case: Case, _: Material) -> str:
    """Return the first three sentences of the sagsfremstilling."""
    text = "\n".join(one.section.text for one in case.of_kind("sagsfremstilling"))
    whole = [text[span.start:span.end] for span in sentences(text)]
    return " ".join([one for one in whole if len(one.split()) > 3][:3])


def text_rank(case: Case, told: Material) -> str:
    """Return the three sentences that PageRank over their likeness puts first, in text order.

    Mihalcea and Tarau (2004), with the likeness of sentence vectors for that of words.
    """
    own = [one for one in told.sentences if one.kind == "sagsfremstilling" and is_whole(one)]
    if not own:
        return first_three(case, told)
    apart = centred(own)
    links = np.maximum(apart @ apart.T, 0)
    np.fill_diagonal(links, 0)
    links /= np.maximum(links.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(len(own), 1 / len(own))
    for _ in range(50):
        rank = (1 - _DAMPING) / len(own) + _DAMPING * links.T @ rank
    best: list[Sentence] = [own[n] for n in sorted(np.argsort(-rank)[:3].tolist())]
    return " ".join(one.text for one in best)


def joined(spans: Sequence[Span]) -> str:
    return " ".join(span.quote for span in spans)


def rouge_l(made: str, reference: str) -> float:
    """Return the F1 of the longest common subsequence of stems (Lin 2004)."""
    a, b = stems(made), stems(reference)
    if not a or not b:
        return 0.0
    row = [0] * (len(b) + 1)
    for word in a:
        last = 0
        for n, other in enumerate(b, start=1):
            last, row[n] = row[n], last + 1 if word == other else max(row[n], row[n - 1])
    common = row[-1]
    return 2 * common / (len(a) + len(b))


if __name__ == "__main__":
    main()
