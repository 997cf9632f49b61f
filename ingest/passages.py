"""Sections to passages: pieces small enough to embed, never across a section's border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.danish.sentences import sentences
from assistant.types import AgendaItem, Block, Document, Passage, Section

LONGEST = 700
"""Characters a passage holds before the next sentence opens a new one (about 160 tokens)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    subheading: str
    table: int | None


def section_passages(
    section: Section, document: Document, item: AgendaItem | None
) -> list[Passage]:
    """Return the passages of a section, in order: whole sentences, list items and table rows.

    Together they cover every block but table headers, which every passage of a table's rows
    carries in its topic.
    """
    passages = []
    for group in _grouped(_pieces(section)):
        start, end = group[0].start, group[-1].end
        passages.append(
            Passage(
                text=section.text[start:end],
                start=start,
                end=end,
                place=_place(document, item),
                topic=_topic(section, document, item, group[0]),
                heading=_heading(section, group[0]),
            )
        )
    return passages


def _pieces(section: Section) -> Iterator[_Piece]:
    subheading = ""
    waiting: tuple[int, int] | None = None
    for block in section.blocks:
        if block.kind == "subheading":
            subheading = section.text[block.start:block.end]
            waiting = (waiting[0] if waiting else block.start, block.end)
            continue
        if block.kind == "table_header":
            continue
        for start, end in _spans(section.text, block):
            yield _Piece(waiting[0] if waiting else start, end, subheading, block.table)
            waiting = None
    if waiting:
        yield _Piece(*waiting, subheading, None)


def _spans(text: str, block: Block) -> list[tuple[int, int]]:
    if block.kind == "table_row":
        return [(block.start, block.end)]
    found = sentences(text[block.start:block.end])
    return [(block.start + span.start, block.start + span.end) for span in found]


def _grouped(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        if group and _opens_new(group, piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _opens_new(group: list[_Piece], piece: _Piece) -> bool:
    first, last = group[0], group[-1]
    full = piece.end - first.start > LONGEST
    turned = piece.subheading != last.subheading and piece.end - first.start > LONGEST // 3
    return full or turned or piece.table != last.table


def _heading(section: Section, piece: _Piece) -> str:
    parts = (section.heading, piece.subheading)
    return " › ".join(dict.fromkeys(part for part in parts if part))


def _place(document: Document, item: AgendaItem | None) -> str:
    meeting = document.meeting
    parts = (
        document.municipality,
        meeting.committee if meeting else "",
        document.date.isoformat() if document.date else "",
        f"punkt {item.number}" if item and item.number else "",
    )
    return " · ".join(part for part in parts if part)


def _topic(section: Section, document: Document, item: AgendaItem | None, piece: _Piece) -> str:
    title = item.title if item else document.title
    line = " · ".join(part for part in (title, _heading(section, piece)) if part)
    if piece.table is None:
        return line
    table = section.tables[piece.table]
    told = (table.caption, " | ".join(filter(None, table.columns)), table.unit)
    return "\n".join([line, *dict.fromkeys(part for part in told if part)])
