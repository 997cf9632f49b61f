import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import WrongUseError
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.store.stored import placed_sections
from assistant.store.units import section_units
from assistant.types import Document, Filters
from ingest.pipeline import files_in, ingest, new_document
from tests.conftest import SAMPLE

MINUTES = """REFERAT Havneudvalget d. 03-02-2025

Punkt 1: Ny kran på kajen

25-000111

Beslutning

{decision}

Sagsfremstilling

Kranen løfter {tons} ton og står på den østre kaj.
"""


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store(settings)
    yield store
    store.close()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def write(path: Path, decision: str = "Godkendt.", tons: int = 12) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINUTES.format(decision=decision, tons=tons), encoding="utf-8")
    return path


def texts(store: Store, term: str) -> list[str]:
    found = store.catalogue.search_terms([term], Filters(), 20)
    return [hit.text for hit in store.catalogue.hits(dict(found))]


def test_the_same_folder_again_changes_nothing(store: Store) -> None:
    files = files_in([SAMPLE])
    first = ingest(files, store)
    counts = store.catalogue.counts()
    again = ingest(files, store)
    assert first.embedded > 0
    assert (again.embedded, again.documents, again.unchanged) == (0, 0, len(files))
    assert store.catalogue.counts() == counts
    assert len(store.vectors) == counts["passages"]


def test_a_changed_file_takes_the_place_of_its_old_self(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "referat.md", tons=12)
    ingest([path], store)
    write(path, decision="Udsat.", tons=15)
    ingest([path], store)
    assert store.catalogue.counts()["documents"] == 1
    assert any("15 ton" in text for text in texts(store, "kran"))
    assert not any("12 ton" in text for text in texts(store, "kran"))
    assert len(store.vectors) == store.catalogue.counts()["passages"]


def test_two_files_of_one_name_are_two_documents(store: Store, tmp_path: Path) -> None:
    one = write(tmp_path / "a" / "referat.md", tons=12)
    other = write(tmp_path / "b" / "referat.md", tons=99)
    ingest([one, other], store)
    assert store.catalogue.counts()["documents"] == 2
    assert store.catalogue.counts()["items"] == 2


def test_the_same_content_twice_is_one_document(store: Store, tmp_path: Path) -> None:
    one = write(tmp_path / "a" / "referat.md")
    copy = Path(shutil.copy(one, tmp_path / "kopi.md"))
    report = ingest([one, copy], store)
    assert (report.documents, report.unchanged) == (1, 1)


def test_a_moved_file_that_changed_is_the_same_document(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a" / "referat.md", tons=12)
    ingest([path], store)
    path.unlink()
    ingest([write(tmp_path / "b" / "referat.md", tons=15)], store)
    assert store.catalogue.counts()["documents"] == 1


def test_one_bad_file_never_stops_the_rest(store: Store, corpus: Path) -> None:
    (corpus / "a_afkortet.json").write_text('{"Dagsordenpunkter": [')
    (corpus / "b_liste.json").write_text(json.dumps({"Dagsordner": [], "AntalResultater": 0}))
    (corpus / "c_billede.png").write_bytes(b"\x89PNG")
    write(corpus / "d_referat.md")
    report = ingest(files_in([corpus]), store)
    assert report.documents == 1
    assert [Path(note.file).name for note in report.failures] == [
        "a_afkortet.json", "c_billede.png",
    ]
    assert [Path(note.file).name for note in report.skipped] == ["b_liste.json"]
    assert all(note.reason for note in (*report.failures, *report.skipped))


def test_every_file_is_told_of_once(store: Store, corpus: Path) -> None:
    (corpus / "bad.json").write_text("{")
    write(corpus / "good.md")
    told: list[str] = []
    ingest(files_in([corpus]), store, told.append)
    assert sorted(told) == ["bad.json", "good.md"]


def test_hidden_files_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").touch()
    write(tmp_path / "referat.md")
    assert [file.name for file in files_in([tmp_path])] == ["referat.md"]


def test_paths_that_hold_nothing_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="ingen filer"):
        files_in([tmp_path])
    with pytest.raises(WrongUseError, match="findes ikke"):
        files_in([tmp_path / "intet"])


def test_a_document_is_prepared_with_the_passages_and_units_of_each_section(
    store: Store, sample: dict[str, Document]
) -> None:
    document = sample["2025-05-27_byraad-2022-2025.json"]
    new = new_document(document, "/byraad.json", "hash", store)
    placed = placed_sections(document)
    assert len(new.passages) == len(new.units) == len(placed)
    for (section, _), units, passages in zip(placed, new.units, new.passages, strict=True):
        assert {one.unit.block for one in units} <= set(range(len(section.blocks)))
        assert all(section.text[p.passage.start:p.passage.end] == p.passage.text for p in passages)
    told = new.embedded()
    assert len(told) == sum(map(len, (*new.passages, *new.units)))
    assert len({one.embedded_hash for one in told}) == len({one.embedded for one in told})


def test_every_unit_of_the_sample_is_stored_with_its_vector(
    sample_home: Settings, sample: dict[str, Document]
) -> None:
    with closing(Store(sample_home)) as store:
        for document in sample.values():
            ids = [f"{document.id}/{n}" for n in range(len(placed_sections(document)))]
            stored = store.catalogue.units(ids)
            for identity, (section, place) in zip(ids, placed_sections(document), strict=True):
                title = document.title if place is None else document.items[place].title
                units = [one.unit for one in stored.get(identity, [])]
                assert units == section_units(section, title)
        assert store.catalogue.unembedded() == {}


def test_a_closed_item_has_no_units(store: Store, sample: dict[str, Document]) -> None:
    document = sample["2025-05-27_byraad-2022-2025.json"]
    titles = [item.title for item in document.items if item.closed]
    assert titles
    told = new_document(document, "/byraad.json", "hash", store).embedded()
    assert not [one for one in told for title in titles if title in one.embedded]
