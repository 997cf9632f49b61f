"""What a summary is made from: one open agenda item with its own sections."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from assistant.errors import WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredItem, StoredSection
from assistant.types import SectionKind


@dataclass(frozen=True, slots=True)
class Case:
    """An open agenda item and its sections, in the order that they stand in."""

    item: StoredItem
    sections: tuple[StoredSection, ...]

    def of_kind(self, *kinds: SectionKind) -> list[StoredSection]:
        """Return the sections of these kinds, in the order that they stand in."""
        return [stored for stored in self.sections if stored.section.kind in kinds]

    @property
    def version(self) -> str:
        """A fingerprint of everything that a summary could be made from."""
        told = [self.item.title, *(stored.section.text for stored in self.sections)]
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


def gather(item_id: str, catalogue: Catalogue) -> Case:
    """Return the item with its sections.

    Raises WrongUseError where no such item is stored, where it is closed, or has no text.
    """
    item = catalogue.items([item_id]).get(item_id)
    if item is None:
        raise WrongUseError(
            f"Der er intet punkt med id {item_id}. »assistant search« viser punkternes id."
        )
    if item.closed:
        raise WrongUseError(f"Punktet »{item.title}« er lukket. Der laves intet resumé af det.")
    sections = tuple(catalogue.sections_of_item(item_id))
    if not sections:
        raise WrongUseError(f"Punktet »{item.title}« har ingen tekst at lave et resumé af.")
    return Case(item, sections)
