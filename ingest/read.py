"""A file to a document: the format is recognised by what the file says, not by its name alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.types import Document
from ingest.hidden import without_invisible
from ingest.readers.case_page import is_case_page, read_case_page
from ingest.readers.first_agenda import (
    is_item,
    is_meeting,
    is_other_answer,
    read_first_agenda,
    read_first_agenda_item,
)
from ingest.readers.minutes import is_minutes, read_minutes
from ingest.readers.plan import read_plan

SUFFIXES = (".json", ".md", ".markdown", ".txt")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SNIFFED = 8192


class SkippedFileError(UnreadableFileError):
    """A file that holds no agenda material, and is passed over by intent."""


def document_id(path: Path) -> str:
    """Return the id of a document that no portal has named: its file name, made plain."""
    return re.sub(r"[^a-z0-9æøå]+", "-", path.stem.lower()).strip("-") or "dokument"


def read_document(path: Path, content: bytes, with_closed: bool = False) -> Document:
    """Return the file at `path`, whose bytes are `content`, as a document.

    What its closed items hold is read `with_closed` only; else they are bare.
    Raises UnreadableFileError with a Danish sentence where it cannot be read, and
    SkippedFileError where it is something else than agenda material.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableFileError(
            f"Formatet »{suffix or path.name}« kan ikke læses. "
            f"Brug en af disse: {', '.join(SUFFIXES)}."
        )
    text = _text(content)
    if not text.strip():
        raise UnreadableFileError(
            "Filen er tom. Hent den igen, eller gem sagens tekst i den, og prøv så igen."
        )
    read = _read_json if suffix == ".json" else _read_text
    return read(text, path, with_closed)


def read_case(path: Path, content: bytes) -> Document:
    """Return a file as a document, also where it is one item of a First Agenda meeting alone.

    Such an item is never stored: it would stand in the way of its meeting. Closed items are bare.
    Raises UnreadableFileError as `read_document` does.
    """
    told: Any = _decoded(_text(content)) if path.suffix.lower() == ".json" else None
    if is_item(told):
        return _in_form(lambda: read_first_agenda_item(told, path.name))
    return read_document(path, content)


def _decoded(text: str) -> Any:
    try:
        return _visible(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFileError(
            "JSON-filen er beskadiget eller afkortet. Hent den fra portalen igen."
        ) from error


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if _BINARY.search(text[:_SNIFFED]) or text.count("\ufffd") > len(text) // 100:
        raise UnreadableFileError(
            "Filen er ikke tekst, selv om den hedder det. Gem den som UTF-8-tekst, og prøv igen."
        )
    return without_invisible(text)


def _read_json(text: str, path: Path, with_closed: bool) -> Document:
    content = _decoded(text)
    if is_meeting(content):
        return _in_form(lambda: read_first_agenda(content, path.name, with_closed))
    if is_other_answer(content):
        raise SkippedFileError("Filen er en liste fra portalen og rummer ingen dagsorden.")
    raise UnreadableFileError(
        "JSON-filen er ikke en dagsorden fra First Agenda. Hent dagsordenen som JSON fra portalen."
    )


def _visible(value: Any) -> Any:
    """JSON's own escapes can still hide in a text what is not to be seen."""
    if isinstance(value, str):
        return without_invisible(value)
    if isinstance(value, list):
        return [_visible(one) for one in value]
    return {key: _visible(one) for key, one in value.items()} if isinstance(value, dict) else value


def _in_form(read: Callable[[], Document]) -> Document:
    try:
        return read()
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise UnreadableFileError(
            "Dagsordenen har ikke den form, som First Agenda giver. Hent den fra portalen igen."
        ) from error


def _read_text(text: str, path: Path, with_closed: bool) -> Document:
    identity = document_id(path)
    if is_case_page(text):
        return read_case_page(text, identity, path.name, with_closed)
    if is_minutes(text):
        return read_minutes(text, identity, path.name, with_closed)
    return read_plan(text, identity, path.name)
