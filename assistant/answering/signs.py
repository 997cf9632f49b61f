"""The signs by which a unit is known to answer a question, and what each is worth.

The weights are fitted on question files by `tests/bench/fit_reading.py`, which writes
`data/reading.json`. Each sign is about 0-1, so that the weights can be compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.forms import contradicts, form_of, number_asked
from assistant.answering.units import Candidate, items_of
from assistant.danish.words import fold
from assistant.retrieval.matching import phrase_share
from assistant.retrieval.question import Question, Want, asks_for_money, committee_key
from assistant.retrieval.retriever import Retrieved, in_period

Signs = NDArray[np.float64]
ALIKE, ALIKE_SPAN = 0.82, 0.1
"""The cosines of e5 lie close together: what is alike begins here, and is surely so this higher."""
_LONG, _SHORT, _LONGEST_LIST = 80, 5, 100
_LIKELY = 60
_REPORT = re.compile(r"\b(?:BO|budgetopfølgning(?:en)?)[ \xa0]?(\d)\b", re.IGNORECASE)
_OF_THE_BODY = 0.7
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
RANKING = (
    "own", "coverage", "head", "phrase", "form", "form_and_meaning", "form_and_coverage", "meaning",
    "hit", "item", "first_item", "later_item", "length", "short", "row", "list_item", "list",
    "list_fit", "list_close", "list_long", "asked_section", "beslutning", "indstilling",
    "sagsforloeb", "oekonomi", "resume", "bilag", "beside", "late", "opens_list",
    "year", "other_year", "in_period", "report", "other_report", "body", "contradicts",
)  # fmt: skip
_FORM, _FORM_AND_MEANING, _FORM_AND_COVERAGE, _MEANING, _COVERAGE, _CONTRADICTS = map(
    RANKING.index,
    ("form", "form_and_meaning", "form_and_coverage", "meaning", "coverage", "contradicts"),
)
_SECTIONS = ("beslutning", "indstilling", "sagsforloeb", "oekonomi", "resume", "bilag")


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, how well it answers beside the others, and its signs."""

    candidate: Candidate
    score: float
    signs: Signs


def ranked(candidates: Sequence[Candidate], found: Retrieved) -> list[Scored]:
    """Return the candidates, the best first.

    Looking for figures and names is slow, so it is done for those that are likely without them.
    """
    weights = ranking_weights(found.question.want)
    likely = _sorted(((one, _formless_signs(one, found)) for one in candidates), weights)
    told = [(one.candidate, one.signs) for one in likely]
    looked_at = [(one, _with_form(signs, one, found)) for one, signs in told[:_LIKELY]]
    return _sorted([*looked_at, *told[_LIKELY:]], weights)


def signs(candidate: Candidate, found: Retrieved) -> Signs:
    """Return the signs of one candidate, in the order of `RANKING`."""
    return _with_form(_formless_signs(candidate, found), candidate, found)


def _sorted(told: Iterable[tuple[Candidate, Signs]], weights: Signs) -> list[Scored]:
    scored = [Scored(one, float(values @ weights), values) for one, values in told]
    return sorted(scored, key=lambda one: -one.score)


def _with_form(signs: Signs, candidate: Candidate, found: Retrieved) -> Signs:
    form = form_of(found.question, _with_units(candidate))
    told = signs.copy()
    told[_FORM] = form
    told[_FORM_AND_MEANING] = form * signs[_MEANING]
    told[_FORM_AND_COVERAGE] = form * signs[_COVERAGE]
    told[_CONTRADICTS] = contradicts(found.question, candidate.text)
    return told


def _formless_signs(candidate: Candidate, found: Retrieved) -> Signs:
    question, subject = found.question, found.subject
    unit, section = candidate.unit, candidate.stored.section
    told = subject.told(candidate.stems)
    coverage = subject.coverage(candidate.stems, candidate.context, candidate.around)
    words = len(candidate.text.split())
    items, asked = items_of(candidate), number_asked(question)
    values = {
        "own": sum(subject.weights[term] * told[term] for term in told) / (subject.total or 1.0),
        "coverage": coverage,
        "head": told.get(question.head, 0.0),
        "phrase": phrase_share(question.phrases, candidate.text, candidate.stems),
        "meaning": (candidate.meaning - ALIKE) / ALIKE_SPAN,
        "hit": candidate.hit,
        "item": candidate.item,
        "first_item": float(candidate.rank == 0),
        "later_item": min(candidate.rank, 5) / 5,
        "length": min(words, _LONG) / _LONG,
        "short": float(words < _SHORT),
        "row": float(unit.kind == "row"),
        "list_item": float(unit.kind == "list_item"),
        "list": float(unit.kind == "list"),
        "list_fit": float(bool(items) and len(items) == asked),
        "list_close": float(bool(items) and abs(len(items) - asked) == 1),
        "list_long": min(words / _LONGEST_LIST, 3.0) if items else 0.0,
        "asked_section": float(section.kind in _asked_sections(question.wants)),
        **{kind: float(section.kind == kind) for kind in _SECTIONS},
        "beside": max(0.0, (candidate.beside - ALIKE) / ALIKE_SPAN),
        "late": unit.start / len(section.text),
        "opens_list": float(candidate.text.endswith(":")),
        **_years(question, candidate),
        "in_period": float(in_period(candidate.stored.source, question)),
        **_reports(question, candidate),
        "body": _body(question, candidate),
    }
    return np.array([values.get(name, 0.0) for name in RANKING])


def _years(question: Question, candidate: Candidate) -> dict[str, float]:
    """Whether the unit, or what stands over it, names the year that is asked of, or only others."""
    asked = set(YEAR.findall(question.text))
    if not asked:
        return {}
    told = set(filter(YEAR.fullmatch, candidate.stems | candidate.context))
    return {"year" if asked & told else "other_year": 1.0} if told else {}


def _reports(question: Question, candidate: Candidate) -> dict[str, float]:
    """Whether the unit, or else its item, is of the budget report asked of, or of another."""
    asked = set(_REPORT.findall(question.text))
    if not asked:
        return {}
    source = candidate.stored.source
    told = set(_REPORT.findall(candidate.text)) or set(
        _REPORT.findall(f"{source.title} {source.heading}")
    )
    if not told:
        return {}
    return {"report" if asked & told else "other_report": 1.0}


def _body(question: Question, candidate: Candidate) -> float:
    """Whether the sum that is asked for is that of a named body, and the unit speaks of that one.

    What stands in an item of the body itself is nearly as likely to.
    """
    if question.want is not Want.AMOUNT or not question.committees:
        return 0.0
    source = candidate.stored.source
    text = fold(f"{source.title} {candidate.text}")
    if any(committee_key(name) in text for name in question.committees):
        return 1.0
    return _OF_THE_BODY if source.committee in question.committees else 0.0


def _with_units(candidate: Candidate) -> str:
    """The unit's text; a row's cells, each with the unit of the table's figures.

    Where the table names none, what stands under *udgift* or *tilskud* is kroner.
    """
    table = candidate.table
    if candidate.unit.kind != "row" or table is None:
        return candidate.text
    told = []
    for number, cell in enumerate(candidate.block.cells):
        column = table.columns[number] if number < len(table.columns) else ""
        unit = table.unit or ("kr." if asks_for_money(column) else "")
        if text := candidate.stored.section.text[slice(*cell)]:
            told.append(f"{text} {unit}")
    return "\n".join(told)


def _asked_sections(wants: Sequence[Want]) -> set[str]:
    asked = set()
    if Want.RECOMMENDATION in wants:
        asked.add("indstilling")
    if Want.DECISION in wants:
        asked.add("beslutning")
    return asked


@cache
def ranking_weights(want: Want) -> Signs:
    """Return what each sign is worth where such an answer is wanted, in the order of `RANKING`."""
    told = fitted()
    of_want = told["ranking_by_want"].get(want.value, {})
    return np.array([told["ranking"][name] + of_want.get(name, 0.0) for name in RANKING])


@cache
def fitted() -> dict[str, Any]:
    """Return the models in `data/reading.json`, each its weights by name."""
    told: dict[str, Any] = json.loads(
        files("data").joinpath("reading.json").read_text(encoding="utf-8")
    )
    return told
