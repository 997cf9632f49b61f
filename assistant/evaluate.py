"""Measuring answers against question files: the yardsticks of README's quality section."""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.answering.verify import check, folded, quote_stands
from assistant.answering.wording import wording_rules
from assistant.errors import WrongUseError
from assistant.service import Assistant
from assistant.types import Answer, EngineName, Hit

_LONGEST_ANSWER = 120
_FIRST = 5
_NOES = ("not_found", "closed", "undecided")
_DECIDED_IN = ("beslutning", "sagsforloeb")


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One line of a question file. `must`: each inner list needs one alternative in the answer."""

    id: str
    question: str
    kind: str
    expect: str
    must: tuple[tuple[str, ...], ...]
    case: str = ""
    doc: str = ""

    @property
    def answerable(self) -> bool:
        return self.expect == "answer"


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's answer, judged."""

    question: EvalQuestion
    answer: Answer
    right: bool
    place: int | None
    """Where (1 is first) the right case or document stood among the hits; None: not there."""
    quotes: int
    quotes_standing: int
    unsupported: int
    """Claims of the answer that do not stand on what it cites, checked anew as it was shown."""
    leaks: int
    false_decisions: int


def read_questions(paths: Iterable[Path]) -> list[EvalQuestion]:
    """Return the questions of the files. Raises WrongUseError where a line cannot be read."""
    questions = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongUseError(f"Spørgsmålsfilen »{path}« kan ikke læses.") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                questions.append(_question(line, f"{path}, linje {number}"))
    if not questions:
        raise WrongUseError("Der er ingen spørgsmål i filerne.")
    return questions


def judge(
    question: EvalQuestion, assistant: Assistant, engine: EngineName | None = None
) -> Judged:
    """Ask one question, by this engine if one is named, and judge the answer."""
    started = time.monotonic()
    found = assistant.retrieve(question.question)
    answer = assistant.answer(found, started, engine)
    sections = assistant.store.catalogue.sections(c.section_id for c in answer.citations)
    items = assistant.store.catalogue.items(c.item_id for c in answer.citations if c.item_id)
    rules = wording_rules(assistant.store.embedder) if answer.engine == "generative" else ()
    return Judged(
        question=question,
        answer=answer,
        right=is_right(question, answer),
        place=_place(question, found.hits),
        quotes=len(answer.citations),
        quotes_standing=sum(quote_stands(c, sections) for c in answer.citations),
        unsupported=check(answer.claims, answer.citations, sections, rules).dropped,
        leaks=sum(item.closed for item in items.values()),
        false_decisions=_false_decisions(answer),
    )


def is_right(question: EvalQuestion, answer: Answer) -> bool:
    """Return whether an answer is right by the file's own rule.

    An answer to an answerable question has every `must`, cites the right case or document, and is
    no longer than 120 words. A false premise is not accepted where the answer is a no, or shows
    what was decided.
    """
    if len(answer.answer.split()) > _LONGEST_ANSWER:
        return False
    if question.expect == "answer_must_not_accept":
        return answer.status != "answered" or any(c.kind == "decision" for c in answer.claims)
    if share_said(question, answer.answer) < 1:
        return False
    if question.expect in _NOES:
        return answer.status == question.expect
    return answer.status == "answered" and any(
        is_place(question, c.case_number, c.document) for c in answer.citations
    )


def yardsticks(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the yardsticks, whole and by kind of question; shares are 0-1."""
    answerable = [one for one in judged if one.question.answerable]
    noes = [one for one in judged if one.question.expect in _NOES]
    placed = [one for one in answerable if one.question.case or one.question.doc]
    lengths = [len(one.answer.answer.split()) for one in judged]
    times = sorted(one.answer.took_ms for one in judged)
    figures = [figure for one in judged for figure in one.answer.figures]
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[one.question.kind].append(one)
    return {
        "questions": len(judged),
        "right": _share(one.right for one in judged),
        "right_answerable": _share(one.right for one in answerable),
        "right_noes": _share(one.right for one in noes),
        "wrong_noes": _share(one.answer.status != "answered" for one in answerable),
        "in_first_5": _share(one.place is not None and one.place <= _FIRST for one in placed),
        "first": _share(one.place == 1 for one in placed),
        "quotes_verbatim": _ratio(
            sum(one.quotes_standing for one in judged), sum(one.quotes for one in judged)
        ),
        "figures_supported": _share(figure.supported for figure in figures),
        "unsupported_shown": sum(one.unsupported for one in judged),
        "claims_dropped": sum(_told(one, "claims_dropped") for one in judged),
        "fallbacks": sum("fallback" in one.answer.provenance for one in judged),
        "tokens_in": sum(_told(one, "tokens_in") for one in judged),
        "tokens_out": sum(_told(one, "tokens_out") for one in judged),
        "closed_leaks": sum(one.leaks for one in judged),
        "indstilling_as_beslutning": sum(one.false_decisions for one in judged),
        "words_median": statistics.median(lengths),
        "words_longest": max(lengths),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[min(len(times) - 1, int(len(times) * 0.95))],
        "by_kind": {
            kind: {"questions": len(ones), "right": _share(one.right for one in ones)}
            for kind, ones in sorted(kinds.items())
        },
    }


def written(judged: Iterable[Judged], path: Path) -> Iterator[Judged]:
    """Yield what is judged, each answer written to `path` first, so that none is lost with a run.

    One line a question: `{"id": …, "answer": {the whole Answer}}`. Raises WrongUseError where the
    file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", buffering=1) as file:
            for one in judged:
                told = {"id": one.question.id, "answer": asdict(one.answer)}
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
                yield one
    except OSError as error:
        raise WrongUseError(f"Svarene kan ikke skrives til »{path}«.") from error


def _question(line: str, place: str) -> EvalQuestion:
    try:
        told: Mapping[str, Any] = json.loads(line)
        return EvalQuestion(
            id=told["id"],
            question=told["question"],
            kind=told["kind"],
            expect=told["expect"],
            must=tuple(tuple(any_of) for any_of in told.get("must", ())),
            case=told.get("case", ""),
            doc=told.get("doc", ""),
        )
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise WrongUseError(
            f"{place} er ikke et spørgsmål: der skal stå id, question, kind, expect og must."
        ) from error


def _place(question: EvalQuestion, hits: Sequence[Hit]) -> int | None:
    return next(
        (
            place
            for place, hit in enumerate(hits, start=1)
            if is_place_of(question, hit)
        ),
        None,
    )


def is_place(question: EvalQuestion, case_number: str, document: str) -> bool:
    """Return whether this is the case or document that the question is about, where it says."""
    if question.case:
        return case_number == question.case
    return not question.doc or document == question.doc


def is_place_of(question: EvalQuestion, hit: Hit) -> bool:
    """Return whether the hit's text stands in the case or document that the question is about."""
    return any(
        is_place(question, source.case_number, source.document)
        for source in (hit.source, *hit.also)
    )


def share_said(question: EvalQuestion, text: str) -> float:
    """Return how much (0-1) of what the answer must say the text says."""
    told = folded(text).casefold()
    said = [any(folded(one).casefold() in told for one in any_of) for any_of in question.must]
    return sum(said) / len(said) if said else 1.0


def _false_decisions(answer: Answer) -> int:
    sections = {citation.n: citation.section for citation in answer.citations}
    return sum(
        claim.kind == "decision" and any(sections[n] not in _DECIDED_IN for n in claim.citations)
        for claim in answer.claims
    )


def _told(one: Judged, key: str) -> int:
    return int(one.answer.provenance.get(key, "0"))


def _share(told: Iterable[bool]) -> float | None:
    values = list(told)
    return _ratio(sum(values), len(values))


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
