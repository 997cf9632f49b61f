from collections.abc import Iterator
from datetime import date

import pytest

from assistant.retrieval.retriever import Retriever
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.types import Filters
from ingest.pipeline import files_in, ingest
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def retriever(sample_home: Settings) -> Iterator[Retriever]:
    store = Store(sample_home)
    yield Retriever(store)
    store.close()


def test_the_right_case_comes_first(retriever: Retriever) -> None:
    found = retriever.retrieve("Hvad koster skybrudssikring af Nørrevang?")
    assert found.hits[0].source.case_number == "25-004711"


def test_the_same_text_in_several_bodies_is_one_hit_that_lists_the_others(
    retriever: Retriever,
) -> None:
    hits = retriever.retrieve("skybrudssikring af Nørrevang lovgrundlag").hits
    texts = [(hit.source.case_number, hit.source.kind, hit.text) for hit in hits]
    assert len(texts) == len(set(texts))
    shared = next(hit for hit in hits if hit.also)
    assert {source.case_number for source in shared.also} == {shared.source.case_number}
    assert shared.source.committee not in {source.committee for source in shared.also}


def test_filters_hold_for_every_hit(retriever: Retriever) -> None:
    filters = Filters(
        committee=("Økonomiudvalget",), date_from=date(2025, 5, 1), date_to=date(2025, 5, 31)
    )
    hits = retriever.retrieve("skybrudssikring", filters).hits
    assert hits
    assert {hit.source.committee for hit in hits} == {"Økonomiudvalget"}


@pytest.mark.parametrize(
    "filters",
    [
        Filters(municipality="Odense"),
        Filters(case_number="00-000000"),
        Filters(item_id="findes-ikke"),
        Filters(date_to=date(1999, 1, 1)),
        Filters(document_kind="attachment"),
    ],
)
def test_a_filter_that_nothing_passes_finds_nothing(retriever: Retriever, filters: Filters) -> None:
    assert retriever.retrieve("skybrudssikring", filters).hits == ()


def test_spelling_without_danish_letters_finds_the_same(retriever: Retriever) -> None:
    with_letters = retriever.retrieve("fjernvarme i Skarvnæs By").hits[0]
    without = retriever.retrieve("fjernvarme i Skarvnaes By").hits[0]
    assert with_letters.source.case_number == without.source.case_number


def test_every_hit_stands_at_its_offsets(retriever: Retriever) -> None:
    for hit in retriever.retrieve("cykelsti langs Havnevej", limit=20).hits:
        stored = retriever._store.catalogue.section(hit.source.section_id)
        assert stored is not None
        assert stored.section.text[hit.start : hit.end] == hit.text


@pytest.mark.parametrize("query", ['"', "* OR *", "NEAR(", "a:b", "') --", "§ 50", "%_"])
def test_a_query_is_words_never_search_syntax(retriever: Retriever, query: str) -> None:
    retriever.retrieve(query)


def test_what_another_process_stores_is_known_to_the_next_question(settings: Settings) -> None:
    reading, writing = Store(settings), Store(settings)
    retriever = Retriever(reading)
    asked = "Hvad besluttede Økonomiudvalget om skybrudssikring?"
    before = retriever.retrieve(asked)
    ingest(files_in([SAMPLE / "2025-05-20_oekonomiudvalget.json"]), writing)
    after = retriever.retrieve(asked)
    reading.close()
    writing.close()
    assert before.question.committees == ()
    assert after.question.committees == ("Økonomiudvalget",)
    assert "skybrudssikring" in " ".join(hit.text for hit in after.hits).lower()
