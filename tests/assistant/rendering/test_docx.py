"""DOCX as Word reads it: opened again with python-docx."""

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn

from assistant.rendering.briefing_outline import briefing_outline
from assistant.rendering.docx import to_docx
from assistant.rendering.outline import Outline
from assistant.rendering.summary_outline import summary_outline
from tests.assistant.rendering.made import HOSTILE, QUOTES, URL, approved, briefing, draft


def opened(outline: Outline) -> DocxDocument:
    return Document(BytesIO(to_docx(outline)))


def texts(document: DocxDocument, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name == style]


def test_headings_are_words_own() -> None:
    told = opened(summary_outline([draft(title=f"Sti {HOSTILE}")]))
    assert texts(told, "Title") == ["Prompt resultater"]
    assert texts(told, "Heading 1") == [f"Sti {HOSTILE}"]
    assert texts(told, "Heading 2") == [
        "Spørgsmål", "Opsummering", "Fordele", "Emneord", "Ikke belyst i sagen", "Kilder"
    ]  # fmt: skip


def test_every_page_says_who_made_and_who_checked_it() -> None:
    told = opened(summary_outline([approved()]))
    footer = told.sections[0].footer.paragraphs[0].text
    assert footer == "Udarbejdet maskinelt – kontrolleret af Liv By den 21. maj 2025"
    styles = {one.style and one.style.name for one in told.sections[0].footer.paragraphs}
    assert styles == {"Footer"}
    fields = told.sections[0].footer._element.iter(qn("w:instrText"))
    assert [one.text for one in fields] == ["PAGE", "NUMPAGES"]
    header = told.sections[0].header.paragraphs[0].text
    assert header == "Fjordby · Byrådet · 27. maj 2025 · Prompt resultater"
    unchecked = opened(summary_outline([draft()])).sections[0].footer.paragraphs[0].text
    assert "ikke kontrolleret af en person" in unchecked


@pytest.mark.parametrize(
    "outline", [summary_outline([draft("p-1"), draft("p-2")]), briefing_outline(briefing())]
)
def test_links_inside_lead_to_bookmarks_and_back(outline: Outline) -> None:
    body = opened(outline).element.body
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    anchors = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    inside = [one for one in anchors if one]
    assert len(marks) == len(set(marks))
    assert inside
    assert set(inside) <= set(marks)
    assert {mark for mark in marks if mark.startswith("kilde_")} <= set(inside)
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_sources_show_quote_and_place_and_link_to_the_portal() -> None:
    told = opened(summary_outline([draft()]))
    sources = [one.text for one in told.paragraphs if one.text.startswith("[")]
    assert [quote in text for quote, text in zip(QUOTES.values(), sources, strict=True)] == [
        True, True, True
    ]  # fmt: skip
    assert "Indstilling (foreslået – ikke besluttet)" in sources[0]
    links = {r.target_ref for r in told.part.rels.values() if r.is_external}
    assert links == {URL}


def test_a_derived_line_is_marked_and_a_closed_item_tells_nothing() -> None:
    told = opened(summary_outline([draft()]))
    assert any("(afledt)" in text for text in texts(told, "List Bullet"))
    paragraphs = [one.text for one in opened(briefing_outline(briefing())).paragraphs]
    assert paragraphs[paragraphs.index("4. Lukket: Salg af grund") + 1:] == ["Lukket"]


def test_characters_that_a_word_file_cannot_hold_are_left_out() -> None:
    told = opened(summary_outline([draft(title="Sti\x01 på\x00 Havne\x08vej\ud800\uffff")]))
    assert texts(told, "Heading 1") == ["Sti på Havnevej"]


def test_the_language_is_danish() -> None:
    told = opened(summary_outline([draft()]))
    languages = {one.get(qn("w:val")) for one in told.styles["Normal"].element.iter(qn("w:lang"))}
    assert languages == {"da-DK"}
