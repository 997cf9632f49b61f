"""The store as a whole: catalogue, vectors and the model that made them, level by level."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from assistant.access import Level, Role
from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.store.catalogue import MODEL, Catalogue, ClashError
from assistant.store.databases import level_folder
from assistant.store.replies import Replies
from assistant.store.stored import NewPassage, NewUnit, Vector
from assistant.store.vectors import BrokenIndexError, VectorIndex, remove_index
from assistant.types import EVERYWHERE, Document, Filters, Passage, Unit

_CATALOGUE, _LOCK = "catalogue.sqlite3", "writing.lock"
_CHUNK = 512
"""Texts embedded before their vectors are kept: what a killed run loses at most."""
_FEW = 3000
"""Passages that are compared with a question one by one rather than through the graph."""
_DOCUMENTS = 50
"""Documents whose vectors are read into memory at once."""

if TYPE_CHECKING:
    from assistant.store.embedding import Embedder

Advance = Callable[[int], None]
log = logging.getLogger("assistant")


def no_progress(_: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document about to be stored.

    `passages[i]` and `units[i]` belong to the i-th of `placed_sections`. `closed` has the content
    of its closed items, where that is to be stored too: the same document, with these items only.
    """

    document: Document
    source: str
    sha256: str
    passages: Sequence[Sequence[NewPassage]]
    units: Sequence[Sequence[NewUnit]]
    level: Level = Level.OPEN
    closed: NewDocument | None = None

    @property
    def parts(self) -> tuple[NewDocument, ...]:
        """It and what there is of its closed items, each to be stored at its own level."""
        return (self, self.closed) if self.closed else (self,)

    def embedded(self) -> list[NewPassage | NewUnit]:
        """Return everything that is to have a vector."""
        return [new for groups in (self.passages, self.units) for group in groups for new in group]


class Store:
    """Opens the three parts together and keeps them in step. One process writes at a time.

    What it gives to read is what one role may see: `public`, where none is named.
    """

    def __init__(self, settings: Settings, advance: Advance = no_progress) -> None:
        """Open or make the store in `settings.home`.

        Vectors that are missing, damaged or out of step are made again from the catalogue first,
        unless another process is writing just now. Raises StoreError where the store cannot be
        opened, or was made by another model.
        """
        self.home = settings.home
        self._settings = settings
        self._load_embedder = cache(lambda: _embedder(settings))
        self._lock = FileLock(settings.home / _LOCK, timeout=0)
        self._indexes: dict[Level, VectorIndex] = {}
        self.catalogue = Catalogue(settings.home / _CATALOGUE)
        self._whole = self.catalogue.seen_by(Role.ADMIN)
        try:
            self.catalogue.check_format()
            self._check_model()
            for level in self._whole.levels:
                self._indexes[level] = self._open_vectors(level)
            self._mend(advance)
        except BaseException:
            self.close()
            raise

    def seen_by(self, role: Role) -> Store:
        """Return the same store as this role sees it; files, vectors and model are shared."""
        seen = copy(self)
        seen.catalogue = self._whole.seen_by(role)
        return seen

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded when it is first asked for."""
        return self._load_embedder()

    @property
    def vectors(self) -> VectorIndex:
        """The vectors of what is open to all."""
        return self._indexes[Level.OPEN]

    def vector_count(self) -> int:
        """Return how many passages the vector indexes hold of what is seen."""
        return sum(len(index) for index in self._seen_indexes())

    def close(self) -> None:
        """Let go of the files, whichever view of the store it is called on."""
        for index in self._indexes.values():
            index.close()
        self.catalogue.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other processes from writing. Raises StoreError where one does already."""
        with _locked(self._lock, self.home):
            yield

    def new_passage(self, passage: Passage) -> NewPassage:
        """Return a passage with the hash that its vector is kept by."""
        new = NewPassage(passage, "")
        return replace(new, embedded_hash=_hash(new.embedded))

    def new_unit(self, unit: Unit) -> NewUnit:
        """Return a unit with the hash that its vector is kept by."""
        return NewUnit(unit, _hash(unit.told))

    def embed(
        self,
        told: Sequence[NewPassage | NewUnit],
        advance: Advance = no_progress,
        level: Level = Level.OPEN,
    ) -> int:
        """Embed what has no vector at the level yet; return how many texts it took."""
        texts = {new.embedded_hash: new.embedded for new in told}
        with self.writing():
            return self._embed_texts(texts, advance, level)

    def search(self, vector: Vector, filters: Filters, limit: int) -> list[tuple[int, float]]:
        """Return (passage id, cosine similarity), best first.

        What narrow filters leave is compared one by one: a graph is slow where most is forbidden.
        """
        if filters != EVERYWHERE:
            found = self.catalogue.search_few(vector, filters, limit, _FEW)
            if found is not None:
                return found
        found = [
            one for index in self._seen_indexes() for one in index.search(vector, filters, limit)
        ]
        return sorted(found, key=lambda one: -one[1])[:limit]

    def add(self, documents: Sequence[NewDocument]) -> list[ClashError | None]:
        """Store documents whose passages are embedded, each in place of its old self.

        Each is one transaction a level; the vector indexes follow once for all of them. Return
        what kept each one out, None where nothing did.
        """
        outcomes: list[ClashError | None] = []
        gone: dict[Level, list[str]] = {}
        with self.writing():
            for new in documents:
                try:
                    self._put(new, gone)
                    outcomes.append(None)
                except ClashError as error:
                    outcomes.append(error)
            for level in self._whole.levels:
                self._index_of(level).remove(gone.get(level, []))
                self._index(self._whole.at(level).pending(), no_progress, level)
            Replies(self._whole).forget_quotes()
        return outcomes

    def _put(self, new: NewDocument, gone: dict[Level, list[str]]) -> None:
        """Take a document out of the levels that it is no longer at, then put its parts in.

        So a run that is cut off between leaves too little to be seen, never too much.
        """
        self._whole.check_clash(new.document, new.source)
        parts = {part.level: part for part in new.parts}
        for level in self._whole.levels:
            if level not in parts:
                went = self._whole.remove(new.document.id, new.source, level)
                gone.setdefault(level, []).extend(went)
        for level, part in parts.items():
            went = self._whole.replace(
                part.document, part.source, part.sha256, part.passages, part.units, level
            )
            gone.setdefault(level, []).extend(went)

    def repair(self, advance: Advance = no_progress) -> int:
        """Bring the vector indexes in step with the catalogue; return how many documents it took.

        After a run that was cut off, these are the documents written but not yet indexed; after a
        loss of vectors, all of them.
        """
        with self.writing():
            return sum(self._repair(level, advance) for level in self._whole.levels)

    def _repair(self, level: Level, advance: Advance) -> int:
        at_level = self._whole.at(level)
        indexed = self._index_pending(advance, level)
        if len(self._index_of(level)) != at_level.passage_count():
            log.warning("Vektorerne passer ikke til kataloget og laves om ud fra det.")
            at_level.mark_all_pending(level)
            self._renew_vectors(level)
            indexed = self._index_pending(advance, level)
        return indexed

    def _seen_indexes(self) -> list[VectorIndex]:
        return [self._index_of(level) for level in self.catalogue.levels]

    def _index_of(self, level: Level) -> VectorIndex:
        """The level's vectors, made where nothing was stored at it before."""
        if level not in self._indexes:
            self._indexes[level] = self._open_vectors(level)
        return self._indexes[level]

    def _check_model(self) -> None:
        made_by = self.catalogue.fact(MODEL)
        wanted = self._settings.model_name
        if made_by and made_by != wanted:
            raise StoreError(
                f"Indekset er lavet med sprogmodellen »{made_by}«, men der er valgt »{wanted}«. "
                "Sæt ASSISTANT_EMBEDDING_MODEL tilbage, eller kør »assistant reindex« for at "
                "lave indekset om."
            )

    def _open_vectors(self, level: Level) -> VectorIndex:
        folder = _vectors_folder(self._settings, level)
        try:
            return VectorIndex(folder)
        except BrokenIndexError:
            log.warning("Vektorerne er beskadiget og laves om ud fra kataloget.")
        with self.writing():
            remove_index(folder)
            self._whole.mark_all_pending(level)
            return VectorIndex(folder)

    def _renew_vectors(self, level: Level) -> None:
        self._indexes.pop(level).close()
        folder = _vectors_folder(self._settings, level)
        remove_index(folder)
        self._indexes[level] = VectorIndex(folder)

    def _mend(self, advance: Advance) -> None:
        """Repair what is out of step, but leave alone what another process is writing."""
        if self.in_step() or _is_held_by_another(self._lock):
            return
        self.repair(advance)

    def in_step(self) -> bool:
        """Return whether the vector indexes hold what the catalogue does, at every level."""
        return all(map(self._in_step, self._whole.levels))

    def _in_step(self, level: Level) -> bool:
        at_level = self._whole.at(level)
        return (
            len(self._index_of(level)) == at_level.passage_count() and not at_level.pending()
        )

    def _embed_texts(self, texts: Mapping[str, str], advance: Advance, level: Level) -> int:
        """Embed what has no vector, shortest first: texts of one length need no padding."""
        missing = sorted(
            texts.keys() - self._whole.at(level).known_vectors(texts),
            key=lambda key: (len(texts[key]), key),
        )
        if missing and not self.catalogue.fact(MODEL):
            self.catalogue.set_fact(MODEL, self.embedder.name)
        for start in range(0, len(missing), _CHUNK):
            keys = missing[start:start + _CHUNK]
            vectors = self.embedder.passages([texts[key] for key in keys])
            self._whole.add_vectors(dict(zip(keys, vectors, strict=True)), level)
            advance(len(keys))
        return len(missing)

    def _index_pending(self, advance: Advance, level: Level) -> int:
        """Index what a cut-off run left, in place of the part that it did index."""
        pending = self._whole.at(level).pending()
        for documents in _parts(pending):
            self._index_of(level).remove(documents)
        self._index(pending, advance, level)
        return len(pending)

    def _index(self, pending: Sequence[str], advance: Advance, level: Level) -> None:
        at_level = self._whole.at(level)
        if pending:
            self._embed_texts(at_level.unembedded(), no_progress, level)
        for documents in _parts(pending):
            self._index_of(level).add(at_level.index_entries(documents))
            at_level.mark_indexed(documents, level)
            advance(len(documents))


def _parts(document_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(document_ids), _DOCUMENTS):
        yield document_ids[start:start + _DOCUMENTS]


def rebuild(settings: Settings, advance: Advance = no_progress) -> int:
    """Make the vector index anew from the catalogue; return how many documents it holds.

    The one way to change the embedding model: where the setting names another than the store was
    made by, every passage is embedded again.
    """
    wanted = settings.model_name
    lock = FileLock(settings.home / _LOCK, timeout=0)
    whole = Catalogue(settings.home / _CATALOGUE).seen_by(Role.ADMIN)
    with closing(whole) as catalogue, _locked(lock, settings.home):
        if catalogue.fact(MODEL) not in (None, wanted):
            _embedder(settings)  # a model that cannot be loaded must not cost the old vectors
            catalogue.switch_model(wanted)
        for level in catalogue.levels:
            catalogue.prune_vectors(level)
            catalogue.mark_all_pending(level)
            remove_index(_vectors_folder(settings, level))
    with closing(Store(settings, advance)) as store:
        return store.seen_by(Role.ADMIN).catalogue.counts()["documents"]


@contextmanager
def _locked(lock: FileLock, home: Path) -> Iterator[None]:
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(
            f"Et andet program skriver i »{home}« lige nu. Vent, til det er færdigt, og prøv igen."
        ) from error
    except OSError as error:
        raise StoreError(
            f"Der kan ikke skrives i »{home}« ({error.strerror}). Ret adgangen, eller vælg en "
            "anden mappe med ASSISTANT_HOME."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _is_held_by_another(lock: FileLock) -> bool:
    try:
        with lock:
            return False
    except Timeout:
        return True


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _vectors_folder(settings: Settings, level: Level) -> Path:
    return level_folder(settings.home, level) / "chroma"


def _embedder(settings: Settings) -> Embedder:
    from assistant.store.embedding import loaded  # seconds: only what embeds waits for it

    return loaded(settings.embedding_model, settings.models_folder, settings.offline)
