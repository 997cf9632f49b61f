"""The units that may answer a question: sentences, list items and rows of the likeliest items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.danish.words import stems
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store
from assistant.store.stored import StoredSection, StoredUnit
from assistant.types import Block, Hit, Table, Unit

_ITEMS, _HITS = 4, 8
"""How many of the found items are read whole, and of how many hits the section."""
_WORD = re.compile(r"[^\W\d_]{2}")
_WHO_CAME = re.compile(r"(?:Afbud|Fravær(?:ende)?|Ikke til ?stede)\b")
"""How the line begins that tells who was absent: it answers no other question."""
_PAIR = 2
_AROUND = 2
"""Units before and after that count as around a unit."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its place, its meaning, and what its surroundings speak of."""

    unit: Unit
    stored: StoredSection
    meaning: float
    """The cosine of its vector and the question's, by which answers are found."""
    likeness: float
    """The cosine of its vector and the question's, by the model as it was made."""
    beside: float
    """The highest meaning of the units right before and after it."""
    stems: frozenset[str]
    context: frozenset[str]
    """The stems of what stands over it: title, headings, list intro, column names."""
    around: frozenset[str]
    """The stems of the units next to it."""
    hit: float
    """The score of the best hit that it stands in; 0 where it stands in none."""
    item: float
    """The score of the best hit in its item."""
    rank: int
    """Its item's place among those found."""
    items: tuple[int, ...] = ()
    """Of a list, the places of its blocks."""

    @property
    def text(self) -> str:
        return self.stored.section.text[self.unit.start:self.unit.end]

    @property
    def block(self) -> Block:
        return self.stored.section.blocks[self.unit.block]

    @property
    def table(self) -> Table | None:
        table = self.block.table
        return None if table is None else self.stored.section.tables[table]


def candidates(found: Retrieved, store: Store) -> list[Candidate]:
    """Return the units of the first items and hits, each text of a case once, best item first."""
    groups = _groups(found.hits)
    sections = _sections(found, list(groups)[:_ITEMS], store)
    units = store.catalogue.units(sections)
    ranked = list(groups)
    asks_who_came = bool({Want.ATTENDANCE, Want.VOTES} & set(found.question.wants))
    taken: set[tuple[str, str]] = set()
    told: list[Candidate] = []
    for section_id, stored in sections.items():
        group = stored.source.place
        hits = [hit for hit in groups.get(group, ()) if hit.source.section_id == section_id]
        item = max((hit.score for hit in groups.get(group, ())), default=0.0)
        rank = ranked.index(group) if group in groups else len(ranked)
        for one in _read(units.get(section_id, ()), stored, found, hits, item, rank):
            case = stored.source.case_number or stored.source.title
            key = (case, " ".join(one.text.split()))
            if key not in taken and (asks_who_came or not _WHO_CAME.match(one.text)):
                taken.add(key)
                told.append(one)
    return told + _lists_of(told) if Want.LIST in found.question.wants else told


def items_of(candidate: Candidate) -> list[tuple[int, int]]:
    """Return where the items of a list stand, or the names of a table's rows; empty: no list.

    A row of two cells is a name and what is said of it, and stands as a whole.
    """
    section = candidate.stored.section
    blocks = [section.blocks[place] for place in candidate.items]
    items = [(block.start, block.end) for block in blocks if block.kind == "list_item"]
    rows = [block for block in blocks if block.kind == "table_row"]
    return items or [
        (row.start, row.end) if len(row.cells) == _PAIR else row.cells[name]
        for row in rows
        if (name := name_cell(row, section.text)) is not None
    ]


def name_cell(row: Block, text: str) -> int | None:
    """Return which cell is the row's name: the first with words (before it may stand a number)."""
    cells = enumerate(row.cells)
    return next((n for n, cell in cells if _WORD.search(text[slice(*cell)])), None)


def _lists_of(told: Sequence[Candidate]) -> list[Candidate]:
    """Return the lists and tables that the candidates stand in, each as one unit.

    A list runs from the block that introduces it to its last item, a table over all its rows.
    """
    by_block: dict[tuple[str, int], list[Candidate]] = {}
    for one in told:
        by_block.setdefault((one.stored.source.section_id, one.unit.block), []).append(one)
    sections = {one.stored.source.section_id: one.stored for one in told}
    return [
        _as_one(members, first, last)
        for section_id, stored in sections.items()
        for first, last in _runs(stored.section.blocks)
        if (members := _members(by_block, section_id, first, last))
    ]


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The first and the last block of every list, its introduction included, and every table."""
    first = 0
    while first < len(blocks):
        last = first
        while last + 1 < len(blocks) and _goes_on(blocks[first], blocks[last + 1]):
            last += 1
        if blocks[first].kind == "list_item" or blocks[first].table is not None:
            opens = first > 0 and blocks[first].kind == "list_item"
            if last > first:
                yield first - opens, last
        first = last + 1


def _goes_on(first: Block, block: Block) -> bool:
    if first.kind == "list_item":
        return block.kind == "list_item"
    return first.table is not None and block.table == first.table


def _members(
    by_block: dict[tuple[str, int], list[Candidate]], section_id: str, first: int, last: int
) -> list[Candidate]:
    places = range(first, last + 1)
    return [one for place in places for one in by_block.get((section_id, place), ())]


def _as_one(members: Sequence[Candidate], first: int, last: int) -> Candidate:
    likeliest = max(members, key=lambda one: one.meaning)
    blocks = likeliest.stored.section.blocks
    return replace(
        likeliest,
        unit=Unit("list", blocks[first].start, blocks[last].end, first, likeliest.unit.told),
        stems=frozenset().union(*(one.stems for one in members)),
        context=frozenset().union(*(one.context for one in members)),
        hit=max(one.hit for one in members),
        items=tuple(range(first, last + 1)),
    )


def _groups(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    """The hits by item (or, where there is none, by section), the best item first."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.source.place, []).append(hit)
    return found


def _sections(
    found: Retrieved, groups: Sequence[str], store: Store
) -> dict[str, StoredSection]:
    wanted = [hit.source.section_id for hit in found.hits[:_HITS]]
    whole = store.catalogue.sections_of_items(groups)
    rest = store.catalogue.sections(one for one in (*wanted, *groups) if one not in whole)
    return {**whole, **rest}


def _read(
    units: Sequence[StoredUnit],
    stored: StoredSection,
    found: Retrieved,
    hits: Sequence[Hit],
    item: float,
    rank: int,
) -> Iterator[Candidate]:
    if not units:
        return
    section = stored.section
    told = [frozenset(stems(section.text[u.unit.start:u.unit.end])) for u in units]
    vectors = np.array([one.vector for one in units])
    meaning: list[float] = (vectors @ found.vector).tolist()
    likeness: list[float] = (vectors @ found.likeness).tolist()
    over = _over(stored)
    for place, (one, own) in enumerate(zip(units, told, strict=True)):
        unit = one.unit
        near = told[max(0, place - _AROUND):place] + told[place + 1:place + 1 + _AROUND]
        yield Candidate(
            unit=unit,
            stored=stored,
            meaning=meaning[place],
            likeness=likeness[place],
            beside=max((*meaning[max(0, place - 1):place], *meaning[place + 1:place + 2], 0.0)),
            stems=own,
            context=over[unit.block],
            around=frozenset().union(*near),
            hit=max(
                (hit.score for hit in hits if hit.start < unit.end and hit.end > unit.start),
                default=0.0,
            ),
            item=item,
            rank=rank,
        )


def _over(stored: StoredSection) -> list[frozenset[str]]:
    """For each block, the stems of what stands over it."""
    section = stored.section
    about = frozenset(stems(f"{stored.source.title} {section.heading}"))
    subheading: frozenset[str] = frozenset()
    intro: frozenset[str] = frozenset()
    over = []
    for block in section.blocks:
        text = section.text[block.start:block.end]
        if block.kind == "subheading":
            subheading, intro = frozenset(stems(text)), frozenset()
        elif block.kind == "paragraph":
            intro = frozenset(stems(text[-300:])) if text.endswith(":") else frozenset()
        shared: frozenset[str] = frozenset()
        if block.table is not None:
            table = section.tables[block.table]
            shared = frozenset(stems(" ".join((table.caption, *table.columns))))
        over.append(about | subheading | intro | shared)
    return over
