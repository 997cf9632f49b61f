"""Questions a member might ask."""

from datetime import date
from typing import get_args

import pytest

from assistant.briefing.questions import questions_of
from assistant.store.stored import StoredSection
from assistant.summarising.unsaid import NO_CHOICE, SENTENCES, Unsaid
from assistant.types import SectionKind, Source
from ingest.sections import SectionBuilder

DAY = date(2025, 5, 27)
LONG = "Forvaltningen har undersøgt vejen og talt med skolen, naboerne og politiet om den. " * 6


def section(kind: SectionKind, text: str) -> StoredSection:
    builder = SectionBuilder(kind, kind.title())
    builder.add_paragraph(text)
    source = Source(kind, "d", "d.json", "agenda", "Fjordby", kind, kind.title())
    return StoredSection(builder.build(), source)


def asked(ikke_belyst: tuple[str, ...], *sections: StoredSection) -> list[str]:
    return [text for text, _ in questions_of(ikke_belyst, sections, DAY)]


CASE = section("sagsfremstilling", LONG)
ECONOMY = section("oekonomi", "Stien koster 700.000 kr. Skiltene koster 1,2 mio. kr. i alt.")


def test_one_question_is_of_a_gap_and_one_of_the_largest_amount() -> None:
    told = questions_of((SENTENCES["alternativer"],), [CASE, ECONOMY], DAY)
    assert [text for text, _ in told] == [
        "Hvilke andre løsninger kunne der vælges imellem?",
        "Hvad indgår i beløbet på 1,2 mio. kr., og hvad kan ændre det?",
    ]
    assert told[0][1] is None
    assert told[1][1] is not None
    assert told[1][1].quote == "Skiltene koster 1,2 mio. kr. i alt."


def test_a_deadline_after_the_meeting_is_asked_of() -> None:
    times = section("tidsplan", "Det begyndte 3. marts 2025. Stien er færdig 1. november 2025.")
    assert asked((), CASE, times)[0] == (
        "Hvad skal være på plads til den 1. november 2025, og hvem sørger for det?"
    )


def test_a_day_without_its_month_is_not_asked_of() -> None:
    times = section("tidsplan", "Der er møde den 20. og 24. august 2025.")
    assert "24. august 2025" in asked((), CASE, times)[0]


def test_a_hearing_that_was_held_is_asked_of() -> None:
    assert "høringssvarene" in asked((), CASE, section("hoering", "Der kom fire svar."))[0]


@pytest.mark.parametrize("unsaid", get_args(Unsaid))
def test_whatever_is_left_unsaid_has_a_question_of_its_own(unsaid: Unsaid) -> None:
    others = set(get_args(Unsaid)) - {unsaid}
    told = asked((SENTENCES[unsaid],), CASE)[0]
    assert told not in {asked((SENTENCES[other],), CASE)[0] for other in others}
    assert told not in asked((), CASE)


def test_a_case_that_asks_for_no_choice_is_not_asked_of_what_it_leaves_unsaid() -> None:
    told = asked((NO_CHOICE,), CASE)
    assert len(told) == 2
    assert not any("forslaget" in text for text in told)


def test_there_are_always_two_for_a_case_of_substance_and_none_twice() -> None:
    for unsaid in ((), ("Sagen er uklar.",), (SENTENCES["økonomi"], SENTENCES["høring"])):
        told = asked(unsaid, CASE, ECONOMY)
        assert len(told) == 2
        assert len(set(told)) == 2
    assert all(text.endswith("?") for text in asked((), CASE, ECONOMY))


def test_a_formality_raises_none() -> None:
    short = section("indstilling", "Administrationen indstiller, at dagsordenen godkendes.")
    assert asked((SENTENCES["alternativer"],), short) == []
