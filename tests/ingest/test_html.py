"""HTML to blocks in reading order."""

import pytest

from assistant.errors import UnreadableFileError
from ingest.html import html_blocks


def texts(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in html_blocks(html)]


def test_headings_in_spans_and_paragraphs_come_in_order() -> None:
    html = "<span><span><h2>Resume</h2><span><p>Et.</p><p>To.<br>Tre.</p></span></span></span>"
    assert texts(html) == [
        ("heading", "Resume"), ("paragraph", "Et."), ("paragraph", "To."), ("paragraph", "Tre."),
    ]


def test_body_text_inside_a_heading_tag_is_marked() -> None:
    first, second = html_blocks("<h4>Resume<br>Brødtekst i samme tag.</h4>")
    assert (first.text, first.inside_heading) == ("Resume", False)
    assert (second.text, second.inside_heading) == ("Brødtekst i samme tag.", True)


def test_two_headings_in_a_row_are_both_headings() -> None:
    assert [b.inside_heading for b in html_blocks("<h3>Et</h3><h3>To</h3>")] == [False, False]


@pytest.mark.parametrize(
    "html",
    ["<script>a()</script>", "<style>p{}</style>", "<del>slettet</del>", "<!-- note -->",
     "<p style='display: none'>skjult</p>", "<img alt='x' src='y'>", " \n ", "<title>x</title>"],
)
def test_what_nobody_sees_gives_nothing(html: str) -> None:
    assert html_blocks(html) == []


def test_text_after_hidden_elements_is_kept() -> None:
    assert texts("<p>før<script>x</script> efter<!-- n --> til sidst</p>") == [
        ("paragraph", "før efter til sidst")
    ]


def test_list_markers_are_told() -> None:
    html = "<ul><li>a</li></ul><ol start='3'><li>b</li><li>c</li></ol><ol type='a'><li>d</li></ol>"
    assert [(b.marker, b.text) for b in html_blocks(html)] == [
        ("-", "a"), ("3.", "b"), ("4.", "c"), ("a.", "d")
    ]


def test_an_item_that_writes_its_own_number_gets_no_marker() -> None:
    assert html_blocks("<ol><li>2. godkendes</li></ol>")[0].marker == ""


def test_nested_lists_give_each_item_once() -> None:
    html = "<ul><li>a<ul><li>b</li></ul>c</li></ul>"
    assert [block.text for block in html_blocks(html)] == ["a", "b", "c"]


@pytest.mark.parametrize("tag", ["strong", "b", "u", "em", "i"])
def test_a_wholly_emphasised_line_is_emphasised(tag: str) -> None:
    whole, part = html_blocks(f"<p><{tag}>Mål</{tag}></p><p><{tag}>Mål</{tag}> og midler</p>")
    assert (whole.emphasised, part.emphasised) == (True, False)


def test_a_table_keeps_rows_cells_and_spans() -> None:
    (table,) = html_blocks(
        "<table><tr><td colspan=2>A</td><td>B</td></tr>"
        "<tr><td rowspan=2>1</td><td>2</td><td><p>3</p><p>4</p></td></tr>"
        "<tr><td>5</td><td>6</td></tr></table>"
    )
    assert table.rows == (("A", "", "B"), ("1", "2", "3\n4"), ("", "5", "6"))
    assert table.header_rows is None


def test_th_rows_are_header_rows() -> None:
    (table,) = html_blocks("<table><tr><th>A<th>B<tr><td>1<td>2</table>")
    assert table.header_rows == 1


def test_a_table_inside_a_cell_is_read_once() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    (table,) = html_blocks(f"<table><tr><td>ydre</td><td>{inner}</td></tr></table>")
    assert table.rows == (("ydre", "a b"),)


def test_a_layout_table_of_one_column_is_no_table() -> None:
    assert texts("<table><tr><td><h3>Resume</h3><p>Tekst</p></td></tr></table>") == [
        ("heading", "Resume"), ("paragraph", "Tekst")
    ]


def test_unclosed_tags_lose_no_text() -> None:
    assert "".join(text for _, text in texts("<h3>Resume<p>a <b>b<ul><li>x<li>y")) == "Resumea bxy"


def test_control_characters_are_blanks() -> None:
    assert texts("<p>a\x00b\x0bc</p>") == [("paragraph", "a b c")]


def test_two_hundred_levels_are_read() -> None:
    assert texts("<div>" * 200 + "dybt" + "</div>" * 200) == [("paragraph", "dybt")]


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "table><tr><td"])
def test_ten_thousand_levels_are_refused_not_lost(tag: str) -> None:
    with pytest.raises(UnreadableFileError, match="for dybt"):
        html_blocks(f"<{tag}>" * 10_000 + "dybt")
