"""Which municipality a document comes from."""

import pytest

from ingest.municipality import municipality_of


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://dagsordener.fjordby.dk/Vis/1", "Fjordby"),
        ("https://dagsordener-referater.hvidovre.dk/x", "Hvidovre"),
        ("https://www.grevekommune.dk/x", "Greve"),
        ("https://dagsorden.hoeje-taastrup.dk/x", "Høje-Taastrup"),
    ],
)
def test_the_portals_host(url: str, name: str) -> None:
    assert municipality_of([url]) == name


def test_the_file_name_before_the_text() -> None:
    assert municipality_of([], "nyborg_plan.md", "Odense Kommune") == "Nyborg"


def test_a_name_inside_another_word_is_not_found() -> None:
    assert municipality_of([], "vejledning.md") == ""


def test_the_text_names_it() -> None:
    assert municipality_of(text="Fjordby Kommunes plan. Fjordby Kommune vil.") == "Fjordby"


@pytest.mark.parametrize("text", ["", "Ingen her", "kommune"])
def test_nothing_tells_it(text: str) -> None:
    assert municipality_of([""], "", text) == ""
