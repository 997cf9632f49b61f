"""What a table beside the material needs of the catalogue."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Select

from assistant.access import Level


class Catalogued(Protocol):
    """Reads at the levels that somebody may see, and writes at one of them."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that are seen and there, the openest first."""

    def read(
        self, statement: Select[Any], level: Level | None = None
    ) -> list[tuple[Level, Any]]:
        """Return the rows that a statement finds, each with its level."""

    def transaction(self, level: Level = Level.OPEN) -> AbstractContextManager[Connection]:
        """Return a transaction at one level."""
