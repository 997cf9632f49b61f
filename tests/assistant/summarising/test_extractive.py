"""The whole block: every line verbatim and cited; odd cases."""

import pytest

from assistant.answering.verify import quote_stands
from assistant.errors import WrongUseError
from assistant.store.store import Store
from assistant.summarising.case import Case, gather
from assistant.summarising.extractive import summarise
from assistant.summarising.material import material
from assistant.types import CaseSummary
from tests.assistant.summarising.made import case


def stored_cases(store: Store) -> list[Case]:
    found = []
    for day in store.catalogue.meeting_days():
        for item in store.catalogue.items_of_document(day[0]):
            try:
                found.append(gather(item.id, store.catalogue))
            except WrongUseError:
                continue
    return found


def lines(block: CaseSummary) -> list[tuple[str, tuple[int, ...]]]:
    told = (*block.opsummering, *block.fordele, *block.ulemper)
    return [(line.text, line.citations) for line in told]


def test_every_line_is_its_citation_and_stands_in_the_case(store: Store) -> None:
    for made in stored_cases(store):
        block = summarise(made, store, ["Trafik"])
        quotes = {citation.n: citation.quote for citation in block.citations}
        sections = {one.source.section_id: one for one in made.sections}
        assert block.spoergsmaal
        assert block.emneord == ("Trafik",)
        assert all(quote_stands(citation, sections) for citation in block.citations)
        assert all(quotes[n[0]] == text and len(n) == 1 for text, n in lines(block))
        assert all(figure.supported for figure in block.figures)


def test_what_was_decided_is_no_part_of_the_block(store: Store) -> None:
    for made in stored_cases(store):
        block = summarise(made, store)
        assert not {"beslutning", "sagsforloeb"} & {one.section for one in block.citations}


def test_a_case_from_a_file_gives_the_block_that_the_stored_one_gives(store: Store) -> None:
    text = "Stien anlægges langs Havnevej i 2026. Den koster 4 mio. kr. og bliver 900 meter lang."
    block = summarise(case(resume=text), store)
    assert block.opsummering
    assert block.citations[0].committee == "Byråd 2022-2025"
    assert block.provenance["embedding"]


def test_a_case_in_english_is_quoted_and_said_not_to_be_danish(store: Store) -> None:
    block = summarise(
        case(
            "Bicycle lane",
            resume="The lane is to be built by the harbour. It will improve the safety of pupils.",
            indstilling="It is proposed that the lane be built in the spring of the year.",
        ),
        store,
    )
    assert "ikke på dansk" in block.notes[0]
    assert block.fordele == block.ulemper == block.ikke_belyst == ()
    assert [line.text for line in block.opsummering] == [
        "The lane is to be built by the harbour.",
        "It will improve the safety of pupils.",
        "It is proposed that the lane be built in the spring of the year.",
    ]
    assert block.spoergsmaal
    assert "»Bicycle lane«" in block.spoergsmaal.text


def test_a_case_of_two_hundred_pages_is_read_in_part_and_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.summarising.material._MOST_EMBEDDED", 80)
    long = "\n".join(
        f"Afsnit {n} handler om stien langs Havnevej ved nummer {n}. Der er {n} træer på vejen."
        for n in range(4000)
    )
    proposed = "Administrationen indstiller, at stien anlægges."
    made = case(indstilling=proposed, sagsfremstilling=long)
    told = material(made, store)
    block = summarise(made, store)
    assert told.left_out > 7000
    assert sum(one.text.startswith("Der er") for one in told.sentences) == 0
    assert any("så lang" in note for note in block.notes)


def test_the_opsummering_says_what_it_costs(store: Store) -> None:
    block = summarise(
        case(
            resume="Byrådet skal tage stilling til en cykelsti langs Havnevej. Stien går fra "
            "havnen til skolen.",
            indstilling="Administrationen indstiller, at cykelstien anlægges.",
            oekonomi="Der er afsat 4,5 mio. kr. til stien over to år.",
        ),
        store,
    )
    assert block.opsummering[-1].text == "Der er afsat 4,5 mio. kr. til stien over to år."
    assert 2 <= len(block.opsummering) <= 4


def test_the_cost_told_is_the_one_that_the_indstilling_asks_for(store: Store) -> None:
    block = summarise(
        case(
            resume="Byrådet skal tage stilling til en cykelsti langs Havnevej.",
            indstilling="Administrationen indstiller,\n1. at der gives 4,5 mio. kr. til stien",
            oekonomi="Der er i alt 20 mio. kr. i cykelpuljen. Cykelstien koster 4.500.000 kr.",
        ),
        store,
    )
    assert block.opsummering[-1].text == "Cykelstien koster 4.500.000 kr."


def test_an_argument_is_not_said_again_in_the_opsummering(store: Store) -> None:
    cost = "Cykelstien medfører en ekstra udgift på 4,5 mio. kr."
    block = summarise(
        case(
            resume="Byrådet skal tage stilling til en cykelsti langs Havnevej. Stien går fra "
            "havnen til skolen.",
            indstilling="Administrationen indstiller, at cykelstien anlægges for 4,5 mio. kr.",
            oekonomi=cost,
        ),
        store,
    )
    assert cost in [line.text for line in block.ulemper]
    assert cost not in [line.text for line in block.opsummering]
    assert block.opsummering
