"""What a rendered document says, before it has a format: chapters, parts, entries and sources."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from assistant.answering.draft import body_name
from assistant.rendering import labels
from assistant.types import Citation

PartForm = Literal["question", "paragraphs", "points", "words"]
"""How a part is set: as the one question, running text, a list, or words side by side."""

Facts = tuple[tuple[str, str], ...]
"""Names and values: what a head says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, the numbers of its sources, and what stands before and after it."""

    text: str
    citations: tuple[int, ...] = ()
    label: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its entries; `silent` is said where there are none."""

    heading: str
    entries: tuple[Entry, ...]
    form: PartForm = "paragraphs"
    silent: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source by its numbers: its quote (empty where the text above is it), place and link."""

    numbers: tuple[int, ...]
    quote: str
    place: str
    link: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One agenda item: its head, its parts, and the sources of its numbers.

    `key` tells it from every other item, also of other documents, and fits into an address.
    """

    key: str
    title: str
    facts: Facts
    parts: tuple[Part, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    made: str = ""
    warnings: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole document; `made` is the label that is repeated on every page."""

    title: str
    facts: Facts
    made: str
    chapters: tuple[Chapter, ...]
    warnings: tuple[str, ...] = ()


def key_of(item_id: str) -> str:
    """Return a short key of an item that is made of letters and digits only."""
    return hashlib.blake2b(item_id.encode(), digest_size=6).hexdigest()


def source_note(citation: Citation, item_id: str, with_quote: bool = True) -> SourceNote:
    """Return where a citation stands, and its quote unless it is told already.

    Title, case and document are told where they are not those of the item `item_id` itself.
    """
    elsewhere = citation.item_id != item_id
    parts = (
        labels.section(citation.section, citation.heading),
        body_name(citation.committee),
        labels.moment(citation.meeting_date) if citation.meeting_date else "",
        f"punkt {citation.item_number}" if citation.item_number else "",
        f"»{citation.title}«" if elsewhere and citation.title else "",
        f"sag {citation.case_number}" if elsewhere and citation.case_number else "",
        citation.document if elsewhere else "",
        f"side {citation.page}" if citation.page else "",
    )
    return SourceNote(
        numbers=(citation.n,),
        quote=citation.quote if with_quote else "",
        place=" · ".join(part for part in parts if part),
        link=web_link(citation.url),
    )


def web_link(url: str) -> str:
    """Return the address where a browser may be sent there; else nothing."""
    try:
        told = urlsplit(url)
    except ValueError:
        return ""
    clean = not any(character.isspace() or ord(character) < ord(" ") for character in url)
    return url if told.scheme in {"http", "https"} and told.netloc and clean else ""


def told(*facts: tuple[str, str]) -> Facts:
    """Return the facts that have a value."""
    return tuple((name, value) for name, value in facts if value)
