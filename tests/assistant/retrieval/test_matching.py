import pytest

from assistant.danish.words import content_stems, stem
from assistant.retrieval.matching import phrase_share, related, weighted


def test_rare_words_weigh_more_and_unknown_words_the_most() -> None:
    counts = {"almindelig": 900, "sjaelden": 3}
    subject = weighted(["almindelig", "sjaelden", "ukendt"], counts, 1000)
    weights = subject.weights
    assert weights["almindelig"] < weights["sjaelden"] < weights["ukendt"]


def test_coverage_is_the_weighted_share() -> None:
    subject = weighted(["vand", "skole"], {"vand": 10, "skole": 10}, 100)
    assert subject.coverage({"vand"}) == pytest.approx(0.5)
    assert subject.coverage({"vand", "skole"}) == pytest.approx(1.0)
    assert subject.coverage(set()) == 0.0
    assert weighted([], {}, 10).coverage({"vand"}) == 0.0


def test_context_counts_less_than_the_text_and_more_than_what_is_around() -> None:
    subject = weighted(["vand"], {"vand": 10}, 100)
    assert 1.0 > subject.coverage((), {"vand"}) > subject.coverage((), (), {"vand"}) > 0


def test_missing_words_are_told() -> None:
    subject = weighted(["vand", "skole"], {}, 100)
    assert subject.missing({"vand"}) == ["skole"]


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
    assert phrase_share([(one, other)], "fire selvejende institutioner") == 1.0
    assert phrase_share([(one, other)], "institutioner, som er selvejende") == 0.0
