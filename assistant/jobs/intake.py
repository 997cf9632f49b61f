"""How raw files come in: only the command line knows who reads them, and gives it here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from assistant.access import Level
from assistant.store.store import Store
from assistant.types import Document


class Intake(Protocol):
    """Reads files, and brings them into the store."""

    def read(self, name: str, content: bytes) -> Document:
        """Return a file, or one agenda item alone, as a document; nothing is stored.

        Raises UnreadableFileError.
        """

    def ingest(
        self, file: Path, store: Store, level: Level, with_closed: bool
    ) -> Mapping[str, Any]:
        """Bring a file into the store and return the ingest report, failures included.

        Raises StoreError.
        """
