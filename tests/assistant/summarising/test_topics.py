"""Emneord: by words, by meaning and by case number."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.store.embedding import Embedder
from assistant.store.store import Store
from assistant.summarising.case import Case, gather, is_put
from assistant.summarising.topics import MOST_TOPICS, Topics
from assistant.summarising.topics_file import read_topics
from tests.assistant.summarising.made import case

OWN = """
- navn: Havn
  beskrivelse: Havnen, skibe, kajer og lystbåde.
  ord: [havn*, "*skib"]
  kle: ["08"]
- navn: Skole
  beskrivelse: Folkeskolen, elever, lærere og undervisning.
"""


@pytest.fixture(scope="module")
def store(sample_home: Settings, embedder: Embedder) -> Iterator[Store]:
    with closing(Store(sample_home)) as opened:
        opened._embedder = embedder
        yield opened


@pytest.fixture(scope="module")
def topics(store: Store) -> Topics:
    return Topics(store)


def about(text: str, case_number: str = "22-000001", title: str = "En sag") -> Case:
    return case(title, case_number=case_number, resume=text)


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "emner.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_bundled_topics_are_some_thirty_with_their_own_main_groups(topics: Topics) -> None:
    assert 25 <= len(topics.names) <= 30
    for topic in read_topics():
        assert topic.ord
        assert "00" not in topic.kle, "cases of every kind have it"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Der anlægges en cykelsti, og krydset får signalanlæg.", "Trafik og veje"),
        ("Budgetopfølgningen viser et merforbrug, og der søges tillægsbevilling.", "Økonomi"),
        ("Der ansøges om dispensation til en carport på ejendommen.", "Byggesager"),
        ("Udvalgets mødekalender og dagsorden godkendes.", "Politisk styring"),
        ("Plejecentrets beboere med demens får flere timer i hjemmeplejen.", "Ældre"),
    ],
)
def test_words_tell_the_topic(topics: Topics, text: str, first: str) -> None:
    assert topics.of(about(text))[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("De mindste skal passes tættere på hjemmet, mens far og mor er på job.", "Dagtilbud"),
        ("Bestanden af frøer og sommerfugle er gået tilbage i mosen.", "Natur og miljø"),
    ],
)
def test_meaning_tells_it_where_the_words_are_others(
    topics: Topics, text: str, first: str
) -> None:
    assert not topics.counts(text)
    assert first in topics.of(about(text))


def test_the_case_number_s_main_group_speaks_for_its_topic(topics: Topics) -> None:
    text = "Sagen forelægges til drøftelse."
    assert topics.of(about(text, "07.00.00-P20-1-25"))[0] == "Affald"
    assert topics.of(about(text, "05.01.02-P20-12-22"))[0] == "Trafik og veje"
    plain = topics.of(about(text))
    for number in ("07-001234", "00.01.00-P20-1-25", ""):
        assert topics.of(about(text, number)) == plain


def test_a_committee_s_name_is_no_topic(topics: Topics) -> None:
    text = "Mødekalender. Dagsorden og forretningsorden for udvalgets møder godkendes."
    named = f"{text} Kultur- og Fritidsudvalget; Center for Børn & Familier, Kulturudvalgets møde."
    assert topics.of(about(named))[0] == "Politisk styring"
    assert not {"Kultur", "Idræt og fritid", "Børn og unge"} & set(topics.of(about(named)))


def test_there_are_never_more_than_four_and_none_twice(topics: Topics) -> None:
    text = "Klimaet, skolen, affaldet, kulturen og trafikken."
    found = topics.of(about(text))
    assert len(found) == len(set(found)) == MOST_TOPICS


def test_stored_cases_have_topics_by_their_stored_vectors(
    store: Store, topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    meetings = [document for document, _, _ in store.catalogue.meeting_days()]
    items = [one for document in meetings for one in store.catalogue.items_of_document(document)]
    stored = [
        gather(one.id, store.catalogue)
        for one in items
        if any(is_put(stored.section) for stored in store.catalogue.sections_of_item(one.id))
    ]
    topics.of(stored[0])
    monkeypatch.setattr(
        type(store.embedder), "passages", lambda *_: pytest.fail("embedded what is stored")
    )
    found = {one.item.title: topics.of(one) for one in stored}
    assert all(1 <= len(told) <= MOST_TOPICS for told in found.values())
    assert found["Godkendelse af dagsorden"] == ("Politisk styring",)


def test_the_same_case_has_the_same_topics(topics: Topics) -> None:
    first, again = (topics.of(about("Der anlægges en cykelsti.")) for _ in range(2))
    assert first == again


def test_a_municipality_s_own_file(store: Store, tmp_path: Path) -> None:
    own = Topics(store, file(tmp_path, OWN))
    assert own.names == ("Havn", "Skole")
    assert own.of(about("Fiskerne får en ny havnekaj."))[0] == "Havn"
    assert own.of(about("Redningsskibet kommer."))[0] == "Havn"
    assert own.of(about("Eleverne får nye lærere."))[0] == "Skole"
    assert own.of(about("Uden emne.", "08.00.00-P20-1-25"))[0] == "Havn"


def test_the_setting_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().topics is None
    monkeypatch.setenv("ASSISTANT_TOPICS", "emner.yaml")
    assert Settings().topics == Path("emner.yaml")
