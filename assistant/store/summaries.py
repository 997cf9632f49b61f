"""Case summaries in the catalogue: one an item, as JSON beside its approval."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, Select, delete, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from assistant.errors import StoreError
from assistant.store import schema
from assistant.types import CaseSummary, KeptSummary

_SUMMARY = TypeAdapter(CaseSummary)


def write_summary(connection: Connection, kept: KeptSummary) -> None:
    """Write an item's summary in place of the one that it had."""
    values = {
        "status": kept.status,
        "made_at": kept.made_at,
        "item_version": kept.item_version,
        "approved_by": kept.approved_by,
        "approved_at": kept.approved_at,
        "summary": _SUMMARY.dump_python(kept.summary, mode="json"),
    }
    connection.execute(
        sqlite_insert(schema.summaries)
        .values(item_id=kept.summary.item_id, **values)
        .on_conflict_do_update(index_elements=["item_id"], set_=values)
    )


def summaries_of(item_id: str) -> Select[Any]:
    """Select what is kept of an item whose content is stored."""
    return (
        select(schema.summaries)
        .join(schema.items, schema.items.c.id == schema.summaries.c.item_id)
        .where(schema.summaries.c.item_id == item_id, schema.items.c.closed.is_(False))
    )


def to_summary(row: Row[Any]) -> KeptSummary:
    """Return a summary as it was kept. Raises StoreError where what is kept is no summary."""
    try:
        summary = _SUMMARY.validate_python(row.summary)
    except ValidationError as error:
        raise StoreError(
            f"Det gemte resumé af punktet {row.item_id} kan ikke læses. Lav det igen med "
            f"»assistant summarize {row.item_id}«."
        ) from error
    return KeptSummary(
        summary=summary,
        status=row.status,
        made_at=row.made_at,
        item_version=row.item_version,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )


def drop_summaries_of_closed(connection: Connection) -> None:
    """Forget what is kept of items that are closed by now: it quotes their text."""
    closed = select(schema.items.c.id).where(schema.items.c.closed.is_(True))
    connection.execute(
        delete(schema.summaries).where(schema.summaries.c.item_id.in_(closed))
    )


def drop_summaries_of(connection: Connection, document_id: str, source: str) -> None:
    """Forget what is kept of the items of a document that goes, known by its id or its source."""
    documents = schema.documents.c
    items = (
        select(schema.items.c.id)
        .join(schema.documents, documents.id == schema.items.c.document_id)
        .where((documents.id == document_id) | (documents.source == source))
    )
    connection.execute(delete(schema.summaries).where(schema.summaries.c.item_id.in_(items)))
