"""The no of a closed item: that it is closed is said, never what it holds."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, body_name
from assistant.danish.dates import danish_date
from assistant.danish.words import stems
from assistant.retrieval.retriever import Retrieved
from assistant.store.catalogue import Catalogue
from assistant.store.store import Store
from assistant.store.stored import StoredItem

_CANDIDATES = 20
_ENOUGH = 0.5
_MARGIN = 0.1
_THEN = 0.2
_CLOSED = re.compile(r"\blukke(?:t|de)\b", re.IGNORECASE)


def closed_answer(found: Retrieved, store: Store, nothing_open: bool = False) -> Draft | None:
    """Return `closed` where a closed item is what the question is about, and no open text is.

    With `nothing_open` it is known that no open text answers.
    """
    catalogue = store.catalogue
    item, coverage = _best_closed(found, catalogue)
    if item is None or coverage < _ENOUGH:
        return None
    told = nothing_open or _asks_for_closed(found)
    if not told and coverage < _open_coverage(found) + _MARGIN:
        return None
    return Draft(status="closed", text=_text(item))


def _best_closed(found: Retrieved, catalogue: Catalogue) -> tuple[StoredItem | None, float]:
    scores = catalogue.search_titles(found.question.subject, _CANDIDATES)
    closed = [item for item in catalogue.items(i for i, _ in scores).values() if item.closed]
    measured = [
        (_fit(item, found), str(item.meeting_date or ""), item)
        for item in closed
        if _in_reach(item, found)
    ]
    if not measured:
        return None, 0.0
    coverage, _, item = max(measured, key=lambda entry: entry[:2])
    return item, coverage


def _in_reach(item: StoredItem, found: Retrieved) -> bool:
    filters = found.filters
    return (not filters.municipality or item.municipality == filters.municipality) and (
        not filters.committee or item.committee in filters.committee
    )


def _fit(item: StoredItem, found: Retrieved) -> float:
    """How much of the subject the title speaks of; more where the meeting's day fits too."""
    day = item.meeting_date
    then = day is not None and any(d.first <= day <= d.last for d in found.question.dates)
    return found.subject.coverage(set(stems(item.title))) + _THEN * then


def _asks_for_closed(found: Retrieved) -> bool:
    return bool(_CLOSED.search(found.question.text))


def _open_coverage(found: Retrieved) -> float:
    """How much of the subject the best open passage speaks of, its title included."""
    return max(
        (
            found.subject.coverage(
                set(stems(hit.text)), set(stems(f"{hit.source.title} {hit.heading}"))
            )
            for hit in found.hits
        ),
        default=0.0,
    )


def _text(item: StoredItem) -> str:
    place = ", ".join(
        part
        for part in (
            body_name(item.committee),
            danish_date(item.meeting_date) if item.meeting_date else "",
        )
        if part
    )
    return (
        f"Punktet er lukket: »{item.title}« ({place}, punkt {item.number}). "
        "Indholdet er ikke offentligt tilgængeligt."
    )
