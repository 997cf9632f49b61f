"""The heading table."""

from datetime import date

import pytest

from assistant.types import SECTION_KINDS
from ingest.headings import match_heading, trusted_without_tag

KNOWN = [
    ("Resume", "resume"), ("RESUME:", "resume"), ("Résumé", "resume"),
    ("Sagens baggrund og resume", "resume"),
    ("Indstilling", "indstilling"), ("Administrationens indstilling", "indstilling"),
    ("Sagsfremstilling", "sagsfremstilling"),
    ("Supplerende sagsfremstilling den 17. maj", "sagsfremstilling"),
    ("Beslutning", "beslutning"), ("Økonomiske  konsekvenser.", "oekonomi"),
    ("Oekonomi", "oekonomi"), ("Lovgrundlag", "lovgrundlag"), ("Høring", "hoering"),
    ("Videre proces", "tidsplan"), ("Sagens forløb", "sagsforloeb"), ("Bilag", "bilag"),
    ("Miljømæssige konsekvenser", "other"), ("Bevillingsmæssige konsekvenser", "oekonomi"),
    ("Konsekvenser for borgerne", "other"), ("Borgmesterpåtegning", "other"),
]


@pytest.mark.parametrize(("heading", "kind"), KNOWN)
def test_known_headings(heading: str, kind: str) -> None:
    match = match_heading(heading)
    assert match is not None
    assert match.kind == kind
    assert match.kind in SECTION_KINDS


@pytest.mark.parametrize(
    "text",
    ["", "Cykelsti", "Beslutningen træffes i maj", "Indstillingen godkendes",
     "Beslutning i udvalget", "Resume " * 20, "__proto__"],
)
def test_other_lines_are_no_headings(text: str) -> None:
    assert match_heading(text) is None


def test_a_dated_decision_tells_who_and_when() -> None:
    match = match_heading("Beslutning i Økonomiudvalget den 20. maj 2025")
    assert match is not None
    assert (match.kind, match.committee, match.date) == (
        "beslutning", "oekonomiudvalget", date(2025, 5, 20)
    )


@pytest.mark.parametrize(
    ("line", "trusted"),
    [("Indstilling", True), ("Forslag", False), ("Kommunikation", True), ("Kompetence", False),
     ("Tidsplan", True), ("Øvrige forhold", True)],
)
def test_what_opens_a_section_without_a_tag(line: str, trusted: bool) -> None:
    match = match_heading(line)
    assert match is not None
    assert trusted_without_tag(match, line) is trusted
