"""The catalogue: every document, section, passage and decision, in SQLite through SQLAlchemy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    and_,
    create_engine,
    delete,
    event,
    func,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DatabaseError, IntegrityError

from assistant.errors import StoreError
from assistant.store import schema
from assistant.store.keys import StoredKey, insert_key, revoke_keys, select_key, select_keys
from assistant.store.rows import (
    located_passages,
    section_sources,
    to_action,
    to_item,
    to_meeting,
    to_metadata,
    to_section,
    to_source,
    to_unit,
)
from assistant.store.stored import (
    IndexEntry,
    NewPassage,
    NewUnit,
    StoredAction,
    StoredItem,
    StoredMeeting,
    StoredSection,
    StoredUnit,
    Vector,
)
from assistant.store.summaries import drop_summaries_of_closed, select_summary, write_summary
from assistant.store.writing import (
    insert_actions,
    insert_document,
    insert_items,
    insert_passages,
    insert_sections,
    insert_units,
    remove_document,
)
from assistant.types import (
    EVERYWHERE,
    Document,
    Filters,
    Hit,
    KeptSummary,
)

FORMAT = "2"
"""What the tables hold and how; counted up where an older store cannot be read."""
MODEL = "embedding_model"
"""The fact that names the model whose vectors the store holds."""
_FORMAT = "format"
_CHUNK = 500
_WEIGHTS = "0.3, 1.0, 1.0"
"""What a term counts in a passage's place, topic and text."""
_DOCUMENTS = (
    "SELECT documents.id FROM documents "
    "LEFT JOIN meetings ON meetings.document_id = documents.id"
)
_SECTIONS_OF_ITEMS = (
    "SELECT sections.id FROM sections JOIN items ON items.id = sections.item_id"
)


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

    def check_format(self) -> None:
        """Note the format of a new catalogue. Raises StoreError where an older one was found."""
        if self.fact(_FORMAT) is None and not self.counts()["documents"]:
            self.set_fact(_FORMAT, FORMAT)
        if self.fact(_FORMAT) != FORMAT:
            raise StoreError(
                "Indekset er lavet af en ældre udgave og kan ikke læses. Slet mappen, eller vælg "
                "en anden med ASSISTANT_HOME, og kør »assistant ingest MAPPE« igen."
            )

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
            {"embedded_hash": key, "vector": vector.astype(np.float16).tobytes()}
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
        units: Sequence[Sequence[NewUnit]],
    ) -> list[str]:
        """Store a document in one transaction, in place of what had its id or its source.

        `passages[i]` and `units[i]` belong to the i-th of `placed_sections(document)`. Return the
        ids of the documents that went. Raises ClashError where another document has one of its
        items.
        """
        with self._writing() as connection:
            gone = remove_document(connection, document.id, source)
            insert_document(connection, document, source, sha256)
            insert_items(connection, document)
            section_ids = insert_sections(connection, document)
            insert_actions(connection, document, section_ids)
            insert_passages(connection, document.id, section_ids, passages)
            insert_units(connection, section_ids, units)
            drop_summaries_of_closed(connection)
        return gone

    def keep_summary(self, kept: KeptSummary) -> None:
        """Keep an item's summary in place of the one that it had."""
        with self._writing() as connection:
            write_summary(connection, kept)

    def add_api_key(self, key: StoredKey) -> None:
        with self._writing() as connection:
            insert_key(connection, key)

    def revoke_api_key(self, name: str, at: str) -> int:
        """Note that the keys of this name work no more; return how many did."""
        with self._writing() as connection:
            return revoke_keys(connection, name, at)

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
        """Drop the vectors of texts that no passage and no unit has any more."""
        used = select(schema.passages.c.embedded_hash).union(select(schema.units.c.embedded_hash))
        with self._writing() as connection:
            connection.execute(
                delete(schema.vectors).where(schema.vectors.c.embedded_hash.not_in(used))
            )

    def unembedded(self) -> dict[str, str]:
        """Return what is to be embedded of every passage and unit whose vector is missing."""
        passage = schema.passages.c.topic + "\n" + schema.passages.c.text
        missing: dict[str, str] = {}
        with self._reading() as connection:
            for table, told in ((schema.passages, passage), (schema.units, schema.units.c.told)):
                statement = (
                    select(table.c.embedded_hash, told)
                    .outerjoin(
                        schema.vectors, schema.vectors.c.embedded_hash == table.c.embedded_hash
                    )
                    .where(schema.vectors.c.embedded_hash.is_(None))
                )
                missing.update((row[0], row[1]) for row in connection.execute(statement))
        return missing

    def index_entries(self, document_ids: Sequence[str]) -> list[IndexEntry]:
        """Return what the vector index needs of the documents' passages."""
        statement = (
            located_passages(schema.passages.c.id, schema.vectors.c.vector)
            .join(
                schema.vectors,
                schema.vectors.c.embedded_hash == schema.passages.c.embedded_hash,
            )
            .where(schema.passages.c.document_id.in_(document_ids))
            .order_by(schema.passages.c.id)
        )
        with self._reading() as connection:
            return [
                IndexEntry(
                    row.id, _vector(row.vector), to_metadata(to_source(row))
                )
                for row in connection.execute(statement)
            ]

    # --- searching ---

    def search_few(
        self, vector: Vector, filters: Filters, limit: int, few: int
    ) -> list[tuple[int, float]] | None:
        """Return (passage id, cosine) of all that the filters allow, best first.

        None where they allow more than `few`: then an index is faster.
        """
        allowed, values = _sql_filters(filters)
        count = f"SELECT count(*) FROM (SELECT 1 FROM passages WHERE id {allowed} LIMIT {few + 1})"  # noqa: S608
        statement = (
            "SELECT passages.id, vectors.vector FROM passages "  # noqa: S608
            "JOIN vectors ON vectors.embedded_hash = passages.embedded_hash "
            f"WHERE passages.id {allowed}"
        )
        with self._reading() as connection:
            if connection.execute(text(count), values).scalar_one() > few:
                return None
            rows = connection.execute(text(statement), values).all()
        if not rows:
            return []
        ids, stored = zip(*rows, strict=True)
        alike = _vector(b"".join(stored)).reshape(len(ids), -1) @ vector
        found = list(zip(ids, alike.tolist(), strict=True))
        return sorted(found, key=lambda one: (-one[1], one[0]))[:limit]

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
        allowed, values = _sql_filters(filters)
        statement = (
            f"SELECT passage_terms.rowid, -bm25(passage_terms, {_WEIGHTS}) AS score "  # noqa: S608
            f"FROM passage_terms WHERE {f'+rowid {allowed} AND' if allowed else ''} "
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

    def vocabulary(self) -> dict[str, int]:
        """Return every stem of the passages, with the number of passages that it stands in."""
        with self._reading() as connection:
            rows = connection.execute(text("SELECT term, doc FROM passage_vocabulary"))
            return {row[0]: row[1] for row in rows}

    def is_empty(self) -> bool:
        """Return whether there is no passage."""
        return self._scalar(select(schema.passages.c.document_id)) is None

    def passage_count(self) -> int:
        with self._reading() as connection:
            return connection.execute(
                select(func.count()).select_from(schema.passages)
            ).scalar_one()

    def hits(self, scores: Mapping[int, float]) -> list[Hit]:
        """Return the passages of the given ids with their scores, best first."""
        statement = located_passages(
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
                source=to_source(row),
                score=scores[row.id],
            )
            for row in rows
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.passage_id))

    # --- reading ---

    def sections_of_item(self, item_id: str) -> list[StoredSection]:
        return self._sections(schema.sections.c.item_id == item_id)

    def sections_of_items(self, item_ids: Iterable[str]) -> dict[str, StoredSection]:
        """Return the sections of the items by their id."""
        found = self._sections(schema.sections.c.item_id.in_(list(item_ids)))
        return {section.source.section_id: section for section in found}

    def section(self, section_id: str) -> StoredSection | None:
        found = self._sections(schema.sections.c.id == section_id)
        return found[0] if found else None

    def sections(self, section_ids: Iterable[str]) -> dict[str, StoredSection]:
        """Return the sections by their id; an unknown id is left out."""
        wanted = list(dict.fromkeys(section_ids))
        found = self._sections(schema.sections.c.id.in_(wanted))
        return {section.source.section_id: section for section in found}

    def units(self, section_ids: Iterable[str]) -> dict[str, list[StoredUnit]]:
        """Return the units of the sections in the order of the text, by section id."""
        statement = (
            select(schema.units, schema.vectors.c.vector)
            .join(
                schema.vectors, schema.vectors.c.embedded_hash == schema.units.c.embedded_hash
            )
            .where(schema.units.c.section_id.in_(list(section_ids)))
            .order_by(schema.units.c.id)
        )
        found: dict[str, list[StoredUnit]] = {}
        with self._reading() as connection:
            for row in connection.execute(statement):
                found.setdefault(row.section_id, []).append(
                    StoredUnit(to_unit(row), _vector(row.vector))
                )
        return found

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

    def kept_summary(self, item_id: str) -> KeptSummary | None:
        """Return the summary that is kept of an open item, or None; `stale` is not looked into.

        Raises StoreError where what is kept cannot be read.
        """
        with self._reading() as connection:
            return select_summary(connection, item_id)

    def items_of_case(self, case_number: str) -> list[StoredItem]:
        """Return the items that carry a case number, oldest meeting first."""
        found = self._items(schema.items.c.case_number == case_number)
        return sorted(found, key=lambda item: (item.meeting_date or date.min, item.id))

    def items_of_document(self, document_id: str) -> list[StoredItem]:
        """Return a document's items in the order of the agenda, closed ones too."""
        return self._items(schema.items.c.document_id == document_id)

    def meeting(self, meeting_id: str) -> StoredMeeting | None:
        found = self._meetings(schema.meetings.c.id == meeting_id)
        return found[0] if found else None

    def meetings(self, filters: Filters = EVERYWHERE) -> list[StoredMeeting]:
        """Return the meetings of these bodies, days and municipality, the latest first."""
        meetings, documents = schema.meetings.c, schema.documents.c
        wanted: list[ColumnElement[bool]] = [true()]
        if filters.committee:
            wanted.append(meetings.committee.in_(filters.committee))
        if filters.date_from:
            wanted.append(meetings.date >= filters.date_from)
        if filters.date_to:
            wanted.append(meetings.date <= filters.date_to)
        if filters.municipality:
            wanted.append(documents.municipality == filters.municipality)
        return self._meetings(and_(*wanted))

    def actions_of_sections(self, section_ids: Iterable[str]) -> dict[str, StoredAction]:
        """Return the action that each of the sections tells, by section id."""
        statement = select(schema.actions).where(
            schema.actions.c.section_id.in_(list(section_ids))
        )
        with self._reading() as connection:
            rows = connection.execute(statement).all()
        found = (StoredAction(to_action(row.content), row.section_id) for row in rows)
        return {stored.section_id: stored for stored in found}

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

    def api_key(self, key_id: str) -> StoredKey | None:
        """Return the API key of this id, whether it works or not, or None."""
        with self._reading() as connection:
            return select_key(connection, key_id)

    def api_keys(self) -> list[StoredKey]:
        """Return all API keys in the order of their making."""
        with self._reading() as connection:
            return select_keys(connection)

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
            section_sources()
            .add_columns(
                schema.sections.c.text, schema.sections.c.blocks, schema.sections.c.tables
            )
            .where(where)
            .order_by(schema.sections.c.position)
        )
        with self._reading() as connection:
            rows = connection.execute(statement).all()
        return [StoredSection(to_section(row), to_source(row)) for row in rows]

    def _meetings(self, where: Any) -> list[StoredMeeting]:
        closed = func.coalesce(func.sum(schema.items.c.closed.cast(Integer)), 0)
        statement = (
            select(
                schema.meetings,
                schema.documents.c.municipality,
                schema.documents.c.kind,
                schema.documents.c.url,
                (func.count(schema.items.c.id) - closed).label("items"),
                closed.label("closed"),
            )
            .join(schema.documents, schema.documents.c.id == schema.meetings.c.document_id)
            .outerjoin(schema.items, schema.items.c.document_id == schema.meetings.c.document_id)
            .where(where)
            .group_by(schema.meetings.c.id)
            .order_by(schema.meetings.c.date.desc(), schema.meetings.c.committee)
        )
        with self._reading() as connection:
            return [to_meeting(row) for row in connection.execute(statement)]

    def _items(self, where: Any) -> list[StoredItem]:
        statement = (
            select(
                schema.items,
                schema.documents.c.name.label("document"),
                schema.documents.c.municipality,
                schema.documents.c.url.label("document_url"),
                schema.meetings.c.committee,
                schema.meetings.c.date.label("meeting_date"),
            )
            .join(schema.documents, schema.documents.c.id == schema.items.c.document_id)
            .outerjoin(schema.meetings, schema.meetings.c.document_id == schema.documents.c.id)
            .where(where)
            .order_by(schema.items.c.document_id, schema.items.c.position)
        )
        with self._reading() as connection:
            return [to_item(row) for row in connection.execute(statement)]


def _vector(stored: bytes) -> Vector:
    return np.frombuffer(stored, np.float16).astype(np.float32)


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


def _sql_filters(filters: Filters) -> tuple[str, dict[str, Any]]:
    """The end of a condition on passage ids that keeps those the filters allow, and its values."""
    values: dict[str, Any] = {
        f"committee{number}": committee for number, committee in enumerate(filters.committee)
    }
    committees = ", ".join(f":{name}" for name in values)
    of_documents = [f"meetings.committee IN ({committees})"] if committees else []
    of_items: list[str] = []
    for wanted, column, sign, name in (
        (of_documents, "documents.date", ">=", "date_from"),
        (of_documents, "documents.date", "<=", "date_to"),
        (of_documents, "documents.municipality", "=", "municipality"),
        (of_documents, "documents.kind", "=", "document_kind"),
        (of_items, "items.case_number", "=", "case_number"),
        (of_items, "items.id", "=", "item_id"),
    ):
        if value := getattr(filters, name):
            wanted.append(f"{column} {sign} :{name}")
            values[name] = value.isoformat() if isinstance(value, date) else value
    allowed = [
        f"{column} IN ({found} WHERE {' AND '.join(wanted)})"
        for column, found, wanted in (
            ("document_id", _DOCUMENTS, of_documents),
            ("section_id", _SECTIONS_OF_ITEMS, of_items),
        )
        if wanted
    ]
    if not allowed:
        return "", {}
    return f"IN (SELECT id FROM passages WHERE {' AND '.join(allowed)})", values  # noqa: S608


