"""How closed items (lukkede punkter) are marked."""

from __future__ import annotations

import re

_CLOSED_TITLE = re.compile(
    r"^\W*(?:lukket|fortrolig)\b"
    r"|[(\[]\s*(?:lukket|fortrolig)[^)\]]*[)\]]\s*$"
    r"|[-–:]\s*(?:lukket|fortrolig)(?: punkt| sag)?\s*$",
    re.IGNORECASE,
)
_PART = r"(?:dagsorden|punkter|del|møde|sager)\b"
_CLOSED_PART = re.compile(rf"^\W*lukke(?:t|de) {_PART}", re.IGNORECASE)
_OPEN_PART = re.compile(rf"^\W*åb(?:en|ent|ne) {_PART}", re.IGNORECASE)


def is_closed_title(title: str) -> bool:
    """Return whether a title marks its item as closed (`Lukket: …`, `… (lukket)`)."""
    return bool(_CLOSED_TITLE.search(title))


def opens_closed_part(heading: str) -> bool | None:
    """Return True where a heading opens the closed part of a meeting, False the open part."""
    if _CLOSED_PART.match(heading):
        return True
    return False if _OPEN_PART.match(heading) else None
