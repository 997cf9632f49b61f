"""Summaries and briefings through the service, over a copy of the sample that may be written."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.verify import quote_stands
from assistant.briefing.meeting import PARTLY_WITHOUT_MODEL, WITHOUT_MODEL
from assistant.errors import ModelError, WrongUseError
from assistant.generative.model import LanguageModel
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import AgendaItem, Block, Document, Filters, Line, Section
from prompts import Rendered
from tests.assistant.summarising.scripted import Scripted

COUNCIL = "04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"
FLOOD = "fcfb6473-d94b-4a68-8174-72cfa5462abf"
CLOSED = "25e7f6d9-058c-445b-b3ca-2164d5416065"


@pytest.fixture(scope="module")
def assistant(
    sample_home: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """An assistant over its own copy of the sample."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(sample_home.home, home)
    assistant = Assistant(sample_home.model_copy(update={"home": home}))
    yield assistant
    assistant.close()


def test_every_line_of_a_made_summary_stands_in_the_case(assistant: Assistant) -> None:
    made = assistant.summarise(FLOOD)
    summary = made.kept.summary
    sections = assistant.store.catalogue.sections(c.section_id for c in summary.citations)
    assert summary.citations
    assert all(quote_stands(citation, sections) for citation in summary.citations)
    assert (made.kept.status, made.kept.stale) == ("udkast", False)
    assert made == assistant.summary(FLOOD)


def test_an_approved_summary_is_not_made_again_unless_it_is_asked_for(
    assistant: Assistant,
) -> None:
    assistant.summarise(FLOOD, anew=True)
    approved = assistant.approve_summary(FLOOD, "Liv By")
    assert approved.kept.approved_by == "Liv By"
    assert assistant.summarise(FLOOD) == approved
    assert assistant.summarise(FLOOD, anew=True).kept.status == "udkast"


def test_a_persons_correction_is_kept_and_is_what_the_briefing_asks(assistant: Assistant) -> None:
    made = assistant.summarise(FLOOD, anew=True).kept.summary
    first = made.citations[0].n
    words = Line("Skal Nørrevang sikres mod skybrud?", (first,))
    corrected = assistant.correct_summary(replace(made, spoergsmaal=words))
    assert corrected.kept.summary.spoergsmaal == words
    assert assistant.summarise(FLOOD) == corrected
    told = next(one for one in assistant.briefing(COUNCIL).items if one.item.id == FLOOD)
    assert told.asked is not None
    assert told.asked.text == words.text
    assistant.summarise(FLOOD, anew=True)


def test_a_persons_correction_is_kept_though_the_case_has_changed(assistant: Assistant) -> None:
    made = assistant.summarise(FLOOD, anew=True).kept.summary
    own = assistant.correct_summary(replace(made, opsummering=made.opsummering[:1])).kept
    assistant.store.catalogue.keep_summary(replace(own, item_version="en ældre"))
    again = assistant.summarise(FLOOD).kept
    assert (again.summary, again.stale) == (own.summary, True)
    with pytest.raises(WrongUseError, match="er ændret"):
        assistant.approve_summary(FLOOD, "Liv By")
    assert not assistant.summarise(FLOOD, anew=True).kept.stale


@pytest.mark.parametrize(
    ("item_id", "sentence"), [("findes-ikke", "intet punkt"), (CLOSED, "er lukket")]
)
def test_no_summary_of_an_unknown_or_closed_item(
    assistant: Assistant, item_id: str, sentence: str
) -> None:
    for call in (assistant.summarise, assistant.summary):
        with pytest.raises(WrongUseError, match=sentence):
            call(item_id)
    with pytest.raises(WrongUseError, match=sentence):
        assistant.approve_summary(item_id, "Liv By")


def test_what_was_never_made_is_said_to_be_so(assistant: Assistant) -> None:
    _, items = assistant.meeting(COUNCIL)
    with pytest.raises(WrongUseError, match="assistant summarize"):
        assistant.summary(items[0].id)


def test_a_document_that_is_not_stored_leaves_no_trace(assistant: Assistant) -> None:
    before = assistant.store.catalogue.fingerprint()
    text = "Administrationen indstiller, at der anlægges en sti til 700.000 kr."
    section = Section("indstilling", "Indstilling", text, (Block("paragraph", 0, len(text)),))
    document = Document(
        "ny", "ny.json", "case", "Ny sti", "Fjordby",
        items=(AgendaItem("ny-1", "1", "Ny sti", sections=(section,)),
               AgendaItem("ny-2", "2", "Lukket: Salg", closed=True)),
    )  # fmt: skip
    (made,) = assistant.summarise_document(document)
    assert (made.item.title, made.kept.status) == ("Ny sti", "udkast")
    assert all(citation.quote in text for citation in made.kept.summary.citations)
    assert assistant.store.catalogue.fingerprint() == before
    with pytest.raises(WrongUseError, match="intet punkt"):
        assistant.summary("ny-1")


def test_only_open_items_with_text_can_be_summarised(assistant: Assistant) -> None:
    _, items = assistant.meeting(COUNCIL)
    told = assistant.summarisable(items)
    assert CLOSED not in [item.id for item in told]
    assert [item.id for item in items if item in told] == [item.id for item in told]


def test_a_briefing_tells_each_item_done_and_keeps_no_summary(assistant: Assistant) -> None:
    done: list[str] = []
    briefing = assistant.briefing(COUNCIL, done.append)
    assert done == [one.item.id for one in briefing.items]
    assert briefing.notes
    with pytest.raises(WrongUseError, match="ikke lavet"):
        assistant.summary(briefing.items[0].item.id)


def test_meetings_are_found_by_body(assistant: Assistant) -> None:
    found = assistant.meetings(Filters(committee=("Byråd 2022-2025",)))
    assert [one.id for one in found] == [COUNCIL]
    with pytest.raises(WrongUseError, match="assistant meetings"):
        assistant.meeting("findes-ikke")


def test_a_changed_quote_is_looked_up_in_the_case(assistant: Assistant) -> None:
    made = assistant.summarise(FLOOD, anew=True).kept.summary
    long = max(made.citations, key=lambda one: len(one.quote))
    words = " ".join(long.quote.split()[2:8])
    changed = replace(long, quote=words)
    told = tuple(changed if one.n == long.n else one for one in made.citations)
    lines = (Line("Det er sagens egne ord.", (long.n,)),)
    own = replace(made, citations=told, spoergsmaal=None, opsummering=lines, fordele=(), ulemper=())
    corrected = assistant.correct_summary(own).kept.summary
    placed = next(one for one in corrected.citations if one.n == long.n)
    assert placed.quote == words
    assert placed.start != long.start
    invented = replace(long, quote="det har sagen aldrig sagt et ord om")
    with pytest.raises(WrongUseError, match="Det er sagens egne ord"):
        assistant.correct_summary(replace(own, citations=(invented,)))
    assistant.summarise(FLOOD, anew=True)


QUOTED = re.compile(r"nøgle (\w+)[^\n]*:\n`+\n(.*?)\n`+", re.DOTALL)


def written(prompt: Rendered) -> dict[str, Any]:
    """A block, or a briefing's questions, of the first passage's first words."""
    key, text = QUOTED.findall(prompt.user)[0]
    source = [{"kilde": key, "citat": " ".join(text.split()[:5])}]
    told = " ".join(text.split()[:5]).rstrip(".,")
    return {
        "spoergsmaal": {"tekst": f"Skal det være sådan, at {told}?", "kilder": source},
        "opsummering": [
            {"tekst": f"Sagen siger, at {told}.", "kilder": source},
            {"tekst": f"Det er nævnt, at {told}.", "kilder": source},
        ],
        "medlemmet": [
            {"tekst": f"Hvornår er det, at {told}?", "kilder": source},
            {"tekst": "Hvem betaler de 123.456 kr.?", "kilder": source},
        ],
    }


@pytest.fixture
def by_model(assistant: Assistant) -> Iterator[Assistant]:
    """The assistant with a model that writes of what it is given."""
    assistant._models = lambda: Scripted(written)
    yield assistant
    assistant._models = None


def test_where_a_model_is_set_it_writes_and_what_is_kept_remembers_it(by_model: Assistant) -> None:
    kept = by_model.summarise(FLOOD, anew=True).kept.summary
    assert (kept.engine, kept.model) == ("generative", "prøve:model")
    assert kept.spoergsmaal
    assert kept.spoergsmaal.text.startswith("Skal det være sådan")
    assert by_model.summary(FLOOD).kept.summary == kept
    own = by_model.summarise(FLOOD, anew=True, engine="extractive").kept.summary
    assert (own.engine, own.model) == ("extractive", None)


def test_without_a_model_the_generative_engine_says_what_to_set(assistant: Assistant) -> None:
    for call in (
        lambda: assistant.summarise(FLOOD, engine="generative"),
        lambda: assistant.briefing(COUNCIL, engine="generative"),
    ):
        with pytest.raises(WrongUseError, match="ASSISTANT_LLM"):
            call()


def test_a_model_that_cannot_be_had_leaves_the_extractive_block(assistant: Assistant) -> None:
    def missing() -> LanguageModel:
        raise ModelError("Sprogmodellen »x« mangler en pakke.")

    assistant._models = missing
    try:
        block = assistant.summarise(FLOOD, anew=True).kept.summary
        briefing = assistant.briefing(COUNCIL)
    finally:
        assistant._models = None
    assert block.engine == "extractive"
    assert block.notes[0].startswith("Sprogmodellen »x« mangler en pakke. Blokken er derfor")
    assert briefing.engine == "extractive"
    assert briefing.notes[0].startswith("Sprogmodellen »x« mangler en pakke.")


def test_a_briefing_by_the_model_asks_what_holds_and_templates_for_the_rest(
    by_model: Assistant,
) -> None:
    briefing = by_model.briefing(COUNCIL)
    told = next(one for one in briefing.items if one.item.id == FLOOD)
    assert (briefing.engine, briefing.model) == ("generative", "prøve:model")
    assert told.asked
    assert told.asked.text.startswith("Skal det være sådan")
    assert [one.text.startswith("Hvornår er det, at") for one in told.questions] == [True, False]
    assert all("123.456" not in one.text for one in told.questions)
    assert PARTLY_WITHOUT_MODEL in told.notes
    closed = next(one for one in briefing.items if one.item.id == CLOSED)
    assert (closed.asked, closed.questions) == (None, ())


def test_a_briefing_whose_model_fails_on_the_way_says_so_at_the_item(assistant: Assistant) -> None:
    assistant._models = Scripted
    try:
        briefing = assistant.briefing(COUNCIL)
    finally:
        assistant._models = None
    told = next(one for one in briefing.items if one.item.id == FLOOD)
    assert len(told.questions) == 2
    assert f"Sprogmodellen kan ikke nås lige nu. {WITHOUT_MODEL}" in told.notes
