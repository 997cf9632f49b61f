"""`python tests/bench/claim_meaning.py [--show N]`: how much meaning a claim shares with what it
cites, for claims that say what is cited and claims that do not.

Asks the store in ASSISTANT_HOME. A true pair is a claim beside the sentence, list item or row that
it restates: a question of `tests/evals` put as a statement with its answer, beside the unit that
holds its evidence; and a sentence of a resumé beside the one sentence of the case that has its
figure. A false pair is the same claim beside another unit: of the same item; of the same item with
a figure; of another item. Printed is, for each measure and threshold, how many true pairs hold and
how many false ones do.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.verify import folded
from assistant.answering.wording import Evidence, shared_words
from assistant.danish.figures import find_figures
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.store.stored import StoredSection
from assistant.types import Unit

EVALS = Path(__file__).parent.parent / "evals"
FILES = ("greve_politician", "greve_evening", "other_municipalities", "greve_decided_fit")
_ASKING = re.compile(
    r"^(?:Hvad|Hvor|Hvem|Hvilke[tn]?|Hvornår|Hvorfor|Hvordan)\b(?: (?:mange|meget|stor|store))?"
)
_RESUMES = 1500
_CHANCE = random.Random(7)  # noqa: S311


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside a unit, and whether the unit is what it was made from."""

    kind: str
    claim: str
    evidence: Evidence


def main() -> None:
    """Print the share of each kind of pair that holds, threshold by threshold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="the worst pairs of each kind to print")
    given = parser.parse_args()
    with closing(Store(Settings())) as store:
        pairs = [*question_pairs(store), *resume_pairs(store)]
        words = np.array([shared_words(one.claim, one.evidence) for one in pairs])
        claims = store.embedder.passages([one.claim for one in pairs])
        quotes = store.embedder.passages([one.evidence.quoted for one in pairs])
    alike = (claims * quotes).sum(axis=1)
    kinds = np.array([one.kind for one in pairs])
    each = list(dict.fromkeys(kinds))
    told = [f"{kind}: {(kinds == kind).sum()}" for kind in each]
    for name, values, steps in (
        ("shared words", words, np.arange(0.05, 1.0, 0.05)),
        ("cosine", alike, np.arange(0.78, 0.96, 0.01)),
    ):
        told.append(f"\n{name}: the share at or above")
        told += [f"  {step:.2f} " + _shares(values >= step, kinds) for step in steps]
    told.append("\nshared words at or above, or half of that and this cosine")
    for step in (0.3, 0.4, 0.5, 0.6):
        for near in (0.85, 0.87, 0.89, 0.91):
            held = (words >= step) | ((words >= step / 2) & (alike >= near))
            told.append(f"  {step:.2f} {near:.2f} " + _shares(held, kinds))
    for kind in each:
        order = np.argsort(words if kind.startswith("true") else -words, kind="stable")
        for n in [n for n in order if kinds[n] == kind][:given.show]:
            told.append(f"\n{kind} {words[n]:.2f} {alike[n]:.3f}")
            told += [f"  {pairs[n].claim}", f"  {pairs[n].evidence.quoted}"]
    sys.stdout.write("\n".join(told) + "\n")


def _shares(held: NDArray[np.bool_], kinds: NDArray[np.str_]) -> str:
    return " ".join(f"{kind} {held[kinds == kind].mean():.3f}" for kind in dict.fromkeys(kinds))


def question_pairs(store: Store) -> Iterator[Pair]:
    """Yield the evals' questions as statements, beside their evidence and beside other units."""
    sections = list(_all_sections(store))
    for name in FILES:
        for line in (EVALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if told.get("evidence") and told["expect"] == "answer":
                claim = _statement(told["question"], [one[0] for one in told["must"]])
                yield from _pairs("question", claim, told["evidence"], sections, store)


def resume_pairs(store: Store) -> Iterator[Pair]:
    """Yield the sentences of resumés that share a sum with one sentence of their case."""
    sections = [one for one in _all_sections(store) if one.source.item_id]
    resumes = [one for one in sections if one.section.kind == "resume"]
    for resume in _CHANCE.sample(resumes, min(_RESUMES, len(resumes))):
        case = store.catalogue.sections_of_item(resume.source.item_id)
        for unit in _units(resume, store):
            claim = folded(resume.section.text[unit.start:unit.end])
            sums = _sums(claim)
            same = [
                (stored, other)
                for stored in case
                if stored.section.kind not in ("resume", "beslutning", "sagsforloeb")
                for other in _units(stored, store)
                if sums and sums <= _sums(stored.section.text[other.start:other.end])
            ]
            if len(same) == 1:
                evidence = folded(same[0][0].section.text[same[0][1].start:same[0][1].end])
                if evidence != claim:
                    yield from _pairs("resume", claim, evidence, case, store)


def _pairs(
    kind: str, claim: str, quote: str, sections: Sequence[StoredSection], store: Store
) -> Iterator[Pair]:
    home = next((one for one in sections if folded(quote) in folded(one.section.text)), None)
    if home is None:
        return
    own, others = None, []
    item = store.catalogue.sections_of_item(home.source.item_id) if home.source.item_id else [home]
    for stored in item:
        for unit in _units(stored, store):
            text = folded(stored.section.text[unit.start:unit.end])
            if stored.source.section_id == home.source.section_id and _overlap(text, quote):
                own = own or (stored, text)
            elif len(text.split()) >= 5 and not _overlap(text, claim):
                others.append((stored, text))
    if own is None or not others:
        return
    yield Pair(f"true {kind}", claim, _evidence(*own))
    yield Pair("other passage", claim, _evidence(*_CHANCE.choice(others)))
    figured = [one for one in others if find_figures(one[1])]
    if figured and find_figures(claim):
        yield Pair("other figure", claim, _evidence(*_CHANCE.choice(figured)))
    stored = _CHANCE.choice(sections)
    if stored.source.item_id != home.source.item_id and (units := _units(stored, store)):
        unit = _CHANCE.choice(units)
        text = folded(stored.section.text[unit.start:unit.end])
        yield Pair("other item", claim, _evidence(stored, text))


def _evidence(stored: StoredSection, text: str) -> Evidence:
    return Evidence(text, f"{stored.source.title}\n{stored.section.heading}")


def _overlap(text: str, quote: str) -> bool:
    return folded(quote) in text or text in folded(quote)


def _statement(question: str, answer: Sequence[str]) -> str:
    return f"{_ASKING.sub('', question).strip(' ?')}: {', '.join(answer)}"


def _sums(text: str) -> set[tuple[str, object]]:
    return {(one.kind, one.value) for one in find_figures(text) if one.kind == "amount"}


def _units(stored: StoredSection, store: Store) -> list[Unit]:
    section_id = stored.source.section_id
    return [one.unit for one in store.catalogue.units([section_id]).get(section_id, ())]


def _all_sections(store: Store) -> Iterator[StoredSection]:
    for meeting in store.catalogue.meetings():
        items = store.catalogue.items_of_document(meeting.document_id)
        yield from store.catalogue.sections_of_items(i.id for i in items if not i.closed).values()


if __name__ == "__main__":
    main()
