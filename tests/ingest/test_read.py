"""Files of every sort to documents, or to one clear sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UnreadableFileError
from assistant.types import Document
from ingest.read import SkippedFileError, document_id, read_document

Make = Callable[..., Any]

BAD = [
    ("a.json", b'{"Id": "m", "Dagsordenpunkter": [{"Id"', "beskadiget eller afkortet"),
    ("a.json", b"[" * 200_000, "beskadiget eller afkortet"),
    ("a.json", b"[1, 2]", "ikke en dagsorden"),
    ("a.json", b'{"a": 1}', "ikke en dagsorden"),
    ("a.json", b'"tekst"', "ikke en dagsorden"),
    ("a.json", b'{"Dagsordenpunkter": "ingen"}', "ikke en dagsorden"),
    ("a.json", b'{"__proto__": {}, "constructor": {"prototype": 1}}', "ikke en dagsorden"),
    ("a.json", b'{"Id": "m", "Udvalg": {"Navn": "X"}, "Moede": {"Dato": "2025-01-01"},'
               b'"Dagsordenpunkter": ["tekst"]}', "ikke den form"),
    ("a.json", b'{"Id": "m", "Udvalg": [1], "Moede": [], "Dagsordenpunkter": []}', "ikke den form"),
    ("a.md", bytes(range(256)) * 20, "ikke tekst"),
    ("a.txt", b"%PDF-1.4\x00\x01", "ikke tekst"),
    ("a.md", b"", "tom"),
    ("a.txt", b" \n\t\r\n", "tom"),
    ("a.json", b"\xef\xbb\xbf", "tom"),
    ("a.pdf", b"%PDF", "Formatet ».pdf«"),
    ("Makefile", b"all:", "Formatet »Makefile«"),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD)
def test_bad_input_says_one_danish_sentence(name: str, content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says) as caught:
        read_document(Path(name), content)
    assert not isinstance(caught.value, SkippedFileError)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content", [b'{"Dagsordner": [], "AntalResultater": 0}', b'{"Udvalg": [{"Navn": "X"}]}']
)
def test_other_answers_of_the_portal_are_skipped(content: bytes) -> None:
    with pytest.raises(SkippedFileError):
        read_document(Path("liste.json"), content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_danish_letters_in_any_encoding(encoding: str) -> None:
    text = "# Ældrepolitik på Læsø\n\nVi vil gøre det bedre – for »alle«."
    document = read_document(Path("plan.md"), text.encode(encoding))
    assert document.title == "Ældrepolitik på Læsø"
    assert document.sections[0].text == "Vi vil gøre det bedre – for »alle«."


@pytest.mark.parametrize("missing", ["Id", "Udvalg", "Moede"])
def test_a_meeting_without_id_body_or_date_is_refused(
    read_json: Make, meeting: Make, point: Make, missing: str
) -> None:
    content = meeting(point("<p>x</p>"))
    del content[missing]
    with pytest.raises(UnreadableFileError, match="mangler id, udvalg eller dato"):
        read_json(content)


def test_a_date_that_is_none_is_refused(read_json: Make, meeting: Make) -> None:
    with pytest.raises(UnreadableFileError, match="i morgen"):
        read_json(meeting(Moede={"Dato": "i morgen"}))


def test_an_item_nested_ten_thousand_deep_is_refused(
    read_json: Make, meeting: Make, point: Make
) -> None:
    with pytest.raises(UnreadableFileError, match="for dybt"):
        read_json(meeting(point("<div>" * 10_000 + "x")))


def test_five_megabytes_on_one_line_are_kept() -> None:
    content = b"ordene er mange. " * 300_000
    (section,) = read_document(Path("notat.md"), content).sections
    assert section.text == content.decode().strip()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("2025-03-11_klima--og-teknikudvalget.json", "minutes"),
        ("2025-05-14_boerne--og-skoleudvalget.json", "agenda"),
        ("handleplan_sundhed_og_trivsel_2025.md", "plan"),
        ("referat_direktionen_2025-04-07.md", "minutes"),
        ("sag_cykelsti_havnevej.txt", "case"),
    ],
)
def test_the_format_is_known_by_what_the_file_says(
    sample: dict[str, Document], name: str, kind: str
) -> None:
    assert sample[name].kind == kind
    assert sample[name].municipality == "Fjordby"


def test_ids_from_file_names() -> None:
    assert document_id(Path("/a/Referat Økonomi (2).md")) == "referat-økonomi-2"
    assert document_id(Path("/a/???.md")) == "dokument"
