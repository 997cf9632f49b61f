"""The course of a case: the items that it was treated under, body by body."""

from __future__ import annotations

from assistant.danish.words import content_stems
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredItem

_SAME_TITLE = 0.5


def course_of(item: StoredItem, catalogue: Catalogue) -> list[StoredItem]:
    """Return the open items of the same case, oldest first, the item itself among them.

    A number that is reused for other titles is no case.
    """
    if not item.case_number:
        return [item]
    title = set(content_stems(item.title))
    return [
        one
        for one in catalogue.items_of_case(item.case_number)
        if not one.closed
        and one.municipality == item.municipality
        and (one.id == item.id or _same_title(title, set(content_stems(one.title))))
    ]


def _same_title(one: set[str], other: set[str]) -> bool:
    return bool(one | other) and len(one & other) / len(one | other) >= _SAME_TITLE
