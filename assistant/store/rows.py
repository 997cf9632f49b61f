"""The catalogue's rows to the types that everything else reads."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Row, Select, select

from assistant.access import Level
from assistant.store import schema
from assistant.store.stored import StoredItem, StoredMeeting
from assistant.types import (
    Action,
    Block,
    Decision,
    DocumentKind,
    PointDecision,
    Section,
    SectionKind,
    Source,
    Step,
    Substitute,
    Table,
    Unit,
    Vote,
)


def section_sources() -> Select[Any]:
    """Select sections together with their place."""
    return (
        select(
            schema.sections.c.id.label("section_id"),
            schema.sections.c.kind,
            schema.sections.c.heading,
            *_PLACE,
        )
        .join(schema.documents, schema.documents.c.id == schema.sections.c.document_id)
        .outerjoin(schema.meetings, schema.meetings.c.document_id == schema.documents.c.id)
        .outerjoin(schema.items, schema.items.c.id == schema.sections.c.item_id)
    )


_PLACE = (
    schema.documents.c.id.label("document_id"),
    schema.documents.c.name.label("document"),
    schema.documents.c.kind.label("document_kind"),
    schema.documents.c.municipality,
    schema.documents.c.url.label("document_url"),
    schema.documents.c.title.label("document_title"),
    schema.documents.c.date.label("document_date"),
    schema.items.c.id.label("item_id"),
    schema.items.c.number.label("item_number"),
    schema.items.c.title.label("item_title"),
    schema.items.c.case_number,
    schema.items.c.url.label("item_url"),
    schema.meetings.c.committee,
    schema.meetings.c.date.label("meeting_date"),
)


def located_passages(*columns: Any) -> Select[Any]:
    """Select passages' columns together with the place of their section."""
    return (
        select(
            *columns,
            schema.sections.c.id.label("section_id"),
            schema.sections.c.kind,
            schema.sections.c.heading,
            *_PLACE,
        )
        .select_from(schema.passages)
        .join(schema.sections, schema.sections.c.id == schema.passages.c.section_id)
        .join(schema.documents, schema.documents.c.id == schema.passages.c.document_id)
        .outerjoin(schema.meetings, schema.meetings.c.document_id == schema.documents.c.id)
        .outerjoin(schema.items, schema.items.c.id == schema.sections.c.item_id)
    )


def to_source(row: Row[Any], level: Level) -> Source:
    """Return where a selected section or passage stands, stored at this level."""
    return Source(
        section_id=row.section_id,
        document_id=row.document_id,
        document=row.document,
        document_kind=cast("DocumentKind", row.document_kind),
        municipality=row.municipality,
        kind=cast("SectionKind", row.kind),
        heading=row.heading,
        item_id=row.item_id or "",
        item_number=row.item_number or "",
        title=row.item_title or row.document_title,
        case_number=row.case_number or "",
        committee=row.committee or "",
        meeting_date=row.meeting_date or row.document_date,
        url=row.item_url or row.document_url,
        level=level,
    )


def to_metadata(source: Source) -> dict[str, str | int]:
    """Return what the vector index filters by; `day` is the date's ordinal, 0 for none."""
    day = source.meeting_date
    return {
        "document_id": source.document_id,
        "document_kind": source.document_kind,
        "municipality": source.municipality,
        "committee": source.committee,
        "case_number": source.case_number,
        "item_id": source.item_id,
        "day": day.toordinal() if day else 0,
    }


def to_section(row: Row[Any]) -> Section:
    """Return a stored section with its blocks and tables."""
    return Section(
        kind=row.kind,
        heading=row.heading,
        text=row.text,
        blocks=tuple(_block(block) for block in row.blocks),
        tables=tuple(
            Table(table["caption"], table["unit"], tuple(table["columns"]))
            for table in row.tables
        ),
    )


def _block(told: dict[str, Any]) -> Block:
    cells = tuple((start, end) for start, end in told["cells"])
    return Block(told["kind"], told["start"], told["end"], told["marker"], cells, told["table"])


def to_unit(row: Row[Any]) -> Unit:
    """Return a stored unit."""
    return Unit(row.kind, row.start, row.end, row.block, row.told)


def to_item(row: Row[Any], level: Level) -> StoredItem:
    """Return an item that is stored at this level, with its meeting."""
    return StoredItem(
        id=row.id,
        number=row.number,
        title=row.title,
        case_number=row.case_number,
        closed=row.closed,
        decision=_decision(row.decision) if row.decision else None,
        document_id=row.document_id,
        document=row.document,
        municipality=row.municipality,
        committee=row.committee or "",
        meeting_date=row.meeting_date,
        url=row.url or row.document_url,
        attachments=tuple(row.attachments),
        level=level,
    )


def to_meeting(row: Row[Any]) -> StoredMeeting:
    """Return a stored meeting with the number of its items."""
    return StoredMeeting(
        id=row.id,
        municipality=row.municipality,
        committee=row.committee,
        date=row.date,
        place=row.place,
        document_id=row.document_id,
        document_kind=cast("DocumentKind", row.kind),
        items=row.items,
        closed=row.closed,
        url=row.url,
    )


def _decision(told: dict[str, Any]) -> Decision:
    return Decision(
        outcome=told["outcome"],
        text=told["text"],
        points=tuple(
            PointDecision(tuple(point["points"]), point["outcome"], point["text"])
            for point in told["points"]
        ),
        votes=tuple(
            Vote(vote["side"], tuple(vote["voters"]), vote["text"]) for vote in told["votes"]
        ),
        absentees=tuple(told["absentees"]),
        substitutes=tuple(Substitute(**one) for one in told["substitutes"]),
    )


def to_action(told: dict[str, Any]) -> Action:
    """Return a plan's action as it was written."""
    return Action(
        title=told["title"],
        theme=told["theme"],
        steps=tuple(Step(**step) for step in told["steps"]),
        responsible=told["responsible"],
        deadline=told["deadline"],
        attention=tuple(told["attention"]),
    )
