"""A section of an item to quote: whole, or as many of its first sentences as there is room for."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.draft import Span, words
from assistant.danish.sentences import sentences
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredItem, StoredSection
from assistant.types import SectionKind


def section_of(
    item: StoredItem, kind: SectionKind, catalogue: Catalogue
) -> StoredSection | None:
    """Return the item's first section of a kind, or None."""
    return next(
        (s for s in catalogue.sections_of_item(item.id) if s.section.kind == kind), None
    )


def whole(
    item: StoredItem, kind: SectionKind, catalogue: Catalogue, longest: int
) -> Span | None:
    """Return the section's text, or its first sentences up to `longest` words.

    None where there is no such section, or its first sentence alone is longer.
    """
    stored = section_of(item, kind, catalogue)
    if stored is None:
        return None
    span = Span(stored, 0, len(stored.section.text))
    if words(span.quote) <= longest:
        return span
    first = beginning(span, longest)
    return first if words(first.quote) <= longest else None


def beginning(span: Span, longest: int) -> Span:
    """Return the first sentences of a span, up to `longest` words; never less than one sentence."""
    text = span.stored.section.text[span.start:span.end]
    end = 0
    for sentence in sentences(text):
        if end and words(text[:sentence.end]) > longest:
            break
        end = sentence.end
    return replace(span, end=span.start + end) if end else span
