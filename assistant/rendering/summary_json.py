"""A case summary as the contract of the API and of `--json` gives it, and takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.types import CaseSummary, KeptSummary, Line

_SUMMARY = TypeAdapter(CaseSummary)


def summary_json(kept: KeptSummary) -> dict[str, Any]:
    """Return the block as plain data; each sentence of `opsummering` ends with its `[n]` marks."""
    summary = kept.summary
    question = summary.spoergsmaal
    return {
        "item_id": summary.item_id,
        "spoergsmaal": question.text if question else "",
        "spoergsmaal_citations": list(question.citations) if question else [],
        "opsummering": marked(summary.opsummering),
        "opsummering_linjer": [asdict(line) for line in summary.opsummering],
        "fordele": [asdict(one) for one in summary.fordele],
        "ulemper": [asdict(one) for one in summary.ulemper],
        "emneord": list(summary.emneord),
        "ikke_belyst": list(summary.ikke_belyst),
        "citations": [asdict(citation) for citation in summary.citations],
        "figures": [asdict(figure) for figure in summary.figures],
        "notes": list(summary.notes),
        "engine": summary.engine,
        "model": summary.model,
        "status": kept.status,
        "approved_by": kept.approved_by,
        "approved_at": kept.approved_at,
        "made_at": kept.made_at,
        "stale": kept.stale,
        "provenance": {**summary.provenance, "item_version": kept.item_version},
    }


def summary_of(told: Mapping[str, Any]) -> CaseSummary:
    """Return the summary that `summary_json` gave, with what a person has changed in it.

    Of `opsummering` its `opsummering_linjer` are read. Raises ValueError, saying which field is
    not of the form.
    """
    question = told.get("spoergsmaal")
    fields = {
        **told,
        "spoergsmaal": (question
        and {"text": question, "citations": told.get("spoergsmaal_citations", ())})
        or None,
        "opsummering": told.get("opsummering_linjer"),
    }
    try:
        return _SUMMARY.validate_python(fields)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise ValueError(f"feltet »{place}« mangler eller har en anden form") from error


def marked(lines: Iterable[Line]) -> str:
    """Return the lines as running text, each followed by the numbers of its sources."""
    return " ".join(line.text + "".join(f" [{n}]" for n in line.citations) for line in lines)
