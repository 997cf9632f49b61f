"""A summary's life: kept as a draft, corrected and approved by a person, stale when its case is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from assistant.answering.verify import check, folded, quote_stands
from assistant.errors import NotFoundError, WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.summarising.case import Case
from assistant.types import CaseSummary, CheckedFigure, Citation, Claim, KeptSummary

CORRECTED_AT = "corrected_at"
"""The entry of a summary's provenance that says when a person last corrected it."""


def draft(case: Case, summary: CaseSummary) -> KeptSummary:
    """Return a new summary of the case as a draft."""
    return KeptSummary(summary, "udkast", _now(), case.version)


def find_summary(catalogue: Catalogue, case: Case) -> KeptSummary | None:
    """Return the case's summary, or None where none was made.

    It is stale where it was made from another version of the case than this one.
    """
    found = catalogue.kept_summary(case.item.id)
    return found and replace(found, stale=found.item_version != case.version)


def kept_summary(catalogue: Catalogue, case: Case) -> KeptSummary:
    """Return the case's summary. Raises NotFoundError where none was made."""
    found = find_summary(catalogue, case)
    if found is None:
        raise NotFoundError(
            f"Der er ikke lavet et resumé af punktet »{case.item.title}« endnu. Kør "
            f"»assistant summarize {case.item.id}« først."
        )
    return found


def is_a_persons(kept: KeptSummary) -> bool:
    """Return whether it holds a person's own words, or their name under the text as it stands."""
    corrected = CORRECTED_AT in kept.summary.provenance
    return corrected or (kept.status == "godkendt" and not kept.stale)


def correct_summary(catalogue: Catalogue, case: Case, corrected: CaseSummary) -> KeptSummary:
    """Put a person's corrected summary in place of the kept one; it has to be approved anew.

    Engine, model and provenance stay those of the one that it corrects. It is checked against the
    case as it stands now, and no longer stale. A quote that is changed is looked up in the case.

    Raises WrongUseError where no summary is kept, or where a line has a quote that does not stand
    in the case, or a figure that its quotes lack.
    """
    old = kept_summary(catalogue, case)
    corrected = replace(
        corrected, citations=tuple(_placed(one, case) for one in corrected.citations)
    )
    summary = replace(
        corrected,
        figures=_checked_figures(corrected, case),
        engine=old.summary.engine,
        model=old.summary.model,
        provenance={**old.summary.provenance, CORRECTED_AT: _now()},
    )
    made = KeptSummary(summary, "udkast", old.made_at, case.version)
    catalogue.keep_summary(made)
    return made


def approve_summary(catalogue: Catalogue, case: Case, name: str) -> KeptSummary:
    """Note that a person has checked the kept summary and approves it.

    Raises WrongUseError where the name is empty, no summary is kept, or it is stale.
    """
    old = kept_summary(catalogue, case)
    if not name.strip():
        raise WrongUseError("Skriv navnet på den, der godkender resuméet.")
    if old.stale:
        raise WrongUseError(
            f"Sagen »{case.item.title}« er ændret, efter at resuméet blev lavet. Ret resuméet "
            "efter sagen, eller lav et nyt, før det godkendes."
        )
    approved = replace(
        old, status="godkendt", approved_by=" ".join(name.split()), approved_at=_now()
    )
    catalogue.keep_summary(approved)
    return approved


def _placed(citation: Citation, case: Case) -> Citation:
    """The citation where its quote stands: in its own section, else in the first that has it."""
    if quote_stands(citation, case.by_id) or not citation.quote.strip():
        return citation
    words = r"\s+".join(map(re.escape, citation.quote.split()))
    own_first = sorted(
        case.sections, key=lambda one: one.source.section_id != citation.section_id
    )
    for stored in own_first:
        if found := re.search(words, stored.section.text):
            return replace(
                citation,
                quote=folded(found[0]),
                start=found.start(),
                end=found.end(),
                section=stored.source.kind,
                heading=stored.source.heading,
                section_id=stored.source.section_id,
            )
    return citation


def _checked_figures(summary: CaseSummary, case: Case) -> tuple[CheckedFigure, ...]:
    """The figures of all lines. Raises WrongUseError at the first line that does not hold."""
    question = (summary.spoergsmaal,) if summary.spoergsmaal else ()
    figures: list[CheckedFigure] = []
    for line in (*question, *summary.opsummering, *summary.fordele, *summary.ulemper):
        claim = Claim(line.text, "statement", line.citations)
        checked = check([claim], summary.citations, case.by_id)
        if checked.dropped:
            raise WrongUseError(
                f"Linjen »{line.text}« har ikke belæg: citatet skal stå i sagen, og linjens tal "
                "skal stå i citatet. Ret linjen, eller slet den."
            )
        figures.extend(checked.figures)
    return tuple(figures)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
