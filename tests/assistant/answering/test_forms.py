"""Whether a text has the form that a question wants."""

import pytest

from assistant.answering.forms import (
    contradicts,
    demands_form,
    demands_money,
    form_of,
    number_asked,
)
from assistant.retrieval.question import read_question


def form(question: str, text: str) -> float:
    return form_of(read_question(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvor mange besøg var der i 2023?", "Der var 412 besøg i 2023."),
        ("Hvad koster stien?", "Den koster 2 mio. kr."),
        ("Hvor stor en andel cykler?", "38 pct. cykler."),
        ("Hvor lang tid tager det?", "Det tager tre måneder."),
        ("Hvilken temperatur har vandet?", "Vandet er 28 grader."),
        ("Hvornår åbner hallen?", "Den åbner den 1. maj 2025."),
        ("Hvor ofte mødes rådet?", "Rådet mødes hver måned."),
        ("Hvem ejer hallen?", "Den ejes af Fonden Nordlys."),
        ("Hvorfor lukker hallen?", "Det skyldes, at taget er utæt."),
        ("Hvilke fire mål har planen?", "Planen har fire mål: ro, luft, vand og lys."),
    ],
)
def test_a_text_of_the_wanted_form_has_it(question: str, text: str) -> None:
    assert form(question, text) > 0.5


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param("Hvor mange besøg var der i 2023?", "Biblioteket i 2023.", id="year"),
        pytest.param("Hvor mange besøg var der ud over 412?", "Der var 412 besøg.", id="count"),
        pytest.param("Hvad koster stien ud over 2 mio. kr.?", "Den koster 2.000.000 kr.", id="sum"),
        pytest.param("Hvornår i 2025 åbner hallen?", "Hallen åbner i 2025.", id="date"),
        pytest.param("Hvem ejer Havnens Hus?", "Huset hedder Havnens Hus.", id="name"),
    ],
)
def test_what_already_stands_in_the_question_gives_no_form(question: str, text: str) -> None:
    assert form(question, text) == 0.0


@pytest.mark.parametrize("text", ["Se bilag 1.", "Jf. punkt 4.", "Lokalplan 12 gælder.", "§ 50"])
def test_a_reference_is_no_count(text: str) -> None:
    assert form("Hvor mange pladser er der?", text) == 0.0


def test_what_is_counted_must_be_what_is_asked() -> None:
    question = "Hvor mange pladser er der?"
    assert form(question, "Der er 12 pladser.") > form(question, "Der er 12 biler.")


def test_a_question_of_any_form_is_given_none() -> None:
    assert form("Vandværket", "Det koster 2 mio. kr. den 1. maj 2025.") == 0.0


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Hvilke fire mål har planen?", 4),
        ("Hvilke to veje er med?", 2),
        ("Hvilke mål har planen?", 0),
    ],
)
def test_the_number_of_things_asked_for_is_read(question: str, number: int) -> None:
    assert number_asked(read_question(question)) == number


@pytest.mark.parametrize(
    ("question", "demands"),
    [
        ("Hvad koster stien?", True),
        ("Hvornår åbner hallen?", True),
        ("Hvem ejer hallen?", False),
        ("Hvorfor lukker hallen?", False),
    ],
)
def test_only_a_sum_or_a_day_cannot_be_answered_without(question: str, demands: bool) -> None:
    assert demands_form(read_question(question)) is demands


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Hvor mange borgere er over 80 år?", "12 borgere er over 70 år.", True),
        ("Hvor mange borgere er over 80 år?", "12 borgere er over 80 år.", False),
        ("Hvor mange borgere er over 80 år?", "Sagen tog 12 uger.", False),
        ("Hvad gives der efter § 18?", "Der gives 2 mio. kr. efter § 79.", True),
        ("Hvad gives der efter § 18?", "Der gives 2 mio. kr. efter § 18, stk. 1.", False),
        ("Hvad gives der i 2025?", "Der gives 2 mio. kr. i 2024.", False),
    ],
)
def test_another_figure_of_the_same_thing_contradicts(
    question: str, text: str, expected: bool
) -> None:
    assert contradicts(read_question(question), text) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvad koster stien?", True),
        ("Hvor mange kroner er der afsat?", True),
        ("Hvor mange procent af udgifterne er betalt?", False),
        ("Hvor lang tid skal huslejen betales?", False),
        ("Hvor mange lamper er der?", False),
        ("Hvorfor er stien dyr?", False),
    ],
)
def test_only_a_sum_answers_a_question_of_money(question: str, expected: bool) -> None:
    assert demands_money(read_question(question)) is expected


def test_millions_are_money_where_money_is_asked_for() -> None:
    assert form("Hvor mange penge er der afsat?", "Implementering\t2 mio.\t5 mio.") == 1
    assert form("Hvor mange penge er der afsat?", "Stien er 2 km.") < 0.5
