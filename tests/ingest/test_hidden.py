"""What a page hides is not read; what only looks unusual is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Document
from ingest.hidden import without_invisible
from ingest.html import html_blocks
from ingest.read import read_document
from ingest.report import Report


def told(html: str) -> str:
    return " ".join(
        block.text or " ".join(cell for row in block.rows for cell in row)
        for block in html_blocks(html)
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p style='DISPLAY : None !important'>x</p>",
        "<p style='visibility:hidden'>x</p>",
        "<div style='visibility:collapse'><p>x</p></div>",
        "<p style='opacity:0.0'>x</p>",
        "<p hidden>x</p>",
        "<p style='font-size:0'>x</p>",
        "<p style='font-size: 1px'>x</p>",
        "<div style='font-size:.1em'><p><b>x</b></p></div>",
        "<p style='color:white'>x</p>",
        "<p style='color:#FFF'>x</p>",
        "<p style='color:#fdfdfd'>x</p>",
        "<p style='color:rgba(0, 0, 0, 0)'>x</p>",
        "<p style='color:transparent'>x</p>",
        "<p><font color='#ffffff'>x</font></p>",
        "<td bgcolor='#1f3864'><span style='color:rgb(31,56,100)'>x</span></td>",
        "<div style='background:black'><p style='color:#000'>x</p></div>",
        "<p style='position:absolute; left:-9999px'>x</p>",
        "<p style='text-indent:-9999px'>x</p>",
        "<p style='height:0;overflow:hidden'>x</p>",
        "<p style='mso-hide:all'>x</p>",
        "<template><p>x</p></template>",
        "<table><tr style='display:none'><td>x</td><td>x</td></tr></table>",
    ],
)
def test_what_no_reader_sees_is_left_out(html: str) -> None:
    assert told(f"<p>før</p>{html}<p>efter</p>") == "før efter"


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:white; background-color:#1f3864'>x</p>",
        "<div style='background:#1f3864'><p style='color:#fff'>x</p></div>",
        "<div style='color:white'><p style='color:black'>x</p></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>x</p></div>",
        "<div style='font-size:0'><p style='font-size:12pt'>x</p></div>",
        "<p style='color:red; font-size:8pt; opacity:0.8'>x</p>",
        "<p style='background:white; color:windowtext'>x</p>",
        "<p style='text-indent:-18pt; position:relative; left:-9px'>x</p>",
        "<p style='font-size:smaller; color:inherit'>x</p>",
    ],
)
def test_what_a_reader_sees_is_kept(html: str) -> None:
    assert told(f"<p>før</p>{html}<p>efter</p>") == "før x efter"


def test_a_hidden_cell_leaves_the_others_in_their_columns() -> None:
    (table,) = html_blocks(
        "<table><tr><td>a</td><td style='display:none'>b</td><td>c</td></tr></table>"
    )
    assert table.rows == (("a", "", "c"),)


def test_hidden_words_are_counted(
    point: Callable[..., dict[str, Any]], meeting: Callable[..., dict[str, Any]],
    read_json: Callable[..., Document],
) -> None:
    hidden = "<p>Et</p><p style='color:#fff'>to <b>tre</b></p><div hidden><p>fire</p></div><p>fem"
    unread = "<script>a b</script><!-- c d --><p style='color:#f00'>rød</p>"
    closed = point(hidden, Id="i-2", Caption="Lukket: X")
    document = read_json(meeting(point(hidden), point(unread, Id="i-3"), closed))
    report = Report()
    report.count(document, 0, 0)
    assert (document.hidden_words, report.hidden_words) == (3, 3)


def test_characters_without_shape_are_left_out_and_letters_kept() -> None:
    hiding = "Æ\u200bble\u00adgrød\u2060\ufeff \U000e0041é – 5 %"
    assert without_invisible(hiding) == "Æblegrød é – 5 %"
    assert told("<p>gen&#8203;brug&shy;s&zwj;plads</p>") == "genbrugsplads"


def test_they_are_left_out_of_titles_and_texts_too(
    point: Callable[..., dict[str, Any]], meeting: Callable[..., dict[str, Any]],
    read_json: Callable[..., Document],
) -> None:
    made = meeting(point("<p>Tekst</p>", Caption="Cy\u200bkel\u00adsti"))
    assert "\\u200b" in json.dumps(made)
    assert read_json(made).items[0].title == "Cykelsti"
    plan = read_document(Path("plan.md"), "# Plan\n\nHand\u200bling et.".encode())
    assert "Handling et." in plan.sections[0].text
