"""From an item to a case: which can be summed up, and what is said of the others."""

import pytest

from assistant.errors import WrongUseError
from assistant.store.store import Store
from assistant.summarising.case import case_of, cases_of, gather
from assistant.types import AgendaItem, Meeting
from tests.assistant.summarising.made import document, section


def item(name: str, *, closed: bool = False, text: str = "Stien anlægges.") -> AgendaItem:
    sections = (section("sagsfremstilling", text),) if text else ()
    return AgendaItem(name, name, f"Punkt {name}", closed=closed, sections=sections)


def test_a_document_gives_a_case_for_every_open_item_with_text() -> None:
    made = cases_of(document(item("1"), item("2", closed=True, text=""), item("3", text="")))
    assert [case.item.id for case in made] == ["1"]
    assert made[0].sections[0].source.committee == "Byråd 2022-2025"
    assert not made[0].stored


def test_a_document_without_items_is_one_case() -> None:
    (case,) = cases_of(document(sections=(section("resume", "Stien anlægges."),)))
    assert case.item.title.startswith("Byråd")
    assert case.sections[0].source.item_id == case.item.id


def test_a_closed_item_is_refused_and_its_text_is_not_told() -> None:
    closed = item("9", closed=True, text="Hemmelig pris")
    with pytest.raises(WrongUseError, match="lukket") as refused:
        case_of(document(closed), closed)
    assert "Hemmelig" not in str(refused.value)
    with pytest.raises(WrongUseError, match="intet åbent punkt"):
        cases_of(document(closed))


def test_an_item_without_text_says_what_to_do() -> None:
    empty = item("9", text="")
    with pytest.raises(WrongUseError, match="ingen sagstekst"):
        case_of(document(empty), empty)


def test_an_unknown_item_and_a_closed_one_of_the_store(store: Store) -> None:
    with pytest.raises(WrongUseError, match="intet punkt med id findes-ikke"):
        gather("findes-ikke", store.catalogue)
    closed = [
        one
        for day in store.catalogue.meeting_days()
        for one in store.catalogue.items_of_document(day[0])
        if one.closed
    ]
    assert closed
    with pytest.raises(WrongUseError, match="er lukket"):
        gather(closed[0].id, store.catalogue)


def test_the_version_changes_with_the_text() -> None:
    one, same, other = (
        cases_of(document(item("1", text=text)))[0].version for text in ("A.", "A.", "B.")
    )
    assert one == same != other


def test_a_case_without_a_meeting_has_no_body() -> None:
    made = document(item("1"))
    assert isinstance(made.meeting, Meeting)
    (case,) = cases_of(made)
    assert case.item.committee


def test_an_item_with_nothing_but_a_decision_is_refused() -> None:
    decided = AgendaItem("9", "9", "Referat", sections=(section("beslutning", "Godkendt."),))
    with pytest.raises(WrongUseError, match="højst en beslutning"):
        case_of(document(decided), decided)
