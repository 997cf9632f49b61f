"""From a meeting's items to its briefing. Everything that cites is checked before it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.course import course_of
from assistant.answering.draft import Draft, Span, body_and_day, words
from assistant.answering.excerpts import beginning, section_of, whole
from assistant.answering.verify import check
from assistant.briefing.asked_by_model import MOST, Questions
from assistant.briefing.money import money_of
from assistant.briefing.questions import questions_of
from assistant.briefing.types import BriefedItem, BriefingLine
from assistant.errors import ModelError
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredItem, StoredSection
from assistant.summarising.case import is_put
from assistant.summarising.notes import fell
from assistant.types import Block, CaseSummary, Claim, ClaimKind

Summarised = Callable[[StoredItem], CaseSummary]
"""Gives the case summary of an open item that has text."""
Asked = Callable[[StoredItem], Questions]
"""Gives the questions of an open item that a model wrote and that hold. Raises ModelError."""
_RECOMMENDATION, _DECISION, _COURSE = 160, 80, 60
"""Words of a recommendation, of an earlier decision, and of the course as the case tells it."""
_MOST_EARLIER = 4
_RECURRING = 4
"""Meetings of one body at which an item comes up by the same number and title, from which it is
one of every meeting (the agenda's approval, question time): no course, and no questions."""
NO_TEXT = "Punktet har ingen sagstekst i det materiale, der er indlæst."
LONGER_RECOMMENDATION = "Indstillingen er længere; se den hele i kilden."
MORE_MONEY = "Der står mere om økonomien i sagen."
MORE_EARLIER = "Der er flere tidligere beslutninger i sagen; de seneste er vist."
SHORTENED = "En tidligere beslutning er vist ved sin begyndelse; se den hele i kilden."
HELD = "Mødet er holdt: Hvad det besluttede, står i referatet og er ikke taget med her."
WITHOUT_MODEL = "Punktets spørgsmål er derfor lavet uden sprogmodel."
PARTLY_WITHOUT_MODEL = "Ikke alle punktets spørgsmål er skrevet af sprogmodellen."
TOLD_BY_CASE = "Sagens forløb, som sagen selv gengiver det"


def brief(
    item: StoredItem,
    catalogue: Catalogue,
    summarised: Summarised,
    by_model: Asked | None = None,
) -> BriefedItem:
    """Return what a member is told of one item before the meeting.

    Its questions are those `by_model`, and made without it where there are too few of them; the
    item's notes say so.
    """
    if item.closed:
        return BriefedItem(item)
    sections = catalogue.sections_of_item(item.id)
    told = [stored for stored in sections if stored.section.kind != "beslutning"]
    if not any(is_put(stored.section) for stored in told):
        return BriefedItem(item, notes=(NO_TEXT,))
    summary = summarised(item)
    writing = _Writing()
    course = course_of(item, catalogue)
    is_recurring = sum(one.committee == item.committee for one in course) >= _RECURRING
    asking = [] if is_recurring else questions_of(summary.ikke_belyst, told, item.meeting_date)
    written = _written(item, by_model, writing.notes) if by_model and asking else Questions()
    asked = writing.lines(_question(written, _asked(summary, told)))
    recommendation = writing.lines(_recommendation(item, catalogue, writing.notes))
    money = writing.lines(_money(told, writing.notes))
    earlier = [] if is_recurring else [one for one in course if _is_before(one, item)]
    before = writing.lines(_decided_before(item, earlier, catalogue, writing.notes))
    questions = writing.lines(_questions(written, asking))
    return writing.checked(item, asked, recommendation, money, before, questions)


@dataclass(frozen=True, slots=True)
class _Told:
    """A line before it is numbered and checked."""

    text: str
    spans: tuple[Span, ...]
    kind: ClaimKind = "quote"
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A line whose claim waits for the check; one without a claim rests on nothing."""

    line: BriefingLine
    claim: Claim | None


class _Writing:
    """One item's lines as they are numbered, until they are checked together."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._draft = Draft()

    def lines(self, told: Iterable[_Told]) -> list[_Numbered]:
        return [self._numbered(one) for one in told]

    def checked(
        self,
        item: StoredItem,
        asked: Sequence[_Numbered],
        *parts: Sequence[_Numbered],
    ) -> BriefedItem:
        """Return the item with the lines that hold; the parts in the order of its fields."""
        draft = self._draft
        checked = check(draft.claims, draft.citations, draft.sections)
        held = set(checked.claims)

        def holding(lines: Sequence[_Numbered]) -> tuple[BriefingLine, ...]:
            return tuple(one.line for one in lines if one.claim is None or one.claim in held)

        self.notes += fell(checked.dropped)
        recommendation, money, before, questions = map(holding, parts)
        return BriefedItem(
            item=item,
            asked=next(iter(holding(asked)), None),
            recommendation=recommendation,
            money=money,
            decided_before=before,
            questions=questions,
            notes=tuple(dict.fromkeys(self.notes)),
            citations=checked.citations,
            figures=checked.figures,
        )

    def _numbered(self, told: _Told) -> _Numbered:
        if not told.spans:
            return _Numbered(BriefingLine(told.text, label=told.label), None)
        self._draft.claim(told.text, told.kind, *told.spans)
        claim = self._draft.claims[-1]
        return _Numbered(BriefingLine(told.text, claim.citations, told.label), claim)


def _asked(summary: CaseSummary, sections: Sequence[StoredSection]) -> Iterator[_Told]:
    """The summary's question, resting on what it rests on there."""
    question = summary.spoergsmaal
    if question is None:
        return
    by_id = {one.source.section_id: one for one in sections}
    cited = [one for one in summary.citations if one.n in question.citations]
    if cited and all(one.section_id in by_id for one in cited):
        spans = tuple(Span(by_id[one.section_id], one.start, one.end) for one in cited)
        yield _Told(question.text, spans, "statement")


def _recommendation(
    item: StoredItem, catalogue: Catalogue, notes: list[str]
) -> Iterator[_Told]:
    """The recommendation, paragraph by paragraph and point by point, as far as there is room."""
    stored = section_of(item, "indstilling", catalogue)
    if stored is None:
        return
    left = _RECOMMENDATION
    for block in stored.section.blocks:
        span = Span(stored, block.start, block.end)
        if words(span.quote) > left:
            notes.append(LONGER_RECOMMENDATION)
            if left == _RECOMMENDATION:
                first = beginning(span, _RECOMMENDATION)
                yield _Told(first.quote, (first,), label=_number(block, first))
            return
        left -= words(span.quote)
        yield _Told(span.quote, (span,), label=_number(block, span))


def _number(block: Block, span: Span) -> str:
    """A point's own number, where it does not stand in its text already."""
    numbered = any(character.isalnum() for character in block.marker)
    return block.marker if numbered and not span.quote.startswith(block.marker) else ""


def _money(sections: Sequence[StoredSection], notes: list[str]) -> Iterator[_Told]:
    lines, more = money_of([one for one in sections if one.section.kind == "oekonomi"])
    if more:
        notes.append(MORE_MONEY)
    for line in lines:
        yield _Told(line.text, line.spans)


def _written(item: StoredItem, by_model: Asked, notes: list[str]) -> Questions:
    """The model's questions; a note where any has to be made without it."""
    try:
        written = by_model(item)
    except ModelError as error:
        notes.append(f"{error} {WITHOUT_MODEL}")
        return Questions()
    if len(written.of_member) < MOST:
        notes.append(PARTLY_WITHOUT_MODEL)
    return written


def _question(written: Questions, without: Iterator[_Told]) -> Iterator[_Told]:
    """What the item asks of the body: by the model, or without it."""
    if written.asked:
        text, spans = written.asked
        yield _Told(text, spans, "statement")
    yield from without


def _questions(
    written: Questions, templates: Sequence[tuple[str, Span | None]]
) -> list[_Told]:
    """The model's questions, and as many from the templates as there is room for after them."""
    by_model = [_Told(text, spans, "statement") for text, spans in written.of_member]
    others = [_Told(text, (span,) if span else ()) for text, span in templates]
    return [*by_model, *others][:MOST]


def _is_before(one: StoredItem, item: StoredItem) -> bool:
    """Whether an item was decided at an earlier meeting."""
    days = one.meeting_date, item.meeting_date
    return bool(one.decision and days[0] and days[1] and days[0] < days[1])


def _decided_before(
    item: StoredItem, earlier: Sequence[StoredItem], catalogue: Catalogue, notes: list[str]
) -> Iterator[_Told]:
    """What earlier meetings decided in the case; else the course that the case itself tells."""
    if len(earlier) > _MOST_EARLIER:
        notes.append(MORE_EARLIER)
    for one in earlier[-_MOST_EARLIER:]:
        span = whole(one, "beslutning", catalogue, _DECISION)
        if span:
            if span.end < len(span.stored.section.text):
                notes.append(SHORTENED)
            label = body_and_day(one.committee, one.meeting_date)
            yield _Told(span.quote, (span,), "decision", label)
    if not earlier and (span := whole(item, "sagsforloeb", catalogue, _COURSE)):
        yield _Told(span.quote, (span,), label=TOLD_BY_CASE)
