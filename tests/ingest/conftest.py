"""What the tests of the readers share: a meeting as the portal gives it, and the sample corpus."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import data
from assistant.types import AgendaItem, Document, Section
from ingest.read import read_document

SAMPLE = Path(str(data.__file__)).parent / "sample"


@pytest.fixture
def point() -> Callable[..., dict[str, Any]]:
    """Make one agenda item as First Agenda's JSON has it."""

    def make(html: str = "", **fields: Any) -> dict[str, Any]:
        return {
            "Id": "i-1", "Number": "1", "Caption": "Cykelsti", "CaseNumber": "25-000001",
            "IsOpen": False, "Felter": [{"Html": html, "Link": ""}], "Bilag": [],
            "ExternalAgendaItemAttendees": [], **fields,
        }

    return make


@pytest.fixture
def meeting() -> Callable[..., dict[str, Any]]:
    """Make a meeting of the given items."""

    def make(*points: object, **fields: Any) -> dict[str, Any]:
        return {
            "Id": "m-1",
            "Udvalg": {"Navn": "Teknikudvalget"},
            "Moede": {"Dato": "2025-03-11T16:00:00", "Sted": "Rådhuset", "Moededeltagere": []},
            "Dagsordenpunkter": list(points),
            **fields,
        }

    return make


@pytest.fixture
def read_json() -> Callable[..., Document]:
    """Read an object as the file `møde.json`."""

    def read(content: object, name: str = "møde.json") -> Document:
        return read_document(Path(name), json.dumps(content).encode())

    return read


@pytest.fixture(scope="session")
def sample() -> dict[str, Document]:
    """The sample corpus, by file name."""
    files = [file for file in SAMPLE.iterdir() if file.suffix in (".json", ".md", ".txt")]
    return {file.name: read_document(file, file.read_bytes()) for file in files}


@pytest.fixture
def all_sections() -> Callable[[Document], list[tuple[AgendaItem | None, Section]]]:
    """List a document's sections, each with the item it belongs to."""

    def sections(document: Document) -> list[tuple[AgendaItem | None, Section]]:
        own: list[tuple[AgendaItem | None, Section]] = [(None, s) for s in document.sections]
        return own + [(item, s) for item in document.items for s in item.sections]

    return sections
