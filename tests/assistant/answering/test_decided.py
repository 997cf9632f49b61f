"""Decisions, votes and the course of a case, over cases made for it."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.service import Assistant
from assistant.types import AgendaItem, Answer, Document, Meeting, Section
from ingest.decisions import decision_of
from ingest.sections import SectionBuilder

TITLE = "Ny svømmehal på Havnegade"
CASE = "25-009001"
WHY = "Udvalget lægger vægt på, at hallen kan bruges af både skoler, klubber og borgere hele året. "
COURSE = (
    ("Kulturudvalget", date(2025, 1, 7), "Udsat. " + WHY * 2),
    ("Teknikudvalget", date(2025, 2, 4), "1.-2. Anbefales. " + WHY * 2),
    ("Økonomiudvalget", date(2025, 3, 4), "Anbefales. " + WHY * 2),
    ("Byrådet", date(2025, 4, 1), "Godkendt, idet taget får solceller. " + WHY * 2),
)
BALLOTS = (
    "Venstre stillede forslag om en vandlegeplads ved hallen. "
    "For forslaget om vandlegepladsen stemte 4. For stemte: (V). Imod stemte: (A) og (C). "
    "Forslaget bortfaldt. " + WHY * 3 +
    "Hovedforslaget om hallen blev sat til afstemning og godkendt. "
    "For stemte: (A), (C) og (V). Imod stemte: (Ø)."
)

THINGS = (
    "bibliotek", "brandvæsen", "cykelsti", "dagpleje", "energi", "fjernvarme", "genbrug", "havn",
    "idræt", "jobcenter", "kloak", "lokalplan", "museum", "natur", "parkering", "skole",
    "tandpleje", "vandløb", "ungdom", "ældrepleje",
)


def minutes(committee: str, day: date, decision: str, title: str = TITLE) -> Document:
    """A meeting of one item: what was recommended and, unless it is empty, what was decided."""
    sections = tuple(
        section(kind, heading, text)
        for kind, heading, text in (
            ("indstilling", "Indstilling", f"Administrationen indstiller, at »{title}« anlægges."),
            ("beslutning", "Beslutning", decision),
        )
        if text
    )
    name = f"{committee}-{day}"
    item = AgendaItem(name, "1", title, CASE, sections=sections, decision=decision_of(sections))
    return Document(
        name, f"{name}.json", "minutes", name, "Fjordby", day,
        meeting=Meeting(name, committee, day), items=(item,),
    )  # fmt: skip


def other_cases() -> Document:
    """A meeting of other cases, so that the words of the question weigh what they usually do."""
    day = date(2025, 5, 6)
    told = "Sagen om {} har været behandlet i udvalget, og det gik, som forvaltningen ventede."
    items = tuple(
        AgendaItem(f"o-{n}", str(n), f"Status for {thing}", f"25-1{n:05}", sections=(
            section("sagsfremstilling", "Sagsfremstilling", told.format(thing)),))
        for n, thing in enumerate(THINGS)
    )  # fmt: skip
    return Document(
        "o", "o.json", "minutes", "Miljøudvalget", "Fjordby", day,
        meeting=Meeting("o", "Miljøudvalget", day), items=items,
    )  # fmt: skip


def section(kind: str, heading: str, text: str) -> Section:
    builder = SectionBuilder(kind, heading)  # type: ignore[arg-type]
    builder.add_paragraph(text)
    return builder.build()


@pytest.fixture(scope="module")
def course(assistant_over: Callable[..., Assistant]) -> Assistant:
    """One case through four bodies, each with more words than an answer has room for."""
    return assistant_over(other_cases(), *(minutes(*told) for told in COURSE))


@pytest.fixture(scope="module")
def history(course: Assistant) -> Answer:
    return course.ask("Hvordan er sagen om svømmehallen på Havnegade blevet behandlet?")


def bodies(answer: Answer) -> list[str]:
    return [citation.committee for citation in answer.citations]


def test_a_course_that_is_too_long_goes_to_the_notes(history: Answer) -> None:
    assert history.status == "answered"
    assert len(history.answer.split()) <= 120
    for committee, _, decision in COURSE:
        whole = decision.strip()
        told = [c.quote for c in history.citations if c.committee == committee]
        noted = [note for note in history.notes if note.startswith(committee)]
        assert told == [whole] or any(whole in note for note in noted)
    assert history.notes


def test_the_final_decision_is_told_whole_and_the_shown_ones_in_order(history: Answer) -> None:
    assert bodies(history)[-1] == "Byrådet"
    assert history.citations[-1].quote == COURSE[-1][2].strip()
    days = [citation.meeting_date for citation in history.citations]
    assert days == sorted(days, key=str)


def test_what_turned_the_case_is_shown_before_what_only_passed_it_on(history: Answer) -> None:
    assert "Kulturudvalget" in bodies(history)
    assert "Udsat." in history.answer


def test_each_decision_of_a_course_says_whose_it_is_and_when(history: Answer) -> None:
    assert {claim.kind for claim in history.claims} == {"decision"}
    for claim, citation in zip(history.claims, history.citations, strict=True):
        assert claim.text.startswith(f"{citation.committee} den ")
        assert citation.section == "beslutning"


def test_a_short_course_leaves_nothing_to_the_notes(
    assistant_over: Callable[..., Assistant],
) -> None:
    told = [(body, day, text.split(".")[0] + ".") for body, day, text in COURSE[1:]]
    short = assistant_over(other_cases(), *(minutes(*one) for one in told))
    answer = short.ask("Hvordan er sagen om svømmehallen på Havnegade blevet behandlet?")
    assert bodies(answer) == [body for body, _, _ in told]
    assert answer.notes == ()


def test_the_councils_decision_is_final_and_the_others_are_noted(course: Assistant) -> None:
    answer = course.ask("Hvad blev besluttet om svømmehallen på Havnegade?")
    assert bodies(answer) == ["Byrådet"]
    assert len(answer.notes) == 3


@pytest.fixture(scope="module")
def voted(assistant_over: Callable[..., Assistant]) -> Assistant:
    """A decision with two ballots, too long to be told whole."""
    return assistant_over(other_cases(), minutes("Byrådet", date(2025, 4, 1), BALLOTS))


def test_a_ballot_is_told_with_who_voted_how(voted: Assistant) -> None:
    answer = voted.ask("Hvem stemte imod vandlegepladsen ved svømmehallen på Havnegade?")
    told = next(c.quote for c in answer.citations if "vandlegeplads" in c.quote)
    assert "Imod stemte: (A) og (C)." in told
    assert "(Ø)" not in told
    assert len(answer.answer.split()) <= 120


def test_the_reasons_between_two_ballots_are_no_votes(voted: Assistant) -> None:
    answer = voted.ask("Hvem stemte imod svømmehallen på Havnegade?")
    assert "Imod stemte: (Ø)." in answer.answer
    assert "skoler, klubber" not in answer.answer
    assert {claim.kind for claim in answer.claims} == {"decision"}


def test_what_is_only_recommended_is_undecided(assistant_over: Callable[..., Assistant]) -> None:
    agenda = assistant_over(other_cases(), minutes("Byrådet", date(2025, 4, 1), ""))
    answer = agenda.ask("Hvad besluttede Byrådet om svømmehallen på Havnegade?")
    assert answer.status == "undecided"
    assert "ikke truffet en beslutning" in answer.answer
    assert all(claim.kind != "decision" for claim in answer.claims)


def test_a_case_that_is_only_postponed_is_answered_with_that(
    assistant_over: Callable[..., Assistant],
) -> None:
    postponed = assistant_over(other_cases(), minutes(*COURSE[0]))
    answer = postponed.ask("Hvad besluttede Kulturudvalget om svømmehallen på Havnegade?")
    assert answer.status == "answered"
    assert answer.citations[0].quote.startswith("Udsat.")
