"""How closed items are marked."""

import pytest

from ingest.closed import is_closed_title, opens_closed_part


@pytest.mark.parametrize(
    "title",
    ["Lukket: Køb", "LUKKET PUNKT - Køb", "Lukket punkt", " (Lukket) Køb", "Køb (lukket)",
     "Køb (lukket sag)", "Køb [Fortroligt]", "Køb - lukket", "Køb – lukket punkt", "Fortrolig: X"],
)
def test_closed(title: str) -> None:
    assert is_closed_title(title)


@pytest.mark.parametrize(
    "title",
    ["Køb af grund", "Afslukket stiforløb", "Svømmehallen holder lukket i juli", "Lukketider", ""],
)
def test_open(title: str) -> None:
    assert not is_closed_title(title)


@pytest.mark.parametrize(
    ("heading", "closed"),
    [("Lukket dagsorden", True), ("Lukkede punkter", True), ("Åben dagsorden", False),
     ("Bilag", None), ("Lukket: Køb", None)],
)
def test_parts_of_a_meeting(heading: str, closed: bool | None) -> None:
    assert opens_closed_part(heading) is closed
