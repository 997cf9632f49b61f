"""How much of a question's subject a text speaks of, weighted by how telling each word is."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.danish.words import content_stems

_SHORTEST_PART = 5
_CONTEXT = 0.85
_AROUND = 0.6
_COMPOUND = 0.8
_SAME_ROOT = 0.6


@dataclass(frozen=True, slots=True)
class Subject:
    """A question's subject: its stems, each with its weight (inverse document frequency)."""

    weights: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.weights.values())

    def coverage(
        self,
        text: Collection[str],
        context: Collection[str] = (),
        around: Collection[str] = (),
    ) -> float:
        """Return the weighted share (0-1) of the subject that the stems of a text speak of.

        What only the context says (title, heading, the sentence before) counts a little less, and
        what only stands around it less again.
        """
        if not self.weights:
            return 0.0
        told = sum(
            weight
            * max(
                related(term, text),
                _CONTEXT * related(term, context),
                _AROUND * related(term, around),
            )
            for term, weight in self.weights.items()
        )
        return told / self.total

    def missing(self, text: Collection[str]) -> list[str]:
        """Return the stems that the text does not speak of at all."""
        return [term for term in self.weights if related(term, text) == 0.0]


def weighted(terms: Sequence[str], frequencies: Mapping[str, int], passages: int) -> Subject:
    """Return the subject with BM25's weights; a stem that no passage has weighs the most."""
    return Subject(
        {
            term: math.log(1 + (passages - n + 0.5) / (n + 0.5))
            for term in terms
            for n in (min(frequencies.get(term, 0), passages),)
        }
    )


def phrase_share(phrases: Sequence[tuple[str, str]], text: str) -> float:
    """Return the share (0-1) of the phrases whose two words stand side by side in the text."""
    if not phrases:
        return 0.0
    told = content_stems(text)
    pairs = set(pairwise(told))
    return sum(phrase in pairs for phrase in phrases) / len(phrases)


def related(term: str, stems: Collection[str]) -> float:
    """Return how nearly (0-1) one of the stems is the term: itself, a compound, the same root."""
    if term in stems:
        return 1.0
    return max((_related(term, other) for other in stems), default=0.0)


def _related(term: str, other: str) -> float:
    """Compounds share a part (`affald`, `restaffald`), inflections and derivations a root."""
    short, long = sorted((term, other), key=len)
    if len(short) < _SHORTEST_PART or not short.isalpha():
        return 0.0
    if long.startswith(short) or long.endswith(short):
        return _COMPOUND
    shared = _common_prefix(short, long)
    return _SAME_ROOT if shared >= 5 and shared >= 0.75 * len(short) else 0.0


def _common_prefix(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
