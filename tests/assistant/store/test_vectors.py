"""The vector index, in a real Chroma folder."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest

from assistant.store.stored import IndexEntry, Vector
from assistant.store.vectors import BrokenIndexError, VectorIndex, remove_index
from assistant.types import Filters

ALL = Filters()


def unit(seed: int) -> Vector:
    vector = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def entry(number: int, document: str = "d1", **fields: str | int) -> IndexEntry:
    told = {"document_id": document, "committee": "Byrådet", "day": date(2025, 5, 27).toordinal()}
    return IndexEntry(number, unit(number), {**told, **fields})


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    made = VectorIndex(tmp_path / "chroma")
    yield made
    made.close()


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert len(index) == 0
    assert index.search(unit(1), ALL, 5) == []
    index.remove(["d1"])


def test_the_nearest_comes_first_with_its_cosine(index: VectorIndex) -> None:
    index.add([entry(n) for n in range(50)])
    (first, score), *rest = index.search(unit(7), ALL, 5)
    assert first == 7
    assert score == pytest.approx(1.0, abs=1e-5)
    assert [score for _, score in rest] == pytest.approx(
        sorted((float(unit(7) @ unit(n)) for n in range(50) if n != 7), reverse=True)[:4], abs=1e-5
    )


def test_documents_go_whole(index: VectorIndex) -> None:
    index.add([*(entry(n, "d1") for n in range(5)), *(entry(n, "d2") for n in range(5, 8))])
    index.remove(["d1", "findes ikke"])
    assert index.ids() == {5, 6, 7}


def test_what_has_the_same_id_is_overwritten(index: VectorIndex) -> None:
    index.add([entry(1)])
    index.add([IndexEntry(1, unit(2), entry(1).metadata)])
    assert len(index) == 1
    assert index.search(unit(2), ALL, 1)[0][1] == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("filters", "hit"),
    [
        (Filters(committee=("Byrådet", "Skoleudvalget")), True),
        (Filters(committee=("Skoleudvalget",)), False),
        (Filters(date_from=date(2025, 5, 27), date_to=date(2025, 5, 27)), True),
        (Filters(date_to=date(2025, 5, 26)), False),
        (Filters(case_number="25-1", municipality="Fjordby"), True),
        (Filters(case_number="25-1", municipality="Greve"), False),
        (Filters(item_id="p1", document_kind="minutes"), True),
    ],
)
def test_filters(index: VectorIndex, filters: Filters, hit: bool) -> None:
    fields = {"case_number": "25-1", "municipality": "Fjordby", "item_id": "p1"}
    index.add([entry(1, document_kind="minutes", **fields), entry(2, day=0, committee="")])
    assert [number for number, _ in index.search(unit(1), filters, 5)] == [1] * hit


def test_a_narrow_filter_finds_all_it_allows(index: VectorIndex) -> None:
    """An approximate graph may lose the few that a filter leaves; these must come."""
    index.add([entry(n, item_id=f"p{n // 4}") for n in range(3000)])
    for item in range(0, 750, 75):
        found = {n for n, _ in index.search(unit(99_999), Filters(item_id=f"p{item}"), 20)}
        assert found == set(range(item * 4, item * 4 + 4))


def test_it_is_there_again_after_opening(tmp_path: Path) -> None:
    first = VectorIndex(tmp_path / "chroma")
    first.add([entry(n) for n in range(1200)])
    first.close()
    again = VectorIndex(tmp_path / "chroma")
    assert len(again) == 1200
    assert again.search(unit(1100), ALL, 1)[0][0] == 1100
    again.close()


def overwrite_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_text("ikke en database")


def halve_database(folder: Path) -> None:
    path = folder / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def drop_graph(folder: Path) -> None:
    for child in folder.iterdir():
        if child.is_dir():
            rmtree(child)


def spoil_graph(folder: Path) -> None:
    for path in folder.glob("*/*.bin"):
        path.write_bytes(b"x" * 10)


@pytest.mark.parametrize("damage", [overwrite_database, halve_database, drop_graph, spoil_graph])
def test_damage_is_seen_at_opening_and_can_be_cleared(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "chroma"
    made = VectorIndex(folder)
    made.add([entry(n) for n in range(2500)])
    made.close()
    damage(folder)
    with pytest.raises(BrokenIndexError, match="assistant reindex"):
        VectorIndex(folder)
    remove_index(folder)
    fresh = VectorIndex(folder)
    fresh.add([entry(1)])
    assert fresh.ids() == {1}
    fresh.close()
