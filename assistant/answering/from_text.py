"""Answers from running text, lists and tables: the units that fit the question best."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Span, body_and_day, words
from assistant.answering.from_table import quote_row, words_of_row
from assistant.answering.reading import Reading
from assistant.answering.units import Candidate, items_of
from assistant.danish.sentences import sentences
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved

_MOST_UNITS = 4
_MOST_WORDS = 90
"""How much an answer may quote where the best unit is not alone."""
_MOST_WORDS_IN_ALL = 105
_NEARLY_AS_GOOD = 2.5
"""How far (in log odds) a second unit's score may lie below the best."""
_LONGEST_LIST = 105
_GOES_ON = re.compile(
    r"(?:Dels|Desuden|Derudover|Endvidere|Samt|Og|For det (?:andet|tredje|fjerde)|"
    r"Den (?:anden|tredje|fjerde)|Det (?:andet|tredje|fjerde))\b"
)


def answer_from_text(reading: Reading) -> Draft | None:
    """Return the best units as quotes, the next ones where they are nearly as good; None: a no."""
    subject = reading.found.subject
    if not reading.answers or not any(term.isalpha() for term in subject.weights):
        return None
    draft = Draft()
    best = reading.units[0].candidate
    if Want.LIST in reading.found.question.wants and (
        _quote_list(draft, best) or _quote_enumeration(draft, best)
    ):
        return draft
    quote_units(draft, reading, beside=best.stored.source.item_id)
    return draft


def quote_units(draft: Draft, reading: Reading, beside: str) -> None:
    """Quote the best unit, and after it those of the item `beside` that may be the answer too.

    What the draft quotes already is not quoted again, and counts towards the answer's length.
    """
    told = [(c.section_id, c.start, c.end) for c in draft.citations]
    length = sum(words(claim.text) for claim in draft.claims)
    most = _MOST_WORDS if not told else _MOST_WORDS_IN_ALL
    best = reading.units[0].score
    for one in reading.units:
        source, unit = one.candidate.stored.source, one.candidate.unit
        if len(draft.claims) == _MOST_UNITS or one.score < best - _NEARLY_AS_GOOD:
            break
        row = unit.kind == "row"
        long = words_of_row(draft, one.candidate) if row else words(one.candidate.text)
        known = any(
            source.section_id == section_id and start <= unit.start and unit.end <= end
            for section_id, start, end in told
        )
        elsewhere = source.item_id != beside
        if known or unit.kind == "list" or (draft.claims and (elsewhere or length + long > most)):
            continue
        _quote(draft, one.candidate, reading.found)
        length += long


def _quote_list(draft: Draft, best: Candidate) -> bool:
    """Quote each item of a list, where the best unit is one."""
    items = items_of(best)
    text = best.stored.section.text
    length = 0
    for number, (start, end) in enumerate(items):
        length += words(text[start:end])
        if number and length > _LONGEST_LIST:
            draft.notes.append(f"Listen har {len(items)} punkter; se den hele i kilden.")
            break
        draft.quote(Span(best.stored, start, end), "" if number else _label(best))
    return bool(items)


def _quote_enumeration(draft: Draft, best: Candidate) -> bool:
    """Quote the unit and the sentences after it that go on enumerating (*Dels …*)."""
    text = best.stored.section.text
    rest = text[best.unit.end:best.unit.end + 1500]
    length = words(best.text)
    spans = []
    for span in sentences(rest):
        told = rest[span.start:span.end]
        length += words(told)
        if not _GOES_ON.match(told) or length > _LONGEST_LIST:
            break
        start = best.unit.end
        spans.append(Span(best.stored, start + span.start, start + span.end))
    if spans:
        draft.quote(Span(best.stored, best.unit.start, best.unit.end), _label(best))
        for one in spans:
            draft.quote(one)
    return bool(spans)


def _quote(draft: Draft, candidate: Candidate, found: Retrieved) -> None:
    if candidate.unit.kind == "row":
        quote_row(draft, candidate, found)
    else:
        span = Span(candidate.stored, candidate.unit.start, candidate.unit.end)
        decided = candidate.stored.section.kind == "beslutning"
        draft.quote(span, _label(candidate), "decision" if decided else "quote")


def _label(candidate: Candidate) -> str:
    """What must be said before a quote: what was recommended, and who decided."""
    source = candidate.stored.source
    if source.kind == "indstilling":
        return "Indstilling: "
    if source.kind == "beslutning" and source.meeting_date:
        return f"{body_and_day(source.committee, source.meeting_date)}: "
    return ""
