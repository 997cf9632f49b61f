"""The sentences that a case says about itself, each with its place and its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from assistant.answering.draft import Span
from assistant.danish.lists import word_list
from assistant.danish.words import content_stems, tokenize
from assistant.store.store import Store
from assistant.store.stored import StoredSection, StoredUnit, Vector
from assistant.store.units import section_units
from assistant.summarising.case import Case
from assistant.types import Block, SectionKind, Unit

if TYPE_CHECKING:
    from assistant.store.embedding import Embedder

_TOLD: tuple[SectionKind, ...] = (
    "resume", "indstilling", "oekonomi", "hoering", "tidsplan", "sagsfremstilling", "other",
)  # fmt: skip
"""The kinds of section that say what is put to the body, the likeliest first. What was decided,
here or earlier, is none of them."""
_MOST = 600
"""Sentences that are read of one stored case: about thirty pages."""
_MOST_EMBEDDED = 200
"""Sentences that are read of a case that is not stored, whose vectors have to be made: seconds."""
_ADMINISTRATIVE = frozenset({"sagsprocedure", "behandling", "kommunikation", "sagsgang"})
_DANISH = 0.5
"""The share of Danish among the small words of a text, from which it counts as Danish."""
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "is", "that", "it", "was", "are", "with", "be", "this", "from",
     "or", "by", "which"]
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence, list item or table row of a case, with its vector of unit length."""

    stored: StoredSection
    unit: Unit
    place: int
    """Which of its section's units it is, from 0."""
    vector: Vector = field(compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        """Its words, white space folded."""
        return self.span.quote

    @property
    def span(self) -> Span:
        return Span(self.stored, self.unit.start, self.unit.end)

    @property
    def block(self) -> Block:
        return self.stored.section.blocks[self.unit.block]

    @property
    def kind(self) -> SectionKind:
        return self.stored.section.kind

    @cached_property
    def subheading(self) -> str:
        """The last subheading over it in its section, or nothing."""
        section = self.stored.section
        over = (b for b in reversed(section.blocks[:self.unit.block]) if b.kind == "subheading")
        found = next(over, None)
        return section.text[found.start:found.end] if found else ""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words that carry a subject."""
        return frozenset(content_stems(self.text))


@dataclass(frozen=True, slots=True)
class Material:
    """What a case says, in the order of its text; `left_out` sentences were too many to read."""

    sentences: tuple[Sentence, ...]
    left_out: int = 0


def material(case: Case, store: Store) -> Material:
    """Return the sentences of the case as it is put to the body.

    The vectors are the stored ones where the case is stored, else they are made here.
    """
    sections = [one for one in case.sections if one.section.kind in _TOLD and _tells(one)]
    sections.sort(key=lambda one: _TOLD.index(one.section.kind))
    if case.stored:
        units = store.catalogue.units([one.source.section_id for one in sections])
        found = [_of_section(one, units.get(one.source.section_id, ())) for one in sections]
        known = [sentence for group in found for sentence in group]
        kept = known[:_MOST]
        total = len(known)
    else:
        spoken = [
            (one, place, unit)
            for one in sections
            for place, unit in enumerate(section_units(one.section, case.item.title))
        ]
        total = len(spoken)
        if total > _MOST_EMBEDDED:
            spoken.sort(key=_place_in_line)
        kept = _embedded(spoken[:_MOST_EMBEDDED], store.embedder)
    order = {one.source.section_id: place for place, one in enumerate(case.sections)}
    kept.sort(key=lambda one: (order[one.stored.source.section_id], one.unit.start))
    return Material(tuple(kept), total - len(kept))


def is_danish(texts: Iterable[str]) -> bool:
    """Return whether the texts' small words are Danish ones, rather than English."""
    words = [token.text.casefold() for text in texts for token in tokenize(text)]
    english = sum(word in _ENGLISH for word in words)
    danish = sum(word in word_list("function_words") for word in words)
    return danish >= _DANISH * (danish + english)


def centred(sentences: Sequence[Sentence]) -> Vector:
    """Return the sentences' vectors without what all of them share, of unit length, a row each.

    Every sentence is embedded under its case's title, which would else make all of them alike.
    """
    vectors = np.array([sentence.vector for sentence in sentences], dtype=np.float32)
    apart = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    return np.asarray(apart / np.maximum(lengths, 1e-6), dtype=np.float32)


def _tells(stored: StoredSection) -> bool:
    return stored.section.heading.strip(" .:").casefold() not in _ADMINISTRATIVE


def _place_in_line(spoken: tuple[StoredSection, int, Unit]) -> tuple[int, bool]:
    """Which are read first: the likeliest kinds, and what opens a paragraph before its rest."""
    stored, _, unit = spoken
    opens = unit.start == stored.section.blocks[unit.block].start
    return _TOLD.index(stored.section.kind), not opens


def _of_section(stored: StoredSection, units: Sequence[StoredUnit]) -> list[Sentence]:
    return [Sentence(stored, one.unit, place, one.vector) for place, one in enumerate(units)]


def _embedded(
    spoken: Sequence[tuple[StoredSection, int, Unit]], embedder: Embedder
) -> list[Sentence]:
    if not spoken:
        return []
    vectors = embedder.passages([unit.told for _, _, unit in spoken])
    return [
        Sentence(stored, unit, place, vector)
        for (stored, place, unit), vector in zip(spoken, vectors, strict=True)
    ]
