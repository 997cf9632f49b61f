"""Sentences that stand alone, and those that do not."""

import pytest

from assistant.danish.words import content_stems
from assistant.store.store import Store
from assistant.summarising.material import Sentence, material
from assistant.summarising.standing import (
    dangles,
    is_fragment,
    is_introduced,
    is_whole,
    names_no_subject,
    points_elsewhere,
)
from tests.assistant.summarising.made import case


@pytest.fixture
def read(store: Store):  # type: ignore[no-untyped-def]
    def one(text: str) -> Sentence:
        return material(case(sagsfremstilling=text), store).sentences[0]

    return one


@pytest.mark.parametrize(
    ("text", "points_back"),
    [
        ("Det betyder, at stien bliver dyrere.", True),
        ("Derudover etableres der lys.", True),
        ("Udgiften hertil er 2 mio. kr.", True),
        ("Ulempen er, at stien bliver smal.", True),
        ("Det forventes, at stien åbner i maj.", False),
        ("Den nye sti åbner i maj.", False),
        ("Denne sag handler om stien.", False),
        ("I denne sag orienteres om stien.", False),
        ("Denne sti åbner i maj.", True),
        ("På stien er der dog stadig mørkt.", True),
        ("Årsagen er, at stien er smal.", True),
        ("Da stien er smal, skal den derfor udvides.", False),
        ("Stien åbner i maj.", False),
    ],
)
def test_what_points_back(read, text: str, points_back: bool) -> None:  # type: ignore[no-untyped-def]
    assert dangles(read(text)) is points_back


def test_what_points_elsewhere(read) -> None:  # type: ignore[no-untyped-def]
    assert points_elsewhere(read("Stierne fremgår af bilag 2."))
    assert points_elsewhere(read("Der er følgende stier:"))
    assert not points_elsewhere(read("Stien åbner i maj."))


def test_a_whole_sentence_has_a_verb_and_an_end(read) -> None:  # type: ignore[no-untyped-def]
    assert is_whole(read("Stien åbner i maj."))
    assert not is_whole(read("Sti fra september til oktober."))
    assert not is_whole(read("Stien åbner i maj"))


def test_a_fragment_has_its_only_verb_in_a_subordinate_clause(read) -> None:  # type: ignore[no-untyped-def]
    assert is_fragment(read("Pladser til leg der understøtter børn."))
    assert not is_fragment(read("Pladser, der understøtter leg, er gode for børn."))


def test_a_cost_or_a_purpose_without_its_subject(read) -> None:  # type: ignore[no-untyped-def]
    assert names_no_subject(read("Udgiften forventes at blive 2 mio. kr."))
    assert not names_no_subject(read("Udgiften til stien forventes at blive 2 mio. kr."))


def test_a_thing_in_the_definite_form_has_to_be_introduced(read) -> None:  # type: ignore[no-untyped-def]
    told = content_stems("Aftale om erstatning for stien")
    assert is_introduced(read("Erstatningen udgør 21.500 kr."), told)
    assert not is_introduced(read("Bevillingen udgør 21.500 kr."), told)
    assert is_introduced(read("Bevillingen til vejen udgør 21.500 kr."), told)
    assert is_introduced(read("Økonomiudvalget har drøftet sagen."), told)


@pytest.mark.parametrize(
    "text",
    ["Sagen handler om, at der skal fastsættes nye regler for alle daginstitutioner i Greve\n"
     "Kommune. Det sker nu.",
     "Reglerne beskriver den hjælp, som borgerne kan forvente, når de bor på en plejebolig på\n"
     "Langagergård eller andre steder."],
)  # fmt: skip
def test_a_line_that_breaks_off_is_not_whole(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert not is_whole(read(text))
