"""What an ingest did, file by file: nothing is lost silently."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.access import Level
from assistant.types import Document


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file that was not stored, and why, in Danish."""

    file: str
    reason: str


@dataclass
class Report:
    """Counts of what this run stored, and of what is not stored.

    `closed` counts closed items that keep no text; `hidden_words` are those that a page keeps from
    every reader. `levels` has what was stored at each level of access: documents, items with their
    content, and passages.
    """

    documents: int = 0
    meetings: int = 0
    items: int = 0
    plans: int = 0
    sections: int = 0
    passages: int = 0
    embedded: int = 0
    closed: int = 0
    levels: dict[str, dict[str, int]] = field(default_factory=dict)
    unchanged: int = 0
    hidden_words: int = 0
    failures: list[FileNote] = field(default_factory=list)
    skipped: list[FileNote] = field(default_factory=list)
    seconds: float = 0.0

    def count(
        self, document: Document, sections: int, passages: int, level: Level = Level.OPEN
    ) -> None:
        """Count a document that was stored at a level."""
        self._count_level(document, passages, level)
        self.documents += 1
        self.meetings += document.kind in ("agenda", "minutes")
        self.plans += document.kind == "plan"
        self.closed += sum(item.closed for item in document.items)
        self.items += sum(not item.closed for item in document.items)
        self.sections += sections
        self.passages += passages
        self.hidden_words += document.hidden_words

    def count_closed(self, part: Document, sections: int, passages: int) -> None:
        """Count the content of a counted document's closed items, which was stored too."""
        self._count_level(part, passages, Level.CLOSED)
        self.closed -= sum(not item.closed for item in part.items)
        self.items += sum(not item.closed for item in part.items)
        self.sections += sections
        self.passages += passages

    def _count_level(self, document: Document, passages: int, level: Level) -> None:
        told = self.levels.setdefault(level, {"documents": 0, "items": 0, "passages": 0})
        told["documents"] += 1
        told["items"] += sum(not item.closed for item in document.items)
        told["passages"] += passages

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "seconds": round(self.seconds, 2)}
