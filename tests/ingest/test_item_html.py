"""An item's HTML to sections."""

from datetime import date

import pytest

from assistant.types import Section
from ingest.item_html import item_sections

LONG = "Brødtekst, som er så lang, at linjen over den må være en overskrift til den. " * 2


def kinds(html: str) -> list[tuple[str, str]]:
    return [(section.kind, section.heading) for section in item_sections(html)]


def blocks(section: Section) -> list[tuple[str, str]]:
    return [(b.kind, section.text[b.start:b.end]) for b in section.blocks]


@pytest.mark.parametrize("level", [2, 3, 4])
def test_headings_of_any_level_open_sections(level: int) -> None:
    html = "".join(
        f"<h{level}><span>{heading}</span></h{level}><p>Tekst.</p>"
        for heading in ("Resume", "Indstilling:", "Økonomiske konsekvenser", "Lovgrundlag.")
    )
    assert kinds(html) == [
        ("resume", "Resume"), ("indstilling", "Indstilling"),
        ("oekonomi", "Økonomiske konsekvenser"), ("lovgrundlag", "Lovgrundlag."),
    ]


def test_text_before_any_heading_is_the_case_itself() -> None:
    assert kinds("<p>Indledning.</p>") == [("sagsfremstilling", "")]


def test_a_heading_without_text_gives_no_section() -> None:
    assert kinds("<h3>Fremstilling</h3><h4>Resume</h4><p>Tekst.</p>") == [("resume", "Resume")]


def test_an_unknown_heading_of_the_portal_opens_its_own_section() -> None:
    assert kinds("<h3>Trafikforhold</h3><span><p>Tekst.</p></span>") == [("other", "Trafikforhold")]


def test_consequences_of_any_sort_are_a_section_of_their_own() -> None:
    html = "<h3>Høring</h3><p>Ja.</p><h3>Klimamæssige konsekvenser</h3><p>Nej.</p>"
    assert kinds(html) == [("hoering", "Høring"), ("other", "Klimamæssige konsekvenser")]


def test_decision_and_recommendation_never_mix() -> None:
    html = (
        "<h3>Beslutning</h3><span><p>Ikke godkendt.</p></span>"
        "<h3>Fremstilling</h3><span><h4>Indstilling</h4><p>at sagen godkendes.</p></span>"
    )
    decision, proposal = item_sections(html)
    assert (decision.kind, decision.text) == ("beslutning", "Ikke godkendt.")
    assert (proposal.kind, proposal.text) == ("indstilling", "at sagen godkendes.")


def test_a_bold_forslag_inside_the_case_is_no_recommendation() -> None:
    html = f"<h3>Sagsfremstilling</h3><p><b>Forslag</b></p><p>{LONG}</p>"
    assert [kind for kind, _ in kinds(html)] == ["sagsfremstilling"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Beslutning i Teknikudvalget den 11. marts 2025", "beslutning"),
        ("Beslutning i Teknikudvalget den 14. januar 2025", "sagsforloeb"),
        ("Beslutning i Økonomiudvalget den 11. marts 2025", "sagsforloeb"),
        ("Beslutning", "beslutning"),
    ],
)
def test_only_this_meetings_decision_is_the_decision(heading: str, kind: str) -> None:
    html = f"<h3>{heading}</h3><span><p>Godkendt.</p></span>"
    (section,) = item_sections(html, "Teknikudvalget", date(2025, 3, 11))
    assert (section.kind, section.heading) == (kind, heading)


def test_earlier_bodies_are_subheadings_of_the_history() -> None:
    html = "<h3>Sagens forløb</h3><span><h4>13-05-2025 Udvalget</h4><p>Anbefales.</p></span>"
    (section,) = item_sections(html)
    assert section.kind == "sagsforloeb"
    assert blocks(section) == [("subheading", "13-05-2025 Udvalget"), ("paragraph", "Anbefales.")]


@pytest.mark.parametrize(
    "line", ["<p><b>Trafik</b></p>", "<p><em>Trafik</em></p>", "<h5>Trafik</h5>", "<p>Trafik</p>"]
)
def test_subheadings_are_found(line: str) -> None:
    (section,) = item_sections(f"<h3>Sagsfremstilling</h3>{line}<p>{LONG}</p>")
    assert blocks(section)[0] == ("subheading", "Trafik")


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Det koster 2 mio. kr.</b></p>",
        "<p><b>Administrationen foreslår:</b></p>",
        "<p><b>-</b></p>",
        f"<p><b>{LONG}</b></p>",
        "<h4>Administrationen foreslår,</h4>",
    ],
)
def test_emphasised_text_is_no_subheading(line: str) -> None:
    (section,) = item_sections(f"<h3>Sagsfremstilling</h3>{line}<p>{LONG}</p>")
    assert blocks(section)[0][0] == "paragraph"


@pytest.mark.parametrize("heading", ["Beslutning", "Indstilling"])
def test_what_is_decided_or_proposed_is_never_a_subheading(heading: str) -> None:
    (section,) = item_sections(f"<h3>{heading}</h3><p><i>Godkendt</i></p><p>{LONG}</p>")
    assert blocks(section)[0] == ("paragraph", "Godkendt")


def test_body_text_in_a_heading_tag_is_body_text() -> None:
    (section,) = item_sections("<h4>Sagsprocedure<p>Teknikudvalget og Byrådet</p></h4>")
    assert (section.heading, blocks(section)) == (
        "Sagsprocedure", [("paragraph", "Teknikudvalget og Byrådet")]
    )


def test_numbered_paragraphs_of_a_recommendation_are_a_list() -> None:
    (section,) = item_sections("<h3>Indstilling</h3><p>1. at A</p><p>2) at B</p>")
    assert blocks(section) == [("list_item", "at A"), ("list_item", "at B")]
    assert section.text == "1. at A\n2) at B"
    assert [block.marker for block in section.blocks] == ["1.", "2)"]


def test_numbered_decisions_keep_their_number_in_the_quote() -> None:
    (section,) = item_sections("<h3>Beslutning</h3><p>1. Godkendt.</p>")
    assert blocks(section) == [("paragraph", "1. Godkendt.")]


def test_a_date_is_no_list_number() -> None:
    (section,) = item_sections("<h3>Tidsplan</h3><p>1. september 2025: start</p>")
    assert blocks(section) == [("paragraph", "1. september 2025: start")]


def test_machine_made_text_is_left_out() -> None:
    html = (
        "<h3>Prompt resultater</h3><span><h4>Opsummering</h4><p>Pris 9,9 mio.</p>"
        "<h4>Fordele</h4><ul><li>Billigt</li></ul></span><h3>Resume</h3><p>Pris 2 mio.</p>"
    )
    (section,) = item_sections(html)
    assert (section.kind, section.text) == ("resume", "Pris 2 mio.")


FIRST = '<p class="xsltFirstParagraph">{}</p>'


def test_a_decision_without_heading_is_the_paragraph_that_the_portal_marks() -> None:
    decided = FIRST.format("Indstillingen blev godkendt.") + "<p>Afbud: Bo Ek.</p>"
    decision, resume = item_sections(f"{decided}<h3>Resume</h3><p>T</p>")
    assert (decision.kind, decision.heading) == ("beslutning", "")
    assert decision.text == "Indstillingen blev godkendt.\nAfbud: Bo Ek."
    assert (resume.kind, resume.text) == ("resume", "T")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>Godkendt.</p>", id="no mark"),
        pytest.param(FIRST.format("Sagen handler om en sti."), id="nothing decided"),
        pytest.param(FIRST.format(f"{LONG * 5}Godkendt."), id="a whole case"),
    ],
)
def test_other_opening_paragraphs_are_the_case_itself(html: str) -> None:
    assert kinds(html) == [("sagsfremstilling", "")]


def test_a_marked_paragraph_under_a_heading_stays_there() -> None:
    html = f"<h3>Indstilling</h3>{FIRST.format('at sagen godkendes.')}"
    assert kinds(html) == [("indstilling", "Indstilling")]
