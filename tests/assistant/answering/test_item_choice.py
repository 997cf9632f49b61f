"""Which agenda item a question of a decision is about."""

from dataclasses import replace

import pytest

from assistant.answering.item_choice import ITEM, items_by_signs, likeliest_items
from assistant.answering.reading import Reading, read
from assistant.service import Assistant


@pytest.fixture(scope="module")
def reading(assistant: Assistant) -> Reading:
    question = "Hvad blev der besluttet om skybrudssikring af Nørrevang i maj 2025?"
    return read(assistant.retrieve(question), assistant.store)


def test_each_item_is_told_once_the_likeliest_first(reading: Reading) -> None:
    likely = likeliest_items(reading.units, reading.found)
    assert len(likely) > 1
    scores = [one.score for one in likely]
    assert scores == sorted(scores, reverse=True)
    read_items = {one.candidate.stored.source.item_id for one in reading.units} - {""}
    assert {one.item_id for one in likely} == read_items


def test_what_belongs_to_no_item_is_none(assistant: Assistant) -> None:
    plan = read(assistant.retrieve("Hvem er ansvarlig for værkstederne for mænd?"), assistant.store)
    assert plan.units[0].candidate.stored.source.item_id == ""
    assert all(one.item_id for one in likeliest_items(plan.units, plan.found))


def test_nothing_read_gives_no_item(reading: Reading) -> None:
    assert likeliest_items((), reading.found) == []


def test_an_item_is_known_by_its_decision_and_by_the_time_asked_of(reading: Reading) -> None:
    signs = items_by_signs(reading.units, reading.found)
    items = reading.catalogue.items(signs)
    for item_id, told in signs.items():
        day = items[item_id].meeting_date
        in_may = day is not None and (day.year, day.month) == (2025, 5)
        assert told[ITEM.index("in_period")] == in_may
    decided = [
        item_id
        for item_id, told in signs.items()
        if told[ITEM.index("decision_coverage")] > 0
    ]
    assert all(items[item_id].decision for item_id in decided)


def test_the_units_order_alone_does_not_choose(reading: Reading) -> None:
    first, second, *_ = likeliest_items(reading.units, reading.found)
    raised = [
        replace(one, score=one.score + 0.5)
        if one.candidate.stored.source.item_id == second.item_id else one
        for one in reading.units
    ]
    assert likeliest_items(raised, reading.found)[0].item_id == first.item_id


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Hvad blev der besluttet om skybrudssikring af Nørrevang?", True),
        ("Hvad blev der besluttet om isbjørnene i zoologisk have?", False),
        ("Måtte flyselskabet lande om natten?", False),
    ],
)
def test_an_item_is_trusted_where_it_is_what_is_asked_about(
    assistant: Assistant, question: str, known: bool
) -> None:
    told = read(assistant.retrieve(question), assistant.store)
    assert (likeliest_items(told.units, told.found)[0].evidence > 0) is known
