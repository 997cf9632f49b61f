"""The vector index: embedded Chroma. Derived from the catalogue, and rebuildable from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from assistant.errors import StoreError
from assistant.store.stored import IndexEntry, Vector
from assistant.types import EVERYWHERE, Filters

_COLLECTION = "passages"
_BATCH = 5000
_FETCHED = 3
_EXACT = ("case_number", "item_id", "municipality", "document_kind")
_CANDIDATES = 200
"""How many neighbours a search weighs: at Chroma's 100, a filter costs a tenth of the finds."""


class BrokenIndexError(StoreError):
    """The index cannot be used as it lies; the catalogue can make it anew."""


class VectorIndex:
    """Passage vectors with the fields that filters ask for; cosine similarity."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, making it where there is none. Raises BrokenIndexError."""
        self._folder = folder
        try:
            with _explained(folder):
                self._client = chromadb.PersistentClient(
                    str(folder), Settings(anonymized_telemetry=False)
                )
        except BrokenIndexError:
            SharedSystemClient.clear_system_cache()  # it keeps the half-opened one
            raise
        try:
            with _explained(folder):
                self._collection = self._client.get_or_create_collection(
                    _COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": _CANDIDATES}},
                )
                self._probe()
        except BrokenIndexError:
            self.close()
            raise

    def __len__(self) -> int:
        with _explained(self._folder):
            return self._collection.count()

    def close(self) -> None:
        """Let go of the folder, so that it can be removed."""
        cast("Client", self._client).close()

    def remove(self, document_ids: Sequence[str]) -> None:
        """Take out the passages of these documents; one that is not there is no matter."""
        if document_ids and len(self):
            where: Any = {"document_id": {"$in": list(document_ids)}}
            with _explained(self._folder):
                self._collection.delete(where=where)

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Put passages in. What has the same passage id is overwritten."""
        for start in range(0, len(entries), _BATCH):
            batch = entries[start:start + _BATCH]
            with _explained(self._folder):
                self._collection.upsert(
                    ids=[str(entry.passage_id) for entry in batch],
                    embeddings=np.stack([entry.vector for entry in batch]),
                    metadatas=[dict(entry.metadata) for entry in batch],
                )

    def search(self, vector: Vector, filters: Filters, limit: int) -> list[tuple[int, float]]:
        """Return (passage id, cosine similarity), best first.

        Chroma's own filter is slow where it allows much: so more is fetched and the rest dropped,
        and only where that leaves too little is Chroma made to filter.
        """
        if filters == EVERYWHERE:
            return [(identity, alike) for identity, alike, _ in self._nearest(vector, limit, None)]
        near = self._nearest(vector, _FETCHED * limit, None)
        found = [(identity, alike) for identity, alike, told in near if _allows(filters, told)]
        if len(found) < limit // 2:
            near = self._nearest(vector, limit, _where(filters))
            found = [(identity, alike) for identity, alike, _ in near]
        return found[:limit]

    def _nearest(
        self, vector: Vector, limit: int, where: Any
    ) -> list[tuple[int, float, Mapping[str, Any]]]:
        """Passage ids with their cosine similarity and metadata, best first."""
        with _explained(self._folder):
            found = self._collection.query(
                query_embeddings=np.stack([vector]),
                n_results=limit,
                where=where,
                include=["distances", "metadatas"],
            )
        distances, told = (found["distances"] or [[]])[0], (found["metadatas"] or [[]])[0]
        return [
            (int(identity), 1.0 - distance, metadata)
            for identity, distance, metadata in zip(found["ids"][0], distances, told, strict=True)
        ]

    def ids(self) -> set[int]:
        """Return the passage ids that the index holds."""
        with _explained(self._folder):
            return {int(identity) for identity in self._collection.get(include=[])["ids"]}

    def _probe(self) -> None:
        """Search once: only then does Chroma read the files of the graph."""
        first = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        if first is not None and len(first):
            self._collection.query(query_embeddings=np.stack([first[0]]), n_results=1, include=[])


def remove_index(folder: Path) -> None:
    """Remove the index in `folder`, whatever state it is in. Raises StoreError."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"Vektorerne i »{folder}« er beskadiget og kan ikke slettes ({error.strerror}). "
            "Slet mappen, og kør »assistant reindex«."
        ) from error


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except (ChromaError, ValueError, OSError) as error:
        raise _broken(folder) from error
    except BaseException as error:
        # A panic in Chroma's Rust part derives from BaseException and has no importable name.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(folder) from error


def _broken(folder: Path) -> BrokenIndexError:
    return BrokenIndexError(
        f"Vektorerne i »{folder}« er beskadiget eller i brug. Kør »assistant reindex«, som laver "
        "dem om ud fra kataloget."
    )


def _allows(filters: Filters, told: Mapping[str, Any]) -> bool:
    day = told["day"]
    return (
        (not filters.committee or told["committee"] in filters.committee)
        and (not filters.date_from or day >= filters.date_from.toordinal())
        and (not filters.date_to or 0 < day <= filters.date_to.toordinal())
        and all(getattr(filters, name) in ("", told.get(name)) for name in _EXACT)
    )


def _where(filters: Filters) -> Any:
    wanted: list[Mapping[str, Any]] = []
    if filters.committee:
        wanted.append({"committee": {"$in": list(filters.committee)}})
    if filters.date_from:
        wanted.append({"day": {"$gte": filters.date_from.toordinal()}})
    if filters.date_to:
        wanted.append({"day": {"$lte": filters.date_to.toordinal()}})
        wanted.append({"day": {"$gt": 0}})
    for name in _EXACT:
        if value := getattr(filters, name):
            wanted.append({name: value})
    if len(wanted) > 1:
        return {"$and": wanted}
    return wanted[0] if wanted else None
