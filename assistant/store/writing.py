"""Writing one document to the catalogue: its rows and its words in the full text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from assistant.access import Level
from assistant.danish.words import stems
from assistant.store import schema
from assistant.store.stored import NewPassage, NewUnit, placed_sections
from assistant.types import Block, Document


def remove_document(connection: Connection, document_id: str, source: str) -> list[str]:
    """Take out what has this id or this source; return the ids, and note whose place was taken."""
    documents = schema.documents.c
    old = connection.execute(
        select(documents.id, documents.source, documents.sha256).where(
            (documents.id == document_id) | (documents.source == source)
        )
    ).all()
    connection.execute(delete(schema.superseded).where(schema.superseded.c.source == source))
    for row in old:
        _remove_terms(connection, row.id)
        connection.execute(delete(schema.documents).where(documents.id == row.id))
        if row.id != document_id:
            connection.execute(
                delete(schema.superseded).where(schema.superseded.c.document_id == row.id)
            )
        elif row.source != source:
            connection.execute(
                insert(schema.superseded).values(
                    source=row.source, sha256=row.sha256, document_id=document_id
                )
            )
    return [row.id for row in old]


def _remove_terms(connection: Connection, document_id: str) -> None:
    """Take a document out of the full text, which no foreign key reaches."""
    for statement in (
        "DELETE FROM passage_terms WHERE rowid IN "
        "(SELECT id FROM passages WHERE document_id = :document)",
        "DELETE FROM title_terms WHERE item_id IN "
        "(SELECT id FROM items WHERE document_id = :document)",
    ):
        connection.execute(text(statement), {"document": document_id})


def insert_document(
    connection: Connection, document: Document, source: str, sha256: str
) -> None:
    """Store a document and its meeting; its passages are not in the vector index yet."""
    connection.execute(
        insert(schema.documents).values(
            id=document.id,
            source=source,
            sha256=sha256,
            name=document.name,
            kind=document.kind,
            title=document.title,
            municipality=document.municipality,
            date=document.date,
            url=document.url,
            ingested_at=time.time(),
            in_vectors=False,
        )
    )
    if meeting := document.meeting:
        connection.execute(
            insert(schema.meetings).values(
                id=meeting.id,
                document_id=document.id,
                committee=meeting.committee,
                date=meeting.date,
                place=meeting.place,
                participants=[asdict(person) for person in meeting.participants],
            )
        )


def insert_items(connection: Connection, document: Document) -> None:
    """Store the items, and their titles in the full text."""
    rows = [
        {
            "id": item.id,
            "document_id": document.id,
            "position": position,
            "number": item.number,
            "title": item.title,
            "case_number": item.case_number,
            "closed": item.closed,
            "decision": asdict(item.decision) if item.decision else None,
            "attachments": list(item.attachments),
            "url": item.url,
        }
        for position, item in enumerate(document.items)
    ]
    terms = [{"id": item.id, "title": _stemmed(item.title)} for item in document.items]
    if rows:
        connection.execute(insert(schema.items), rows)
        connection.execute(
            text("INSERT INTO title_terms (item_id, title) VALUES (:id, :title)"), terms
        )


def insert_sections(connection: Connection, document: Document, level: Level) -> list[str]:
    """Store the sections and return their ids, in the order of `placed_sections`."""
    under = f"{document.id}/{level}" if level is Level.CLOSED else document.id
    rows = [
        {
            "id": f"{under}/{position}",
            "document_id": document.id,
            "item_id": None if place is None else document.items[place].id,
            "position": position,
            "kind": section.kind,
            "heading": section.heading,
            "text": section.text,
            "blocks": [_told_block(block) for block in section.blocks],
            "tables": [asdict(table) for table in section.tables],
        }
        for position, (section, place) in enumerate(placed_sections(document))
    ]
    if rows:
        connection.execute(insert(schema.sections), rows)
    return [str(row["id"]) for row in rows]


def insert_actions(
    connection: Connection, document: Document, section_ids: Sequence[str]
) -> None:
    """Store the plan's actions, each with the section that tells it."""
    told = zip(document.actions, document.action_sections, strict=True)
    rows = [
        {
            "id": f"{document.id}#{position}",
            "document_id": document.id,
            "section_id": section_ids[place],
            "position": position,
            "content": asdict(action),
        }
        for position, (action, place) in enumerate(told)
    ]
    if rows:
        connection.execute(insert(schema.actions), rows)


def insert_passages(
    connection: Connection,
    document_id: str,
    section_ids: Sequence[str],
    groups: Sequence[Sequence[NewPassage]],
    before_first: int,
) -> None:
    """Store the passages and their stems, with ids counted from after `before_first`.

    The transaction has the file, so nobody else counts.
    """
    placed = [
        (section_id, new)
        for section_id, group in zip(section_ids, groups, strict=True)
        for new in group
    ]
    if not placed:
        return
    last = connection.execute(select(func.max(schema.passages.c.id))).scalar() or before_first
    rows, terms = [], []
    for identity, (section_id, new) in enumerate(placed, start=last + 1):
        passage = new.passage
        rows.append(
            {
                "id": identity,
                "document_id": document_id,
                "section_id": section_id,
                "embedded_hash": new.embedded_hash,
                **asdict(passage),
            }
        )
        terms.append(
            {
                "id": identity,
                "place": _stemmed(passage.place),
                "topic": _stemmed(passage.topic),
                "text": _stemmed(passage.text),
            }
        )
    connection.execute(insert(schema.passages), rows)
    connection.execute(_TERMS, terms)


def insert_units(
    connection: Connection, section_ids: Sequence[str], groups: Sequence[Sequence[NewUnit]]
) -> None:
    """Store the units of each section."""
    rows = [
        {"section_id": section_id, "embedded_hash": new.embedded_hash, **asdict(new.unit)}
        for section_id, group in zip(section_ids, groups, strict=True)
        for new in group
    ]
    if rows:
        connection.execute(insert(schema.units), rows)


_TERMS = text(
    "INSERT INTO passage_terms (rowid, place, topic, text) VALUES (:id, :place, :topic, :text)"
)


def _stemmed(told: str) -> str:
    return " ".join(stems(told))


def _told_block(block: Block) -> dict[str, Any]:
    """`asdict` by hand: there are a hundred thousand of them, and it copies every cell."""
    return {
        "kind": block.kind,
        "start": block.start,
        "end": block.end,
        "marker": block.marker,
        "cells": block.cells,
        "table": block.table,
    }
