"""Files to the store: read, parse, cut into passages, embed, write. Never answers anything."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.access import Level, Role
from assistant.errors import UnreadableFileError, WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.store.store import NewDocument, Store
from assistant.store.stored import placed_sections
from assistant.store.units import section_units
from assistant.types import AgendaItem, Document
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


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see what is brought in.

    The documents lie at `level`, open or internal. What their closed items hold is stored
    `with_closed` only, and then at the level for that.
    """

    level: Level = Level.OPEN
    with_closed: bool = False


FOR_ALL = Access()


def ingest(
    files: list[Path],
    store: Store,
    file_done: FileDone = lambda _: None,
    access: Access = FOR_ALL,
) -> Report:
    """Bring the files into the store and return what was done, failures included.

    Each document is written in one transaction a level. A file that is in the store already, with
    the same content and access, is left alone; a changed file takes the place of its old self.
    """
    started = time.monotonic()
    report = Report()
    store = store.seen_by(Role.ADMIN)
    with store.writing():
        store.repair()
        batch: list[NewDocument] = []
        for file in files:
            if prepared := _prepare(file, store, report, batch, access):
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
    file: Path, store: Store, report: Report, batch: list[NewDocument], access: Access
) -> NewDocument | None:
    try:
        content = file.read_bytes()
        sha256, source = hashlib.sha256(content).hexdigest(), str(file.resolve())
        known = _is_known(sha256, source, store.catalogue, access)
        if known or any(sha256 == seen.sha256 for seen in batch):
            report.unchanged += 1
            return None
        read = read_document(file, content, access.with_closed)
        document = _with_own_id(read, source, store, batch, access.level)
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
    new = new_document(_without_closed(document), source, sha256, store, access.level)
    if not access.with_closed or not any(item.closed for item in document.items):
        return new
    part = new_document(_closed_part(document), source, sha256, store, Level.CLOSED)
    return replace(new, closed=part)


def _without_closed(document: Document) -> Document:
    """The document as it is without what its closed items hold."""
    items = tuple(
        AgendaItem(item.id, item.number, item.title, item.case_number, closed=True)
        if item.closed
        else item
        for item in document.items
    )
    return replace(document, items=items)


def _closed_part(document: Document) -> Document:
    """The document as the frame of its closed items; those that hold nothing stay closed."""
    items = tuple(
        replace(item, closed=not item.sections) for item in document.items if item.closed
    )
    return replace(document, items=items, sections=(), actions=(), action_sections=())


def new_document(
    document: Document, source: str, sha256: str, store: Store, level: Level = Level.OPEN
) -> NewDocument:
    """Return a read document with the passages and units of its sections."""
    passages, units = [], []
    for section, place in placed_sections(document):
        item = None if place is None else document.items[place]
        found = section_passages(section, document, item)
        passages.append([store.new_passage(passage) for passage in found])
        title = item.title if item else document.title
        units.append([store.new_unit(unit) for unit in section_units(section, title)])
    return NewDocument(document, source, sha256, passages, units, level)


def _is_known(sha256: str, source: str, catalogue: Catalogue, access: Access) -> bool:
    """Whether this content is stored already, at the wanted levels and at no other."""
    at_level, closed = catalogue.at(access.level), catalogue.at(Level.CLOSED)
    known: str | None = source
    if at_level.hash_of(source) != sha256:
        known = at_level.source_with(sha256)
    if known is None or (known != source and not Path(known).exists()):
        return False
    other = Level.INTERNAL if access.level is Level.OPEN else Level.OPEN
    has_closed = closed.hash_of(known) is not None
    wanted = access.with_closed and (has_closed or at_level.has_closed_items(known))
    return has_closed == wanted and catalogue.at(other).hash_of(source) is None


def _with_own_id(
    document: Document, source: str, store: Store, batch: list[NewDocument], level: Level
) -> Document:
    """Two different files of one name keep apart; a portal's own id stays as it is.

    A file that was moved is the same document at its new place. An open document's id does not
    tell whether there is an internal one of its name.
    """
    if document.meeting and document.meeting.id == document.id and document.name.endswith(".json"):
        return document
    if level is not Level.OPEN:
        document = _renamed(document, f"{level}:{document.id}")
    stored = store.catalogue.at(level).source_of(document.id)
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
    parts = [part for prepared in batch for part in prepared.parts]
    for level in dict.fromkeys(part.level for part in parts):
        told = [new for part in parts if part.level is level for new in part.embedded()]
        report.embedded += store.embed(told, level=level)
    for prepared, clash in zip(batch, store.add(batch), strict=True):
        if clash:
            report.failures.append(FileNote(prepared.source, str(clash)))
        else:
            _count(prepared, report)
        file_done(prepared.document.name)


def _count(prepared: NewDocument, report: Report) -> None:
    passages = sum(map(len, prepared.passages))
    report.count(prepared.document, len(prepared.passages), passages, prepared.level)
    if part := prepared.closed:
        report.count_closed(part.document, len(part.passages), sum(map(len, part.passages)))
