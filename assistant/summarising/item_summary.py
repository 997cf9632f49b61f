"""A kept summary beside the item that it is of, its quotes checked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.verify import quote_stands
from assistant.store.stored import StoredItem
from assistant.summarising.case import Case
from assistant.types import Argument, CaseSummary, KeptSummary, Line

FELL = "{count} linjer er udeladt, fordi deres kilde ikke længere står i sagen, som de citerer den."
FELL_ONE = "En linje er udeladt, fordi dens kilde ikke længere står i sagen, som den citerer den."


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """What is shown and exported: whose summary it is, and the summary as it is kept."""

    item: StoredItem
    kept: KeptSummary


@dataclass(frozen=True, slots=True)
class NoSummary:
    """An item that no summary is made of, and the sentence that says why."""

    item: StoredItem
    status: Literal["closed", "no_text"]
    reason: str


def shown(case: Case, kept: KeptSummary) -> ItemSummary:
    """Return the case's kept summary as it may be shown, its quotes checked again."""
    return ItemSummary(case.item, replace(kept, summary=checked_again(kept.summary, case)))


def checked_again(summary: CaseSummary, case: Case) -> CaseSummary:
    """Return the summary without what no longer stands in the case, and a note where some fell.

    A quote that cannot be placed goes, and with it every line that rests on it.
    """
    held = {citation.n for citation in summary.citations if quote_stands(citation, case.by_id)}

    def stands(line: Line | Argument) -> bool:
        return bool(line.citations) and held.issuperset(line.citations)

    question = summary.spoergsmaal
    kept = replace(
        summary,
        spoergsmaal=question if question and stands(question) else None,
        opsummering=tuple(line for line in summary.opsummering if stands(line)),
        fordele=tuple(line for line in summary.fordele if stands(line)),
        ulemper=tuple(line for line in summary.ulemper if stands(line)),
        citations=tuple(citation for citation in summary.citations if citation.n in held),
        figures=tuple(f for f in summary.figures if f.citation is None or f.citation in held),
    )
    fell = len(_lines(summary)) - len(_lines(kept))
    if not fell:
        return kept
    note = FELL_ONE if fell == 1 else FELL.format(count=fell)
    return replace(kept, notes=(*kept.notes, note))


def _lines(summary: CaseSummary) -> list[Line | Argument]:
    question = [summary.spoergsmaal] if summary.spoergsmaal else []
    return [*question, *summary.opsummering, *summary.fordele, *summary.ulemper]
