"""Answers from an item's own fields: what was decided, what was recommended, who voted how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.course import course_of
from assistant.answering.draft import Draft, Span, body_and_day, words
from assistant.answering.excerpts import beginning, section_of, whole
from assistant.answering.from_text import quote_units
from assistant.answering.item_choice import likeliest_items
from assistant.answering.reading import Reading
from assistant.danish.sentences import sentences
from assistant.danish.words import stems
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredItem, StoredSection
from assistant.types import Block, Section

_LONGEST = 95
_SHORT_DECISION = 60
_UNAMENDED = 6
"""Words of a point's decision up to which nothing can have been changed in it."""
_REFERRED_TO = "Indstillingen, som beslutningen henviser til: "
_NEARLY_AS_LIKELY = 1.0
_LONGEST_COURSE = 112
_PLAIN = ("anbefalet", "efterretning", "godkendt")
_CARRIED = re.compile(r"\b(?:godkend|vedtog|anbefal|tiltråd)", re.IGNORECASE)
_WHO_VOTED = re.compile(r"(?:For|Imod|Mod|Hverken for|Undlod|Undlader)\b|\(", re.IGNORECASE)
_VOTING = re.compile(r"\bstem(?:te|mer|merne)\b|\bundl(?:od|ader)\b", re.IGNORECASE)


def answer_from_item(reading: Reading) -> Draft | None:
    """Return the decision, recommendation or votes of the item that the question is about.

    Returns None where nothing that was found can be trusted to be about it.
    """
    catalogue = reading.catalogue
    item = _item(reading)
    if item is None:
        return None
    wants = reading.found.question.wants
    if Want.RECOMMENDATION in wants:
        return _recommendation(item, reading)
    course = [item] if _body_is_named(reading.found) else course_of(item, catalogue)
    decided = [one for one in course if one.decision]
    if not decided:
        return _undecided(item, catalogue)
    final = _final(decided)
    if Want.VOTES in wants:
        return _votes(final, reading)
    if Want.HISTORY in wants:
        return _history(decided, final, catalogue)
    draft = _decision(final, [one for one in decided if one.id != final.id], catalogue)
    if draft and {Want.REASON, Want.WHETHER} & set(wants):
        quote_units(draft, reading, beside=final.id)
    return draft


def _item(reading: Reading) -> StoredItem | None:
    """The item that the question can be trusted to be about; None: there is none.

    Where a unit can be trusted to answer, so can its item. Where votes are asked of, one nearly as
    likely with votes goes before.
    """
    likely = likeliest_items(reading.units, reading.found)
    if not likely or not (likely[0].evidence > 0 or reading.answers):
        return None
    items = reading.catalogue.items(one.item_id for one in likely)
    if Want.VOTES in reading.found.question.wants:
        near = [one for one in likely if one.score >= likely[0].score - _NEARLY_AS_LIKELY]
        order = [items[one.item_id] for one in near]
        return next((one for one in order if one.decision and one.decision.votes), order[0])
    return items[likely[0].item_id]


def _body_is_named(found: Retrieved) -> bool:
    return bool(found.filters.committee or found.filters.date_from or found.filters.item_id)


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
    if span := whole(item, "indstilling", catalogue, _LONGEST):
        draft.quote(span, "Indstillingen, som ikke er en beslutning, lyder: ", "statement")
    return draft


def _recommendation(item: StoredItem, reading: Reading) -> Draft | None:
    """The whole recommendation where it is short, and what else the case says to the question."""
    span = whole(item, "indstilling", reading.catalogue, _LONGEST)
    if span is None:
        return None
    draft = Draft()
    draft.quote(span, "Indstilling: ", "statement")
    quote_units(draft, reading, beside=item.id)
    return draft


def _decision(
    final: StoredItem, earlier: list[StoredItem], catalogue: Catalogue
) -> Draft | None:
    span = whole(final, "beslutning", catalogue, _LONGEST)
    if span is None:
        return None
    draft = Draft()
    draft.quote(span, f"{_place(final)}: ", "decision")
    _quote_points(draft, final, span, catalogue)
    for one in earlier:
        before = whole(one, "beslutning", catalogue, _LONGEST)
        if before:
            draft.notes.append(f"Tidligere i sagen, {_place(one)}: »{before.quote}«")
    return draft


def _quote_points(draft: Draft, item: StoredItem, decided: Span, catalogue: Catalogue) -> None:
    """Quote the recommendation's points that a short decision refers to (*1.-2. godkendt*)."""
    stored = section_of(item, "indstilling", catalogue)
    if stored is None or item.decision is None or words(decided.quote) > _SHORT_DECISION:
        return
    length = words(decided.quote)
    named = dict.fromkeys(
        point
        for one in item.decision.points
        if one.outcome in _PLAIN and words(one.text) <= _UNAMENDED
        for point in one.points
    )
    points = _points_of(stored.section, list(named))
    for point in points:
        span = Span(stored, point.start, point.end)
        length += words(span.quote) + 3
        if length > _LONGEST:
            draft.notes.append("Beslutningen henviser til flere af indstillingens punkter.")
            return
        draft.quote(span, _REFERRED_TO, "statement")


def _points_of(section: Section, named: Sequence[str]) -> list[Block]:
    """The recommendation's points of these numbers; none where it is not certain which they are.

    They are known by their own numbers; an unnumbered list by its order, where it has as many
    points as the decision has, so that no point within a point is taken for one.
    """
    items = [block for block in section.blocks if block.kind == "list_item"]
    numbers = [block.marker.strip(".) ") for block in items]
    if all(numbers.count(point) == 1 for point in named):
        return [items[numbers.index(point)] for point in named]
    unnumbered = not any(number.isalnum() for number in numbers)
    return items if unnumbered and len(items) == len(named) else []


def _history(
    decided: list[StoredItem], final: StoredItem, catalogue: Catalogue
) -> Draft | None:
    """What each body decided, in order; what an answer has no room for stands in the notes.

    Room goes to the final decision first, then to those that turned the case, then to the latest.
    Where it is scarce, the earlier ones are told by their first sentences.
    """
    found = {one.id: whole(one, "beslutning", catalogue, _LONGEST) for one in decided}
    spans = {item_id: span for item_id, span in found.items() if span}
    told = [one for one in decided if one.id in spans]
    order = sorted(told, key=lambda one: (one.id != final.id, _is_plain(one), -told.index(one)))
    share = _LONGEST // max(1, len(told))
    shown: dict[str, Span] = {}
    left = _LONGEST_COURSE
    for one in order:
        span = spans[one.id] if one.id == final.id else beginning(spans[one.id], share)
        length = words(span.quote) + words(_place(one))
        if not shown or length <= left:
            shown[one.id] = span
            left -= length
    draft = Draft()
    for one in told:
        if one.id in shown:
            draft.quote(shown[one.id], f"{_place(one)}: ", "decision")
        if shown.get(one.id) != spans[one.id]:
            draft.notes.append(f"{_place(one)}: »{spans[one.id].quote}«")
    return draft if draft.claims else None


def _is_plain(item: StoredItem) -> bool:
    """Whether a body only passed the case on, or took note of it."""
    return item.decision is not None and item.decision.outcome in _PLAIN


def _votes(item: StoredItem, reading: Reading) -> Draft | None:
    """The whole decision where it is short; else the sentences that tell of the votes asked for."""
    stored = section_of(item, "beslutning", reading.catalogue)
    if stored is None or item.decision is None:
        return None
    text = stored.section.text
    draft = Draft()
    if words(text) <= _SHORT_DECISION:
        draft.quote(Span(stored, 0, len(text)), f"{_place(item)}: ", "decision")
        return draft
    ballots = [one for one in _ballots(stored) if _VOTING.search(one.quote)]
    subject = reading.found.subject
    order = sorted(
        range(len(ballots)),
        key=lambda n: (
            -subject.coverage(stems(ballots[n].quote)), not _CARRIED.search(ballots[n].quote), n
        ),
    )
    shown: list[int] = []
    for number in order:
        if shown and sum(words(ballots[n].quote) for n in (*shown, number)) > _LONGEST:
            draft.notes.append("Der er flere afstemninger i punktet; se hele beslutningen.")
            break
        shown.append(number)
    for place, number in enumerate(sorted(shown)):
        draft.quote(ballots[number], "" if place else f"{_place(item)}: ", "decision")
    return draft if draft.claims else None


def _ballots(stored: StoredSection) -> list[Span]:
    """The decision cut into ballots: a vote's result with the lines of who voted how after it."""
    text = stored.section.text
    spans = [Span(stored, span.start, span.end) for span in sentences(text)]
    ballots: list[Span] = []
    for span in spans:
        if ballots and _WHO_VOTED.match(span.quote):
            ballots[-1] = replace(ballots[-1], end=span.end)
        else:
            ballots.append(span)
    return ballots


def _place(item: StoredItem) -> str:
    return body_and_day(item.committee, item.meeting_date)
