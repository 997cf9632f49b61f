"""Who may see what: levels of access on what is stored, and the roles of those who ask."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """How far stored material may travel; ordered, the openest first."""

    OPEN = "open"
    INTERNAL = "internal"
    """For politicians and staff: that it exists at all is not told to others."""
    CLOSED = "closed"
    """The content of closed items: their number, title and case number are at another level."""

    def __lt__(self, other: str) -> bool:
        return self.rank < Level(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Level(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Level(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Level(other).rank

    @property
    def rank(self) -> int:
        """The place in the order, 0 for the openest."""
        return list(Level).index(self)


class Role(StrEnum):
    """What a caller is to the material."""

    PUBLIC = "public"
    MEMBER = "member"
    CLEARED = "cleared"
    ADMIN = "admin"
    """Sees what `CLEARED` sees; what else it may do is not the store's matter."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that the role sees, the openest first."""
        return tuple(level for level in Level if level <= _HIGHEST[self])


_HIGHEST = {
    Role.PUBLIC: Level.OPEN,
    Role.MEMBER: Level.INTERNAL,
    Role.CLEARED: Level.CLOSED,
    Role.ADMIN: Level.CLOSED,
}
