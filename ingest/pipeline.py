"""Files to the store: read, parse, cut into passages, embed, write. Never answers anything."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableFileError, WrongUseError
from assistant.store.store import NewDocument, Store
from assistant.store.stored import placed_sections
from assistant.store.units import section_units
from assistant.types import Document
from ingest.passages import section_passages
from ingest.read import SkippedFileError, read_document
from ingest.report import FileNote, Report

_BATCH = 8000
"""Texts gathered before they are embedded: enough to sort by length, few enough to lose."""

FileDone = Callable[[str], None]


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that the paths name, folders searched whole, hidden files left out.

    Raises WrongUseError where a path does not exist, or where there is no file at all.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise WrongUseError(f"»{path}« findes ikke. Angiv en fil eller en mappe, der findes.")
        if path.is_file():
            found.append(path)
            continue
        found += sorted(
            child
            for child in path.rglob("*")
            if child.is_file()
            and not any(part.startswith(".") for part in child.relative_to(path).parts)
        )
    if not found:
        raise WrongUseError("Der er ingen filer at indlæse. Angiv en mappe med dagsordener.")
    return found


def ingest(files: list[Path], store: Store, file_done: FileDone = lambda _: None) -> Report:
    """Bring the files into the store and return what was done, failures included.

    Each document is written in one transaction. A file that is in the store already, with the same
    content, is left alone; a changed file takes the place of its old self.
    """
    started = time.monotonic()
    report = Report()
    with store.writing():
        store.repair()
        batch: list[NewDocument] = []
        for file in files:
            if prepared := _prepare(file, store, report, batch):
                batch.append(prepared)
            if sum(len(waiting.embedded()) for waiting in batch) >= _BATCH:
                _write(batch, store, report, file_done)
                batch = []
            elif not prepared:
                file_done(file.name)
        _write(batch, store, report, file_done)
    report.seconds = time.monotonic() - started
    return report


def _prepare(
    file: Path, store: Store, report: Report, batch: list[NewDocument]
) -> NewDocument | None:
    try:
        content = file.read_bytes()
        sha256, source = hashlib.sha256(content).hexdigest(), str(file.resolve())
        if _is_known(sha256, source, store) or any(sha256 == seen.sha256 for seen in batch):
            report.unchanged += 1
            return None
        document = _with_own_id(read_document(file, content), source, store, batch)
    except SkippedFileError as reason:
        report.skipped.append(FileNote(str(file), str(reason)))
        return None
    except UnreadableFileError as error:
        report.failures.append(FileNote(str(file), str(error)))
        return None
    except OSError as error:
        report.failures.append(
            FileNote(str(file), f"Filen kan ikke læses ({error.strerror}). Ret adgangen til den.")
        )
        return None
    return new_document(document, source, sha256, store)


def new_document(document: Document, source: str, sha256: str, store: Store) -> NewDocument:
    """Return a read document with the passages and units of its sections."""
    passages, units = [], []
    for section, place in placed_sections(document):
        item = None if place is None else document.items[place]
        found = section_passages(section, document, item)
        passages.append([store.new_passage(passage) for passage in found])
        title = item.title if item else document.title
        units.append([store.new_unit(unit) for unit in section_units(section, title)])
    return NewDocument(document, source, sha256, passages, units)


def _is_known(sha256: str, source: str, store: Store) -> bool:
    if store.catalogue.hash_of(source) == sha256:
        return True
    other = store.catalogue.source_with(sha256)
    return other is not None and Path(other).exists()


def _with_own_id(
    document: Document, source: str, store: Store, batch: list[NewDocument]
) -> Document:
    """Two different files of one name keep apart; a portal's own id stays as it is.

    A file that was moved is the same document at its new place.
    """
    if document.meeting and document.meeting.id == document.id and document.name.endswith(".json"):
        return document
    stored = store.catalogue.source_of(document.id)
    waiting = next((seen.source for seen in batch if seen.document.id == document.id), None)
    if stored and not Path(stored).exists():
        stored = None
    if all(other in (None, source) for other in (stored, waiting)):
        return document
    mark = hashlib.sha256(source.encode()).hexdigest()[:8]
    return _renamed(document, f"{document.id}-{mark}")


def _renamed(document: Document, identity: str) -> Document:
    old = document.id
    items = tuple(
        replace(item, id=item.id.replace(old, identity, 1)) for item in document.items
    )
    meeting = document.meeting
    if meeting and meeting.id == old:
        meeting = replace(meeting, id=identity)
    return replace(document, id=identity, items=items, meeting=meeting)


def _write(
    batch: list[NewDocument], store: Store, report: Report, file_done: FileDone
) -> None:
    report.embedded += store.embed([new for prepared in batch for new in prepared.embedded()])
    for prepared, clash in zip(batch, store.add(batch), strict=True):
        if clash:
            report.failures.append(FileNote(prepared.source, str(clash)))
        else:
            passages = sum(map(len, prepared.passages))
            report.count(prepared.document, len(prepared.passages), passages)
        file_done(prepared.document.name)
