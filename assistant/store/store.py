"""The store as a whole: catalogue, vectors and the model that made them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.store.catalogue import MODEL, Catalogue, ClashError
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

    `passages[i]` and `units[i]` belong to the i-th of `placed_sections`.
    """

    document: Document
    source: str
    sha256: str
    passages: Sequence[Sequence[NewPassage]]
    units: Sequence[Sequence[NewUnit]]

    def embedded(self) -> list[NewPassage | NewUnit]:
        """Return everything that is to have a vector."""
        return [new for groups in (self.passages, self.units) for group in groups for new in group]


class Store:
    """Opens the three parts together and keeps them in step. One process writes at a time."""

    def __init__(self, settings: Settings, advance: Advance = no_progress) -> None:
        """Open or make the store in `settings.home`.

        Vectors that are missing, damaged or out of step are made again from the catalogue first,
        unless another process is writing just now. Raises StoreError where the store cannot be
        opened, or was made by another model.
        """
        self.home = settings.home
        self._settings = settings
        self._embedder: Embedder | None = None
        self._lock = FileLock(settings.home / _LOCK, timeout=0)
        self.catalogue = Catalogue(settings.home / _CATALOGUE)
        try:
            self.catalogue.check_format()
            self._check_model()
            self.vectors = self._open_vectors()
        except StoreError:
            self.catalogue.close()
            raise
        try:
            self._mend(advance)
        except BaseException:
            self.close()
            raise

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded when it is first asked for."""
        if self._embedder is None:
            self._embedder = _embedder(self._settings)
        return self._embedder

    def close(self) -> None:
        """Let go of the files."""
        self.vectors.close()
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
        self, told: Sequence[NewPassage | NewUnit], advance: Advance = no_progress
    ) -> int:
        """Embed what has no vector yet; return how many texts it took."""
        texts = {new.embedded_hash: new.embedded for new in told}
        with self.writing():
            return self._embed_texts(texts, advance)

    def search(self, vector: Vector, filters: Filters, limit: int) -> list[tuple[int, float]]:
        """Return (passage id, cosine similarity), best first.

        What narrow filters leave is compared one by one: a graph is slow where most is forbidden.
        """
        if filters != EVERYWHERE:
            found = self.catalogue.search_few(vector, filters, limit, _FEW)
            if found is not None:
                return found
        return self.vectors.search(vector, filters, limit)

    def add(self, documents: Sequence[NewDocument]) -> list[ClashError | None]:
        """Store documents whose passages are embedded, each in place of its old self.

        Each is one transaction; the vector index follows once for all of them. Return what kept
        each one out, None where nothing did.
        """
        outcomes: list[ClashError | None] = []
        gone: list[str] = []
        with self.writing():
            for new in documents:
                try:
                    gone += self.catalogue.replace(
                        new.document, new.source, new.sha256, new.passages, new.units
                    )
                    outcomes.append(None)
                except ClashError as error:
                    outcomes.append(error)
            self.vectors.remove(gone)
            self._index(self.catalogue.pending(), no_progress)
        return outcomes

    def repair(self, advance: Advance = no_progress) -> int:
        """Bring the vector index in step with the catalogue; return how many documents it took.

        After a run that was cut off, these are the documents written but not yet indexed; after a
        loss of vectors, all of them.
        """
        with self.writing():
            indexed = self._index_pending(advance)
            if len(self.vectors) != self.catalogue.passage_count():
                log.warning("Vektorerne passer ikke til kataloget og laves om ud fra det.")
                self.catalogue.mark_all_pending()
                self._renew_vectors()
                indexed = self._index_pending(advance)
        return indexed

    def _check_model(self) -> None:
        made_by = self.catalogue.fact(MODEL)
        wanted = self._settings.model_name
        if made_by and made_by != wanted:
            raise StoreError(
                f"Indekset er lavet med sprogmodellen »{made_by}«, men der er valgt »{wanted}«. "
                "Sæt ASSISTANT_EMBEDDING_MODEL tilbage, eller kør »assistant reindex« for at "
                "lave indekset om."
            )

    def _open_vectors(self) -> VectorIndex:
        folder = _vectors_folder(self._settings)
        try:
            return VectorIndex(folder)
        except BrokenIndexError:
            log.warning("Vektorerne er beskadiget og laves om ud fra kataloget.")
        with self.writing():
            remove_index(folder)
            self.catalogue.mark_all_pending()
            return VectorIndex(folder)

    def _renew_vectors(self) -> None:
        self.vectors.close()
        remove_index(_vectors_folder(self._settings))
        self.vectors = VectorIndex(_vectors_folder(self._settings))

    def _mend(self, advance: Advance) -> None:
        """Repair what is out of step, but leave alone what another process is writing."""
        if self._in_step() or _is_held_by_another(self._lock):
            return
        self.repair(advance)

    def _in_step(self) -> bool:
        return (
            len(self.vectors) == self.catalogue.passage_count() and not self.catalogue.pending()
        )

    def _embed_texts(self, texts: Mapping[str, str], advance: Advance) -> int:
        """Embed what has no vector, shortest first: texts of one length need no padding."""
        missing = sorted(
            texts.keys() - self.catalogue.known_vectors(texts),
            key=lambda key: (len(texts[key]), key),
        )
        if missing and not self.catalogue.fact(MODEL):
            self.catalogue.set_fact(MODEL, self.embedder.name)
        for start in range(0, len(missing), _CHUNK):
            keys = missing[start:start + _CHUNK]
            vectors = self.embedder.passages([texts[key] for key in keys])
            self.catalogue.add_vectors(dict(zip(keys, vectors, strict=True)))
            advance(len(keys))
        return len(missing)

    def _index_pending(self, advance: Advance) -> int:
        """Index what a cut-off run left, in place of the part that it did index."""
        pending = self.catalogue.pending()
        for documents in _parts(pending):
            self.vectors.remove(documents)
        self._index(pending, advance)
        return len(pending)

    def _index(self, pending: Sequence[str], advance: Advance) -> None:
        if pending:
            self._embed_texts(self.catalogue.unembedded(), no_progress)
        for documents in _parts(pending):
            self.vectors.add(self.catalogue.index_entries(documents))
            self.catalogue.mark_indexed(documents)
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
    with closing(Catalogue(settings.home / _CATALOGUE)) as catalogue, _locked(lock, settings.home):
        if catalogue.fact(MODEL) not in (None, wanted):
            _embedder(settings)  # a model that cannot be loaded must not cost the old vectors
            catalogue.switch_model(wanted)
        catalogue.prune_vectors()
        catalogue.mark_all_pending()
        remove_index(_vectors_folder(settings))
    with closing(Store(settings, advance)) as store:
        return store.catalogue.counts()["documents"]


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


def _vectors_folder(settings: Settings) -> Path:
    return settings.home / "chroma"


def _embedder(settings: Settings) -> Embedder:
    from assistant.store.embedding import loaded  # seconds: only what embeds waits for it

    return loaded(settings.embedding_model, settings.models_folder, settings.offline)
