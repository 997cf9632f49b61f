"""Placeholder."""

from __future__ import annotations

from assistant.answering.draft import Draft, Span
from assistant.danish.sentences import sentences
from assistant.store.store import Store
from assistant.summarising.case import Case
from assistant.types import Argument, CaseSummary, Line


def summarise(case: Case, store: Store) -> CaseSummary:
    """Return the first sentences of a case."""
    draft = Draft()
    for stored in [*case.of_kind("indstilling"), *case.of_kind("resume"), *case.sections]:
        for found in sentences(stored.section.text)[:3]:
            draft.quote(Span(stored, found.start, found.end))
    first, *rest = draft.claims
    return CaseSummary(
        item_id=case.item.id,
        spoergsmaal=Line(first.text, first.citations),
        opsummering=tuple(Line(claim.text, claim.citations) for claim in rest[:3]),
        fordele=tuple(Argument(c.text, "fra sagen", c.citations) for c in rest[3:5]),
        ulemper=tuple(Argument(c.text, "afledt", c.citations) for c in rest[5:6]),
        emneord=("Økonomi", "Børn og unge"),
        ikke_belyst=("Sagen beskriver ingen alternativer.", "Sagen nævner ingen høring."),
        citations=tuple(draft.citations[:7]),
        figures=(),
        engine="extractive",
        model=None,
    )
