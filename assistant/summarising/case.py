"""What a summary is made from: one open agenda item with its own sections."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import ClosedItemError, NoTextError, NotFoundError, WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredItem, StoredSection
from assistant.types import AgendaItem, Document, Section, SectionKind, Source

_AFTERWARDS: tuple[SectionKind, ...] = ("beslutning", "sagsforloeb", "bilag")


@dataclass(frozen=True, slots=True)
class Case:
    """An open agenda item and its sections, in the order that they stand in.

    `stored` says whether the sections stand in the catalogue, and so have units and vectors there.
    """

    item: StoredItem
    sections: tuple[StoredSection, ...]
    stored: bool = True

    def of_kind(self, *kinds: SectionKind) -> list[StoredSection]:
        """Return the sections of these kinds, in the order that they stand in."""
        return [stored for stored in self.sections if stored.section.kind in kinds]

    @property
    def by_id(self) -> dict[str, StoredSection]:
        """The sections by their ids."""
        return {stored.source.section_id: stored for stored in self.sections}

    @property
    def version(self) -> str:
        """A fingerprint of everything that a summary could be made from."""
        told = [self.item.title, *(stored.section.text for stored in self.sections)]
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


def gather(item_id: str, catalogue: Catalogue) -> Case:
    """Return the item with its sections.

    Raises NotFoundError where no such item is stored, ClosedItemError where it is closed, and
    NoTextError where it has no text but a decision.
    """
    item = catalogue.items([item_id]).get(item_id)
    if item is None:
        raise NotFoundError(
            f"Der er intet punkt med id {item_id}. »assistant meetings MØDE« viser et mødes "
            "punkter med deres id."
        )
    if item.closed:
        raise _closed(item.title)
    return _case(item, catalogue.sections_of_item(item_id), stored=True)


def cases_of(document: Document) -> list[Case]:
    """Return a case for every open item with text of a document that is not stored.

    A document without items is one case. Raises WrongUseError where there is none: all items are
    closed or have no text of their own.
    """
    cases = [case_of(document, one) for one in items_of(document) if _can_be_summed_up(one)]
    if not cases:
        raise WrongUseError(
            f"»{document.name}« har intet åbent punkt med tekst at lave et resumé af."
        )
    return cases


def items_of(document: Document) -> tuple[AgendaItem, ...]:
    """Return a document's items; one without items is an item itself."""
    return document.items or (_whole(document),)


def case_of(document: Document, item: AgendaItem) -> Case:
    """Return the case that one item of a document makes, without storing it.

    Raises ClosedItemError where the item is closed, and WrongUseError where it has no text but a
    decision.
    """
    if item.closed:
        raise _closed(item.title)
    stored = unstored(document, item)
    sections = [
        StoredSection(section, _source(document, stored, item, place, section))
        for place, section in enumerate(item.sections)
    ]
    return _case(stored, sections, stored=False)


def _case(item: StoredItem, sections: Sequence[StoredSection], *, stored: bool) -> Case:
    if not any(is_put(one.section) for one in sections):
        raise NoTextError(
            f"Punktet »{item.title}« har ingen sagstekst at lave et resumé af, højst en "
            "beslutning. Læg sagens tekst ind, eller vælg et andet punkt."
        )
    return Case(item, tuple(sections), stored)


def _closed(title: str) -> ClosedItemError:
    return ClosedItemError(f"Punktet »{title}« er lukket. Der laves intet resumé af det.")


def _can_be_summed_up(item: AgendaItem) -> bool:
    return not item.closed and any(is_put(section) for section in item.sections)


def is_put(section: Section) -> bool:
    """Return whether the section tells of the case as it is put to the body, not as decided."""
    return section.kind not in _AFTERWARDS and bool(section.text.strip())


def _whole(document: Document) -> AgendaItem:
    return AgendaItem(document.id, "", document.title, sections=document.sections)


def unstored(document: Document, item: AgendaItem) -> StoredItem:
    """Return an item of a document as it would be stored, of a closed one only what names it."""
    meeting = document.meeting
    return StoredItem(
        id=item.id,
        number=item.number,
        title=item.title,
        case_number=item.case_number,
        closed=item.closed,
        decision=None if item.closed else item.decision,
        document_id=document.id,
        document=document.name,
        municipality=document.municipality,
        committee=meeting.committee if meeting else "",
        meeting_date=meeting.date if meeting else document.date,
        url=item.url or document.url,
    )


def _source(
    document: Document, stored: StoredItem, item: AgendaItem, place: int, section: Section
) -> Source:
    return Source(
        section_id=f"{item.id}/{place}",
        document_id=document.id,
        document=document.name,
        document_kind=document.kind,
        municipality=document.municipality,
        kind=section.kind,
        heading=section.heading,
        item_id=item.id,
        item_number=item.number,
        title=item.title,
        case_number=item.case_number,
        committee=stored.committee,
        meeting_date=stored.meeting_date,
        url=item.url or document.url,
    )
