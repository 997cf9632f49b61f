"""Questions a member might ask: of what the case leaves out, and of its amounts and deadlines.

They are made from templates, answer nothing, and take no side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.answering.draft import Span, words
from assistant.danish.dates import find_dates
from assistant.danish.figures import find_figures
from assistant.danish.sentences import sentences
from assistant.store.stored import StoredSection
from assistant.summarising.unsaid import SENTENCES, Unsaid
from assistant.types import SectionKind

_MOST = 2
_SUBSTANCE = 60
"""Words of its own below which a case is a formality that raises no question."""
_OF_UNSAID: dict[Unsaid, str] = {
    "økonomi": "Hvad koster forslaget, og hvor kommer pengene fra?",
    "ulemper": "Hvilke ulemper eller risici er der ved forslaget?",
    "alternativer": "Hvilke andre løsninger kunne der vælges imellem?",
    "fordele": "Hvad opnås med forslaget, og for hvem?",
    "høring": "Hvem er hørt om forslaget, og hvem skal høres?",
    "høringssvar": "Hvornår foreligger høringssvarene, og når de at få betydning for sagen?",
    "tidsplan": "Hvornår sker det, og hvordan følges der op?",
}
"""The most pressing first."""
_AMOUNT = "Hvad indgår i beløbet på {figure}, og hvad kan ændre det?"
_DEADLINE = "Hvad skal være på plads til den {figure}, og hvem sørger for det?"
_HEARD = "Hvad gik høringssvarene ud på, og hvor er de fulgt eller ikke fulgt?"
_ALWAYS = (
    "Hvordan og hvornår bliver der fulgt op på sagen?",
    "Hvem har ansvaret for det videre arbejde?",
)
"""Asked where the case gives nothing else to ask of."""
_WHOLE_DAY = re.compile(r"[^\W\d]{3}|[0-9][./-][0-9]")
"""A day with its month, where others share it (`20. og 24. august`)."""
_DATED: tuple[SectionKind, ...] = ("tidsplan", "indstilling", "sagsfremstilling")


def questions_of(
    ikke_belyst: Collection[str], sections: Sequence[StoredSection], day: date | None
) -> list[tuple[str, Span | None]]:
    """Return up to two questions, each with the span that its figure stands in.

    One is of what the case leaves out, one of what it says, where it has both; none where the
    case is a formality.
    """
    own = [stored for stored in sections if stored.section.kind not in ("beslutning", "bilag")]
    if sum(words(stored.section.text) for stored in own) < _SUBSTANCE:
        return []
    left_out: list[tuple[str, Span | None]] = [(text, None) for text in _of_unsaid(ikke_belyst)]
    told = [*_of_amounts(own), *_of_deadlines(own, day), *_of_hearing(own)]
    rest: list[tuple[str, Span | None]] = [(text, None) for text in _ALWAYS]
    return [*left_out[:1], *told[:1], *left_out[1:], *told[1:], *rest][:_MOST]


def _of_unsaid(ikke_belyst: Collection[str]) -> list[str]:
    return [
        question for unsaid, question in _OF_UNSAID.items() if SENTENCES[unsaid] in ikke_belyst
    ]


def _of_amounts(own: Sequence[StoredSection]) -> Iterator[tuple[str, Span | None]]:
    """Of the largest amount that the economy names."""
    found = [
        (abs(figure.value), figure, span)
        for stored in own
        if stored.section.kind == "oekonomi"
        for span in _sentences(stored)
        for figure in find_figures(span.quote)
        if figure.kind == "amount" and isinstance(figure.value, Decimal)
    ]
    if found:
        _, figure, span = max(found, key=lambda one: one[0])
        yield _AMOUNT.format(figure=figure.text), span


def _of_deadlines(
    own: Sequence[StoredSection], day: date | None
) -> Iterator[tuple[str, Span | None]]:
    """Of the first day after the meeting that the time table names."""
    for kind in _DATED:
        for stored in own:
            if stored.section.kind == kind and day:
                for span in _sentences(stored):
                    dates = (d for d in find_dates(span.quote) if d.precision == "day")
                    later = (d for d in dates if d.first > day and _WHOLE_DAY.search(d.text))
                    if found := next(later, None):
                        yield _DEADLINE.format(figure=found.text), span
                        return


def _of_hearing(own: Sequence[StoredSection]) -> Iterator[tuple[str, Span | None]]:
    if any(stored.section.kind == "hoering" for stored in own):
        yield _HEARD, None


def _sentences(stored: StoredSection) -> Iterator[Span]:
    for block in stored.section.blocks:
        if block.kind in ("paragraph", "list_item"):
            text = stored.section.text[block.start:block.end]
            for found in sentences(text):
                yield Span(stored, block.start + found.start, block.start + found.end)
