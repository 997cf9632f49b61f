"""Hybrid retrieval: dense vectors and Danish BM25, fused, with the question's own hints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.danish.words import stems
from assistant.retrieval.matching import Subject, subject_of
from assistant.retrieval.question import (
    Question,
    Want,
    committee_key,
    narrowed,
    read_question,
    understood,
)
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.store import Store
from assistant.store.stored import Vector
from assistant.types import EVERYWHERE, Filters, Hit, SectionKind, Source

_CANDIDATES = 100
_LOOKED_AT = 80
_DENSE_SHARE = 0.5
_OF_ONE_CASE, _VARIED = 2, 6
_TITLE_BOOST = 0.25
_SUBJECT_BOOST = 0.4
_KIND_BOOST = 0.08
_PLACE_BOOST = 0.15
_PERIOD_BOOST = 0.08
_ESSENCE = 300
_WORD = re.compile(r"\w+")
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
    """The question's own, of unit length, by which its answer is found."""
    likeness: Vector
    """The question's own, of unit length, by which it is told whether anything is like it."""
    notes: tuple[str, ...] = ()
    """How words of the question were understood, to be said with the answer."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a question is understood by, read off the material as it was at one time."""

    fingerprint: str
    vocabulary: Vocabulary
    passages: int
    committees: Sequence[str]
    municipalities: Sequence[str]
    meeting_days: Sequence[tuple[str, str, date]]


class Retriever:
    """Finds the passages that a question may be answered from."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last_known: _Known | None = None

    def retrieve(self, text: str, given: Filters = EVERYWHERE, limit: int = 10) -> Retrieved:
        """Return up to `limit` hits, near-identical passages of one case folded into one hit."""
        known = self._known()
        question = read_question(text, known.committees, known.municipalities, date.today())
        subject = subject_of(question.subject, known.vocabulary, known.passages)
        filters = narrowed(question, given, known.meeting_days)
        vector, likeness = self._store.embedder.question(question.text)
        scores = self._fused(question, subject, vector, filters)
        hits = boosted(self._store.catalogue.hits(scores), question, subject)
        shown = varied(collapsed(hits))[:limit]
        notes = understood(question, filters)
        return Retrieved(question, subject, filters, tuple(shown), vector, likeness, notes)

    def _known(self) -> _Known:
        """What is known of the material; read again when its content has changed."""
        catalogue = self._store.catalogue
        known, fingerprint = self._last_known, catalogue.fingerprint()
        if known is None or known.fingerprint != fingerprint:
            known = self._last_known = _Known(
                fingerprint,
                Vocabulary(catalogue.vocabulary()),
                catalogue.passage_count(),
                catalogue.committees(),
                catalogue.municipalities(),
                catalogue.meeting_days(),
            )
        return known

    def _fused(
        self, question: Question, subject: Subject, vector: Vector, filters: Filters
    ) -> dict[int, float]:
        """The best by a weighted sum of both searches' scores, each brought to the range 0-1."""
        dense = dict(self._store.search(vector, filters, _CANDIDATES))
        lexical = dict(
            self._store.catalogue.search_terms(
                subject.searched, filters, _CANDIDATES, question.phrases
            )
        )
        fused = summed(scaled(dense, _DENSE_SHARE), scaled(lexical, 1 - _DENSE_SHARE))
        best = sorted(fused, key=lambda key: (-fused[key], key))[:_LOOKED_AT]
        return {key: fused[key] for key in best}


def scaled(scores: Mapping[int, float], share: float) -> dict[int, float]:
    """Return the scores brought to the range from 0 to `share`."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    span = (high - low) or 1.0
    return {key: share * (score - low) / span for key, score in scores.items()}


def summed(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """Return the sums; what is missing on one side counts 0 there."""
    return {key: one.get(key, 0.0) + other.get(key, 0.0) for key in one.keys() | other.keys()}


def boosted(hits: Sequence[Hit], question: Question, subject: Subject) -> list[Hit]:
    """Return the hits with what their title, kind, body and day add, best first."""
    told = [replace(hit, score=hit.score + _boost(hit, question, subject)) for hit in hits]
    return sorted(told, key=lambda hit: (-hit.score, hit.passage_id))


def _boost(hit: Hit, question: Question, subject: Subject) -> float:
    source = hit.source
    title = set(stems(source.title))
    boost = _TITLE_BOOST * subject.coverage(title)
    boost += _SUBJECT_BOOST * subject.coverage(set(stems(hit.text)), title)
    if source.kind in _KINDS.get(question.want, ()):
        boost += _KIND_BOOST
    if question.municipality:
        boost += _PLACE_BOOST if source.municipality == question.municipality else -_PLACE_BOOST
    if question.committees:
        named = {committee_key(name) for name in question.committees}
        boost += _PLACE_BOOST * (committee_key(source.committee) in named)
    return boost + _PERIOD_BOOST * in_period(source, question)


def in_period(source: Source, question: Question) -> bool:
    """Return whether the source's meeting was held in a time that the question names."""
    day = source.meeting_date
    return day is not None and any(
        mention.first <= day <= mention.last for mention in question.dates
    )


def collapsed(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with those of the same case and the same text folded into their best."""
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


def varied(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits so that no case fills the first of them: its third and later hits go last."""
    seen: dict[str, int] = {}
    first: list[Hit] = []
    rest: list[Hit] = []
    for hit in hits:
        source = hit.source
        case = source.case_number or source.place
        seen[case] = seen.get(case, 0) + 1
        (first if seen[case] <= _OF_ONE_CASE else rest).append(hit)
    return [*first[:_VARIED], *rest, *first[_VARIED:]]


def _ordered(first: Hit, hit: Hit) -> tuple[Hit, Hit]:
    """The better placed first; of two as good, the later meeting's."""
    days = [one.source.meeting_date or date.min for one in (first, hit)]
    if abs(first.score - hit.score) < 0.02 and days[1] > days[0]:
        return hit, first
    return first, hit


def _essence(text: str) -> str:
    """What near-identical passages share: their words, without white space and punctuation."""
    return "".join(_WORD.findall(text[:_ESSENCE].lower()))

