"""The money of a case: sentences and table rows that name amounts, in the case's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Span, words
from assistant.answering.excerpts import beginning
from assistant.answering.units import name_cell
from assistant.answering.verify import folded
from assistant.danish.figures import find_figures
from assistant.danish.sentences import sentences
from assistant.store.stored import StoredSection
from assistant.types import Block

_MOST_LINES, _MOST_WORDS = 5, 110
_NO_AMOUNT_WORDS = 40
_LONGEST_CELL = 60
_NEGATIVE = re.compile(r"\s*[-−–]")
_TOTAL = re.compile(r"\b(?:i alt|total(?:t)?|sum|samlet|resultat|netto)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """One line on the money: what it says, and the spans that bear it."""

    text: str
    spans: tuple[Span, ...]


def money_of(sections: Sequence[StoredSection]) -> tuple[list[Money], bool]:
    """Return the lines that name amounts, and whether there were more than there is room for.

    Of a table its rows of totals, or all of a short one. Where no amount is named, the first
    sentences of the first section: that there are no costs is told in words.
    """
    found = [line for stored in sections for line in _lines(stored)]
    told: list[Money] = []
    length = 0
    for line in found:
        length += words(line.text)
        if told and (len(told) == _MOST_LINES or length > _MOST_WORDS):
            return told, True
        told.append(line)
    if not told and sections:
        whole = Span(sections[0], 0, len(sections[0].section.text))
        first = beginning(whole, _NO_AMOUNT_WORDS)
        return [Money(first.quote, (first,))], first != whole
    return told, False


def _lines(stored: StoredSection) -> Iterator[Money]:
    section = stored.section
    for block in section.blocks:
        if block.kind == "table_row":
            if _is_shown(block, stored) and (line := _row(block, stored)):
                yield line
        elif block.kind in ("paragraph", "list_item"):
            yield from _sentences(block, stored)


def _sentences(block: Block, stored: StoredSection) -> Iterator[Money]:
    text = stored.section.text[block.start:block.end]
    for sentence in sentences(text):
        told = text[sentence.start:sentence.end]
        if any(figure.kind == "amount" for figure in find_figures(told)):
            span = Span(stored, block.start + sentence.start, block.start + sentence.end)
            yield Money(span.quote, (span,))


def _is_shown(row: Block, stored: StoredSection) -> bool:
    """A total, or the only row of its table."""
    rows = [
        block
        for block in stored.section.blocks
        if block.kind == "table_row" and block.table == row.table and len(block.cells) > 1
    ]
    name = name_cell(row, stored.section.text)
    is_total = name is not None and _TOTAL.search(stored.section.text[slice(*row.cells[name])])
    return row in rows and (len(rows) == 1 or bool(is_total))


def _row(row: Block, stored: StoredSection) -> Money | None:
    """The row's amounts, each after its column's name, with the table's unit."""
    section = stored.section
    name = name_cell(row, section.text)
    if name is None or row.table is None:
        return None
    table = section.tables[row.table]
    cells = [
        n
        for n, cell in enumerate(row.cells)
        if n > name and _is_amount(section.text[slice(*cell)], table.unit)
    ]
    if not cells:
        return None
    told = [_cell(section.text[slice(*row.cells[n])], n, table.columns) for n in cells]
    title = folded(section.text[slice(*row.cells[name])])
    unit = f" ({table.unit})" if table.unit else ""
    return Money(f"{title}{unit}: {'; '.join(told)}", tuple(_spans(row, name, cells, stored)))


def _spans(
    row: Block, name: int, cells: Sequence[int], stored: StoredSection
) -> Iterator[Span]:
    """From the row's name to its last amount; negative ones each alone.

    Side by side on one line, `500 -810` reads as a range.
    """
    start = row.cells[name][0]
    text = stored.section.text
    alone = any(_NEGATIVE.match(text[slice(*row.cells[n])]) for n in cells[1:])
    for n in cells if alone else cells[-1:]:
        yield Span(stored, start, row.cells[n][1])
        start = row.cells[n + 1][0] if n + 1 < len(row.cells) else row.cells[n][1]


def _is_amount(cell: str, unit: str) -> bool:
    """An amount by its own words, or a bare number under a unit of money."""
    kinds = {figure.kind for figure in find_figures(cell)}
    wanted = {"amount", "count"} if unit else {"amount"}
    return len(cell) <= _LONGEST_CELL and bool(kinds & wanted)


def _cell(cell: str, number: int, columns: Sequence[str]) -> str:
    column = folded(columns[number]) if number < len(columns) else ""
    return f"{column}: {folded(cell)}" if column else folded(cell)
