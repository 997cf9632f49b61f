"""The signs of a right unit, and the order that they give."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.answering.signs import RANKING, fitted, ranked, ranking_weights, signs
from assistant.answering.trust import TRUST
from assistant.answering.units import Candidate, candidates
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant

PRICE = "Hvor stor en anlægsbevilling søges der til skybrudssikring af Nørrevang?"


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> Retrieved:
    return assistant.retrieve(PRICE)


@pytest.fixture(scope="module")
def read(assistant: Assistant, found: Retrieved) -> list[Candidate]:
    return candidates(found, assistant.store)


def sign(name: str, candidate: Candidate, found: Retrieved) -> float:
    return float(signs(candidate, found)[RANKING.index(name)])


@pytest.mark.parametrize("want", Want)
def test_every_sign_has_a_fitted_weight_whatever_is_wanted(want: Want) -> None:
    weights = ranking_weights(want)
    assert weights.shape == (len(RANKING),)
    assert np.isfinite(weights).all()
    assert weights.any()


def test_the_fitted_models_name_these_signs_and_no_others() -> None:
    assert set(fitted()["ranking"]) == set(RANKING)
    assert set(fitted()["trust"]) == set(TRUST)
    wants = {want.value for want in Want}
    for want, weights in fitted()["ranking_by_want"].items():
        assert want in wants
        assert set(weights) == set(RANKING)


def test_a_unit_next_to_one_that_fits_is_known_by_it(
    read: list[Candidate], found: Retrieved
) -> None:
    alone, beside = replace(read[0], beside=0.0), replace(read[0], beside=0.95)
    assert sign("beside", alone, found) == 0.0
    assert sign("beside", beside, found) > 1.0


def test_every_candidate_has_a_figure_for_every_sign(
    read: list[Candidate], found: Retrieved
) -> None:
    for one in read:
        told = signs(one, found)
        assert told.shape == (len(RANKING),)
        assert np.isfinite(told).all()


def test_the_best_comes_first_and_nobody_is_lost(read: list[Candidate], found: Retrieved) -> None:
    scored = ranked(read, found)
    scores = [one.score for one in scored]
    assert scores == sorted(scores, reverse=True)
    assert {id(one.candidate) for one in scored} == {id(one) for one in read}
    assert ranked([], found) == []


def test_the_order_does_not_depend_on_the_order_given(
    read: list[Candidate], found: Retrieved
) -> None:
    forth, back = ranked(read, found), ranked(read[::-1], found)
    assert [one.score for one in forth] == [one.score for one in back]
    assert forth[0].candidate == back[0].candidate


def test_the_unit_that_answers_is_the_best(read: list[Candidate], found: Retrieved) -> None:
    assert "14,7 mio. kr." in ranked(read, found)[0].candidate.text


def test_what_speaks_of_the_subject_covers_more_than_what_does_not(
    read: list[Candidate], found: Retrieved
) -> None:
    nothing: frozenset[str] = frozenset()
    bare = replace(read[0], stems=nothing, context=nothing, around=nothing)
    assert sign("coverage", bare, found) == sign("own", bare, found) == 0.0
    whole = replace(bare, stems=frozenset(found.subject.weights))
    assert sign("coverage", whole, found) == pytest.approx(1.0)
    over = replace(bare, context=frozenset(found.subject.weights))
    assert 0 < sign("coverage", over, found) < 1
    assert sign("own", over, found) == 0.0


def test_the_figure_that_the_question_says_gives_no_form(
    assistant: Assistant, read: list[Candidate]
) -> None:
    told = next(one for one in read if "14,7 mio. kr." in one.text)
    price = assistant.retrieve("Hvad er prisen på Nørrevang?")
    assert sign("form", told, price) > 0
    only = replace(told, unit=replace(told.unit, start=told.text.index("14,7") + told.unit.start))
    only = replace(only, unit=replace(only.unit, end=only.unit.start + len("14,7 mio. kr.")))
    assert only.text == "14,7 mio. kr."
    assert sign("form", only, assistant.retrieve("Hvad er prisen ud over 14,7 mio. kr.?")) == 0.0


def test_a_nearer_meaning_is_a_stronger_sign(read: list[Candidate], found: Retrieved) -> None:
    near, far = (replace(read[0], meaning=cosine) for cosine in (0.9, 0.8))
    assert sign("meaning", near, found) > sign("meaning", far, found)


def test_the_year_that_is_asked_of_is_told_from_another(
    assistant: Assistant, read: list[Candidate]
) -> None:
    asked = assistant.retrieve("Hvad kostede skybrudssikring af Nørrevang i 2024?")
    of_year = {
        year: replace(read[0], stems=frozenset({year}), context=frozenset())
        for year in ("2023", "2024")
    }
    assert sign("year", of_year["2024"], asked) == sign("other_year", of_year["2023"], asked) == 1
    assert sign("year", of_year["2023"], asked) == sign("other_year", of_year["2024"], asked) == 0
    nameless = assistant.retrieve("Hvad kostede skybrudssikring af Nørrevang?")
    assert sign("year", of_year["2024"], nameless) == 0
    assert sign("other_year", of_year["2023"], nameless) == 0


def test_a_meeting_in_the_time_that_is_asked_of_is_a_sign(
    assistant: Assistant, read: list[Candidate]
) -> None:
    one = next(one for one in read if one.stored.source.meeting_date)
    day = one.stored.source.meeting_date
    assert day is not None
    then = assistant.retrieve(f"Hvad skete der med Nørrevang den {day:%d-%m-%Y}?")
    assert sign("in_period", one, then) == 1
    assert sign("in_period", one, assistant.retrieve("Hvad skete der i maj 1999?")) == 0
