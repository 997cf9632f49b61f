"""What the API reads files with: only the command line knows the ingest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.access import Level
from assistant.store.store import Store
from assistant.types import Document
from ingest.pipeline import Access, ingest
from ingest.read import read_case


class FileIntake:
    """Reads what the command line's own `ingest` and `summarize --file` read."""

    def read(self, name: str, content: bytes) -> Document:
        return read_case(Path(name), content)

    def ingest(
        self, file: Path, store: Store, level: Level, with_closed: bool
    ) -> Mapping[str, Any]:
        """Bring a file into the store and return the report. Raises StoreError."""
        return ingest([file], store, access=Access(level, with_closed)).as_json()
