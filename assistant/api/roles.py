"""Roles in their order."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["public", "member", "cleared", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most."""


def reaches(role: Role, wanted: Role) -> bool:
    """Return whether a role may do what the wanted one may."""
    return ROLES.index(role) >= ROLES.index(wanted)
