"""The catalogue, in a real SQLite file; vectors play no part here."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.access import Level
from assistant.danish.words import stems
from assistant.errors import StoreError
from assistant.store.catalogue import Catalogue, ClashError
from assistant.store.stored import NewPassage, NewUnit, Vector, placed_sections
from assistant.types import Document, Filters, Passage
from tests.assistant.store.made import meeting, plan, section, unit

ALL = Filters()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.sqlite3")
    yield made
    made.close()


def put(catalogue: Catalogue, document: Document, source: str = "", sha256: str = "") -> list[str]:
    passages = [
        [NewPassage(Passage(s.text, 0, len(s.text), "Fjordby", "emne", s.heading), f"h-{s.text}")]
        for s, _ in placed_sections(document)
    ]
    units = [[NewUnit(unit(s), f"u-{s.text}")] for s, _ in placed_sections(document)]
    return catalogue.replace(
        document, source or f"/{document.name}", sha256 or document.name, passages, units
    )


def found(catalogue: Catalogue, words: str, filters: Filters = ALL) -> list[str]:
    scores = dict(catalogue.search_terms(list(stems(words)), filters, 10))
    return [hit.text for hit in catalogue.hits(scores)]


def rows(catalogue: Catalogue, table: str) -> int:
    path = catalogue._databases.opened(Level.OPEN).url.database
    with sqlite3.connect(str(path)) as connection:
        count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return count


def test_a_meeting_comes_back_as_it_was_stored(catalogue: Catalogue) -> None:
    document = meeting("m1", "Cykelstien koster 700.000 kr.", "Skolen får ny gård.")
    put(catalogue, document)
    first = document.items[0]
    stored = catalogue.items(["m1-1"])["m1-1"]
    assert (stored.title, stored.case_number) == (first.title, first.case_number)
    assert (stored.decision, stored.meeting_date) == (first.decision, document.date)
    assert [s.section for s in catalogue.sections_of_item("m1-1")] == list(first.sections)
    assert catalogue.items_of_case(first.case_number) == [stored]
    assert [item.id for item in catalogue.items_of_document("m1")] == ["m1-1", "m1-2", "m1-lukket"]
    assert catalogue.counts() == {
        "documents": 1, "meetings": 1, "items": 2, "plans": 0, "actions": 0, "sections": 2,
        "passages": 2, "closed": 1,
    }  # fmt: skip


def test_a_plan_comes_back_with_its_tables_and_actions(catalogue: Catalogue) -> None:
    document = plan()
    put(catalogue, document)
    (stored,) = catalogue.document_sections("plan")
    assert stored.section == document.sections[0]
    told = catalogue.actions_of_sections([stored.source.section_id])
    assert [one.action for one in told.values()] == list(document.actions)


def test_a_changed_document_leaves_nothing_of_its_old_self(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Cykelstien koster 700.000 kr.", "Skolen får ny gård."))
    put(catalogue, meeting("m2", "Busserne kører."))
    assert put(catalogue, meeting("m1", "Havnebadet åbner.")) == ["m1"]
    assert found(catalogue, "cykelstien skolen") == []
    assert found(catalogue, "havnebadet") == ["Havnebadet åbner."]
    assert catalogue.search_titles(list(stems("cykelstien")), 5) == []
    assert rows(catalogue, "passages") == rows(catalogue, "passage_terms") == 2
    assert rows(catalogue, "items") == rows(catalogue, "title_terms") == 4
    assert rows(catalogue, "meetings") == 2
    assert rows(catalogue, "sections") == rows(catalogue, "units") == 2


def test_a_file_that_holds_another_document_now_takes_its_old_one_out(
    catalogue: Catalogue,
) -> None:
    put(catalogue, meeting("m1"), source="/a.json")
    assert put(catalogue, meeting("m2"), source="/a.json") == ["m1"]
    assert catalogue.source_of("m1") is None
    assert catalogue.counts()["documents"] == 1


def test_the_same_meeting_from_another_file_is_stored_once(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Udkastet koster 1 kr."), "/dagsorden.json", "a")
    put(catalogue, meeting("m1", "Referatet koster 2 kr."), "/referat.json", "b")
    assert catalogue.counts()["documents"] == 1
    assert catalogue.source_of("m1") == "/referat.json"
    assert (catalogue.hash_of("/dagsorden.json"), catalogue.hash_of("/referat.json")) == ("a", "b")


def test_a_file_whose_place_was_taken_is_read_again_when_the_other_goes(
    catalogue: Catalogue,
) -> None:
    put(catalogue, meeting("m1"), "/dagsorden.json", "a")
    put(catalogue, meeting("m1"), "/referat.json", "b")
    put(catalogue, meeting("m2"), "/referat.json", "c")
    assert catalogue.hash_of("/dagsorden.json") is None


def test_an_item_of_another_document_is_a_clash_and_changes_nothing(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1"))
    thief = replace(meeting("m2"), items=meeting("m1").items)
    with pytest.raises(ClashError, match="hører til et andet dokument"):
        put(catalogue, thief)
    assert catalogue.counts()["documents"] == 1
    assert catalogue.items_of_document("m1")


def test_closed_items_have_titles_to_find_and_no_passages(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1"))
    ids = [item for item, _ in catalogue.search_titles(list(stems("ejendomssalg")), 5)]
    assert ids == ["m1-lukket"]
    assert found(catalogue, "ejendomssalg") == []


@pytest.mark.parametrize(
    ("filters", "hit"),
    [
        (Filters(committee=("Byrådet",)), True),
        (Filters(committee=("Skoleudvalget", "Byrådet")), True),
        (Filters(committee=("Skoleudvalget",)), False),
        (Filters(date_from=date(2025, 5, 27), date_to=date(2025, 5, 27)), True),
        (Filters(date_from=date(2025, 5, 28)), False),
        (Filters(date_to=date(2025, 5, 26)), False),
        (Filters(case_number="00.01.00-P20-1-25"), True),
        (Filters(case_number="00.01.00-P20-2-25"), False),
        (Filters(item_id="m1-1"), True),
        (Filters(item_id="m1-2"), False),
        (Filters(municipality="Fjordby", document_kind="minutes"), True),
        (Filters(municipality="Greve"), False),
        (Filters(document_kind="plan"), False),
    ],
)
def test_filters(catalogue: Catalogue, filters: Filters, hit: bool) -> None:
    put(catalogue, meeting("m1"))
    assert bool(found(catalogue, "cykelstien", filters)) is hit


def test_terms_are_read_literally(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1"))
    for term in ('"', 'a" OR "b', "NEAR(a b)", "*", "NOT", "-", "'; DROP TABLE items"):
        assert catalogue.search_terms([term], ALL, 5) == []
        assert catalogue.search_titles([term], 5) == []


def test_the_vocabulary_counts_the_passages_of_each_stem(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Skolen og havnen", "Skolen, skolen igen"))
    skole, havn = stems("skolen havnen")
    told = catalogue.vocabulary()
    assert (told[skole], told[havn]) == (2, 1)
    assert "findes-ikke" not in told


def test_the_vocabulary_forgets_what_went(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Havnebadet åbner."))
    put(catalogue, meeting("m1", "Skolen åbner."))
    (havnebad,) = stems("havnebadet")
    assert havnebad not in catalogue.vocabulary()


def vector(seed: int) -> Vector:
    made = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made), np.float32)


def test_units_come_back_by_section_with_their_vectors(catalogue: Catalogue) -> None:
    document = meeting("m1", "Skolen åbner.", "Havnen lukker.")
    put(catalogue, document)
    ids = [s.source.section_id for s in catalogue.sections_of_items(["m1-1", "m1-2"]).values()]
    assert catalogue.units(ids) == {}, "none has a vector yet"
    catalogue.add_vectors({"u-Skolen åbner.": vector(1), "u-Havnen lukker.": vector(2)})
    found = catalogue.units(ids)
    assert set(found) == set(ids)
    for (stored,), text, seed in zip(
        (found[i] for i in ids), ("Skolen åbner.", "Havnen lukker."), (1, 2), strict=True
    ):
        assert stored.unit == unit(section(text))
        assert float(stored.vector @ vector(seed)) == pytest.approx(1.0, abs=1e-3)


def test_a_vector_is_kept_in_two_bytes_a_number(catalogue: Catalogue) -> None:
    catalogue.add_vectors({"h": vector(1)})
    with sqlite3.connect(str(catalogue._databases.opened(Level.OPEN).url.database)) as connection:
        (stored,) = connection.execute("SELECT vector FROM vectors").fetchone()
    assert len(stored) == 2 * 384


def test_what_has_no_vector_is_told_passages_and_units(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Skolen åbner."))
    assert catalogue.unembedded() == {
        "h-Skolen åbner.": "emne\nSkolen åbner.", "u-Skolen åbner.": "\nSkolen åbner.",
    }  # fmt: skip
    catalogue.add_vectors({"h-Skolen åbner.": vector(1)})
    assert set(catalogue.unembedded()) == {"u-Skolen åbner."}


def test_pruning_keeps_the_vectors_of_passages_and_of_units(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Skolen åbner."))
    kept = {"h-Skolen åbner.", "u-Skolen åbner."}
    catalogue.add_vectors({key: vector(1) for key in (*kept, "gammel")})
    catalogue.prune_vectors()
    assert catalogue.known_vectors([*kept, "gammel"]) == kept


def test_the_sections_of_several_items_come_at_once(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Skolen åbner.", "Havnen lukker.", "Bussen kører."))
    found = catalogue.sections_of_items(["m1-1", "m1-3", "findes ikke"])
    assert [s.section.text for s in found.values()] == ["Skolen åbner.", "Bussen kører."]
    assert all(key == stored.source.section_id for key, stored in found.items())


def test_a_file_that_is_no_catalogue_is_told(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    path.write_text("Dette er ikke en database, men en hilsen. " * 50)
    with pytest.raises(StoreError, match=r"beskadiget.*ASSISTANT_HOME"):
        Catalogue(path)


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(StoreError, match=r"kan ikke oprettes.*ASSISTANT_HOME"):
        Catalogue(tmp_path / "fil" / "home" / "catalogue.sqlite3")


def test_a_catalogue_that_cannot_be_written_is_told(catalogue: Catalogue) -> None:
    database = str(catalogue._databases.opened(Level.OPEN).url.database)
    catalogue.fact("x")
    with sqlite3.connect(database) as other:
        other.execute("DROP TABLE facts")
    with pytest.raises(StoreError, match="kan ikke skrives"):
        catalogue.set_fact("x", "y")
    with pytest.raises(StoreError, match="kan ikke læses"):
        catalogue.fact("x")


def test_meetings_are_listed_latest_first_with_their_items_counted(catalogue: Catalogue) -> None:
    put(catalogue, meeting("m1", "Cykelstien koster.", "Skolen får gård."))
    put(catalogue, meeting("m2", committee="Økonomiudvalget", day=date(2025, 6, 2)))
    put(catalogue, plan())
    told = [(m.id, m.committee, m.items, m.closed) for m in catalogue.meetings()]
    assert told == [("m2", "Økonomiudvalget", 1, 1), ("m1", "Byrådet", 2, 1)]
    assert catalogue.meetings()[1] == catalogue.meeting("m1")
    assert catalogue.meeting("findes-ikke") is None


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(committee=("Byrådet",)), ["m1"]),
        (Filters(date_from=date(2025, 6, 2)), ["m2"]),
        (Filters(date_to=date(2025, 5, 27)), ["m1"]),
        (Filters(municipality="Fjordby"), ["m2", "m1"]),
        (Filters(municipality="Nordby"), []),
    ],
)
def test_meetings_are_filtered(catalogue: Catalogue, filters: Filters, ids: list[str]) -> None:
    put(catalogue, meeting("m1"))
    put(catalogue, meeting("m2", committee="Økonomiudvalget", day=date(2025, 6, 2)))
    assert [m.id for m in catalogue.meetings(filters)] == ids


def test_a_meetings_items_come_in_the_agendas_order(catalogue: Catalogue) -> None:
    document = meeting("m1", *(f"Punkt nummer {n}." for n in range(1, 13)))
    put(catalogue, document)
    stored = catalogue.items_of_document(document.id)
    assert [item.id for item in stored] == [item.id for item in document.items]
