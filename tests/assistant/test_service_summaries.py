"""Summaries and briefings through the service, over a copy of the sample that may be written."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answering.verify import quote_stands
from assistant.errors import WrongUseError
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import AgendaItem, Block, Document, Filters, Line, Section

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
