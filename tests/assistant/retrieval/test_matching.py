import pytest

from assistant.danish.words import content_stems, stem, stems
from assistant.retrieval.matching import Subject, phrase_share, related, subject_of
from assistant.retrieval.vocabulary import Vocabulary


def subject(terms: list[str], frequencies: dict[str, int] | None = None) -> Subject:
    """The subject in a corpus of 1,000 passages."""
    return subject_of(terms, Vocabulary(frequencies or {}), 1000)


def test_rare_words_weigh_more_and_unknown_words_the_most() -> None:
    weights = subject(
        ["almindelig", "sjaelden", "ukendt"], {"almindelig": 900, "sjaelden": 3}
    ).weights
    assert weights["almindelig"] < weights["sjaelden"] < weights["ukendt"]


def test_a_word_of_every_passage_weighs_a_little_and_never_less_than_nothing() -> None:
    assert subject(["almindelig"], {"almindelig": 5000}).weights["almindelig"] > 0


def test_coverage_is_the_weighted_share() -> None:
    asked = subject(["vand", "skole"], {"vand": 10, "skole": 10})
    assert asked.coverage({"vand"}) == pytest.approx(0.5)
    assert asked.coverage({"vand", "skole"}) == pytest.approx(1.0)
    assert asked.coverage(set()) == 0.0
    assert subject([]).coverage({"vand"}) == 0.0


def test_context_counts_less_than_the_text_and_more_than_what_is_around() -> None:
    asked = subject(["vand"], {"vand": 10})
    assert 1.0 > asked.coverage((), {"vand"}) > asked.coverage((), (), {"vand"}) > 0


def test_a_term_that_stands_in_text_and_context_counts_once() -> None:
    asked = subject(["vand"], {"vand": 10})
    assert asked.coverage({"vand"}, {"vand"}, {"vand"}) == pytest.approx(1.0)


def test_a_word_that_is_missing_is_not_told() -> None:
    assert set(subject(["vand", "skole"]).told({"vand"})) == {"vand"}


def test_a_text_tells_a_term_by_itself_fully_and_by_its_kin_less() -> None:
    asked = subject(["affald"], {"affald": 5, "restaffald": 5, "skole": 5})
    assert asked.told({"affald"}) == {"affald": 1.0}
    assert 0 < asked.told({"restaffald"})["affald"] < 1
    assert asked.told({"restaffald", "affald"}) == {"affald": 1.0}
    assert asked.told({"skole"}) == {}
    assert set(asked.told({"restaffald"})) == set(asked.weights)


def test_a_compound_is_told_by_its_two_halves_together() -> None:
    asked = subject(["skoleparkering"], {"skole": 9, "parkering": 9})
    both = asked.told({"skole", "parkering"})["skoleparkering"]
    assert 1.0 > both > asked.told({"parkering"}).get("skoleparkering", 0.0)
    assert both > asked.told({"skole"}).get("skoleparkering", 0.0)


def test_a_term_is_told_by_its_synonym_and_stems_may_be_any_iterable() -> None:
    plejehjem, plejecenter = stem("plejehjem"), stem("plejecenter")
    asked = subject([plejehjem], {plejecenter: 4})
    assert 0 < asked.told({plejecenter})[plejehjem] < 1
    assert asked.told(iter([plejecenter])) == asked.told([plejecenter])


@pytest.mark.parametrize(
    ("asked", "told"),
    [("affald", "restaffald"), ("trivsel", "trivselsmåling")],
)
def test_compounds_are_related(asked: str, told: str) -> None:
    assert 0 < related(stem(asked), {stem(told)}) < 1


@pytest.mark.parametrize(
    ("asked", "told"), [("borgmester", "borgere"), ("by", "byråd"), ("12", "1234")]
)
def test_words_that_only_begin_alike_are_not(asked: str, told: str) -> None:
    assert related(stem(asked), {stem(told)}) == 0.0


def test_phrases_are_words_side_by_side() -> None:
    one, other = content_stems("selvejende institutioner")
    for text, share in (
        ("fire selvejende institutioner", 1.0),
        ("institutioner, som er selvejende", 0.0),
        ("fire institutioner", 0.0),
    ):
        assert phrase_share([(one, other)], text, frozenset(stems(text))) == share
