"""HTML as a browser reads it: parsed, not searched as text."""

import re
from itertools import pairwise

import pytest
from lxml import html

from assistant.rendering.briefing_outline import briefing_outline
from assistant.rendering.html import to_fragment, to_html
from assistant.rendering.outline import Outline
from assistant.rendering.summary_outline import summary_outline
from tests.assistant.rendering.made import HOSTILE, QUOTES, URL, briefing, draft

DOCUMENTS = [
    summary_outline([draft(title=f"Sti {HOSTILE}")]),
    summary_outline([draft("p-1"), draft("p-2")]),
    briefing_outline(briefing()),
]


def page(outline: Outline) -> html.HtmlElement:
    return html.document_fromstring(to_html(outline))


@pytest.mark.parametrize("outline", DOCUMENTS)
def test_what_sources_say_is_text(outline: Outline) -> None:
    told = page(outline)
    assert not told.xpath("//script | //img | //iframe | //b | //*[@onclick]")
    assert HOSTILE in " ".join(told.text_content().split())


def test_a_hostile_title_is_text_in_the_heading_and_in_the_pages_title() -> None:
    told = page(DOCUMENTS[0])
    assert told.xpath("//h2")[0].text_content() == f"Sti {HOSTILE}"
    assert HOSTILE in told.xpath("//title")[0].text_content()


@pytest.mark.parametrize("outline", DOCUMENTS)
def test_nothing_is_fetched_from_elsewhere(outline: Outline) -> None:
    told = page(outline)
    assert not told.xpath("//link | //script | //*[@src] | //object | //embed | //base")
    styles = " ".join(told.xpath("//style/text()"))
    assert not re.search(r"@import|url\(|@font-face", styles)
    policy = told.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("outline", DOCUMENTS)
def test_footnote_links_lead_there_and_back(outline: Outline) -> None:
    told = page(outline)
    ids = told.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = [link for link in told.xpath("//a/@href") if link.startswith("#")]
    assert inside
    assert {link[1:] for link in inside} <= set(ids)
    sources = [one for one in ids if one.startswith("kilde-")]
    assert {f"#{one}" for one in sources} <= set(inside)
    for one in sources:
        back = told.xpath(f"//a[@id='{one}']/@href")[0]
        line = told.get_element_by_id(back[1:])
        assert f"#{one}" in line.xpath(".//a/@href")


def test_the_portal_is_linked_by_its_own_address_only() -> None:
    outside = [link for link in page(DOCUMENTS[0]).xpath("//a/@href") if not link.startswith("#")]
    assert set(outside) == {URL}


def test_a_source_shows_its_quote_and_where_it_stands() -> None:
    notes = page(DOCUMENTS[0]).xpath("//section[@class='sources']//li")
    assert [note.xpath(".//q")[0].text_content() for note in notes] == list(QUOTES.values())
    assert "Indstilling (foreslået – ikke besluttet) · Byrådet" in notes[0].text_content()
    assert "Beslutning (truffet på mødet)" in notes[2].text_content()


def test_the_headings_are_a_tree() -> None:
    levels = [int(one.tag[1]) for one in page(DOCUMENTS[0]).xpath("//h1|//h2|//h3|//h4")]
    assert levels[:3] == [1, 2, 3]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_label_and_both_colour_schemes_and_print_are_there() -> None:
    told = page(DOCUMENTS[0])
    made = told.xpath("//p[@class='made']/text()")
    assert made == ["Udarbejdet maskinelt – ikke kontrolleret af en person"]
    style = " ".join(told.xpath("//style/text()"))
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style
    assert told.get("lang") == "da"


def test_two_fragments_can_stand_on_one_page() -> None:
    both = html.document_fromstring(
        to_fragment(summary_outline([draft("p-1")])) + to_fragment(summary_outline([draft("p-2")]))
    )
    ids = both.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(both.xpath("//article")) == 2
