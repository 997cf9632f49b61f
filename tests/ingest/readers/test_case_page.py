"""The captured case page."""

from pathlib import Path

import pytest

from assistant.errors import UnreadableFileError
from assistant.types import Document
from ingest.read import read_document

PAGE = """Fjordby

Cykelsti

Prompt resultater

Opsummering

Prisen er 9 mio. kr.

22 items
  • Lydfiler null
  • Felter 1 items
    1. 2 items
      • Html "<div><h3>Resume</h3><p>Prisen er
2 mio. kr.</p><h3>Indstilling</h3><p>at Teknikudvalget godkender</p></div>"
      • Link "https://dagsordener.fjordby.dk/x"
  • SagsNummer "25-000001"
  • Punktnummer "7"
  • Bilag 1 items
    1. 1 items
      • Navn "Kort"
  • Id "i-7"
  • AgendaUid "m-7"
  • IsOpen false
  • Caption "{title}"
"""


def page(title: str = "Cykelsti") -> Document:
    return read_document(Path("sag.txt"), PAGE.format(title=title).encode())


def test_the_case_is_read_once_from_the_tree() -> None:
    document = page()
    (item,) = document.items
    assert (document.kind, document.municipality) == ("case", "Fjordby")
    assert (item.id, item.number, item.case_number) == ("i-7", "7", "25-000001")
    assert [(s.kind, s.text) for s in item.sections] == [
        ("resume", "Prisen er 2 mio. kr."), ("indstilling", "at Teknikudvalget godkender"),
        ("bilag", "Kort"),
    ]
    assert document.meeting is not None
    assert (document.meeting.id, document.meeting.committee) == ("m-7", "Teknikudvalget")
    assert document.sections == ()


def test_a_closed_case_keeps_its_title_only() -> None:
    (item,) = page("Lukket: Køb").items
    assert (item.closed, item.sections, item.attachments) == (True, (), ())


def test_a_page_without_a_case_is_refused() -> None:
    text = '  • SagsNummer "1"\n  • Html "x"\n'
    with pytest.raises(UnreadableFileError, match="ingen sag"):
        read_document(Path("sag.txt"), text.encode())


def test_the_sample_page(sample: dict[str, Document]) -> None:
    document = sample["sag_cykelsti_havnevej.txt"]
    (item,) = document.items
    assert [section.kind for section in item.sections] == [
        "resume", "beslutning", "indstilling", "sagsfremstilling", "oekonomi", "other", "other",
        "bilag",
    ]
    story = next(s for s in item.sections if s.kind == "sagsfremstilling")
    assert story.tables[0].columns == ("", "Løsning", "Forventet udgift", "Uddybende")
    assert [story.text[b.start:b.end] for b in story.blocks if b.kind == "subheading"] == [
        "Anledning", "Strækningen i dag", "Tidsplan", "Anbefaling"
    ]
