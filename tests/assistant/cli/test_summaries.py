"""`summarize` and `briefing` as a person runs them."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from assistant.settings import Settings
from tests.assistant.cli.running import SAMPLE, run

COUNCIL = "04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"
FLOOD = "fcfb6473-d94b-4a68-8174-72cfa5462abf"
CLOSED = "25e7f6d9-058c-445b-b3ca-2164d5416065"


def test_a_block_is_made_kept_and_approved(own_home: Path, models: Path) -> None:
    where = {"home": own_home, "models": models}
    (made,) = json.loads(run("summarize", FLOOD, "--json", **where).stdout)
    assert (made["item_id"], made["status"]) == (FLOOD, "udkast")
    assert made["citations"]
    done = run("summarize", FLOOD, "--approve-by", "Liv  By", "--format", "md", **where)
    assert done.returncode == 0, done.stderr
    assert "kontrolleret af Liv By den" in done.stdout


def test_a_whole_meeting_in_one_word_document(
    own_home: Path, models: Path, tmp_path: Path
) -> None:
    target = tmp_path / "blokke.docx"
    done = run("summarize", "--meeting", COUNCIL, "-o", target, home=own_home, models=models)
    assert done.returncode == 0, done.stderr
    assert "Sprunget over (lukket): 6" in done.stderr
    told = Document(BytesIO(target.read_bytes()))
    titles = [p.text for p in told.paragraphs if p.style and p.style.name == "Heading 1"]
    assert len(titles) == 6
    assert not any("Industrivej" in p.text for p in told.paragraphs)


def test_what_cannot_be_made_is_told_and_the_rest_made(own_home: Path, models: Path) -> None:
    done = run(
        "summarize", "findes-ikke", CLOSED, FLOOD, "--json", home=own_home, models=models
    )
    assert done.returncode == 1
    assert [one["item_id"] for one in json.loads(done.stdout)] == [FLOOD]
    assert "intet punkt med id findes-ikke" in done.stderr
    assert "er lukket" in done.stderr


def test_a_case_in_a_file_is_summarised_and_not_kept(
    own_home: Path, models: Path, tmp_path: Path
) -> None:
    target = tmp_path / "sag.html"
    file = SAMPLE / "sag_cykelsti_havnevej.txt"
    done = run("summarize", "--file", file, "-o", target, home=own_home, models=models)
    assert done.returncode == 0, done.stderr
    assert "<article" in target.read_text(encoding="utf-8")


def test_a_block_is_corrected_from_the_file_that_it_was_written_to(
    own_home: Path, models: Path, tmp_path: Path
) -> None:
    where = {"home": own_home, "models": models}
    file = tmp_path / "blok.json"
    assert run("summarize", FLOOD, "--anew", "-o", file, **where).returncode == 0
    (block,) = json.loads(file.read_text(encoding="utf-8"))
    line = block["opsummering_linjer"][0]
    line["text"] = "Det er rettet af en person."
    file.write_text(json.dumps([block]), encoding="utf-8")
    done = run("summarize", FLOOD, "--correct", file, **where)
    assert done.returncode == 0, done.stderr
    assert "Det er rettet af en person." in done.stdout
    line["text"] = "Det koster 123.456.789 kr."
    file.write_text(json.dumps(block), encoding="utf-8")
    done = run("summarize", FLOOD, "--correct", file, **where)
    assert done.returncode == 2
    assert "»Det koster 123.456.789 kr.« har ikke belæg" in done.stderr


def test_a_briefing_on_the_screen_and_in_a_file(
    sample_home: Settings, models: Path, tmp_path: Path
) -> None:
    where = {"home": sample_home.home, "models": models}
    page = tmp_path / "møde.html"
    assert run("briefing", COUNCIL, "-o", page, **where).returncode == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    text = run("briefing", COUNCIL, **where).stdout
    assert text.startswith("# Mødeforberedelse")
    assert "## 6. Lukket: Salg af grund på Industrivej\n\nLukket\n" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("summarize",), "--meeting MØDE"),
        (("summarize", FLOOD, "--meeting", COUNCIL), "Angiv enten"),
        (("summarize", FLOOD, "--format", "docx"), "-o NAVN.docx"),
        (("summarize", FLOOD, "--format", "md", "--json"), "ikke begge"),
        (("summarize", FLOOD, "--format", "odt"), "kan ikke bruges"),
        (("summarize", "--meeting", "findes-ikke"), "intet møde"),
        (("summarize", CLOSED), "er lukket"),
        (("summarize", "--file", "findes-ikke.txt"), "kan ikke læses"),
        (("summarize", FLOOD, "--approve-by", "Liv"), "ikke lavet et resumé"),
        (("summarize", FLOOD, "-o", "."), "er en mappe"),
        (("summarize", FLOOD, "-o", "findes-ikke/blok.md"), "findes ikke"),
        (("summarize", FLOOD, "--approve-by", "Liv", "--anew"), "--anew"),
        (("summarize", FLOOD, "--correct", "findes-ikke.json"), "kan ikke læses"),
        (("summarize", "--meeting", COUNCIL, "--correct", "blok.json"), "ét punkts blok"),
        (("summarize", FLOOD, "--engine", "generative"), "ASSISTANT_LLM"),
        (("briefing", COUNCIL, "--engine", "generative"), "ASSISTANT_LLM"),
        (("briefing", "findes-ikke"), "intet møde"),
    ],
)
def test_wrong_use_is_one_sentence(
    sample_home: Settings, models: Path, words: tuple[str, ...], sentence: str
) -> None:
    done = run(*words, home=sample_home.home, models=models)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr
