"""A briefing: a meeting, item by item, every line with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.store.stored import StoredItem, StoredMeeting
from assistant.types import CheckedFigure, Citation, EngineName


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """One line, the numbers of its citations, and what is said of it before it.

    The label is a recommendation point's own number, or the body that decided and the day.
    """

    text: str
    citations: tuple[int, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class BriefedItem:
    """What a member is told of one item; of a closed one its number and title alone.

    Everything is the case's own words but `asked` and `questions`, which an engine made.
    """

    item: StoredItem
    asked: BriefingLine | None = None
    recommendation: tuple[BriefingLine, ...] = ()
    money: tuple[BriefingLine, ...] = ()
    decided_before: tuple[BriefingLine, ...] = ()
    questions: tuple[BriefingLine, ...] = ()
    notes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    figures: tuple[CheckedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """A meeting with its items in the order of the agenda."""

    meeting: StoredMeeting
    items: tuple[BriefedItem, ...]
    engine: EngineName
    model: str | None = None
    notes: tuple[str, ...] = ()
    provenance: dict[str, str] = field(default_factory=dict)
