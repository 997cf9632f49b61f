"""Case summaries in the catalogue, in a real SQLite file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.access import Level
from assistant.errors import StoreError
from assistant.store.catalogue import Catalogue
from assistant.store.stored import NewPassage, NewUnit, placed_sections
from assistant.types import (
    Argument,
    CaseSummary,
    CheckedFigure,
    Citation,
    Document,
    KeptSummary,
    Line,
    Passage,
)
from tests.assistant.store.made import meeting, unit

QUOTE = "Cykelstien langs havnen koster 700.000 kr."
SUMMARY = CaseSummary(
    item_id="m1-1",
    spoergsmaal=Line("Skal »Cykelstien« anlægges – ja eller nej?", (1,)),
    opsummering=(Line("Stien koster 700.000 kr.", (1,)),),
    fordele=(Argument("Flere cykler.", "afledt", (1,)),),
    ulemper=(Argument(QUOTE, "fra sagen", (1,)),),
    emneord=("Trafik og veje",),
    ikke_belyst=("Alternativer",),
    citations=(
        Citation(
            1, QUOTE, "m1.json", "m1-1", "1", "Punkt om Cykelstien", "00.01.00-P20-1-25",
            "Byrådet", "2025-05-27", "sagsfremstilling", "Sagsfremstilling", None, 0, len(QUOTE),
            "", "m1/0",
        ),
    ),
    figures=(CheckedFigure("700.000", True, 1),),
    engine="extractive",
    model=None,
    notes=("Kun udgiften er belyst.",),
    provenance={"embedding": "multilingual-e5-small", "index": "æøå"},
)  # fmt: skip
APPROVED = KeptSummary(
    SUMMARY, "godkendt", "2025-06-01T10:00:00+00:00", "v1", "Ane Holm", "2025-06-02T10:00:00+00:00"
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.sqlite3")
    made.check_format()
    put(made, meeting("m1"))
    yield made
    made.close()


def put(catalogue: Catalogue, document: Document) -> None:
    sections = [section for section, _ in placed_sections(document)]
    passages = [
        [NewPassage(Passage(s.text, 0, len(s.text), "Fjordby", "", s.heading), s.text)]
        for s in sections
    ]
    units = [[NewUnit(unit(s), s.text)] for s in sections]
    catalogue.replace(document, f"/{document.name}", document.name, passages, units)


def database(catalogue: Catalogue) -> sqlite3.Connection:
    return sqlite3.connect(str(catalogue._databases.opened(Level.OPEN).url.database))


def closed(document: Document) -> Document:
    """The same meeting with every item closed."""
    items = tuple(replace(item, closed=True, sections=()) for item in document.items)
    return replace(document, items=items)


def kept_rows(catalogue: Catalogue) -> int:
    with database(catalogue) as connection:
        count: int = connection.execute("SELECT count(*) FROM summaries").fetchone()[0]
    return count


def test_a_summary_comes_back_exactly(catalogue: Catalogue) -> None:
    bare = replace(SUMMARY, spoergsmaal=None, citations=(), figures=(), model="x", notes=())
    for kept in (APPROVED, KeptSummary(bare, "udkast", "2025-06-03T10:00:00+00:00", "v2")):
        catalogue.keep_summary(kept)
        assert catalogue.kept_summary("m1-1") == kept
    assert kept_rows(catalogue) == 1, "one an item"


def test_an_item_without_a_summary_has_none(catalogue: Catalogue) -> None:
    assert catalogue.kept_summary("m1-1") is None
    assert catalogue.kept_summary("findes ikke") is None


def test_a_summary_outlives_a_new_ingest_of_its_item(catalogue: Catalogue) -> None:
    catalogue.keep_summary(APPROVED)
    put(catalogue, meeting("m1", "Cykelstien koster 900.000 kr."))
    assert catalogue.kept_summary("m1-1") == APPROVED


def test_an_item_that_goes_takes_its_summary_out_of_sight(catalogue: Catalogue) -> None:
    catalogue.keep_summary(APPROVED)
    put(catalogue, replace(meeting("m1"), items=()))
    assert catalogue.kept_summary("m1-1") is None
    put(catalogue, meeting("m1"))
    assert catalogue.kept_summary("m1-1") == APPROVED


def test_an_item_that_becomes_closed_loses_its_summary_for_good(catalogue: Catalogue) -> None:
    catalogue.keep_summary(APPROVED)
    put(catalogue, closed(meeting("m1")))
    assert catalogue.kept_summary("m1-1") is None
    assert kept_rows(catalogue) == 0, "its quotes are the item's text"


def test_a_summary_of_a_closed_item_is_never_kept(catalogue: Catalogue) -> None:
    catalogue.keep_summary(replace(APPROVED, summary=replace(SUMMARY, item_id="m1-lukket")))
    assert kept_rows(catalogue) == 0
    assert catalogue.kept_summary("m1-lukket") is None


def test_a_store_made_before_there_were_summaries_is_opened_as_it_is(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    catalogue.close()
    with database(catalogue) as connection:
        connection.execute("DROP TABLE summaries")
    again = Catalogue(tmp_path / "catalogue.sqlite3")
    again.check_format()
    again.keep_summary(APPROVED)
    assert again.kept_summary("m1-1") == APPROVED
    assert again.counts()["documents"] == 1
    again.close()


def test_a_spoilt_summary_is_told(catalogue: Catalogue) -> None:
    catalogue.keep_summary(APPROVED)
    with database(catalogue) as connection:
        connection.execute("UPDATE summaries SET summary = '{\"item_id\": \"m1-1\"}'")
    with pytest.raises(StoreError, match=r"kan ikke læses.*assistant summarize m1-1"):
        catalogue.kept_summary("m1-1")
