from datetime import date

import pytest

from assistant.retrieval.question import Want, abbreviation, narrowed, read_question, understood
from assistant.types import Filters

COMMITTEES = (
    "Byråd 2022-2025",
    "Klima- og Teknikudvalget",
    "Økonomiudvalget",
    "Social- og Handicapudvalget",
)


def read(text: str):
    return read_question(text, COMMITTEES, ("Fjordby", "Nyborg"))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Hvad besluttede Byrådet om vandværket?", Want.DECISION),
        ("Hvad indstiller forvaltningen om vandværket?", Want.RECOMMENDATION),
        ("Hvad anbefalede Økonomiudvalget om vandværket?", Want.DECISION),
        ("Hvem stemte imod vandværket?", Want.VOTES),
        ("Hvem meldte afbud til mødet?", Want.ATTENDANCE),
        ("Hvem er ansvarlig for undervisningen?", Want.RESPONSIBLE),
        ("Hvad koster vandværket?", Want.AMOUNT),
        ("Hvor mange pladser er der?", Want.AMOUNT),
        ("Hvornår åbner vandværket?", Want.DATE),
        ("Hvorfor lukker vandværket?", Want.REASON),
        ("Hvem ejer vandværket?", Want.WHO),
        ("Hvilke tre formål har vandværket?", Want.LIST),
        ("Hvordan har udvalgene behandlet sagen om vandværket?", Want.HISTORY),
        ("Vandværket", Want.OTHER),
        ("Måtte naboen rive vandværket ned?", Want.DECISION),
        ("Skal der være gebyr på vandværket?", Want.DECISION),
        ("Hvad føjede Økonomiudvalget til om vandværket?", Want.DECISION),
        ("Skal vandværket hegnes ind, hvad blev bestemt?", Want.DECISION),
        ("Hvad skal der ske med vandværket, hvis det står til Økonomiudvalget?", Want.DECISION),
        ("Hvad mente forvaltningen om vandværket?", Want.RECOMMENDATION),
        ("Hvad skal vandværket hedde, hvis det stod til forvaltningen?", Want.RECOMMENDATION),
        ("Hvilket parti tog ikke stilling til vandværket?", Want.VOTES),
        ("Hvornår skal der brevstemmes før afstemningen om vandværket?", Want.DATE),
        ("Hvordan er vandværket nået fra udkast til byrådet?", Want.HISTORY),
        ("Blev navnene til det nævn, der ser på vandværket, godkendt?", Want.DECISION),
        ("Nævn formålene med vandværket", Want.LIST),
    ],
)
def test_the_form_of_the_answer_is_read_from_the_words(text: str, want: Want) -> None:
    assert read(text).want is want


def test_the_subject_leaves_out_bodies_days_and_words_of_form() -> None:
    question = read("Hvad besluttede Klima- og Teknikudvalget den 11. marts 2025 om sommerhuse?")
    assert question.subject == ("sommerhus",)
    assert question.committees == ("Klima- og Teknikudvalget",)
    assert question.dates[0].first == date(2025, 3, 11)


@pytest.mark.parametrize("named", ["Byrådet", "byraadet", "BYRÅDET"])
def test_a_body_is_known_whatever_its_period_case_and_spelling(named: str) -> None:
    assert read(f"Hvad besluttede {named}?").committees == ("Byråd 2022-2025",)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Økonomiudvalget", "ØU"),
        ("Social- og Handicapudvalget", "SHU"),
        ("Klima-, Teknik- og Miljøudvalget", "KTMU"),
        ("Byråd 2022-2025", ""),
    ],
)
def test_bodies_have_their_usual_initials(name: str, short: str) -> None:
    assert abbreviation(name) == short


def test_a_body_is_known_by_its_initials() -> None:
    assert read("Hvad besluttede SHU om botilbud?").committees == ("Social- og Handicapudvalget",)


def test_only_a_municipality_of_the_store_is_a_place_to_look() -> None:
    assert read("Hvad koster svømmehallen i Nyborg?").municipality == "Nyborg"
    elsewhere = read("Hvad koster svømmehallen i Odense?")
    assert elsewhere.municipality == ""
    assert "odens" in elsewhere.subject


def test_what_is_counted_is_the_head() -> None:
    assert read("Hvor mange møder holdt rådet?").head == "moed"
    assert read("Hvilke tre formål har planen?").head == "formaal"


def test_a_decision_narrows_to_the_body_and_a_day_that_had_a_meeting() -> None:
    meetings = [("d1", "Økonomiudvalget", date(2025, 5, 20))]
    on_the_day = read("Hvad besluttede Økonomiudvalget den 20. maj 2025 om vand?")
    filters = narrowed(on_the_day, Filters(), meetings)
    assert filters.committee == ("Økonomiudvalget",)
    assert filters.date_from == filters.date_to == date(2025, 5, 20)
    another = read("Hvad besluttede Økonomiudvalget den 21. maj 2025 om vand?")
    assert narrowed(another, Filters(), meetings).date_from is None


def test_a_body_that_is_only_mentioned_does_not_narrow() -> None:
    question = read("Hvornår skal Økonomiudvalget orienteres om vandværket?")
    assert narrowed(question, Filters(), []).committee == ()


def test_the_callers_own_filter_is_never_widened() -> None:
    question = read("Hvad besluttede Økonomiudvalget om vand?")
    given = Filters(committee=("Byråd 2022-2025",), municipality="Fjordby")
    assert narrowed(question, given, []) == given


def test_a_case_number_narrows() -> None:
    assert narrowed(read("Hvad er status på 25-004711?"), Filters(), []).case_number == "25-004711"


CULTURE = "Kultur- og Fritidsudvalget"


@pytest.mark.parametrize("named", ["kulturudvalget", "Kulturudvalget", "fritidsudvalget"])
def test_a_body_is_known_by_one_of_its_parts(named: str) -> None:
    question = read_question(f"Hvad besluttede {named} om hallen?", (*COMMITTEES, CULTURE))
    assert question.committees == (CULTURE,)
    assert question.subject == ("hal",)


def test_a_part_that_two_bodies_share_names_neither() -> None:
    bodies = (*COMMITTEES, CULTURE, "Sundheds- og Kulturudvalget")
    assert read_question("Hvad besluttede kulturudvalget om hallen?", bodies).committees == ()


def test_the_same_body_of_two_periods_is_still_one() -> None:
    bodies = (f"{CULTURE} 2018-2021", f"{CULTURE} 2022-2025")
    question = read_question("Hvad besluttede kulturudvalget om hallen?", bodies)
    assert set(question.committees) == set(bodies)


def test_a_body_that_the_store_does_not_have_stays_in_the_subject() -> None:
    question = read("Hvad besluttede havneudvalget om kranen?")
    assert question.committees == ()
    assert len(question.subject) == 2


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Hvem sagde nej til vandværket?", Want.VOTES),
        ("Hvem var imod vandværket?", Want.VOTES),
        ("Hvem sad i formandens sted?", Want.ATTENDANCE),
        ("Hvad skete der med vandværket?", Want.HISTORY),
        ("Hvad sagde udvalget til vandværket?", Want.DECISION),
        ("Hvad vil forvaltningen gøre ved vandværket?", Want.RECOMMENDATION),
        ("Hvor længe er vandværket lukket?", Want.DATE),
        ("Hvilket firma bygger vandværket?", Want.WHO),
        ("Hvad er begrundelsen for vandværket?", Want.REASON),
        ("Hvad var udgiften til vandværket?", Want.AMOUNT),
    ],
)
def test_everyday_words_tell_the_form_too(text: str, want: Want) -> None:
    assert want in read(text).wants


def test_why_something_was_decided_asks_for_both_reason_and_decision() -> None:
    assert {Want.REASON, Want.DECISION} <= set(read("Hvorfor afviste udvalget vandværket?").wants)


def test_the_last_meeting_is_the_latest_of_the_body_and_is_said() -> None:
    meetings = [
        ("a", "Økonomiudvalget", date(2025, 3, 1)),
        ("b", "Økonomiudvalget", date(2025, 5, 20)),
        ("c", "Byråd 2022-2025", date(2025, 5, 27)),
    ]
    question = read_question(
        "Hvad besluttede Økonomiudvalget på sidste møde?", ["Økonomiudvalget", "Byråd 2022-2025"]
    )
    filters = narrowed(question, Filters(), meetings)
    assert (filters.date_from, filters.date_to) == (date(2025, 5, 20), date(2025, 5, 20))
    assert understood(question, filters) == (
        "»på sidste møde« er forstået som mødet den 20. maj 2025.",
    )


def test_a_season_narrows_a_bodys_decisions_and_is_said() -> None:
    meetings = [("a", "Økonomiudvalget", date(2025, 4, 1))]
    question = read_question(
        "Hvad besluttede Økonomiudvalget i foråret 2025 om taksterne?", ["Økonomiudvalget"]
    )
    filters = narrowed(question, Filters(), meetings)
    assert (filters.date_from, filters.date_to) == (date(2025, 3, 1), date(2025, 5, 31))
    assert understood(question, filters)[0].endswith("1. marts 2025 til 31. maj 2025.")


def test_words_for_a_time_are_read_from_today() -> None:
    question = read_question("Hvad kostede det sidste år?", today=date(2026, 2, 1))
    assert [(one.first, one.last) for one in question.dates] == [
        (date(2025, 1, 1), date(2025, 12, 31))
    ]
