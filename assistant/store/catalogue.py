"""The catalogue: every document, section, passage and decision, in SQLite through SQLAlchemy.

What is read comes from the databases of the levels that the reader may see, and from no other:
every query goes through `_read`, which asks each of them and puts the rows together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    TextClause,
    and_,
    delete,
    func,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DatabaseError, IntegrityError

from assistant.access import Level, Role
from assistant.errors import StoreError
from assistant.store import schema
from assistant.store.databases import Databases, first_passage
from assistant.store.keys import StoredKey, insert_key, revoke_keys, select_keys, to_key
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
from assistant.store.summaries import (
    drop_summaries_of,
    drop_summaries_of_closed,
    summaries_of,
    to_summary,
    write_summary,
)
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
_Id = TypeVar("_Id", int, str)
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
        """Open the catalogue at `path`, making it where there is none; only open material is read.

        Raises StoreError where the file is no catalogue or the folder cannot be written.
        """
        self._databases = Databases(path)
        self._levels = Role.PUBLIC.levels

    def seen_by(self, role: Role) -> Catalogue:
        """Return the same catalogue as this role sees it."""
        return self._reading(role.levels)

    def at(self, level: Level) -> Catalogue:
        """Return what of the catalogue is stored at one level."""
        return self._reading((level,))

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that are read here, as far as anything was ever stored at them."""
        return tuple(level for level in self._levels if self._databases.found(level))

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
        self._databases.close()

    # --- facts about the store ---

    def fact(self, name: str) -> str | None:
        """Return what was noted of the store as a whole under `name`, or None."""
        noted = select(schema.facts.c.value).where(schema.facts.c.name == name)
        return self.at(Level.OPEN)._scalar(noted)

    def set_fact(self, name: str, value: str) -> None:
        """Note something about the store itself, such as the model that made it."""
        with self._writing() as connection:
            _set_fact(connection, name, value)

    def switch_model(self, name: str) -> None:
        """Take another embedding model: every vector is forgotten, and has to be made again."""
        for level in self.levels:
            with self._writing(level) as connection:
                connection.execute(delete(schema.vectors))
                connection.execute(update(schema.documents).values(in_vectors=False))
        self.set_fact(MODEL, name)

    def counts(self) -> dict[str, int]:
        """Return how many documents, meetings, items, … the catalogue holds.

        `items` are those whose content is here, `closed` those of which only the title is.
        """
        told: Counter[str] = Counter()
        for level in self.levels:
            at_level = self.at(level)._counts()
            if level is Level.CLOSED:  # its documents and items are at another level already
                at_level["closed"] = -at_level["items"]
                at_level |= dict.fromkeys(("documents", "meetings", "plans"), 0)
            told.update(at_level)
        return dict(told)

    def _counts(self) -> dict[str, int]:
        documents, items = schema.documents.c, schema.items.c

        def count(table: Table, *where: ColumnElement[bool]) -> int:
            return self._sum(select(func.count()).select_from(table).where(*where))

        return {
            "documents": count(schema.documents),
            "meetings": count(schema.documents, documents.kind.in_(["agenda", "minutes"])),
            "items": count(schema.items, items.closed.is_(False)),
            "plans": count(schema.documents, documents.kind == "plan"),
            "actions": count(schema.actions),
            "sections": count(schema.sections),
            "passages": count(schema.passages),
            "closed": count(schema.items, items.closed.is_(True)),
        }

    def fingerprint(self) -> str:
        """Return a hash of all stored content: it changes when, and only when, that does."""
        hashes = self._rows(select(schema.documents.c.sha256).order_by(schema.documents.c.id))
        return hashlib.sha256("".join(row[0] for row in hashes).encode()).hexdigest()[:16]

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

    def has_closed_items(self, source: str) -> bool:
        """Return whether the document that was read from a file has closed items."""
        closed = (
            select(schema.items.c.id)
            .join(schema.documents, schema.documents.c.id == schema.items.c.document_id)
            .where(schema.documents.c.source == source, schema.items.c.closed.is_(True))
        )
        return self._scalar(closed) is not None

    def add_vectors(self, vectors: Mapping[str, Vector], level: Level = Level.OPEN) -> None:
        """Keep vectors at a level, by the hash of what was embedded."""
        rows = [
            {"embedded_hash": key, "vector": vector.astype(np.float16).tobytes()}
            for key, vector in vectors.items()
        ]
        if rows:
            with self._writing(level) as connection:
                connection.execute(sqlite_insert(schema.vectors).on_conflict_do_nothing(), rows)

    def known_vectors(self, hashes: Iterable[str]) -> set[str]:
        """Return which of the hashes have a vector."""
        wanted, known = list(hashes), set[str]()
        for start in range(0, len(wanted), _CHUNK):
            column = schema.vectors.c.embedded_hash
            chunk = select(column).where(column.in_(wanted[start:start + _CHUNK]))
            known.update(row[0] for row in self._rows(chunk))
        return known

    def replace(
        self,
        document: Document,
        source: str,
        sha256: str,
        passages: Sequence[Sequence[NewPassage]],
        units: Sequence[Sequence[NewUnit]],
        level: Level = Level.OPEN,
    ) -> list[str]:
        """Store a document in one transaction, in place of what had its id or its source there.

        `passages[i]` and `units[i]` belong to the i-th of `placed_sections(document)`. Return the
        ids of the documents that went. Raises ClashError where another document has one of its
        items.
        """
        with self._writing(level) as connection:
            gone = remove_document(connection, document.id, source)
            insert_document(connection, document, source, sha256)
            insert_items(connection, document)
            section_ids = insert_sections(connection, document, level)
            insert_actions(connection, document, section_ids)
            insert_passages(
                connection, document.id, section_ids, passages, first_passage(level)
            )
            insert_units(connection, section_ids, units)
            drop_summaries_of_closed(connection)
        return gone

    def remove(self, document_id: str, source: str, level: Level) -> list[str]:
        """Take out what has this id or this source at a level, and what was made of its text.

        Return the ids of the documents that went.
        """
        with self._writing(level) as connection:
            drop_summaries_of(connection, document_id, source)
            return remove_document(connection, document_id, source)

    def check_clash(self, document: Document, source: str) -> None:
        """Raise ClashError where another document has one of its items or its meeting's id.

        Such a document may lie at any of the levels that are read here.
        """
        documents = schema.documents.c
        own = select(documents.id).where(
            (documents.id == document.id) | (documents.source == source)
        )
        taken = {document.id, *(row[0] for row in self._rows(own))}
        meeting_ids = [document.meeting.id] if document.meeting else []
        for table, ids in (
            (schema.items, [item.id for item in document.items]),
            (schema.meetings, meeting_ids),
        ):
            other = select(table.c.id).where(
                table.c.id.in_(ids), table.c.document_id.not_in(taken)
            )
            if self._rows(other.limit(1)):
                raise _clash()

    def keep_summary(self, kept: KeptSummary) -> None:
        """Keep an item's summary in place of the one that it had, at the level of its content.

        Nothing is kept of an item whose content is not seen here.
        """
        holding = select(schema.items.c.id).where(
            schema.items.c.id == kept.summary.item_id, schema.items.c.closed.is_(False)
        )
        for level, _ in self._read(holding)[-1:]:
            with self._writing(level) as connection:
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
        found = self._rows(
            select(schema.documents.c.id)
            .where(schema.documents.c.in_vectors.is_(False))
            .order_by(schema.documents.c.id)
        )
        return [row[0] for row in found]

    def mark_indexed(self, document_ids: Sequence[str], level: Level = Level.OPEN) -> None:
        """Note that the level's vector index holds these documents."""
        with self._writing(level) as connection:
            connection.execute(
                update(schema.documents)
                .where(schema.documents.c.id.in_(document_ids))
                .values(in_vectors=True)
            )

    def mark_all_pending(self, level: Level = Level.OPEN) -> None:
        """Forget that anything is in the level's vector index, so that it is built anew."""
        with self._writing(level) as connection:
            connection.execute(update(schema.documents).values(in_vectors=False))

    def prune_vectors(self, level: Level = Level.OPEN) -> None:
        """Drop the vectors of texts that no passage and no unit of the level has any more."""
        used = select(schema.passages.c.embedded_hash).union(select(schema.units.c.embedded_hash))
        with self._writing(level) as connection:
            connection.execute(
                delete(schema.vectors).where(schema.vectors.c.embedded_hash.not_in(used))
            )

    def unembedded(self) -> dict[str, str]:
        """Return what is to be embedded of every passage and unit whose vector is missing."""
        passage = schema.passages.c.topic + "\n" + schema.passages.c.text
        missing: dict[str, str] = {}
        for table, told in ((schema.passages, passage), (schema.units, schema.units.c.told)):
            statement = (
                select(table.c.embedded_hash, told)
                .outerjoin(schema.vectors, schema.vectors.c.embedded_hash == table.c.embedded_hash)
                .where(schema.vectors.c.embedded_hash.is_(None))
            )
            missing.update((row[0], row[1]) for row in self._rows(statement))
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
        return [
            IndexEntry(row.id, _vector(row.vector), to_metadata(to_source(row, level)))
            for level, row in self._read(statement)
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
        if self._sum(text(count), values) > few:
            return None
        rows = self._rows(text(statement), values)
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
        rows = self._rows(text(statement), {"match": match, "limit": limit, **values})
        return _best((row[0], row[1]) for row in rows)[:limit]

    def search_titles(self, terms: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """Return (item id, BM25 score) by the stems of items' titles, closed ones too."""
        if not terms:
            return []
        match = " OR ".join(_phrase(term) for term in dict.fromkeys(terms))
        statement = (
            "SELECT item_id, -bm25(title_terms) AS score FROM title_terms "
            "WHERE title_terms MATCH :match ORDER BY score DESC LIMIT :limit"
        )
        rows = self._rows(text(statement), {"match": match, "limit": limit})
        return _best((row[0], row[1]) for row in rows)[:limit]

    def vocabulary(self) -> dict[str, int]:
        """Return every stem of the passages, with the number of passages that it stands in."""
        told: dict[str, int] = {}
        for term, passages in self._rows(text("SELECT term, doc FROM passage_vocabulary")):
            told[term] = told.get(term, 0) + passages
        return told

    def is_empty(self) -> bool:
        """Return whether there is no passage."""
        return self._scalar(select(schema.passages.c.document_id)) is None

    def passage_count(self) -> int:
        return self._sum(select(func.count()).select_from(schema.passages))

    def hits(self, scores: Mapping[int, float]) -> list[Hit]:
        """Return the passages of the given ids with their scores, best first."""
        statement = located_passages(
            schema.passages.c.id,
            schema.passages.c.text,
            schema.passages.c.start,
            schema.passages.c.end,
            schema.passages.c.heading.label("passage_heading"),
        ).where(schema.passages.c.id.in_(list(scores)))
        found = [
            Hit(
                passage_id=row.id,
                text=row.text,
                start=row.start,
                end=row.end,
                heading=row.passage_heading,
                source=to_source(row, level),
                score=scores[row.id],
            )
            for level, row in self._read(statement)
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
        for row in self._rows(statement):
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
        """Return the summary that is kept of an item, or None; `stale` is not looked into.

        Raises StoreError where what is kept cannot be read.
        """
        rows = self._rows(summaries_of(item_id))
        return to_summary(rows[-1]) if rows else None

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
        rows = self._rows(statement)
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
        found = {(row[0], row[1], row[2]): None for row in self._rows(statement)}
        return list(found)

    def api_key(self, key_id: str) -> StoredKey | None:
        """Return the API key of this id, whether it works or not, or None."""
        found = self.at(Level.OPEN)._rows(select_keys(key_id))
        return to_key(found[0]) if found else None

    def api_keys(self) -> list[StoredKey]:
        """Return all API keys in the order of their making."""
        return [to_key(row) for row in self.at(Level.OPEN)._rows(select_keys())]

    # --- for the tables beside the material ---

    def read(
        self, statement: Select[Any], level: Level | None = None
    ) -> list[tuple[Level, Any]]:
        """Return the rows that a statement finds, at one level or at each that is seen."""
        levels = self._levels if level is None else (level,)
        return self._reading(tuple(one for one in levels if one in self._levels))._read(statement)

    def transaction(self, level: Level = Level.OPEN) -> AbstractContextManager[Connection]:
        """Return a transaction at one level. Raises StoreError where it cannot be written."""
        return self._writing(level)

    # --- inside ---

    def _reading(self, levels: tuple[Level, ...]) -> Catalogue:
        seen = copy(self)
        seen._levels = levels
        return seen

    def _read(
        self, statement: Select[Any] | TextClause, values: Mapping[str, Any] | None = None
    ) -> list[tuple[Level, Any]]:
        """The rows that the statement finds at each level that is seen, the openest first."""
        found: list[tuple[Level, Any]] = []
        for level in self._levels:
            database = self._databases.found(level)
            if database is None:
                continue
            try:
                with database.connect() as connection:
                    rows = connection.execute(statement, values or {}).all()
            except DatabaseError as error:
                raise StoreError(
                    f"Kataloget kan ikke læses ({error.orig}). Prøv igen; hjælper det ikke, så "
                    "slet mappen, og kør »assistant ingest« igen."
                ) from error
            found += [(level, row) for row in rows]
        return found

    def _rows(
        self, statement: Select[Any] | TextClause, values: Mapping[str, Any] | None = None
    ) -> list[Any]:
        return [row for _, row in self._read(statement, values)]

    def _sum(
        self, statement: Select[Any] | TextClause, values: Mapping[str, Any] | None = None
    ) -> int:
        return sum(row[0] for row in self._rows(statement, values))

    @contextmanager
    def _writing(self, level: Level = Level.OPEN) -> Iterator[Connection]:
        """A transaction at one level: whole, or not at all."""
        try:
            with self._databases.opened(level).begin() as connection:
                yield connection
        except IntegrityError as error:
            raise _clash() from error
        except DatabaseError as error:
            raise StoreError(
                f"Kataloget kan ikke skrives ({error.orig}). Se efter plads på disken og adgang "
                "til mappen, og kør kommandoen igen."
            ) from error

    def _scalar(self, statement: Select[Any]) -> str | None:
        rows = self._rows(statement.limit(1))
        return cast("str | None", rows[0][0]) if rows else None

    def _column(self, statement: Select[Any]) -> list[str]:
        return sorted({row[0] for row in self._rows(statement) if row[0]})

    def _sections(self, where: Any) -> list[StoredSection]:
        statement = (
            section_sources()
            .add_columns(
                schema.sections.c.text, schema.sections.c.blocks, schema.sections.c.tables
            )
            .where(where)
            .order_by(schema.sections.c.position)
        )
        return [
            StoredSection(to_section(row), to_source(row, level))
            for level, row in self._read(statement)
        ]

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
        found: dict[str, StoredMeeting] = {}
        for level, row in self._read(statement):
            meeting = to_meeting(row)
            if level is Level.CLOSED and (known := found.get(meeting.id)):
                seen = meeting.items
                meeting = replace(known, items=known.items + seen, closed=known.closed - seen)
            found[meeting.id] = meeting
        return sorted(found.values(), key=_latest_first)

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
        found: dict[str, tuple[tuple[str, int], StoredItem]] = {}
        for level, row in self._read(statement):
            item = to_item(row, level)
            place, known = found.get(item.id, ((item.document_id, row.position), item))
            found[item.id] = place, known if item.closed else item
        return [item for _, item in sorted(found.values(), key=lambda one: one[0])]


def _vector(stored: bytes) -> Vector:
    return np.frombuffer(stored, np.float16).astype(np.float32)


def _clash() -> ClashError:
    return ClashError(
        "Filen har et møde eller et punkt, hvis id allerede hører til et andet dokument. "
        "Ret id’et, eller fjern den ene af de to filer."
    )


def _best(scores: Iterable[tuple[_Id, float]]) -> list[tuple[_Id, float]]:
    """Each id once, the best score first; in the given order where they are the same."""
    best: dict[_Id, float] = {}
    for identity, score in scores:
        best[identity] = max(score, best.get(identity, score))
    return sorted(best.items(), key=lambda one: -one[1])


def _latest_first(meeting: StoredMeeting) -> tuple[int, str]:
    return (-meeting.date.toordinal() if meeting.date else 0), meeting.committee


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


