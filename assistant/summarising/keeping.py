"""A summary's life: kept as a draft, corrected and approved by a person, stale when its case is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.answering.verify import check
from assistant.errors import WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.summarising.case import Case, gather
from assistant.types import CaseSummary, CheckedFigure, Claim, KeptSummary

CORRECTED_AT = "corrected_at"
"""The entry of a summary's provenance that says when a person last corrected it."""


def keep(summary: CaseSummary, case: Case, catalogue: Catalogue) -> KeptSummary:
    """Keep a new summary of the case as a draft, and return it.

    Raises WrongUseError where an approved one that still fits the case would be lost.
    """
    old = catalogue.kept_summary(case.item.id)
    if old and old.status == "godkendt" and old.item_version == case.version:
        raise WrongUseError(
            f"Punktet »{case.item.title}« har et resumé, som {old.approved_by} har godkendt, og "
            "sagen er ikke ændret siden. Ret i det i stedet for at lave et nyt."
        )
    made = KeptSummary(summary, "udkast", _now(), case.version)
    catalogue.keep_summary(made)
    return made


def kept(item_id: str, catalogue: Catalogue) -> KeptSummary | None:
    """Return the item's summary, told whether it is stale, or None where none was made.

    Raises WrongUseError where the item is not there, is closed, or has no text any more.
    """
    case = gather(item_id, catalogue)
    found = catalogue.kept_summary(item_id)
    return found and replace(found, stale=found.item_version != case.version)


def correct(corrected: CaseSummary, catalogue: Catalogue) -> KeptSummary:
    """Put a person's corrected summary in place of the kept one; it has to be approved anew.

    Engine, model and provenance stay those of the one that it corrects. It is checked against the
    case as it stands now, and no longer stale. Raises WrongUseError where no summary is kept, or
    where a line has a quote that does not stand in the case, or a figure that its quotes lack.
    """
    case, old = _kept_of(corrected.item_id, catalogue)
    figures = _checked_figures(corrected, case)
    summary = replace(
        corrected,
        figures=figures,
        engine=old.summary.engine,
        model=old.summary.model,
        provenance={**old.summary.provenance, CORRECTED_AT: _now()},
    )
    made = KeptSummary(summary, "udkast", old.made_at, case.version)
    catalogue.keep_summary(made)
    return made


def approve(item_id: str, name: str, catalogue: Catalogue) -> KeptSummary:
    """Note that a person has checked the kept summary and approves it.

    Raises WrongUseError where the name is empty, no summary is kept, or it is stale.
    """
    case, old = _kept_of(item_id, catalogue)
    if not name.strip():
        raise WrongUseError("Skriv navnet på den, der godkender resuméet.")
    if old.item_version != case.version:
        raise WrongUseError(
            f"Sagen »{case.item.title}« er ændret, efter at resuméet blev lavet. Ret resuméet "
            "efter sagen, eller lav et nyt, før det godkendes."
        )
    approved = replace(old, status="godkendt", approved_by=name.strip(), approved_at=_now())
    catalogue.keep_summary(approved)
    return approved


def _kept_of(item_id: str, catalogue: Catalogue) -> tuple[Case, KeptSummary]:
    case = gather(item_id, catalogue)
    found = catalogue.kept_summary(item_id)
    if found is None:
        raise WrongUseError(
            f"Der er ikke lavet et resumé af punktet »{case.item.title}«. Kør "
            f"»assistant summarize {item_id}« først."
        )
    return case, found


def _checked_figures(summary: CaseSummary, case: Case) -> tuple[CheckedFigure, ...]:
    """The figures of all lines. Raises WrongUseError at the first line that does not hold."""
    sections = {stored.source.section_id: stored for stored in case.sections}
    question = (summary.spoergsmaal,) if summary.spoergsmaal else ()
    figures: list[CheckedFigure] = []
    for line in (*question, *summary.opsummering, *summary.fordele, *summary.ulemper):
        claim = Claim(line.text, "statement", line.citations)
        checked = check([claim], summary.citations, sections)
        if checked.dropped:
            raise WrongUseError(
                f"Linjen »{line.text}« har ikke belæg: citatet skal stå i sagen, og linjens tal "
                "skal stå i citatet. Ret linjen, eller slet den."
            )
        figures.extend(checked.figures)
    return tuple(figures)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
