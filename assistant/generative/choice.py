"""Which passages a question is put to: what was read as its best answer, in its surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.draft import Span, body_and_day
from assistant.answering.item_choice import likeliest_items
from assistant.answering.reading import Reading
from assistant.answering.verify import folded
from assistant.generative.passages import LONGEST
from assistant.retrieval.question import Want
from assistant.store.stored import StoredSection
from assistant.types import Block, Section, SectionKind

_UNITS = 12
"""How many of the best units are given with what stands around them."""
_FAR = 3.0
"""Log odds below the best unit at which a unit is noise: the answer stood within them for 49 of the
50 questions of two files whose best forty units had it."""
_FEW = 3
"""So few units near the best: the reading is sure, and what other items say is noise too."""
_ENOUGH = 500
"""Characters that a paragraph has without those beside it."""
_SUBSTANTIAL = 40
_OF_THE_ITEM = {Want.DECISION, Want.VOTES, Want.HISTORY, Want.RECOMMENDATION, Want.WHETHER}
_KINDS: tuple[SectionKind, ...] = ("beslutning", "indstilling")
_TOLD_ALWAYS = 3
"""Units that go before the fields of an item that was not asked for."""


def passages(reading: Reading, room: int) -> list[Span]:
    """Return what a model is given to answer from, the likeliest first, in `room` characters.

    First stand the decision and the recommendation of the item that the question is about, where it
    asks for such; then the best units, each in its paragraph, list or table; then the item's
    decision, so that what is only recommended can be told from what is decided; then the passages
    that were found, of other items only where the reading is not sure. What stands in an earlier
    one is not given again.
    """
    near = [one for one in reading.units[:_UNITS] if one.score > reading.units[0].score - _FAR]
    around = [_around(one.candidate.stored, one.candidate.unit.block) for one in near]
    asked = bool(_OF_THE_ITEM & set(reading.found.question.wants))
    fields = list(_fields(reading))
    places = {one.candidate.stored.source.place for one in near}
    hits = [
        one for one in _hits(reading) if len(near) > _FEW or one.stored.source.place in places
    ]
    first = 0 if asked else _TOLD_ALWAYS
    ordered = [*around[:first], *fields, *around[first:], *hits]
    return _with_room(_apart(ordered), room)


def heading(span: Span) -> str:
    """Return what stands over a passage: its section, a table's head, and where it is from."""
    section, source = span.stored.section, span.stored.source
    name = folded(section.heading) or section.kind
    if section.kind == "indstilling":
        name += " (ikke en beslutning)"
    place = body_and_day(source.committee, source.meeting_date) or source.document
    title = f"»{folded(source.title)}«" if source.title else ""
    return ", ".join(part for part in (name, title, place, _table(section, span)) if part)


def _table(section: Section, span: Span) -> str:
    """The caption, columns and unit of the table that a passage begins in."""
    for block in section.blocks:
        if block.table is not None and block.start <= span.start < block.end:
            table = section.tables[block.table]
            columns = " | ".join(table.columns)
            told = (
                table.caption,
                f"kolonner: {columns}" if columns else "",
                f"enhed: {table.unit}" if table.unit else "",
            )
            return f"tabel ({folded('; '.join(part for part in told if part))})"
    return ""


def _fields(reading: Reading) -> Iterator[Span]:
    """The decision and the recommendation of the item that the question is likeliest about."""
    likely = likeliest_items(reading.units, reading.found)
    if not likely:
        return
    stored = reading.catalogue.sections_of_item(likely[0].item_id)
    for kind in _KINDS:
        for one in stored:
            if one.section.kind == kind and one.section.text.strip():
                yield Span(one, 0, _cut(one.section, len(one.section.text)))


def _cut(section: Section, end: int) -> int:
    """Where the last block ends that a passage has room for."""
    ends = [block.end for block in section.blocks if block.end <= min(end, LONGEST)]
    return max(ends, default=min(end, LONGEST))


def _hits(reading: Reading) -> Iterator[Span]:
    found = reading.found.hits
    stored = reading.catalogue.sections(hit.source.section_id for hit in found)
    for hit in found:
        if hit.source.section_id in stored:
            yield Span(stored[hit.source.section_id], hit.start, hit.end)


def _around(stored: StoredSection, block: int) -> Span:
    """The whole list or table that a block stands in where it is short, else its paragraph."""
    blocks, section = stored.section.blocks, stored.section
    first = last = block
    while last + 1 < len(blocks) and _is_read_with(blocks[block], blocks[last + 1]):
        last += 1
    while first and _is_read_with(blocks[block], blocks[first - 1]):
        first -= 1
    if first and blocks[first].kind == "list_item":
        first -= blocks[first - 1].kind == "paragraph"
    if blocks[last].end - blocks[first].start > LONGEST:
        first = last = block
    while blocks[last].end - blocks[first].start < _ENOUGH:
        wider = _wider(section, first, last)
        if wider == (first, last):
            break
        first, last = wider
    return Span(stored, blocks[first].start, blocks[last].end)


def _is_read_with(block: Block, other: Block) -> bool:
    if block.table is not None:
        return other.table == block.table
    return block.kind == other.kind == "list_item"


def _wider(section: Section, first: int, last: int) -> tuple[int, int]:
    """With the block before, or else the one after, where that is no other matter and not long."""
    blocks = section.blocks
    before = first and blocks[first].kind != "subheading" and blocks[first - 1].table is None
    if before and blocks[last].end - blocks[first - 1].start <= LONGEST:
        return first - 1, last
    after = last + 1 < len(blocks) and blocks[last + 1].kind in ("paragraph", "list_item")
    if after and blocks[last + 1].end - blocks[first].start <= LONGEST:
        return first, last + 1
    return first, last


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans without those that stand, but for a little, in one before."""
    told: list[Span] = []
    for span in spans:
        known = sum(
            max(0, min(one.end, span.end) - max(one.start, span.start))
            for one in told
            if one.stored.source.section_id == span.stored.source.section_id
        )
        if span.end - span.start - known >= min(_SUBSTANTIAL, span.end - span.start):
            told.append(span)
            yield span


def _with_room(spans: Iterable[Span], room: int) -> list[Span]:
    """The first spans that there is room for, each with its heading; never less than one."""
    kept: list[Span] = []
    for span in spans:
        length = len(heading(span)) + span.end - span.start
        if length <= room or not kept:
            kept.append(span)
            room -= length
    return kept
