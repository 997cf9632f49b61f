"""Placeholder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter

from assistant.store.catalogue import Catalogue
from assistant.types import CaseSummary, KeptSummary

_KEPT = TypeAdapter(KeptSummary)


def keep_summary(catalogue: Catalogue, summary: CaseSummary, version: str) -> KeptSummary:
    """Keep a summary as a draft."""
    kept = KeptSummary(summary, "udkast", _now(), version)
    catalogue.set_fact(f"summary:{summary.item_id}", _KEPT.dump_json(kept).decode())
    return kept


def kept_summary(catalogue: Catalogue, item_id: str, version: str) -> KeptSummary | None:
    """Return the kept summary."""
    told = catalogue.fact(f"summary:{item_id}")
    kept = _KEPT.validate_json(told) if told else None
    return replace(kept, stale=kept.item_version != version) if kept else None


def approve_summary(catalogue: Catalogue, item_id: str, name: str) -> None:
    """Approve the kept summary."""
    kept = kept_summary(catalogue, item_id, "")
    if kept:
        done = replace(
            kept, status="godkendt", approved_by=name, approved_at=_now(), stale=False
        )
        catalogue.set_fact(f"summary:{item_id}", _KEPT.dump_json(done).decode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
