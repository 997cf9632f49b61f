"""Minutes as text or markdown."""

from datetime import date
from pathlib import Path

import pytest

from assistant.types import Document, Participant
from ingest.read import read_document

MINUTES = """REFERAT Direktionen d. 07-04-2025

Mødedato Mandag d. 7. april 2025 kl. 09:00

Mødested Lokale 2

Mødedeltagere Bo Ek, Liv By (Afbud), Poul
Åby

Indholdsfortegnelse

Sygefravær.....	3
Lukket: Køb.....	4

Punkt 1: Sygefravær

25-001402

Beslutning

Godkendt.

Afbud: Liv By

Økonomiske konsekvenser

Det koster 2 mio. kr.

	Udgift, kr.
Maling	56.000 kr.

Bilag

Plan for 2025

Punkt 2: Lukket: Køb af grund

25-001403

Beslutning

Prisen er hemmelig.

Punkt 3: Eventuelt

Beslutning

Intet.
"""


@pytest.fixture
def minutes() -> Document:
    return read_document(Path("referat.md"), MINUTES.encode())


def test_the_head(minutes: Document) -> None:
    assert minutes.meeting is not None
    assert (minutes.kind, minutes.meeting.committee) == ("minutes", "Direktionen")
    assert minutes.date == date(2025, 4, 7)
    assert minutes.meeting.place == "Lokale 2"
    assert minutes.meeting.participants == (
        Participant("Bo Ek"), Participant("Liv By", True), Participant("Poul Åby")
    )


def test_the_items(minutes: Document) -> None:
    assert [(i.number, i.title, i.case_number, i.closed) for i in minutes.items] == [
        ("1", "Sygefravær", "25-001402", False),
        ("2", "Lukket: Køb af grund", "25-001403", True),
        ("3", "Eventuelt", "", False),
    ]
    first = minutes.items[0]
    assert [section.kind for section in first.sections] == ["beslutning", "oekonomi", "bilag"]
    assert first.attachments == ("Plan for 2025",)
    assert first.decision is not None
    assert (first.decision.outcome, first.decision.absentees) == ("godkendt", ("Liv By",))
    assert first.sections[1].tables[0].columns == ("", "Udgift, kr.")


def test_decisions_and_attachments_are_no_subheadings(minutes: Document) -> None:
    for section in minutes.items[0].sections:
        assert all(block.kind != "subheading" for block in section.blocks)


def test_closed_items_are_bare(minutes: Document) -> None:
    assert minutes.items[1].sections == ()
    assert minutes.items[1].decision is None
    assert "hemmelig" not in repr(minutes)


def test_items_after_a_closed_heading_are_closed() -> None:
    text = (
        "# Referat fra Økonomiudvalget den 7. april 2025\n\n## Åben dagsorden\n\n"
        "## Punkt 1: Vej\n\nTekst.\n\n## Lukket dagsorden\n\n"
        "## Punkt 2: Køb\n\nPrisen er hemmelig.\n"
    )
    document = read_document(Path("r.md"), text.encode())
    assert [item.closed for item in document.items] == [False, True]
    assert "hemmelig" not in repr(document)


def test_numbered_headings_are_items_under_a_head() -> None:
    head = "# Dagsorden for Teknikudvalget den 7. april 2025"
    text = f"{head}\n\n## 1. Vej\n\nA.\n\n## 2. Park\n\nB.\n"
    document = read_document(Path("r.md"), text.encode())
    assert (document.kind, document.meeting and document.meeting.committee) == (
        "agenda", "Teknikudvalget"
    )
    assert [(item.number, item.title) for item in document.items] == [("1", "Vej"), ("2", "Park")]


def test_the_sample_minutes(sample: dict[str, Document]) -> None:
    document = sample["referat_direktionen_2025-04-07.md"]
    assert [item.closed for item in document.items] == [False, False, True, False, False]
    assert [item.decision.outcome for item in document.items if item.decision] == [
        "efterretning", "godkendt", "udsat", "other"
    ]
