"""Hybrid retrieval: dense vectors and Danish BM25, fused, with the question's own hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.danish.words import stems
from assistant.retrieval.matching import Subject, subject_of
from assistant.retrieval.question import Question, Want, committee_key, narrowed, read_question
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.store import Store
from assistant.store.stored import Vector
from assistant.types import EVERYWHERE, Filters, Hit, SectionKind, Source

_CANDIDATES = 80
_DENSE_SHARE = 0.5
_TITLE_BOOST = 0.25
_KIND_BOOST = 0.08
_PLACE_BOOST = 0.15
_PERIOD_BOOST = 0.08
_KINDS: Mapping[Want, tuple[SectionKind, ...]] = {
    Want.DECISION: ("beslutning",),
    Want.VOTES: ("beslutning",),
    Want.RECOMMENDATION: ("indstilling",),
    Want.AMOUNT: ("oekonomi",),
    Want.DATE: ("tidsplan",),
}


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was found for a question, best first, and how the question was understood."""

    question: Question
    subject: Subject
    filters: Filters
    hits: tuple[Hit, ...]
    vector: Vector
    """The question's own, of unit length."""


class Retriever:
    """Finds the passages that a question may be answered from."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._vocabulary: tuple[int, Vocabulary] | None = None

    def retrieve(self, text: str, given: Filters = EVERYWHERE, limit: int = 10) -> Retrieved:
        """Return up to `limit` hits, near-identical passages of one case folded into one hit."""
        catalogue = self._store.catalogue
        question = read_question(text, catalogue.committees(), catalogue.municipalities())
        subject = self._subject(question)
        filters = narrowed(question, given, catalogue.meeting_days())
        vector = self._store.embedder.query(question.text)
        scores = self._fused(question, vector, filters)
        hits = [
            replace(hit, score=hit.score + _boost(hit, question, subject))
            for hit in catalogue.hits(scores)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.passage_id))
        return Retrieved(question, subject, filters, tuple(_collapsed(hits)[:limit]), vector)

    def _subject(self, question: Question) -> Subject:
        passages = self._store.catalogue.passage_count()
        if self._vocabulary is None or self._vocabulary[0] != passages:
            self._vocabulary = passages, Vocabulary(self._store.catalogue.vocabulary())
        return subject_of(question.subject, self._vocabulary[1], passages)

    def _fused(
        self, question: Question, vector: Vector, filters: Filters
    ) -> dict[int, float]:
        """A weighted sum of both searches' scores, each brought to the range 0-1."""
        dense = self._store.vectors.search(vector, filters, _CANDIDATES)
        lexical = self._store.catalogue.search_terms(
            question.subject, filters, _CANDIDATES, question.phrases
        )
        return _sum(
            _scaled(dense, _DENSE_SHARE), _scaled(lexical, 1 - _DENSE_SHARE)
        )


def _scaled(found: Sequence[tuple[int, float]], share: float) -> dict[int, float]:
    if not found:
        return {}
    scores = [score for _, score in found]
    low, high = min(scores), max(scores)
    span = (high - low) or 1.0
    return {identity: share * (score - low) / span for identity, score in found}


def _sum(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {key: one.get(key, 0.0) + other.get(key, 0.0) for key in one.keys() | other.keys()}


def _boost(hit: Hit, question: Question, subject: Subject) -> float:
    source = hit.source
    boost = _TITLE_BOOST * subject.coverage(set(stems(source.title)))
    if source.kind in _KINDS.get(question.want, ()):
        boost += _KIND_BOOST
    if question.municipality:
        boost += _PLACE_BOOST if source.municipality == question.municipality else -_PLACE_BOOST
    if question.committees:
        named = {committee_key(name) for name in question.committees}
        boost += _PLACE_BOOST * (committee_key(source.committee) in named)
    return boost + _PERIOD_BOOST * _in_period(source, question)


def _in_period(source: Source, question: Question) -> bool:
    day = source.meeting_date
    return day is not None and any(
        mention.first <= day <= mention.last for mention in question.dates
    )


def _collapsed(hits: Sequence[Hit]) -> list[Hit]:
    """Fold hits of the same case with the same text into the best one of them."""
    kept: dict[tuple[str, str, str], Hit] = {}
    for hit in hits:
        same = (hit.source.case_number or hit.source.title, hit.source.kind, _essence(hit.text))
        if first := kept.get(same):
            better, other = _ordered(first, hit)
            also = dict.fromkeys((*first.also, other.source))
            kept[same] = replace(better, score=first.score, also=tuple(also))
        else:
            kept[same] = hit
    return sorted(kept.values(), key=lambda hit: -hit.score)


def _ordered(first: Hit, hit: Hit) -> tuple[Hit, Hit]:
    """The better placed first; of two as good, the later meeting's."""
    days = [one.source.meeting_date or date.min for one in (first, hit)]
    if abs(first.score - hit.score) < 0.02 and days[1] > days[0]:
        return hit, first
    return first, hit


def _essence(text: str) -> str:
    """What near-identical passages share: their words, without white space and punctuation."""
    return "".join(char for char in text.lower() if char.isalnum())[:240]

