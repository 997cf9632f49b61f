"""Which words of the corpus a word of a question is kin to."""

import pytest

from assistant.danish.words import stem
from assistant.retrieval.vocabulary import Vocabulary, kinship

CORPUS = (
    "affald restaffald affaldssortering renovation skole skolegård parkering børnehave "
    "daginstitution plejecenter cykel sti kommune kommunal trivsel byråd borgere byggeri "
    "godkendelse tilsyn vej havnevej plejehjem"
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary({stem(word): 5 for word in CORPUS.split()})


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param("affald", "restaffald", id="the end of a compound"),
        pytest.param("affald", "affaldssortering", id="the beginning of a compound"),
        pytest.param("skoleparkering", "parkering", id="a part of the question's compound"),
        pytest.param("kommunale", "kommune", id="a derivation"),
        pytest.param("godkendelsen", "godkendelse", id="an inflection"),
        pytest.param("plejehjem", "plejecenter", id="a synonym"),
        pytest.param("skrald", "affald", id="a synonym that spells nothing alike"),
        pytest.param("børnehaver", "daginstitution", id="an inflected synonym"),
    ],
)
def test_kin_are_found(vocabulary: Vocabulary, asked: str, told: str) -> None:
    kin = vocabulary.kin(stem(asked))
    assert 0 < kin[stem(told)] <= 1
    assert kin[stem(asked)] == max(kin.values()) == 1.0


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("borgmester", "borgere"),
        ("affald", "parkering"),
        ("by", "byråd"),
        ("vej", "havnevej"),
        ("trivsel", "tilsyn"),
    ],
)
def test_unrelated_and_short_words_are_no_kin(
    vocabulary: Vocabulary, asked: str, told: str
) -> None:
    assert stem(told) not in vocabulary.kin(stem(asked))


def test_synonyms_go_both_ways(vocabulary: Vocabulary) -> None:
    one, other = stem("plejehjem"), stem("plejecenter")
    assert vocabulary.kin(one)[other] == vocabulary.kin(other)[one]


def test_kin_by_spelling_are_words_of_the_corpus(vocabulary: Vocabulary) -> None:
    assert stem("affaldsplan") not in vocabulary.kin(stem("affald"))


def test_a_number_has_no_kin(vocabulary: Vocabulary) -> None:
    assert Vocabulary({"12345": 3, "123456": 3}).kin("12345") == {"12345": 1.0}


@pytest.mark.parametrize(
    ("word", "halves"),
    [("skoleparkering", ("skole", "parkering")), ("affaldstilsyn", ("affald", "tilsyn"))],
)
def test_a_compound_has_two_halves_where_the_corpus_has_both(
    word: str, halves: tuple[str, str]
) -> None:
    often = Vocabulary(dict.fromkeys(halves, 9))
    assert often.halves(word) == halves
    assert Vocabulary({halves[0]: 9}).halves(word) is None


def test_of_two_ways_to_split_a_word_the_commoner_is_taken() -> None:
    told = {"vands": 9, "port": 9, "vand": 9, "sport": 4}
    assert Vocabulary(told).halves("vandsport") != ("vand", "sport")
    assert Vocabulary(told | {"sport": 90, "vand": 90}).halves("vandsport") == ("vand", "sport")


def test_a_short_word_has_no_halves(vocabulary: Vocabulary) -> None:
    assert vocabulary.halves("sti") is None
    assert vocabulary.halves("") is None


def test_frequencies_are_the_catalogues() -> None:
    vocabulary = Vocabulary({"vand": 7})
    assert (vocabulary.frequency("vand"), vocabulary.frequency("ild")) == (7, 0)


def test_an_empty_corpus_still_knows_the_word_itself() -> None:
    assert Vocabulary({}).kin("vandvaerk")["vandvaerk"] == 1.0


@pytest.mark.parametrize(("one", "other"), [("affald", "restaffald"), ("kommun", "kommunal")])
def test_kinship_is_the_same_both_ways_and_less_than_sameness(one: str, other: str) -> None:
    assert 0 < kinship(one, other) == kinship(other, one) < kinship(one, one) == 1.0


@pytest.mark.parametrize(("one", "other"), [("vej", "havnevej"), ("1234", "12345"), ("", "vand")])
def test_short_words_and_figures_are_no_kin(one: str, other: str) -> None:
    assert kinship(one, other) == 0.0
