"""The file of a corrected block: what is not one is told in one sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cli.corrections import read_correction
from assistant.errors import WrongUseError
from assistant.rendering.summary_json import summary_json
from assistant.types import KeptSummary
from tests.assistant.summarising.test_item_summary import SUMMARY

KEPT = KeptSummary(SUMMARY, "udkast", "2025-05-01T10:00:00+00:00", "v1")


def written(folder: Path, content: object) -> Path:
    file = folder / "blok.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize("alone", [True, False], ids=["one block", "among others"])
def test_what_was_written_is_read_again(tmp_path: Path, alone: bool) -> None:
    block = summary_json(KEPT)
    file = written(tmp_path, block if alone else [{"item_id": "andet"}, block])
    read = read_correction(file, "p")
    version = {"item_version": "v1"}
    assert replace(read, provenance={}) == replace(SUMMARY, provenance={})
    assert read.provenance == version


def test_a_question_that_is_deleted_is_gone(tmp_path: Path) -> None:
    file = written(tmp_path, {**summary_json(KEPT), "spoergsmaal": ""})
    assert read_correction(file, "p").spoergsmaal is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ([], "rummer ikke blokken for punktet p"),
        ({"item_id": "andet"}, "rummer ikke blokken for punktet p"),
        ("tekst", "rummer ikke blokken for punktet p"),
        ({**summary_json(KEPT), "fordele": "ingen"}, "feltet »fordele«"),
        ({**summary_json(KEPT), "opsummering_linjer": [{"text": "Uden kilde"}]},
         "feltet »opsummering.0.citations«"),
    ],
)  # fmt: skip
def test_what_is_no_block_is_told(tmp_path: Path, content: object, sentence: str) -> None:
    with pytest.raises(WrongUseError, match=sentence):
        read_correction(written(tmp_path, content), "p")


def test_what_is_no_json_is_told(tmp_path: Path) -> None:
    file = tmp_path / "blok.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(WrongUseError, match="ikke gyldig JSON"):
        read_correction(file, "p")
