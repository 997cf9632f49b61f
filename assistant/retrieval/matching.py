"""How much of a question's subject a text speaks of, weighted by how telling each word is."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.danish.words import content_stems
from assistant.retrieval.vocabulary import Vocabulary, kinship

_CONTEXT = 0.85
_AROUND = 0.6
_BOTH_HALVES = 0.9


@dataclass(frozen=True, slots=True)
class Subject:
    """A question's subject: its stems, each with its weight (inverse document frequency)."""

    weights: Mapping[str, float]
    kin: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)
    """For a stem of a text, which terms of the subject it may stand for, and how nearly."""
    halves: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The two words of the terms that are compounds."""
    searched: tuple[str, ...] = ()
    """The terms and their synonyms."""

    @property
    def total(self) -> float:
        return sum(self.weights.values())

    def told(self, text: Iterable[str]) -> dict[str, float]:
        """Return how nearly (0-1) the stems of a text name each term that they do name."""
        best: dict[str, float] = {}
        there = text if isinstance(text, Set) else frozenset(text)
        for stem in self.kin.keys() & there:
            for term, nearly in self.kin[stem]:
                if nearly > best.get(term, 0.0):
                    best[term] = nearly
        for term, (first, last) in self.halves.items():
            if best.get(term, 0.0) < _BOTH_HALVES and first in there and last in there:
                best[term] = _BOTH_HALVES
        return best

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
        own, over, near = self.told(text), self.told(context), self.told(around)
        told = sum(
            weight
            * max(
                own.get(term, 0.0), _CONTEXT * over.get(term, 0.0), _AROUND * near.get(term, 0.0)
            )
            for term, weight in self.weights.items()
        )
        return told / self.total


def subject_of(terms: Sequence[str], vocabulary: Vocabulary, passages: int) -> Subject:
    """Return the subject with BM25's weights; a stem that no passage has weighs the most."""
    weights = {
        term: math.log(1 + (passages - n + 0.5) / (n + 0.5))
        for term in terms
        for n in (min(vocabulary.frequency(term), passages),)
    }
    kin: dict[str, list[tuple[str, float]]] = {}
    searched = list(weights)
    for term in weights:
        for stem, nearly in vocabulary.kin(term).items():
            kin.setdefault(stem, []).append((term, nearly))
        searched += sorted(vocabulary.synonyms(term))
    halves = {term: found for term in weights if (found := vocabulary.halves(term))}
    return Subject(weights, kin, halves, tuple(dict.fromkeys(searched)))


def phrase_share(
    phrases: Sequence[tuple[str, str]], text: str, stems: frozenset[str]
) -> float:
    """Return the share (0-1) of the phrases whose two words stand side by side in the text.

    `stems` are the text's: it is split again only where they hold both words of a phrase.
    """
    likely = [phrase for phrase in phrases if stems.issuperset(phrase)]
    if not likely:
        return 0.0
    pairs = set(pairwise(content_stems(text)))
    return sum(phrase in pairs for phrase in likely) / len(phrases)


def related(term: str, stems: Collection[str]) -> float:
    """Return how nearly (0-1) one of the stems is the term: itself, a compound, the same root."""
    return max((kinship(term, other) for other in stems), default=0.0)
