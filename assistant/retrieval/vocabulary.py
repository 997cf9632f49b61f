"""What the corpus' own words teach: which of its words are kin to a word of a question."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.danish.lists import word_groups
from assistant.danish.words import stem

_SHORTEST_PART = 5
_SHORTEST_ROOT = 5
_ROOT_SHARE = 0.75
_SHORTEST_HALF = 4
_HALF_OFTEN = 3
_LINKS = ("", "s", "e")
_COMPOUND, _SAME_ROOT, _SYNONYM = 0.8, 0.6, 0.8


class Vocabulary:
    """The stems of the corpus, each with the number of passages that it stands in."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        words = [word for word in frequencies if word.isalpha()]
        self._words = sorted(words)
        self._reversed = sorted(word[::-1] for word in words)

    def frequency(self, term: str) -> int:
        """Return in how many passages the stem stands."""
        return self._frequencies.get(term, 0)

    def kin(self, term: str) -> dict[str, float]:
        """Return the stems of the corpus that may stand for the term, each with how nearly (0-1).

        Compounds share a part with it (`affald`, `restaffald`), inflections and derivations a
        root, synonyms a line of `data/words/synonyms.txt`.
        """
        found = dict.fromkeys(self.synonyms(term), _SYNONYM)
        if term.isalpha() and len(term) >= _SHORTEST_PART:
            for other in self._akin_by_spelling(term):
                if score := kinship(term, other):
                    found[other] = max(score, found.get(other, 0.0))
        found[term] = 1.0
        return found

    def synonyms(self, term: str) -> frozenset[str]:
        """Return the stems of the corpus that stand in a line with the term in the synonyms."""
        return _synonyms().get(term, frozenset()) & self._frequencies.keys()

    def halves(self, term: str) -> tuple[str, str] | None:
        """Return the two words of a compound, where the corpus has both, or None.

        Of several ways to split it, the one whose rarer half is the commonest.
        """
        ways = [
            (min(self.frequency(first), self.frequency(last)), first, last)
            for first, last in _splits(term)
        ]
        often, *halves = max(ways, default=(0, "", ""))
        return (halves[0], halves[1]) if often >= _HALF_OFTEN else None

    def _akin_by_spelling(self, term: str) -> Iterator[str]:
        """Candidates: words that begin like the term, end with it, or that it is made of."""
        root = term[:max(_SHORTEST_ROOT, int(len(term) * _ROOT_SHARE))]
        yield from _beginning(self._words, root)
        for word in _beginning(self._reversed, term[::-1]):
            yield word[::-1]
        for length in range(_SHORTEST_PART, len(term)):
            for part in (term[:length], term[-length:]):
                if part in self._frequencies:
                    yield part


def kinship(one: str, other: str) -> float:
    """Return how nearly (0-1) two stems mean the same, by their spelling alone."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_PART or not short.isalpha():
        return 0.0
    if long.startswith(short) or long.endswith(short):
        return _COMPOUND
    shared = _common_prefix(short, long)
    return _SAME_ROOT if shared >= _SHORTEST_ROOT and shared >= _ROOT_SHARE * len(short) else 0.0


def _splits(term: str) -> Iterator[tuple[str, str]]:
    """Every way to read a word as two, with or without a linking letter between."""
    for at in range(_SHORTEST_HALF, len(term) - _SHORTEST_HALF + 1):
        for link in _LINKS:
            first = term[:at].removesuffix(link) if link else term[:at]
            if len(first) >= _SHORTEST_HALF and (not link or term[:at].endswith(link)):
                yield first, term[at:]


def _beginning(words: Sequence[str], prefix: str) -> Iterator[str]:
    for place in range(bisect_left(words, prefix), len(words)):
        if not words[place].startswith(prefix):
            return
        yield words[place]


def _common_prefix(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    groups = [frozenset(map(stem, group)) for group in word_groups("synonyms")]
    return {
        word: frozenset().union(*(group for group in groups if word in group)) - {word}
        for word in frozenset().union(*groups)
    }
