"""Drafting an answer: claims and citations are numbered as they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.answering.verify import folded
from assistant.danish.dates import danish_date
from assistant.store.stored import StoredSection
from assistant.types import AnswerStatus, Citation, Claim, ClaimKind


@dataclass(frozen=True, slots=True)
class Span:
    """What a claim quotes: `stored.section.text[start:end]`."""

    stored: StoredSection
    start: int
    end: int

    @property
    def quote(self) -> str:
        return folded(self.stored.section.text[self.start:self.end])


@dataclass
class Draft:
    """An answer being written. `sections` are all that it cites.

    `dropped` counts the claims that were not even written, because nothing that was given bears
    them out.
    """

    status: AnswerStatus = "answered"
    text: str = ""
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sections: dict[str, StoredSection] = field(default_factory=dict)
    dropped: int = 0

    def claim(self, text: str, kind: ClaimKind, *spans: Span) -> None:
        """Write a claim that rests on the spans."""
        numbers = tuple(self._cite(span) for span in spans)
        self.claims.append(Claim(text, kind, numbers))

    def quote(self, span: Span, before: str = "", kind: ClaimKind = "quote") -> None:
        """Write a claim that is the quote itself, after a few words of where it stands."""
        self.claim(f"{before}»{span.quote}«" if before else span.quote, kind, span)

    def _cite(self, span: Span) -> int:
        source = span.stored.source
        for known in self.citations:
            same_section = known.section_id == source.section_id
            if same_section and (known.start, known.end) == (span.start, span.end):
                return known.n
        number = len(self.citations) + 1
        self.sections[source.section_id] = span.stored
        self.citations.append(
            Citation(
                n=number,
                quote=span.quote,
                document=source.document,
                item_id=source.item_id,
                item_number=source.item_number,
                title=source.title,
                case_number=source.case_number,
                committee=source.committee,
                meeting_date=source.meeting_date.isoformat() if source.meeting_date else None,
                section=source.kind,
                heading=source.heading,
                page=None,
                start=span.start,
                end=span.end,
                url=source.url,
                section_id=source.section_id,
            )
        )
        return number


def body_name(committee: str) -> str:
    """Return a body as a sentence names it: `Byråd 2022-2025` is `Byrådet`."""
    return "Byrådet" if committee.startswith("Byråd") else committee


def body_and_day(committee: str, day: date | None) -> str:
    """Return a meeting as a sentence names it: `Byrådet den 30. maj 2022`."""
    return " ".join(filter(None, (body_name(committee), f"den {danish_date(day)}" if day else "")))


def words(text: str) -> int:
    return len(text.split())
