"""Catalogue, vectors and model together: they stay in step, whatever happens to one of them."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.store import store as store_module
from assistant.store.catalogue import ClashError
from assistant.store.store import NewDocument, Store, rebuild
from assistant.types import Filters
from tests.assistant.store.made import meeting, new, plan, put

ALL = Filters()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with closing(Store(settings)) as made:
        yield made


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """A store of two meetings and a plan, closed again."""
    with closing(Store(settings)) as store:
        put(store, new(store, meeting("m1")), new(store, meeting("m2", "Skolen får ny gård.")))
        put(store, new(store, plan()))
    return settings


def passage_ids(store: Store) -> set[int]:
    with sqlite3.connect(store.home / "catalogue.sqlite3") as connection:
        return {row[0] for row in connection.execute("SELECT id FROM passages")}


def nearest(store: Store, question: str) -> str:
    (first, score), *_ = store.vectors.search(store.embedder.question(question)[0], ALL, 3)
    return store.catalogue.hits({first: score})[0].text


def write_only(store: Store, new: NewDocument) -> None:
    """To the catalogue, without a vector: what a run that was cut off leaves."""
    store.catalogue.replace(new.document, new.source, new.sha256, new.passages, new.units)


def is_whole(store: Store) -> bool:
    return (
        store.vectors.ids() == passage_ids(store)
        and not store.catalogue.pending()
        and nearest(store, "skolegård") == "Skolen får ny gård."
    )


def test_what_is_added_is_found(filled: Settings) -> None:
    with closing(Store(filled)) as store:
        assert is_whole(store)
        assert nearest(store, "Hvad koster cykelstien?").startswith("Cykelstien")


def test_the_same_text_is_embedded_once(store: Store) -> None:
    first = new(store, meeting("m1"))
    passage, unit = first.embedded()
    assert store.embed([passage, passage]) == 1
    assert (passage.embedded, store.embed([unit])) == (unit.embedded, 0)
    again = new(store, meeting("m2"), source="/other")
    assert store.embed(again.embedded()) == 0


def test_a_unit_under_another_heading_is_embedded_by_itself(store: Store) -> None:
    first = new(store, meeting("m1"))
    assert store.embed(first.embedded()) == 1
    elsewhere = replace(first.units[0][0].unit, told="Skole\nCykelstien langs havnen")
    assert store.embed([store.new_unit(elsewhere)]) == 1


def test_a_changed_document_takes_its_old_vectors_with_it(store: Store) -> None:
    put(store, new(store, meeting("m1", "Havnebadet åbner.", "Busserne kører.")))
    put(store, new(store, meeting("m1", "Skolen får ny gård.")))
    assert is_whole(store)


def test_a_file_of_another_document_takes_the_old_vectors_too(store: Store) -> None:
    put(store, new(store, meeting("m1"), source="/a.json"))
    put(store, new(store, meeting("m2", "Skolen får ny gård."), source="/a.json"))
    assert is_whole(store)


def test_a_clash_keeps_one_document_out_and_lets_the_others_in(store: Store) -> None:
    thief = replace(meeting("m2"), items=meeting("m1").items)
    documents = [new(store, meeting("m1")), new(store, thief),
                 new(store, meeting("m3", "Skolen får ny gård."))]  # fmt: skip
    store.embed([told for one in documents for told in one.embedded()])
    outcomes = store.add(documents)
    assert [type(outcome) for outcome in outcomes] == [type(None), ClashError, type(None)]
    assert is_whole(store)


def drop_all(chroma: Path) -> None:
    shutil.rmtree(chroma)


def drop_database(chroma: Path) -> None:
    (chroma / "chroma.sqlite3").unlink()


def overwrite_database(chroma: Path) -> None:
    (chroma / "chroma.sqlite3").write_text("ikke en database")


@pytest.mark.parametrize("damage", [drop_all, drop_database, overwrite_database])
def test_lost_vectors_are_made_again_without_embedding(
    damage: Callable[[Path], None], filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(filled.home / "chroma")
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_embedder", lambda _: pytest.fail("embedded again"))
        Store(filled).close()
    with closing(Store(filled)) as store:
        assert is_whole(store)


def test_vectors_out_of_step_are_made_again(filled: Settings) -> None:
    with closing(Store(filled)) as store:
        store.vectors.remove(["m2"])
    with closing(Store(filled)) as store:
        assert is_whole(store)


def test_a_document_written_but_not_indexed_is_indexed_at_opening(filled: Settings) -> None:
    with closing(Store(filled)) as store:
        late = new(store, meeting("m3", "Havnebadet åbner."))
        write_only(store, late)
        assert store.catalogue.pending() == ["m3"]
    with closing(Store(filled)) as store:
        assert is_whole(store)
        assert nearest(store, "havnebad") == "Havnebadet åbner."


def test_reindex_makes_the_same_again(filled: Settings) -> None:
    with closing(Store(filled)) as store:
        before = passage_ids(store)
    assert rebuild(filled) == 3
    with closing(Store(filled)) as store:
        assert passage_ids(store) == before
        assert is_whole(store)


def test_reindex_drops_vectors_that_nothing_uses(store: Store, settings: Settings) -> None:
    put(store, new(store, meeting("m1")))
    put(store, new(store, meeting("m1", "Skolen får ny gård.")))
    store.close()
    rebuild(settings)
    with sqlite3.connect(settings.home / "catalogue.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (1,)


def test_another_model_is_refused_until_reindex(filled: Settings) -> None:
    folder = str(filled.models_folder / "multilingual-e5-small")
    other = filled.model_copy(update={"embedding_model": folder})
    with pytest.raises(StoreError, match=r"multilingual-e5-small.*assistant reindex"):
        Store(other)
    assert rebuild(other) == 3
    with closing(Store(other)) as store:
        assert is_whole(store)
        assert store.catalogue.fact("embedding_model") == folder


def test_a_model_that_cannot_be_loaded_costs_no_vectors(filled: Settings) -> None:
    with pytest.raises(StoreError, match="ASSISTANT_EMBEDDING_MODEL"):
        rebuild(filled.model_copy(update={"embedding_model": "findes/ikke"}))
    with closing(Store(filled)) as store:
        assert is_whole(store)


HOLD = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(filled: Settings) -> Iterator[Settings]:
    """The filled store, while another process writes in it."""
    command = [sys.executable, "-c", HOLD, str(filled.home / "writing.lock")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield filled
        other.kill()


def test_while_another_process_writes_one_can_read_but_not_write(writer: Settings) -> None:
    with closing(Store(writer)) as store:
        assert is_whole(store)
        with pytest.raises(StoreError, match="Et andet program skriver"):
            store.add([new(store, meeting("m3"))])
    with pytest.raises(StoreError, match="Et andet program skriver"):
        rebuild(writer)


def test_what_another_process_is_writing_is_left_alone(writer: Settings) -> None:
    with closing(Store(writer)) as store:
        late = new(store, meeting("m3"))
        write_only(store, late)
    with closing(Store(writer)) as store:
        assert store.catalogue.pending() == ["m3"]


def test_stores_of_one_process_share_the_loaded_model(filled: Settings, tmp_path: Path) -> None:
    elsewhere = filled.model_copy(update={"home": tmp_path / "elsewhere"})
    with closing(Store(filled)) as one, closing(Store(elsewhere)) as other:
        assert one.embedder is other.embedder


def test_the_sample_is_in_step(sample_home: Settings) -> None:
    with closing(Store(sample_home)) as store:
        assert store.vectors.ids() == passage_ids(store)
        assert store.catalogue.counts()["closed"] > 0
