"""The units that may answer a question, read out of what was found."""

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.answering.units import Candidate, candidates, items_of
from assistant.danish.words import stems
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant

PRICE = "Hvad koster skybrudssikring af Nørrevang?"
KINDS = "Hvilke tre typer arealer deles biodiversitetsplanen op i?"


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> Retrieved:
    return assistant.retrieve(PRICE)


@pytest.fixture(scope="module")
def read(assistant: Assistant, found: Retrieved) -> list[Candidate]:
    return candidates(found, assistant.store)


@pytest.fixture(scope="module")
def listed(assistant: Assistant) -> list[Candidate]:
    return candidates(assistant.retrieve(KINDS), assistant.store)


def test_every_candidate_stands_in_its_stored_section(
    assistant: Assistant, read: list[Candidate]
) -> None:
    stored = assistant.store.catalogue.sections(one.stored.source.section_id for one in read)
    for one in read:
        text = stored[one.stored.source.section_id].section.text
        assert text[one.unit.start:one.unit.end] == one.text
        assert one.block.start <= one.unit.start < one.unit.end <= one.block.end


def test_the_likeliest_item_is_read_whole(
    assistant: Assistant, found: Retrieved, read: list[Candidate]
) -> None:
    first = found.hits[0].source.item_id
    sections = assistant.store.catalogue.sections_of_item(first)
    told = {one.text for one in read}
    for units in assistant.store.catalogue.units(s.source.section_id for s in sections).values():
        assert units
    for stored in sections:
        assert any(text in stored.section.text for text in told)


def test_a_text_that_a_case_repeats_in_several_bodies_is_read_once(read: list[Candidate]) -> None:
    told = [(one.stored.source.case_number, " ".join(one.text.split())) for one in read]
    assert len(told) == len(set(told))
    assert len({one.stored.source.committee for one in read}) > 1


def test_the_meaning_is_the_cosine_of_question_and_unit(
    assistant: Assistant, found: Retrieved, read: list[Candidate]
) -> None:
    (vector,) = assistant.store.embedder.passages([read[0].unit.told])
    assert read[0].meaning == pytest.approx(float(vector @ found.vector), abs=0.005)
    assert all(-1.01 <= one.meaning <= 1.01 for one in read)


def test_the_context_is_the_title_and_what_stands_over_a_unit(read: list[Candidate]) -> None:
    for one in read:
        assert set(stems(one.stored.source.title)) <= one.context
        if one.table is not None:
            assert set(stems(" ".join(one.table.columns))) <= one.context


def test_a_unit_knows_its_own_words_and_those_around_it(read: list[Candidate]) -> None:
    for one in read:
        assert one.stems == set(stems(one.text))
    same = [o for o in read if o.stored.source.section_id == read[0].stored.source.section_id]
    for before, after in pairwise(same):
        assert before.stems <= after.around or before.text in after.text


def test_a_unit_in_a_hit_has_its_score_and_one_outside_has_none(
    found: Retrieved, read: list[Candidate]
) -> None:
    for one in read:
        over = [
            hit.score for hit in found.hits
            if hit.source.section_id == one.stored.source.section_id
            and hit.start < one.unit.end and hit.end > one.unit.start
        ]  # fmt: skip
        assert one.hit == max(over, default=0.0)


def test_closed_items_are_never_read(assistant: Assistant) -> None:
    read = candidates(assistant.retrieve("Hvad var købsprisen for arealet ved Mosevej?"),
                      assistant.store)  # fmt: skip
    items = assistant.store.catalogue.items(one.stored.source.item_id for one in read)
    assert read
    assert not any(item.closed for item in items.values())


def test_nothing_found_is_nothing_read(assistant: Assistant, found: Retrieved) -> None:
    assert candidates(replace(found, hits=()), assistant.store) == []


def test_a_list_is_a_candidate_only_where_one_is_asked_for(
    read: list[Candidate], listed: list[Candidate]
) -> None:
    assert not [one for one in read if one.unit.kind == "list"]
    assert [one for one in listed if one.unit.kind == "list"]


def test_a_list_is_its_items_and_holds_their_words(listed: list[Candidate]) -> None:
    lists = [one for one in listed if one.unit.kind == "list"]
    whole = next(one for one in lists if "Slåede enge" in one.text)
    text = whole.stored.section.text
    items = [text[start:end] for start, end in items_of(whole)]
    assert len(items) == 3
    assert items[0].startswith("Slåede enge")
    assert set(stems(" ".join(items))) <= whole.stems
    for one in lists:
        spans = items_of(one)
        assert all(one.unit.start <= start < end <= one.unit.end for start, end in spans)
        assert spans == sorted(spans)


def test_a_table_as_a_list_is_its_rows_names_and_whole_rows_of_two_cells(
    listed: list[Candidate],
) -> None:
    tables = [one for one in listed if one.unit.kind == "list" and one.table is not None]
    for table in tables:
        rows = [
            block for block in table.stored.section.blocks
            if block.kind == "table_row" and block.table == table.block.table
        ]  # fmt: skip
        names = {cell for row in rows for cell in row.cells if len(row.cells) != 2}
        pairs = {(row.start, row.end) for row in rows if len(row.cells) == 2}
        assert set(items_of(table)) <= names | pairs
        assert len(items_of(table)) <= len(rows)


def test_a_sentence_is_no_list(read: list[Candidate]) -> None:
    assert all(items_of(one) == [] for one in read)


def test_who_was_absent_answers_only_who_asks_of_it(assistant: Assistant) -> None:
    def absent(question: str) -> list[str]:
        told = candidates(assistant.retrieve(question), assistant.store)
        return [one.text for one in told if one.text.startswith(("Afbud", "Fraværende"))]

    assert not absent("Hvem skal skybrudssikre Nørrevang?")
    assert absent("Hvem havde afbud, da Byrådet behandlede skybrudssikring af Nørrevang?")
