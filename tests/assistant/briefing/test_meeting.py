"""A meeting's briefing over the sample, with summaries made by hand."""

import pytest

from assistant.answering.verify import quote_stands
from assistant.briefing.meeting import NO_TEXT, brief
from assistant.briefing.types import BriefedItem
from assistant.service import Assistant
from assistant.store.stored import StoredItem
from assistant.types import CaseSummary, Citation, Line

COUNCIL = "04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"
FLOOD = "Skybrudssikring af Nørrevang - anlægsbevilling"


@pytest.fixture(scope="module")
def briefed(assistant: Assistant) -> list[BriefedItem]:
    """Every item of the council's meeting, each summary's question resting on its first words."""
    catalogue = assistant.store.catalogue
    _, items = assistant.meeting(COUNCIL)

    def summarised(item: StoredItem) -> CaseSummary:
        return asking(item, assistant)

    return [brief(item, catalogue, summarised) for item in items]


def asking(item: StoredItem, assistant: Assistant, figure: str = "") -> CaseSummary:
    """A summary that asks one question, with a figure in it that its source may not have."""
    sections = assistant.store.catalogue.sections_of_item(item.id)
    stored = next((one for one in sections if one.section.kind != "beslutning"), sections[0])
    text = stored.section.text
    end = text.find(".") + 1 or len(text)
    cited = Citation(
        n=7, quote=" ".join(text[:end].split()), document="", item_id=item.id, item_number="",
        title="", case_number="", committee="", meeting_date=None, section=stored.section.kind,
        heading="", page=None, start=0, end=end, url="", section_id=stored.source.section_id,
    )  # fmt: skip
    return CaseSummary(
        item.id, Line(f"Skal det godkendes{figure}?", (7,)), (), (), (), (),
        ("Sagen beskriver ingen alternativer.",), (cited,), (), "extractive", None,
    )  # fmt: skip


def named(briefed: list[BriefedItem], title: str) -> BriefedItem:
    return next(one for one in briefed if one.item.title == title)


def test_every_line_is_a_quote_that_stands_and_every_figure_is_borne(
    briefed: list[BriefedItem], assistant: Assistant
) -> None:
    for one in briefed:
        sections = assistant.store.catalogue.sections(c.section_id for c in one.citations)
        assert all(quote_stands(citation, sections) for citation in one.citations)
        assert all(figure.supported for figure in one.figures)
        told = (*one.recommendation, *one.money, *one.decided_before)
        assert all(line.citations for line in told)
        cited = {n for line in (*told, *one.questions) for n in line.citations}
        cited |= set(one.asked.citations) if one.asked else set()
        assert cited == {citation.n for citation in one.citations}


def test_the_recommendation_is_quoted_point_by_point(briefed: list[BriefedItem]) -> None:
    flood = named(briefed, FLOOD)
    assert [line.label for line in flood.recommendation] == ["", "1.", "2."]
    quotes = {citation.n: citation for citation in flood.citations}
    for line in flood.recommendation:
        (n,) = line.citations
        assert (quotes[n].quote, quotes[n].section) == (line.text, "indstilling")


def test_what_earlier_bodies_decided_is_quoted_with_body_and_day(
    briefed: list[BriefedItem],
) -> None:
    flood = named(briefed, FLOOD)
    assert [line.label for line in flood.decided_before] == [
        "Klima- og Teknikudvalget den 13. maj 2025", "Økonomiudvalget den 20. maj 2025"
    ]  # fmt: skip
    quotes = {citation.n: citation for citation in flood.citations}
    for line in flood.decided_before:
        (n,) = line.citations
        assert (quotes[n].quote, quotes[n].section) == (line.text, "beslutning")
        assert quotes[n].meeting_date < "2025-05-27"  # type: ignore[operator]


def test_the_meetings_own_decision_is_never_told(briefed: list[BriefedItem]) -> None:
    own = [
        citation
        for one in briefed
        for citation in one.citations
        if citation.section == "beslutning" and citation.meeting_date == "2025-05-27"
    ]
    assert not own


def test_a_closed_item_is_named_and_nothing_more(briefed: list[BriefedItem]) -> None:
    closed = [one for one in briefed if one.item.closed]
    assert closed == [BriefedItem(closed[0].item)]


def test_the_money_is_told_with_the_tables_unit(briefed: list[BriefedItem]) -> None:
    texts = [line.text for line in named(briefed, FLOOD).money]
    assert "Den samlede bruttoudgift er 23,7 mio. kr." in texts
    assert any(text.startswith("Netto i alt (Mio. kr.): 2025: 3,0") for text in texts)


def test_a_question_whose_figure_does_not_stand_is_left_out(assistant: Assistant) -> None:
    _, items = assistant.meeting(COUNCIL)
    flood = next(item for item in items if item.title == FLOOD)
    told = brief(
        flood, assistant.store.catalogue, lambda item: asking(item, assistant, " for 99 mio. kr.")
    )
    assert told.asked is None
    assert any("belægget ikke holdt" in note for note in told.notes)
    assert told.recommendation


def test_a_formality_raises_no_questions(briefed: list[BriefedItem]) -> None:
    assert named(briefed, "Godkendelse af dagsorden").questions == ()
    assert len(named(briefed, FLOOD).questions) == 2


def test_an_item_without_text_says_so(assistant: Assistant) -> None:
    _, items = assistant.meeting(COUNCIL)
    bare = StoredItem("x", "9", "Eventuelt", "", False, None, "d", "d", "Fjordby", "Byrådet", None)
    told = brief(bare, assistant.store.catalogue, lambda item: asking(items[0], assistant))
    assert told == BriefedItem(bare, notes=(NO_TEXT,))
