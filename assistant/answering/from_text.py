"""Answers from running text, lists and tables: the units that fit the question best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.draft import Draft, Span, words
from assistant.answering.forms import demands_form, form_of
from assistant.answering.units import Unit, list_around, units_of
from assistant.answering.verify import folded
from assistant.danish.figures import find_figures
from assistant.danish.sentences import sentences
from assistant.danish.words import stems
from assistant.retrieval.matching import phrase_share, related
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store

_HITS = 8
_LONGEST = 60
_LONGEST_LIST = 110
_ENOUGH = 0.55
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]{2}")
_GOES_ON = re.compile(
    r"(?:Dels|Desuden|Derudover|Endvidere|Samt|Og|For det (?:andet|tredje|fjerde)|"
    r"Den (?:anden|tredje|fjerde)|Det (?:andet|tredje|fjerde))\b"
)
_CLOSE = 0.9
_READ_TWICE = 24
# What each sign of a right unit is worth beside its coverage; fitted on the development questions.
_OWN, _FORM, _HEAD, _PHRASE, _HIT, _ROW, _BILAG = 0.5, 1.1, 0.4, 0.2, 0.9, 0.5, 0.5
_LENGTH, _LONG = 0.005, 80
_MEANING, _ALIKE = 10.8, 0.82
_MISSING_FORM = 0.25
_LONGEST_ROW = 240


@dataclass(frozen=True, slots=True)
class _Scored:
    """A unit, how well it answers, and how much of the subject it speaks of (0-1)."""

    unit: Unit
    score: float
    coverage: float


def answer_from_text(found: Retrieved, store: Store) -> Draft | None:
    """Return the best unit as a quote, with a near second where it adds to it; None: not there."""
    if not any(term.isalpha() for term in found.subject.weights):
        return None
    scored = _scored(found, store)
    if not scored or scored[0].coverage < _ENOUGH:
        return None
    best = scored[0]
    draft = Draft()
    if not (_wants_list(found) and _quote_list(draft, best.unit)):
        _quote(draft, best.unit, found)
        if not (_wants_list(found) and _quote_rest_of_enumeration(draft, best.unit)):
            _add_second(draft, best, scored[1:], found)
    return draft


def _scored(found: Retrieved, store: Store) -> list[_Scored]:
    """The units of the first hits, best first; the likeliest are read a second time by meaning."""
    hits = found.hits[:_HITS]
    sections = store.catalogue.sections(hit.source.section_id for hit in hits)
    scored = sorted(
        (
            _score(unit, found)
            for hit in hits
            for unit in units_of(hit, sections[hit.source.section_id])
        ),
        key=lambda one: -one.score,
    )[:_READ_TWICE]
    if not scored:
        return []
    told = [
        f"{one.unit.hit.source.title} · {one.unit.hit.heading}\n{one.unit.text}" for one in scored
    ]
    similarity = store.embedder.passages(told) @ found.vector
    read = [
        replace(one, score=one.score + _MEANING * (float(alike) - _ALIKE))
        for one, alike in zip(scored, similarity, strict=True)
    ]
    return sorted(read, key=lambda one: -one.score)


def _score(unit: Unit, found: Retrieved) -> _Scored:
    question = found.question
    coverage = found.subject.coverage(unit.stems, unit.context, unit.passage)
    form = 1.0 if _introduces_list(unit, found) else form_of(question, _told(unit))
    score = (
        coverage
        + _OWN * found.subject.coverage(unit.stems)
        + _FORM * form
        + _HEAD * (related(question.head, unit.stems) if question.head else 0.0)
        + _PHRASE * phrase_share(question.phrases, unit.text)
        + _HIT * unit.hit.score
        + _ROW * (unit.kind == "row")
        - _LENGTH * min(words(unit.text), _LONG)
        - _BILAG * (unit.stored.section.kind == "bilag")
    )
    if demands_form(question) and not form:
        coverage -= _MISSING_FORM
    return _Scored(unit, score, coverage)


def _wants_list(found: Retrieved) -> bool:
    return Want.LIST in found.question.wants


def _introduces_list(unit: Unit, found: Retrieved) -> bool:
    return _wants_list(found) and unit.text.endswith(":") and bool(list_around(unit))


def _told(unit: Unit) -> str:
    """The unit's text; a table row's with the unit of its figures."""
    if unit.kind != "row" or unit.table is None:
        return unit.text
    cells = (unit.stored.section.text[slice(*cell)] for cell in unit.block.cells)
    return "\n".join(f"{cell} {unit.table.unit}" for cell in cells if cell)


def _quote_list(draft: Draft, unit: Unit) -> bool:
    """Quote the whole list that the unit introduces or stands in, where there is one."""
    blocks = list_around(unit)
    if not blocks:
        return False
    intro, items = blocks[0], blocks[1:]
    text = unit.stored.section.text
    if sum(words(text[item.start:item.end]) for item in items) > _LONGEST_LIST:
        return False
    if intro.kind == "list_item":
        items = blocks
    for number, item in enumerate(items):
        draft.quote(Span(unit.stored, item.start, item.end), "" if number else _label(unit))
    return True


def _quote_rest_of_enumeration(draft: Draft, unit: Unit) -> bool:
    """Quote the sentences after the unit that go on with what it enumerates (*Dels …*)."""
    text = unit.stored.section.text
    rest = text[unit.end:unit.end + 1500]
    length = words(unit.text)
    quoted = False
    for span in sentences(rest):
        told = rest[span.start:span.end]
        length += words(told)
        if not _GOES_ON.match(told) or length > _LONGEST_LIST:
            break
        draft.quote(Span(unit.stored, unit.end + span.start, unit.end + span.end))
        quoted = True
    return quoted


def _quote(draft: Draft, unit: Unit, found: Retrieved) -> None:
    if unit.kind == "row":
        _quote_row(draft, unit, found)
    else:
        draft.quote(Span(unit.stored, unit.start, unit.end), _label(unit))


def _label(unit: Unit) -> str:
    """What must be said before a quote: a recommendation is never taken for a decision."""
    return "Indstilling: " if unit.stored.section.kind == "indstilling" else ""


def _quote_row(draft: Draft, unit: Unit, found: Retrieved) -> None:
    """Name the cell by its row and column; the quote runs from the row's name to the cell."""
    text = unit.stored.section.text
    cells = unit.block.cells
    name = _name_cell(unit)
    wanted = _wanted_cells(unit, found, name)
    if not wanted:
        draft.quote(Span(unit.stored, unit.start, unit.end))
        return
    row = folded(text[slice(*cells[name])])
    told = [_named_cell(unit, cell) for cell in wanted]
    draft.claim(f"{row}: {'; '.join(told)}", "statement", *_row_spans(unit, name, wanted))


def _name_cell(unit: Unit) -> int:
    """The first cell with words: what the row is called (before it may stand a number)."""
    text = unit.stored.section.text
    cells = enumerate(unit.block.cells)
    return next((n for n, cell in cells if _WORD.search(text[slice(*cell)])), 0)


def _wanted_cells(unit: Unit, found: Retrieved, name: int) -> list[int]:
    """The cells that the question means: those of the years it names, else of the columns.

    Where it names no year, a row over several years is told for each of them.
    """
    text, columns = unit.stored.section.text, unit.table.columns if unit.table else ()
    filled = [
        n for n, cell in enumerate(unit.block.cells) if n > name and text[slice(*cell)].strip()
    ]
    years = set(_YEAR.findall(found.question.text))
    periods = [n for n in filled if n < len(columns) and _YEAR.search(columns[n])]
    dated = [n for n in periods if any(year in columns[n] for year in years)]
    if dated or len(periods) > 1:
        return dated or periods
    fitting = [
        n for n in filled if find_figures(text[slice(*unit.block.cells[n])])
    ] or filled
    asked = [
        (found.subject.coverage(set(stems(columns[n]))) if n < len(columns) else 0.0, -n)
        for n in fitting
    ]
    return [-max(asked)[1]] if asked else []


def _named_cell(unit: Unit, cell: int) -> str:
    text, table = unit.stored.section.text, unit.table
    value = folded(text[slice(*unit.block.cells[cell])])
    column = table.columns[cell] if table and cell < len(table.columns) else ""
    unit_name = table.unit if table and not re.search(r"[a-z]", value) else ""
    named = f"{column}: {value}" if column else value
    return f"{named} ({unit_name})" if unit_name and unit_name not in named else named


def _row_spans(unit: Unit, name: int, wanted: Sequence[int]) -> list[Span]:
    """From the row's name to the last cell; where that is long, the cells alone."""
    cells = unit.block.cells
    start, end = cells[name][0], cells[wanted[-1]][1]
    if end - start <= _LONGEST_ROW:
        return [Span(unit.stored, start, end)]
    return [Span(unit.stored, *cells[cell]) for cell in wanted]


def _add_second(
    draft: Draft, best: _Scored, others: Sequence[_Scored], found: Retrieved
) -> None:
    """Add the next unit where it is nearly as good, near by, and says more of the subject."""
    missing = set(found.subject.missing(best.unit.stems))
    for other in others[:4]:
        unit = other.unit
        near = unit.stored.source.section_id == best.unit.stored.source.section_id
        adds = any(term not in found.subject.missing(unit.stems) for term in missing)
        short = words(best.unit.text) + words(unit.text) <= _LONGEST
        if near and adds and short and other.score >= _CLOSE * best.score and unit.kind != "row":
            draft.quote(Span(unit.stored, unit.start, unit.end))
            return
