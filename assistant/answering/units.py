"""The units that an answer quotes: sentences, list items and table rows of the found passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.danish.sentences import sentences
from assistant.danish.words import stems
from assistant.store.stored import StoredSection
from assistant.types import Block, Hit, Section, Table

UnitKind = Literal["sentence", "list_item", "row"]
_PROSE = 25
"""Words from which a cell or list item is running text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One quotable unit: `stored.section.text[start:end]`, with what its surroundings speak of."""

    kind: UnitKind
    start: int
    end: int
    block: Block
    stored: StoredSection
    hit: Hit
    stems: frozenset[str]
    context: frozenset[str]
    """The stems of what stands over and before it: title, headings, list intro, column names."""
    passage: frozenset[str]
    """The stems of the passage that it was found in."""

    @property
    def text(self) -> str:
        return self.stored.section.text[self.start:self.end]

    @property
    def table(self) -> Table | None:
        if self.block.table is None:
            return None
        return self.stored.section.tables[self.block.table]


def units_of(hit: Hit, stored: StoredSection) -> list[Unit]:
    """Return the units of the passage that was found, in order."""
    return list(_units(hit, stored))


def list_around(unit: Unit) -> list[Block]:
    """Return the blocks of the list that a unit introduces or stands in, the intro first."""
    blocks = [block for block in unit.stored.section.blocks if block.kind != "subheading"]
    at = next(n for n, block in enumerate(blocks) if block == unit.block)
    first = at
    while first > 0 and blocks[first].kind == "list_item":
        first -= 1
    last = first + 1
    while last < len(blocks) and blocks[last].kind == "list_item":
        last += 1
    return blocks[first:last] if last - first > 1 else []


def _units(hit: Hit, stored: StoredSection) -> Iterator[Unit]:
    section = stored.section
    about = frozenset(stems(f"{hit.source.title} {section.heading}"))
    passage = frozenset(stems(hit.text))
    subheading: frozenset[str] = frozenset()
    intro: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    for block in section.blocks:
        told = section.text[block.start:block.end]
        if block.kind == "subheading":
            subheading = frozenset(stems(told))
            continue
        if block.kind == "paragraph":
            intro = frozenset(stems(told[-300:])) if told.endswith(":") else frozenset()
        around = about | subheading | intro | _row_stems(section, block)
        for kind, start, end in _spans(section, block):
            words = _row_cells(section, block) if kind == "row" else section.text[start:end]
            own = frozenset(stems(words))
            if block.kind != "table_header" and start < hit.end and end > hit.start:
                near = around | before if block.kind == "paragraph" else around
                yield Unit(kind, start, end, block, stored, hit, own, near, passage)
            before = own if block.kind == "paragraph" else frozenset()


def _spans(section: Section, block: Block) -> Iterator[tuple[UnitKind, int, int]]:
    """A row is one unit, but a cell of running text gives its sentences; so does a long item."""
    if block.kind in ("table_row", "table_header"):
        texts = [section.text[slice(*cell)] for cell in block.cells]
        if sum(bool(text) and not _is_prose(text) for text in texts) > 1:
            yield "row", block.start, block.end
        for text, (start, end) in zip(texts, block.cells, strict=True):
            if _is_prose(text):
                yield from _sentences(section.text, start, end)
    elif block.kind == "list_item" and not _is_prose(section.text[block.start:block.end]):
        yield "list_item", block.start, block.end
    else:
        yield from _sentences(section.text, block.start, block.end)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[UnitKind, int, int]]:
    for span in sentences(text[start:end]):
        yield "sentence", start + span.start, start + span.end


def _is_prose(text: str) -> bool:
    return len(text.split()) > _PROSE


def _row_stems(section: Section, block: Block) -> frozenset[str]:
    """What a table row's cells share: caption, column names, and the row's own short cells."""
    if block.table is None:
        return frozenset()
    table = section.tables[block.table]
    told = " ".join((table.caption, *table.columns))
    return frozenset(stems(f"{told} {_row_cells(section, block)}"))


def _row_cells(section: Section, block: Block) -> str:
    """The row's short cells: its name and its values, without running text."""
    cells = (section.text[slice(*cell)] for cell in block.cells)
    return " ".join(cell for cell in cells if not _is_prose(cell))
