"""A case's course as data: the items that it was treated under, with what each body decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.store.stored import StoredItem

ItemState = Literal["decided", "undecided", "closed"]


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One item; `decision` is the minutes' own words, empty where nothing is decided, or closed."""

    item_id: str
    item_number: str
    title: str
    municipality: str
    committee: str
    meeting_date: date | None
    state: ItemState
    outcome: str
    decision: str
    document: str
    url: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """The items of a case number, the earliest first."""

    case_number: str
    items: tuple[CaseItem, ...]


def case_told(items: Sequence[StoredItem]) -> CaseTold:
    """Return the case of items that share their number."""
    return CaseTold(items[0].case_number, tuple(map(_told, items)))


def _told(item: StoredItem) -> CaseItem:
    decision = None if item.closed else item.decision
    return CaseItem(
        item_id=item.id,
        item_number=item.number,
        title=item.title,
        municipality=item.municipality,
        committee=item.committee,
        meeting_date=item.meeting_date,
        state="closed" if item.closed else "decided" if decision else "undecided",
        outcome=decision.outcome if decision else "",
        decision=decision.text if decision else "",
        document=item.document,
        url=item.url,
    )
