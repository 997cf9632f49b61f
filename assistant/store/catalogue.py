"""The catalogue: every document, section, passage and decision, in SQLite through SQLAlchemy."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    and_,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DatabaseError, IntegrityError

from assistant.danish.words import stems
from assistant.errors import StoreError
from assistant.store import schema
from assistant.types import (
    Action,
    Block,
    Decision,
    Document,
    DocumentKind,
    Filters,
    Hit,
    Passage,
    Section,
    SectionKind,
    Source,
    Step,
    Table,
    Vote,
)

Vector = NDArray[np.float32]
MODEL = "embedding_model"
"""The fact that names the model whose vectors the store holds."""
_CHUNK = 500
_WEIGHTS = "0.3, 1.0, 1.0"
"""What a term counts in a passage's place, topic and text."""


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An agenda item as the catalogue knows it, with its meeting. Closed ones have no text."""

    id: str
    number: str
    title: str
    case_number: str
    closed: bool
    decision: Decision | None
    document_id: str
    document: str
    municipality: str
    committee: str
    meeting_date: date | None


@dataclass(frozen=True, slots=True)
class StoredSection:
    """A section with its place."""

    section: Section
    source: Source


@dataclass(frozen=True, slots=True)
class StoredAction:
    """A plan's action, and the section that tells it."""

    action: Action
    section_id: str


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage about to be stored, with the hash that keys its vector."""

    passage: Passage
    embedded_hash: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the vector index needs of one passage."""

    passage_id: int
    vector: Vector
    metadata: Mapping[str, str | int]


class ClashError(StoreError):
    """A document claims an item or a meeting that another stored document has."""


class Catalogue:
    """The store's truth. One transaction writes one document, whole or not at all."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue at `path`, making it where there is none.

        Raises StoreError where the file is no catalogue or the folder cannot be written.
        """
        self._engine = _engine(path)
        try:
            with self._engine.begin() as connection:
                schema.metadata.create_all(connection)
                for statement in schema.FULLTEXT:
                    connection.execute(text(statement))
        except DatabaseError as error:
            self._engine.dispose()
            raise StoreError(
                f"Kataloget »{path}« kan ikke åbnes. Det er beskadiget, i brug eller "
                "skrivebeskyttet. Vælg en anden mappe med ASSISTANT_HOME, eller slet det og "
                "kør »assistant ingest« igen."
            ) from error

    def close(self) -> None:
        self._engine.dispose()

    # --- facts about the store ---

    def fact(self, name: str) -> str | None:
        """Return what was noted under `name`, or None."""
        with self._reading() as connection:
            found = connection.execute(
                select(schema.facts.c.value).where(schema.facts.c.name == name)
            )
            return cast("str | None", found.scalar())

    def set_fact(self, name: str, value: str) -> None:
        """Note something about the store itself, such as the model that made it."""
        with self._writing() as connection:
            _set_fact(connection, name, value)

    def switch_model(self, name: str) -> None:
        """Take another embedding model: every vector is forgotten, and has to be made again."""
        with self._writing() as connection:
            connection.execute(delete(schema.vectors))
            connection.execute(update(schema.documents).values(in_vectors=False))
            _set_fact(connection, MODEL, name)

    def counts(self) -> dict[str, int]:
        """Return how many documents, meetings, items, … the catalogue holds."""
        open_items = schema.items.c.closed.is_(False)
        with self._reading() as connection:
            def count(table: Any, *where: Any) -> int:
                return connection.execute(
                    select(func.count()).select_from(table).where(*where)
                ).scalar_one()

            return {
                "documents": count(schema.documents),
                "meetings": count(
                    schema.documents, schema.documents.c.kind.in_(["agenda", "minutes"])
                ),
                "items": count(schema.items, open_items),
                "plans": count(schema.documents, schema.documents.c.kind == "plan"),
                "actions": count(schema.actions),
                "sections": count(schema.sections),
                "passages": count(schema.passages),
                "closed": count(schema.items, schema.items.c.closed.is_(True)),
            }

    def fingerprint(self) -> str:
        """Return a hash of all stored content: it changes when, and only when, that does."""
        with self._reading() as connection:
            hashes = connection.execute(
                select(schema.documents.c.sha256).order_by(schema.documents.c.id)
            ).scalars()
            return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]

    # --- writing ---

    def hash_of(self, source: str) -> str | None:
        """Return the content hash that the file `source` had when it was stored, or None.

        Also where another file has brought the same meeting since and taken its place: else the
        two would take turns at every ingest.
        """
        stored = select(schema.documents.c.sha256).where(schema.documents.c.source == source)
        superseded = select(schema.superseded.c.sha256).where(
            schema.superseded.c.source == source
        )
        return self._scalar(stored) or self._scalar(superseded)

    def source_with(self, sha256: str) -> str | None:
        """Return a stored file that holds exactly this content, or None."""
        return self._scalar(
            select(schema.documents.c.source).where(schema.documents.c.sha256 == sha256)
        )

    def source_of(self, document_id: str) -> str | None:
        """Return the file that the document was read from, or None where there is none."""
        return self._scalar(
            select(schema.documents.c.source).where(schema.documents.c.id == document_id)
        )

    def add_vectors(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors by the hash of what was embedded."""
        rows = [
            {"embedded_hash": key, "vector": vector.astype(np.float32).tobytes()}
            for key, vector in vectors.items()
        ]
        if rows:
            with self._writing() as connection:
                connection.execute(sqlite_insert(schema.vectors).on_conflict_do_nothing(), rows)

    def known_vectors(self, hashes: Iterable[str]) -> set[str]:
        """Return which of the hashes have a vector."""
        wanted, known = list(hashes), set[str]()
        with self._reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                column = schema.vectors.c.embedded_hash
                chunk = select(column).where(column.in_(wanted[start:start + _CHUNK]))
                known.update(connection.execute(chunk).scalars())
        return known

    def replace(
        self,
        document: Document,
        source: str,
        sha256: str,
        passages: Sequence[Sequence[NewPassage]],
    ) -> list[str]:
        """Store a document in one transaction, in place of what had its id or its source.

        `passages[i]` belong to the i-th of `placed_sections(document)`. Return the ids of the
        documents that went. Raises ClashError where another document has one of its items.
        """
        with self._writing() as connection:
            gone = _remove(connection, document.id, source)
            _insert_document(connection, document, source, sha256)
            _insert_items(connection, document)
            section_ids = _insert_sections(connection, document)
            _insert_actions(connection, document, section_ids)
            _insert_passages(connection, document.id, section_ids, passages)
        return gone

    def pending(self) -> list[str]:
        """Return the ids of documents whose passages the vector index does not hold yet."""
        with self._reading() as connection:
            found = connection.execute(
                select(schema.documents.c.id)
                .where(schema.documents.c.in_vectors.is_(False))
                .order_by(schema.documents.c.id)
            )
            return list(found.scalars())

    def mark_indexed(self, document_ids: Sequence[str]) -> None:
        """Note that the vector index holds these documents."""
        with self._writing() as connection:
            connection.execute(
                update(schema.documents)
                .where(schema.documents.c.id.in_(document_ids))
                .values(in_vectors=True)
            )

    def mark_all_pending(self) -> None:
        """Forget that anything is in the vector index, so that it is built anew."""
        with self._writing() as connection:
            connection.execute(update(schema.documents).values(in_vectors=False))

    def prune_vectors(self) -> None:
        """Drop the vectors of texts that no passage has any more."""
        used = select(schema.passages.c.embedded_hash)
        with self._writing() as connection:
            connection.execute(
                delete(schema.vectors).where(schema.vectors.c.embedded_hash.not_in(used))
            )

    def unembedded(self) -> list[tuple[str, str, str]]:
        """Return (hash, topic, text) of every passage whose vector is missing."""
        statement = (
            select(
                schema.passages.c.embedded_hash, schema.passages.c.topic, schema.passages.c.text
            )
            .outerjoin(
                schema.vectors,
                schema.vectors.c.embedded_hash == schema.passages.c.embedded_hash,
            )
            .where(schema.vectors.c.embedded_hash.is_(None))
        )
        with self._reading() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(statement)]

    def index_entries(self, document_ids: Sequence[str]) -> list[IndexEntry]:
        """Return what the vector index needs of the documents' passages."""
        statement = (
            _located(schema.passages.c.id, schema.vectors.c.vector)
            .join(
                schema.vectors,
                schema.vectors.c.embedded_hash == schema.passages.c.embedded_hash,
            )
            .where(schema.passages.c.document_id.in_(document_ids))
            .order_by(schema.passages.c.id)
        )
        with self._reading() as connection:
            return [
                IndexEntry(row.id, np.frombuffer(row.vector, np.float32), _metadata(_source(row)))
                for row in connection.execute(statement)
            ]

    # --- searching ---

    def search_terms(
        self,
        terms: Sequence[str],
        filters: Filters,
        limit: int,
        phrases: Sequence[tuple[str, str]] = (),
    ) -> list[tuple[int, float]]:
        """Return (passage id, BM25 score) by stems and phrases, best first; higher is better."""
        if not terms:
            return []
        told = [*terms, *(" ".join(phrase) for phrase in phrases)]
        match = " OR ".join(_phrase(words) for words in dict.fromkeys(told))
        where, values = _sql_filters(filters)
        statement = (
            f"SELECT passage_terms.rowid, -bm25(passage_terms, {_WEIGHTS}) AS score "  # noqa: S608
            f"FROM passage_terms {where} {'AND' if where else 'WHERE'} "
            "passage_terms MATCH :match ORDER BY score DESC LIMIT :limit"
        )
        with self._reading() as connection:
            rows = connection.execute(
                text(statement), {"match": match, "limit": limit, **values}
            )
            return [(row[0], row[1]) for row in rows]

    def search_titles(self, terms: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """Return (item id, BM25 score) by the stems of items' titles, closed ones too."""
        if not terms:
            return []
        match = " OR ".join(_phrase(term) for term in dict.fromkeys(terms))
        statement = (
            "SELECT item_id, -bm25(title_terms) AS score FROM title_terms "
            "WHERE title_terms MATCH :match ORDER BY score DESC LIMIT :limit"
        )
        with self._reading() as connection:
            rows = connection.execute(text(statement), {"match": match, "limit": limit})
            return [(row[0], row[1]) for row in rows]

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many passages each stem stands."""
        wanted = {f"t{n}": term for n, term in enumerate(dict.fromkeys(terms))}
        if not wanted:
            return {}
        names = ", ".join(f":{name}" for name in wanted)
        statement = f"SELECT term, doc FROM passage_vocabulary WHERE term IN ({names})"  # noqa: S608
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(text(statement), wanted)}

    def passage_count(self) -> int:
        with self._reading() as connection:
            return connection.execute(
                select(func.count()).select_from(schema.passages)
            ).scalar_one()

    def hits(self, scores: Mapping[int, float]) -> list[Hit]:
        """Return the passages of the given ids with their scores, best first."""
        statement = _located(
            schema.passages.c.id,
            schema.passages.c.text,
            schema.passages.c.start,
            schema.passages.c.end,
            schema.passages.c.heading.label("passage_heading"),
        ).where(schema.passages.c.id.in_(list(scores)))
        with self._reading() as connection:
            rows = connection.execute(statement).all()
        found = [
            Hit(
                passage_id=row.id,
                text=row.text,
                start=row.start,
                end=row.end,
                heading=row.passage_heading,
                source=_source(row),
                score=scores[row.id],
            )
            for row in rows
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.passage_id))

    # --- reading ---

    def sections_of_item(self, item_id: str) -> list[StoredSection]:
        return self._sections(schema.sections.c.item_id == item_id)

    def section(self, section_id: str) -> StoredSection | None:
        found = self._sections(schema.sections.c.id == section_id)
        return found[0] if found else None

    def sections(self, section_ids: Iterable[str]) -> dict[str, StoredSection]:
        """Return the sections by their id; an unknown id is left out."""
        wanted = list(dict.fromkeys(section_ids))
        found = self._sections(schema.sections.c.id.in_(wanted))
        return {section.source.section_id: section for section in found}

    def document_sections(self, document_id: str) -> list[StoredSection]:
        """Return the sections of a document that belong to no item, in order."""
        return self._sections(
            and_(
                schema.sections.c.document_id == document_id,
                schema.sections.c.item_id.is_(None),
            )
        )

    def items(self, item_ids: Iterable[str]) -> dict[str, StoredItem]:
        """Return the items by their id; an unknown id is left out."""
        found = self._items(schema.items.c.id.in_(list(dict.fromkeys(item_ids))))
        return {item.id: item for item in found}

    def items_of_case(self, case_number: str) -> list[StoredItem]:
        """Return the items that carry a case number, oldest meeting first."""
        found = self._items(schema.items.c.case_number == case_number)
        return sorted(found, key=lambda item: (item.meeting_date or date.min, item.id))

    def items_of_document(self, document_id: str) -> list[StoredItem]:
        return self._items(schema.items.c.document_id == document_id)

    def actions_of_sections(self, section_ids: Iterable[str]) -> dict[str, StoredAction]:
        """Return the action that each of the sections tells, by section id."""
        statement = select(schema.actions).where(
            schema.actions.c.section_id.in_(list(section_ids))
        )
        with self._reading() as connection:
            rows = connection.execute(statement).all()
        return {row.section_id: StoredAction(_action(row.content), row.section_id) for row in rows}

    def committees(self) -> list[str]:
        return self._column(select(schema.meetings.c.committee).distinct())

    def municipalities(self) -> list[str]:
        return self._column(select(schema.documents.c.municipality).distinct())

    def meeting_days(self) -> list[tuple[str, str, date]]:
        """Return (document id, committee, date) of every dated meeting."""
        statement = select(
            schema.meetings.c.document_id, schema.meetings.c.committee, schema.meetings.c.date
        ).where(schema.meetings.c.date.is_not(None))
        with self._reading() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(statement)]

    # --- inside ---

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise StoreError(
                f"Kataloget kan ikke læses ({error.orig}). Prøv igen; hjælper det ikke, så slet "
                "mappen, og kør »assistant ingest« igen."
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction: whole, or not at all."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise ClashError(
                "Filen har et møde eller et punkt, hvis id allerede hører til et andet dokument. "
                "Ret id’et, eller fjern den ene af de to filer."
            ) from error
        except DatabaseError as error:
            raise StoreError(
                f"Kataloget kan ikke skrives ({error.orig}). Se efter plads på disken og adgang "
                "til mappen, og kør kommandoen igen."
            ) from error

    def _scalar(self, statement: Select[Any]) -> str | None:
        with self._reading() as connection:
            return cast("str | None", connection.execute(statement.limit(1)).scalar())

    def _column(self, statement: Select[Any]) -> list[str]:
        with self._reading() as connection:
            return sorted(value for value in connection.execute(statement).scalars() if value)

    def _sections(self, where: Any) -> list[StoredSection]:
        statement = (
            _section_sources()
            .add_columns(
                schema.sections.c.text, schema.sections.c.blocks, schema.sections.c.tables
            )
            .where(where)
            .order_by(schema.sections.c.position)
        )
        with self._reading() as connection:
            return [
                StoredSection(_section(row), _source(row)) for row in connection.execute(statement)
            ]

    def _items(self, where: Any) -> list[StoredItem]:
        statement = (
            select(
                schema.items,
                schema.documents.c.name.label("document"),
                schema.documents.c.municipality,
                schema.meetings.c.committee,
                schema.meetings.c.date.label("meeting_date"),
            )
            .join(schema.documents, schema.documents.c.id == schema.items.c.document_id)
            .outerjoin(schema.meetings, schema.meetings.c.document_id == schema.documents.c.id)
            .where(where)
            .order_by(schema.items.c.document_id, schema.items.c.position)
        )
        with self._reading() as connection:
            return [_stored_item(row) for row in connection.execute(statement)]


def placed_sections(document: Document) -> list[tuple[Section, int | None]]:
    """Return a document's sections in stored order, each with its item's place (None: no item)."""
    own: list[tuple[Section, int | None]] = [(section, None) for section in document.sections]
    return own + [
        (section, place)
        for place, item in enumerate(document.items)
        for section in item.sections
    ]


def _engine(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Mappen »{path.parent}« kan ikke oprettes. Vælg en anden med ASSISTANT_HOME."
        ) from error
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON",
                       "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _set_fact(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        sqlite_insert(schema.facts)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def _phrase(term: str) -> str:
    """A term as FTS5 reads it literally."""
    return '"' + term.replace('"', '""') + '"'


def _remove(connection: Connection, document_id: str, source: str) -> list[str]:
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


def _insert_document(
    connection: Connection, document: Document, source: str, sha256: str
) -> None:
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


def _insert_items(connection: Connection, document: Document) -> None:
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


def _insert_sections(connection: Connection, document: Document) -> list[str]:
    """Store the sections and return their ids, in the order of `placed_sections`."""
    rows = [
        {
            "id": f"{document.id}/{position}",
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


def _insert_actions(
    connection: Connection, document: Document, section_ids: Sequence[str]
) -> None:
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


def _insert_passages(
    connection: Connection,
    document_id: str,
    section_ids: Sequence[str],
    groups: Sequence[Sequence[NewPassage]],
) -> None:
    """Store the passages and their stems. The transaction has the file, so ids can be counted."""
    placed = [
        (section_id, new)
        for section_id, group in zip(section_ids, groups, strict=True)
        for new in group
    ]
    if not placed:
        return
    last = connection.execute(select(func.max(schema.passages.c.id))).scalar() or 0
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


_TERMS = text(
    "INSERT INTO passage_terms (rowid, place, topic, text) VALUES (:id, :place, :topic, :text)"
)


def _stemmed(told: str) -> str:
    return " ".join(stems(told))


def _section_sources() -> Select[Any]:
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


def _located(*columns: Any) -> Select[Any]:
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


def _source(row: Row[Any]) -> Source:
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
    )


def _metadata(source: Source) -> dict[str, str | int]:
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


def _sql_filters(filters: Filters) -> tuple[str, dict[str, Any]]:
    """A WHERE clause that keeps the passages the filters allow, and its values."""
    wanted: list[str] = []
    values: dict[str, Any] = {}
    for number, committee in enumerate(filters.committee):
        values[f"committee{number}"] = committee
    if filters.committee:
        names = ", ".join(f":committee{number}" for number in range(len(filters.committee)))
        wanted.append(f"meetings.committee IN ({names})")
    for name, column, sign, value in (
        ("date_from", "documents.date", ">=", filters.date_from),
        ("date_to", "documents.date", "<=", filters.date_to),
        ("case_number", "items.case_number", "=", filters.case_number),
        ("item_id", "items.id", "=", filters.item_id),
        ("municipality", "documents.municipality", "=", filters.municipality),
        ("document_kind", "documents.kind", "=", filters.document_kind),
    ):
        if value:
            wanted.append(f"{column} {sign} :{name}")
            values[name] = value.isoformat() if isinstance(value, date) else value
    if not wanted:
        return "", {}
    allowed = (
        "SELECT passages.id FROM passages "  # noqa: S608
        "JOIN documents ON documents.id = passages.document_id "
        "JOIN sections ON sections.id = passages.section_id "
        "LEFT JOIN meetings ON meetings.document_id = documents.id "
        "LEFT JOIN items ON items.id = sections.item_id "
        f"WHERE {' AND '.join(wanted)}"
    )
    return f"WHERE +passage_terms.rowid IN ({allowed})", values


def _section(row: Row[Any]) -> Section:
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


def _stored_item(row: Row[Any]) -> StoredItem:
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
    )


def _decision(told: dict[str, Any]) -> Decision:
    votes = tuple(
        Vote(vote["side"], tuple(vote["voters"]), vote["text"]) for vote in told["votes"]
    )
    return Decision(told["outcome"], told["text"], votes, tuple(told["absentees"]))


def _action(told: dict[str, Any]) -> Action:
    return Action(
        title=told["title"],
        theme=told["theme"],
        steps=tuple(Step(**step) for step in told["steps"]),
        responsible=told["responsible"],
        deadline=told["deadline"],
        attention=tuple(told["attention"]),
    )
