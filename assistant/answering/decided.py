"""Answers from an item's own fields: what was decided, what was recommended, who voted how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.answering.draft import Draft, Span, body_name, danish_date, words
from assistant.danish.sentences import sentences
from assistant.danish.words import content_stems, stems
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.store.catalogue import Catalogue
from assistant.store.store import Store
from assistant.store.stored import StoredItem, StoredSection
from assistant.types import SectionKind

_CANDIDATES = 30
_TITLE_ENOUGH = 0.6
_TOLD = 0.7
_FOUND, _VOTED = 0.3, 0.2
_SAME_TITLE = 0.5
_LONGEST = 95
_VOTING = re.compile(r"\bstem(?:te|mer|merne)\b|\bundl(?:od|ader)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    item: StoredItem
    score: float


def answer_from_item(found: Retrieved, store: Store) -> Draft | None:
    """Return the decision, recommendation or votes of the item that the question is about.

    Returns None where no item's title or text fits the subject well enough.
    """
    catalogue = store.catalogue
    candidate = _best_item(found, catalogue)
    if candidate is None:
        return None
    item = candidate.item
    wants = found.question.wants
    if Want.RECOMMENDATION in wants:
        return _recommendation(item, catalogue)
    course = [item] if _body_is_named(found) else _course(item, catalogue)
    decided = [one for one in course if one.decision]
    if not decided:
        return _undecided(item, catalogue)
    final = _final(decided)
    if Want.VOTES in wants:
        return _votes(final, catalogue)
    if Want.HISTORY in wants:
        return _history(decided, final, catalogue)
    return _decision(final, [one for one in decided if one.id != final.id], catalogue)


def _best_item(found: Retrieved, catalogue: Catalogue) -> _Candidate | None:
    scores: dict[str, float] = {}
    told: dict[str, float] = {}
    for hit in found.hits:
        coverage = found.subject.coverage(set(stems(hit.text)), set(stems(hit.source.title)))
        for source in (hit.source, *hit.also):
            if source.item_id:
                scores[source.item_id] = max(scores.get(source.item_id, 0.0), hit.score)
                told[source.item_id] = max(told.get(source.item_id, 0.0), coverage)
    by_title = catalogue.search_titles(found.question.subject, _CANDIDATES)
    items = catalogue.items([*scores, *(item_id for item_id, _ in by_title)])
    candidates = [
        _Candidate(
            item,
            max(_fit(item, found), _TOLD * told.get(item.id, 0.0))
            + _FOUND * scores.get(item.id, 0.0)
            + _VOTED * _has_asked_votes(item, found),
        )
        for item in items.values()
        if not item.closed and _allowed(item, found)
    ]
    best = max(
        candidates,
        key=lambda one: (one.score, one.item.meeting_date or date.min, one.item.id),
        default=None,
    )
    return best if best and best.score >= _TITLE_ENOUGH else None


def _has_asked_votes(item: StoredItem, found: Retrieved) -> bool:
    return Want.VOTES in found.question.wants and bool(item.decision and item.decision.votes)


def _fit(item: StoredItem, found: Retrieved) -> float:
    """How well title and question speak of the same thing, both ways (0-1)."""
    title = set(stems(item.title))
    asked = found.subject.coverage(title)
    telling = set(content_stems(item.title))
    told = len(telling & set(stems(found.question.text))) / len(telling) if telling else 0.0
    return 0.7 * asked + 0.3 * told


def _allowed(item: StoredItem, found: Retrieved) -> bool:
    filters, day = found.filters, item.meeting_date
    return (
        (not filters.municipality or item.municipality == filters.municipality)
        and (not filters.committee or item.committee in filters.committee)
        and (not filters.case_number or item.case_number == filters.case_number)
        and (not filters.item_id or item.id == filters.item_id)
        and (not filters.date_from or (day is not None and day >= filters.date_from))
        and (not filters.date_to or (day is not None and day <= filters.date_to))
    )


def _body_is_named(found: Retrieved) -> bool:
    return bool(found.filters.committee or found.filters.date_from or found.filters.item_id)


def _course(item: StoredItem, catalogue: Catalogue) -> list[StoredItem]:
    """The items of the same case, oldest first. A number reused for other titles is no case."""
    if not item.case_number:
        return [item]
    title = set(content_stems(item.title))
    return [
        one
        for one in catalogue.items_of_case(item.case_number)
        if not one.closed
        and one.municipality == item.municipality
        and (one.id == item.id or _same_title(title, set(content_stems(one.title))))
    ]


def _same_title(one: set[str], other: set[str]) -> bool:
    return bool(one | other) and len(one & other) / len(one | other) >= _SAME_TITLE


def _final(decided: list[StoredItem]) -> StoredItem:
    """The council's decision where there is one, else the latest."""
    return max(
        decided, key=lambda one: (_is_council(one.committee), one.meeting_date or date.min, one.id)
    )


def _is_council(committee: str) -> bool:
    return committee.startswith(("Byråd", "Kommunalbestyrelse", "Borgerrepræsentation"))


def _undecided(item: StoredItem, catalogue: Catalogue) -> Draft:
    """The no of a case that is on an agenda without a decision in the minutes."""
    draft = Draft(
        status="undecided",
        text=f"Der er ikke truffet en beslutning endnu i det materiale, der er indlæst: "
        f"»{item.title}« ({_place(item)}).",
    )
    if span := _whole(item, "indstilling", catalogue):
        draft.quote(span, "Indstillingen, som ikke er en beslutning, lyder: ", "statement")
    return draft


def _recommendation(item: StoredItem, catalogue: Catalogue) -> Draft | None:
    span = _whole(item, "indstilling", catalogue)
    if span is None:
        return None
    draft = Draft()
    draft.quote(span, "Indstilling: ", "statement")
    return draft


def _decision(
    final: StoredItem, earlier: list[StoredItem], catalogue: Catalogue
) -> Draft | None:
    span = _whole(final, "beslutning", catalogue)
    if span is None:
        return None
    draft = Draft()
    draft.quote(span, f"{_place(final)}: ", "decision")
    for one in earlier:
        before = _whole(one, "beslutning", catalogue)
        if before:
            draft.notes.append(f"Tidligere i sagen, {_place(one)}: »{before.quote}«")
    return draft


def _history(
    decided: list[StoredItem], final: StoredItem, catalogue: Catalogue
) -> Draft | None:
    """What each body decided, in order; the final decision is told whatever the length."""
    spans = {one.id: _whole(one, "beslutning", catalogue) for one in decided}
    told = [one for one in decided if spans[one.id]]
    length = sum(words(span.quote) for span in spans.values() if span)
    draft = Draft()
    for one in told:
        span = spans[one.id]
        if span is None:
            continue
        if one.id != final.id and length > _LONGEST:
            length -= words(span.quote)
            draft.notes.append(f"Tidligere i sagen, {_place(one)}: »{span.quote}«")
        else:
            draft.quote(span, f"{_place(one)}: ", "decision")
    return draft if draft.claims else None


def _votes(item: StoredItem, catalogue: Catalogue) -> Draft | None:
    stored = _section(item, "beslutning", catalogue)
    if stored is None:
        return None
    text = stored.section.text
    told = [
        Span(stored, span.start, span.end)
        for span in sentences(text)
        if _VOTING.search(text[span.start:span.end])
    ]
    if not told:
        return None
    draft = Draft()
    length = 0
    for number, span in enumerate(told):
        length += words(span.quote)
        if length > _LONGEST and number:
            draft.notes.append("Der er flere stemmeafgivelser i punktet; se hele beslutningen.")
            break
        draft.quote(span, "" if number else f"{_place(item)}: ", "decision")
    return draft


def _section(
    item: StoredItem, kind: SectionKind, catalogue: Catalogue
) -> StoredSection | None:
    return next(
        (s for s in catalogue.sections_of_item(item.id) if s.section.kind == kind), None
    )


def _whole(item: StoredItem, kind: SectionKind, catalogue: Catalogue) -> Span | None:
    """The section's text, or as many of its first sentences as an answer holds."""
    stored = _section(item, kind, catalogue)
    if stored is None:
        return None
    text = stored.section.text
    if words(text) <= _LONGEST:
        return Span(stored, 0, len(text))
    end = 0
    for span in sentences(text):
        if end and words(text[:span.end]) > _LONGEST:
            break
        end = span.end
    return Span(stored, 0, end) if words(text[:end]) <= _LONGEST else None


def _place(item: StoredItem) -> str:
    day = danish_date(item.meeting_date) if item.meeting_date else ""
    return " ".join(part for part in (body_name(item.committee), day and f"den {day}") if part)
