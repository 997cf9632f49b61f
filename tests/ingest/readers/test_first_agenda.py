"""First Agenda's JSON."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.types import Document, Participant

Make = Callable[..., Any]
HIDDEN = "<h3>Beslutning</h3><span><p>Prisen er hemmelig.</p></span>"


def test_the_meeting_and_its_people(read_json: Make, meeting: Make) -> None:
    head = {
        "Dato": "2025-03-11T16:00:00", "Sted": " Rådhuset ", "Moededeltagere": [
            {"Name": "Bo  Ek"}, {"Name": "Liv By", "Absent": True}, {"Name": " "},
            {"Name": "Poul Å", "ParticipationCancelled": True},
        ],
    }
    document = read_json(meeting(Moede=head))
    assert document.meeting.date == document.date == date(2025, 3, 11)
    assert (document.meeting.committee, document.meeting.place) == ("Teknikudvalget", "Rådhuset")
    assert document.meeting.participants == (
        Participant("Bo Ek"), Participant("Liv By", True), Participant("Poul Å", True)
    )
    assert document.sections[0].text.splitlines() == [
        "Mødested: Rådhuset", "Deltagere: Bo Ek", "Afbud: Liv By, Poul Å"
    ]


def test_an_item_with_everything(read_json: Make, meeting: Make, point: Make) -> None:
    html = "<h3>Beslutning</h3><span><p>Godkendt. Imod stemte: F.</p></span>"
    told = point(
        html, Bilag=[{"Navn": "Kort  over vejen"}, {"Navn": None}],
        ExternalAgendaItemAttendees=[
            {"Name": "Liv By", "Reason": "Fraværende"}, {"Name": "Bo Ek", "Reason": "Inhabil"}
        ],
    )
    document = read_json(meeting(told))
    (item,) = document.items
    assert (item.id, item.number, item.title, item.case_number) == (
        "i-1", "1", "Cykelsti", "25-000001"
    )
    assert item.attachments == ("Kort over vejen",)
    assert [section.kind for section in item.sections] == ["beslutning", "bilag"]
    assert item.decision.absentees == ("Liv By",)
    assert document.kind == "minutes"


def test_without_decisions_it_is_an_agenda(read_json: Make, meeting: Make, point: Make) -> None:
    document = read_json(meeting(point("<h3>Indstilling</h3><p>at det godkendes</p>")))
    assert document.kind == "agenda"
    assert document.items[0].decision is None


def assert_closed(document: Document, *numbers: str) -> None:
    assert tuple(item.number for item in document.items if item.closed) == numbers
    for item in document.items:
        if item.closed:
            assert (item.sections, item.attachments, item.decision, item.url) == ((), (), None, "")
    assert "hemmelig" not in repr(document)


def test_closed_by_title_where_the_flag_says_nothing(
    read_json: Make, meeting: Make, point: Make
) -> None:
    points = (
        point("<p>Åbent.</p>"),
        point(HIDDEN, Id="i-2", Number="2", Caption="Lukket: Køb", Bilag=[{"Navn": "hemmelig"}]),
    )
    document = read_json(meeting(*points))
    assert_closed(document, "2")
    assert document.items[0].sections[0].text == "Åbent."


@pytest.mark.parametrize(("is_open", "is_closed"), [(True, False), ("true", "false"), (True, None)])
def test_closed_by_flag_where_it_speaks(
    read_json: Make, meeting: Make, point: Make, is_open: object, is_closed: object
) -> None:
    points = (
        point("<p>Åbent.</p>", IsOpen=is_open),
        point(HIDDEN, Id="i-2", Number="2", Caption="Køb", IsOpen=is_closed),
        point(HIDDEN, Id="i-3", Number="3", Caption="Lukket: Salg", IsOpen=is_open),
    )
    assert_closed(read_json(meeting(*points)), "2", "3")


def test_zero_guids_are_no_ids(read_json: Make, meeting: Make, point: Make) -> None:
    zero = "00000000-0000-0000-0000-000000000000"
    content = meeting(point("<p>x</p>", Id=zero, Number="7"), Id=zero)
    content["Moede"]["Id"] = "m-2"
    document = read_json(content)
    assert document.id == "m-2"
    assert document.items[0].id == "m-2-7"


def test_the_case_goes_through_three_bodies(sample: dict[str, Document]) -> None:
    outcomes = {
        document.meeting.committee: item.decision.outcome
        for document in sample.values()
        for item in document.items
        if item.case_number == "25-004711" and document.meeting and item.decision
    }
    assert outcomes == {
        "Klima- og Teknikudvalget": "anbefalet",
        "Økonomiudvalget": "anbefalet",
        "Byråd 2022-2025": "godkendt",
    }


def test_the_councils_votes(sample: dict[str, Document]) -> None:
    items = {item.number: item for item in sample["2025-05-27_byraad-2022-2025.json"].items}
    assert items["5"].decision is not None
    assert [(v.side, v.voters) for v in items["5"].decision.votes] == [
        ("for", ("F", "B", "Ø")), ("against", ("A", "V", "C"))
    ]
    assert items["5"].decision.absentees == ("Poul-Erik Vestermark",)


def test_the_samples_tables_have_units_and_columns(sample: dict[str, Document]) -> None:
    tables = {
        table.caption: table
        for document in sample.values()
        for item in document.items
        for section in item.sections
        for table in section.tables
    }
    amounts = tables["Tabel 1. Skybrudssikring af Nørrevang"]
    assert (amounts.unit, amounts.columns[1:]) == ("Mio. kr.", ("2025", "2026", "2027", "2028"))
    assert tables["Tabel 1. Budgetopfølgning 1, drift"].unit == "1.000 kr."
    assert tables["Tabel 1. Elevfravær i procent"].unit == ""
