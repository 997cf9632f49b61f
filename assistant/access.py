"""Who may see what: the roles of those who ask."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a caller is to the material."""

    PUBLIC = "public"
    MEMBER = "member"
    CLEARED = "cleared"
    ADMIN = "admin"
