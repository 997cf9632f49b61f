"""What the catalogue gives and takes: items, sections, actions and passages with their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.access import Level
from assistant.types import (
    Action,
    Decision,
    Document,
    DocumentKind,
    Passage,
    Section,
    Source,
    Unit,
)

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An agenda item as the catalogue knows it, with its meeting.

    `closed` is one of which the reader sees the number, title and case number only. `level` is
    that of what is seen: a closed item whose content is here is not `closed`, but at that level.
    """

    id: str
    number: str
    title: str
    case_number: str
    closed: bool
    decision: Decision | None
    document_id: str
    document: str
    municipality: str
    committee: str
    meeting_date: date | None
    url: str = ""
    attachments: tuple[str, ...] = ()
    level: Level = Level.OPEN


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A meeting as the catalogue knows it.

    `items` counts those whose content the reader sees, `closed` the others.
    """

    id: str
    municipality: str
    committee: str
    date: date | None
    place: str
    document_id: str
    document_kind: DocumentKind
    items: int
    closed: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class StoredSection:
    """A section with its place."""

    section: Section
    source: Source


@dataclass(frozen=True, slots=True)
class StoredAction:
    """A plan's action, and the section that tells it."""

    action: Action
    section_id: str


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage about to be stored, with the hash that keys its vector."""

    passage: Passage
    embedded_hash: str

    @property
    def embedded(self) -> str:
        """What is embedded of it: its topic, then its text."""
        return f"{self.passage.topic}\n{self.passage.text}"


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit about to be stored, with the hash that keys its vector."""

    unit: Unit
    embedded_hash: str

    @property
    def embedded(self) -> str:
        return self.unit.told


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit of a section, with its vector."""

    unit: Unit
    vector: Vector


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the vector index needs of one passage."""

    passage_id: int
    vector: Vector
    metadata: Mapping[str, str | int]


def placed_sections(document: Document) -> list[tuple[Section, int | None]]:
    """Return a document's sections in stored order, each with its item's place (None: no item)."""
    own: list[tuple[Section, int | None]] = [(section, None) for section in document.sections]
    return own + [
        (section, place)
        for place, item in enumerate(document.items)
        for section in item.sections
    ]
