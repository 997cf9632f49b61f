"""Sections to units: the sentences, list items and table rows that answers quote."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.danish.sentences import sentences
from assistant.types import Block, Section, Unit, UnitKind

_PROSE = 25
"""Words from which a cell or list item is running text, quoted sentence by sentence."""
_LONGEST_ROW = 60
"""Words up to which a name and the running text beside it are one row."""


def section_units(section: Section, title: str) -> list[Unit]:
    """Return the section's units in order; they cover every block but headings and headers."""
    return list(_units(section, title))


def _units(section: Section, title: str) -> Iterator[Unit]:
    over = " · ".join(part for part in (title, section.heading) if part)
    for place, block in enumerate(section.blocks):
        for kind, start, end in _spans(section, block):
            words = _named_cells(section, block) if kind == "row" else section.text[start:end]
            yield Unit(kind, start, end, place, f"{over}\n{words}")


def _spans(section: Section, block: Block) -> Iterator[tuple[UnitKind, int, int]]:
    """A row is one unit, but a cell of running text gives its sentences; so does a long item."""
    if block.kind == "table_row":
        texts = [section.text[slice(*cell)] for cell in block.cells]
        short = sum(bool(text) and not _is_prose(text) for text in texts)
        if short > 1 or (short and sum(len(text.split()) for text in texts) <= _LONGEST_ROW):
            yield "row", block.start, block.end
        for text, (start, end) in zip(texts, block.cells, strict=True):
            if _is_prose(text):
                yield from _sentences(section.text, start, end)
    elif block.kind == "list_item" and not _is_prose(section.text[block.start:block.end]):
        yield "list_item", block.start, block.end
    elif block.kind in ("paragraph", "list_item"):
        yield from _sentences(section.text, block.start, block.end)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[UnitKind, int, int]]:
    for span in sentences(text[start:end]):
        yield "sentence", start + span.start, start + span.end


def _is_prose(text: str) -> bool:
    return len(text.split()) > _PROSE


def _named_cells(section: Section, block: Block) -> str:
    """The row as it is read aloud: caption, then each short cell after its column's name."""
    table = section.tables[block.table] if block.table is not None else None
    columns = table.columns if table else ()
    told = []
    for number, cell in enumerate(block.cells):
        text = " ".join(section.text[slice(*cell)].split())
        if text and not _is_prose(text):
            column = columns[number] if number < len(columns) else ""
            told.append(f"{column}: {text}" if column else text)
    parts = (table.caption if table else "", "; ".join(told), table.unit if table else "")
    return " | ".join(part for part in parts if part)
