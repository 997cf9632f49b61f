"""Emneord: which of a fixed list of topics a case is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from assistant.danish.words import fold, stem, tokenize
from assistant.store.store import Store
from assistant.store.stored import StoredSection, Vector
from assistant.summarising.case import Case
from assistant.summarising.topics_file import Topic, read_topics
from assistant.types import SectionKind

MOST_TOPICS = 4
_TITLE = 10.0
_SECTIONS: dict[SectionKind, float] = {"resume": 2.0, "indstilling": 1.0, "sagsfremstilling": 0.1}
"""What one word of each counts; of the rest of the case, words count nothing."""
_CASE_NUMBER = 2.0
"""How many words of the title a case number's main group is worth."""
_READ = 4000
"""Characters of a section whose words are counted: what it is about stands first."""
_UNITS = 30
_EMBEDDED = 700
"""Characters that are embedded of a case that is not stored."""
_MEANING = 0.2
"""What one standard deviation of likeness counts beside the words."""
_NEAR_BEST, _SECOND_NEAR_BEST = 0.6, 0.45
"""The share of the best topic's score that another needs: less for the second of them.

A case may have one topic only: of the labelled items that are given one, the next best is right for
4 of 46, so that a second that is forced upon them would be wrong ten times as often as right."""
_MAIN_GROUP = re.compile(r"(\d{2})\.\d{2}\.\d{2}-")
_BODIES = re.compile(
    r"(?:[A-ZÆØÅ]\w+-,?\s+(?:og\s+)?)*[\w-]*udvalg(?:et|ets|s)?\b"
    r"|Center for (?:\w+, )*\w+ (?:&|og) \w+"
)
"""Names of committees and departments: `Kultur- og Fritidsudvalget` tells nothing of the case."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that speak for one topic."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]

    def have(self, folded: str, stemmed: str) -> bool:
        return (
            stemmed in self.stems
            or folded.startswith(self.beginnings)
            or folded.endswith(self.ends)
        )


class Topics:
    """The topics of one file, and which of them a case is about."""

    def __init__(self, store: Store, path: Path | None = None) -> None:
        """Read the topics of `path`, or the bundled ones. Raises TopicsFileError."""
        self._store = store
        self._topics = read_topics(path)
        self._words = [_words(topic) for topic in self._topics]
        self._known: dict[str, tuple[int, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """All topics' names, in the order of the file."""
        return tuple(topic.navn for topic in self._topics)

    def of(self, case: Case) -> tuple[str, ...]:
        """Return the case's topics, best first: one to four, those that come near the best."""
        told = self._told(case)
        scores = np.log1p(told) / 2 + _MEANING * _standardised(self._likeness(case))
        best = [int(place) for place in np.argsort(-scores, kind="stable")[:MOST_TOPICS]]
        needed = scores[best[0]] * np.array([1.0, _SECOND_NEAR_BEST, _NEAR_BEST, _NEAR_BEST])
        return tuple(
            self._topics[place].navn
            for place, least in zip(best, needed, strict=False)
            if scores[place] >= least
        )

    def counts(self, text: str) -> Counter[tuple[int, str]]:
        """Return how often each word that speaks for a topic stands in the text.

        The keys are the topic's place in the file and the stem.
        """
        found: Counter[tuple[int, str]] = Counter()
        for token in tokenize(text):
            for place in self._spoken_for(token.text):
                found[place, stem(token.text)] += 1
        return found

    def _told(self, case: Case) -> Vector:
        """What the case's words and its number say for each topic; a repeated word says less."""
        weights: dict[tuple[int, str], float] = {}
        for text, weight in _weighted(case):
            for key, times in self.counts(_BODIES.sub(" ", text)).items():
                weights[key] = weights.get(key, 0.0) + weight * times
        told = np.zeros(len(self._topics), np.float32)
        for (place, _), weight in weights.items():
            told[place] += np.log1p(weight)
        group = _MAIN_GROUP.match(case.item.case_number)
        places = [n for n, topic in enumerate(self._topics) if group and group[1] in topic.kle]
        told[places] += _CASE_NUMBER * np.log1p(_TITLE) / max(len(places), 1)
        return told

    def _spoken_for(self, word: str) -> tuple[int, ...]:
        if word not in self._known:
            folded, stemmed = fold(word), stem(word)
            self._known[word] = tuple(
                place for place, words in enumerate(self._words) if words.have(folded, stemmed)
            )
        return self._known[word]

    def _likeness(self, case: Case) -> Vector:
        """The cosine between what the case says first and each topic's description."""
        vector = self._meaning(case)
        return np.asarray(self._descriptions @ (vector / np.linalg.norm(vector)), np.float32)

    def _meaning(self, case: Case) -> Vector:
        """The mean of the case's first units, which hold its title; embedded where not stored."""
        for sections in (case.of_kind("resume"), case.of_kind("sagsfremstilling"), case.sections):
            vectors = self._stored_vectors(sections)
            if vectors:
                return np.asarray(np.mean(vectors, axis=0), np.float32)
        text = " ".join(stored.section.text for stored in case.sections)[:_EMBEDDED]
        (vector,) = self._store.embedder.passages([f"{case.item.title}\n{text}"])
        return np.asarray(vector, np.float32)

    def _stored_vectors(self, sections: Sequence[StoredSection]) -> list[Vector]:
        ids = [stored.source.section_id for stored in sections]
        units = self._store.catalogue.units(ids)
        return [one.vector for section_id in ids for one in units.get(section_id, ())][:_UNITS]

    @cached_property
    def _descriptions(self) -> Vector:
        told = [f"{topic.navn}\n{topic.beskrivelse}" for topic in self._topics]
        return self._store.embedder.passages(told)


def _words(topic: Topic) -> _Words:
    whole = [word for word in topic.ord if "*" not in word]
    return _Words(
        frozenset(map(stem, whole)),
        tuple(fold(word[:-1]) for word in topic.ord if word.endswith("*")),
        tuple(fold(word[1:]) for word in topic.ord if word.startswith("*")),
    )


def _weighted(case: Case) -> Iterator[tuple[str, float]]:
    """The texts of the case that say what it is about, with what a word of each counts."""
    yield case.item.title, _TITLE
    for stored in case.sections:
        if weight := _SECTIONS.get(stored.section.kind):
            yield stored.section.text[:_READ], weight


def _standardised(values: Vector) -> Vector:
    """How far each stands from the mean of all, in standard deviations."""
    spread = float(values.std())
    return np.asarray((values - values.mean()) / (spread or 1.0), np.float32)
