"""A case summary as the contract of the API and of `--json` gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from assistant.types import KeptSummary, Line


def summary_json(kept: KeptSummary) -> dict[str, Any]:
    """Return the block as plain data; each sentence of `opsummering` ends with its `[n]` marks."""
    summary = kept.summary
    question = summary.spoergsmaal
    return {
        "item_id": summary.item_id,
        "spoergsmaal": question.text if question else "",
        "spoergsmaal_citations": list(question.citations) if question else [],
        "opsummering": _marked(summary.opsummering),
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


def _marked(lines: Iterable[Line]) -> str:
    """Return the lines as running text, each followed by the numbers of its sources."""
    return " ".join(line.text + "".join(f" [{n}]" for n in line.citations) for line in lines)
