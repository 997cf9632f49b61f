"""A run of `assistant ingest` that is killed and run again ends in the undisturbed run's store."""

import shutil
import sqlite3
import time
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.settings import Settings
from assistant.store.catalogue import Catalogue
from assistant.store.store import Store
from assistant.store.vectors import VectorIndex
from assistant.types import Filters
from tests.conftest import SAMPLE
from tests.faults.ingesting import start

TABLES = {
    "documents": "id, source, sha256, name, kind, title, municipality, date, url, in_vectors",
    "meetings": "*",
    "items": "*",
    "sections": "*",
    "actions": "*",
    "passages": "section_id, start, \"end\", text, place, topic, heading, embedded_hash",
    "units": "section_id, kind, start, \"end\", block, told, embedded_hash",
    "vectors": "embedded_hash",
    "facts": "*",
    "passage_terms": "place, topic, text",
    "title_terms": "*",
}
TERMS = ["cykelst", "byråd", "kr", "skol", "budget", "2025"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample at a place of its own: the catalogue keeps where a file lay."""
    return Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("corpus") / "sample"))


@pytest.fixture(scope="module")
def whole(corpus: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a run that nothing disturbed."""
    home = tmp_path_factory.mktemp("whole")
    finish(start(home, models, corpus))
    return home


@pytest.fixture(scope="module")
def undisturbed(whole: Path) -> dict[str, Any]:
    return content(whole)


def content(home: Path) -> dict[str, Any]:
    """What is in the store, but for the passages' ids, which may count differently."""
    told: dict[str, Any] = {}
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as connection:
        for table, columns in TABLES.items():
            rows = connection.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
            told[table] = sorted(rows.fetchall(), key=repr)
        ids = {row[0] for row in connection.execute("SELECT id FROM passages")}
    with closing(Catalogue(home / "catalogue.sqlite3")) as catalogue:
        for term in TERMS:
            scores = dict(catalogue.search_terms([term], Filters(), 1000))
            told[f"search {term}"] = sorted(
                (hit.source.section_id, hit.start, round(hit.score, 6))
                for hit in catalogue.hits(scores)
            )
        entries = {
            entry.passage_id: entry
            for entry in catalogue.index_entries([row[0] for row in told["documents"]])
        }
    assert ids == entries.keys()
    check_vectors(home, entries)
    return told


def check_vectors(home: Path, entries: dict[int, Any]) -> None:
    """Each passage's vector and fields are in Chroma, under the passage's id."""
    with closing(VectorIndex(home / "chroma")) as index:
        assert index.ids() == entries.keys()
        held = index._collection.get(include=["embeddings", "metadatas"])
    assert held["embeddings"] is not None
    assert held["metadatas"] is not None
    for name, vector, fields in zip(
        held["ids"], held["embeddings"], held["metadatas"], strict=True
    ):
        entry = entries[int(name)]
        assert np.allclose(vector, entry.vector, atol=1e-6)
        assert fields == dict(entry.metadata)


def progress(home: Path) -> tuple[int, int]:
    """How many vectors and documents are written so far."""
    path = home / "catalogue.sqlite3"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            one, other = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("vectors", "documents")
            )
    except sqlite3.OperationalError:
        return 0, 0
    return one, other


def finish(run: BaseProcess) -> None:
    run.join(60)
    assert run.exitcode == 0


@pytest.mark.parametrize(
    "point",
    [
        pytest.param((1, 0), id="while embedding"),
        pytest.param((1, 1), id="at the first document"),
        pytest.param((150, 5), id="between documents"),
    ],
)
def test_killed_and_run_again_is_as_if_nothing_had_happened(
    point: tuple[int, int],
    corpus: Path,
    models: Path,
    undisturbed: dict[str, Any],
    tmp_path: Path,
) -> None:
    """Killed from outside, wherever it happens to be."""
    run = start(tmp_path, models, corpus)
    while run.is_alive() and any(
        is_at < wanted for is_at, wanted in zip(progress(tmp_path), point, strict=True)
    ):
        time.sleep(0.005)
    run.kill()
    run.join(60)
    assert run.exitcode == -9, "it was done before it could be killed"
    finish(start(tmp_path, models, corpus))
    assert content(tmp_path) == undisturbed


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize(
    ("step", "call"),
    [("add_vectors", 1), ("replace", 1), ("replace", 4), ("add", 2), ("mark_indexed", 2)],
)
def test_killed_at_a_write_and_run_again(
    step: str,
    call: int,
    side: str,
    corpus: Path,
    models: Path,
    undisturbed: dict[str, Any],
    tmp_path: Path,
) -> None:
    """Killed by itself, just before and just after each kind of write."""
    run = start(tmp_path, models, corpus, (step, call, side))
    run.join(60)
    assert run.exitcode == -9
    finish(start(tmp_path, models, corpus))
    assert content(tmp_path) == undisturbed


def test_killed_between_the_catalogue_and_the_vectors(
    whole: Path, models: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    """The narrowest gap: the documents are written, Chroma has heard of none of them."""
    home = Path(shutil.copytree(whole, tmp_path / "home"))
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as connection, connection:
        connection.execute("UPDATE documents SET in_vectors = 0")
    shutil.rmtree(home / "chroma")
    Store(Settings(home=home, models=models)).close()
    assert content(home) == undisturbed
