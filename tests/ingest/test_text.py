"""Plain text and markdown to blocks."""

import time

import pytest

from ingest.text import list_marker, plain, text_blocks


def told(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in text_blocks(text)]


def test_kinds_of_lines() -> None:
    text = "# Titel\n\nEt afsnit.\n\n- punkt\n1. nummer\n\na\tb\n1\t2\n"
    assert [kind for kind, _ in told(text)] == [
        "heading", "paragraph", "list_item", "list_item", "table"
    ]


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("- tekst", "- "), ("  • tekst", "  • "), ("- ▶ tekst", "- ▶ "), ("2. tekst", "2. "),
        ("b) tekst", "b) "), ("20. februar 2024", ""), ("1. maj: fri", ""), ("2024. tekst", ""),
        ("-tekst", ""), ("tekst", ""), ("-", ""),
    ],
)
def test_list_markers(line: str, marker: str) -> None:
    assert list_marker(line) == marker


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("**Handling:** x", "Handling: x"), ("*a* og ***b***", "a og b"), ("**a *b* c**", "a b c"),
        ("2 * 3 * 4", "2 * 3 * 4"), ("a_b_c", "a_b_c"), ("<b>1) A &amp; B</b>", "1) A & B"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb\n"), ("1 < 2 og 3 > 2", "1 < 2 og 3 > 2"),
    ],
)
def test_plain(marked: str, bare: str) -> None:
    assert plain(marked) == bare


def test_the_contents_list_is_left_out() -> None:
    text = "## Indholdsfortegnelse\n\nMål.....\t3\nMidler 2025\t4\n\nMål\n\nVi vil det."
    assert told(text) == [("paragraph", "Mål"), ("paragraph", "Vi vil det.")]


def test_page_numbers_first_are_a_contents_list_too() -> None:
    assert told("# INDHOLD\n3\tBaggrund\n6\tMål\n# BAGGRUND\nTekst.") == [
        ("heading", "BAGGRUND"), ("paragraph", "Tekst.")
    ]


def test_a_sentence_that_a_page_break_cut_is_joined() -> None:
    first = "Rammeaftalen rummer et antal fokusområder, og på møderne var der generel"
    assert told(f"{first}\n\nopbakning til dem.") == [("paragraph", f"{first} opbakning til dem.")]


def test_a_wrapped_line_is_joined_however_short() -> None:
    assert told("Processer og  \nworkflow") == [("paragraph", "Processer og workflow")]


def test_paragraphs_stay_apart() -> None:
    assert len(told("Et afsnit.\nog et til.\n\nNr. tre")) == 3


def test_table_rules_are_no_rows() -> None:
    (table,) = text_blocks("A\tB\n-----\t---\n1\t2\n")
    assert table.rows == (("A", "B"), ("1", "2"))


def test_a_heading_loses_its_dash() -> None:
    assert told("## - STRATEGI") == [("heading", "STRATEGI")]


def test_windows_lines_and_form_feeds() -> None:
    assert told("Et.\r\n\r\nTo.\fTre.") == [
        ("paragraph", "Et."), ("paragraph", "To."), ("paragraph", "Tre.")
    ]


@pytest.mark.parametrize("piece", ["x", "*a ", "**a ", "<b ", "a\t", "1."])
def test_one_line_of_half_a_megabyte_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    text_blocks(piece * (500_000 // len(piece)))
    assert time.perf_counter() - started < 5
