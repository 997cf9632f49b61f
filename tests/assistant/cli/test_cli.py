"""The command line as a person runs it."""

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.assistant.cli.running import ROOT, SAMPLE, run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_ingest_tells_what_it_did_and_a_second_run_changes_nothing(
    home: Path, models: Path
) -> None:
    first = run("ingest", SAMPLE, "--json", home=home, models=models)
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    assert (report["documents"], report["items"], report["closed"]) == (9, 36, 8)
    assert report["embedded"] > 200
    again = json.loads(run("ingest", SAMPLE, "--json", home=home, models=models).stdout)
    assert (again["embedded"], again["unchanged"], again["documents"]) == (0, 9, 0)


def test_ask_search_and_status_as_json_and_as_text(sample_home: Settings, models: Path) -> None:
    where = {"home": sample_home.home, "models": models}
    question = "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?"
    told = json.loads(run("ask", question, "--json", **where).stdout)
    assert told["status"] == "answered"
    text = run("ask", question, **where)
    assert text.returncode == 0
    assert told["claims"][0]["text"].split("»")[1][:40] in text.stdout
    assert "[1]" in text.stdout
    hits = json.loads(run("search", "cykelsti", "--limit", "3", "--json", **where).stdout)
    assert len(hits) == 3
    assert json.loads(run("status", "--json", **where).stdout)["documents"] == 9


def test_eval_prints_yardsticks_and_writes_a_line_a_question(
    sample_home: Settings, models: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.jsonl"
    done = run(
        "eval", ROOT / "data" / "sample_questions.jsonl", "--answers", answers, "--json",
        home=sample_home.home, models=models,
    )
    told = json.loads(done.stdout)
    lines = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == told["questions"]
    assert set(lines[0]) == {"id", "answer"}
    assert told["quotes_verbatim"] == 1.0
    assert told["figures_supported"] == 1.0
    assert told["closed_leaks"] == 0
    assert told["indstilling_as_beslutning"] == 0
    assert told["right"] >= 0.85


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("afkortet.json", b'{"Dagsordenpunkter": [', "afkortet"),
        ("billede.md", bytes(range(256)) * 20, "ikke tekst"),
        ("film.mp4", b"abc", "kan ikke læses"),
        ("tom.md", b"", "tom"),
        ("andet.json", b'{"a": 1}', "ikke en dagsorden"),
    ],
)
def test_a_bad_file_is_one_sentence_and_exit_code_1(
    tmp_path: Path, home: Path, models: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("ingest", tmp_path / name, home=home, models=models)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ingest", "findes-ikke"), "findes ikke"),
        (("ask", ""), "tomt"),
        (("ask", "x" * 10_000), "10000 tegn"),
        (("ask", "Hvad koster det?"), "assistant ingest"),
        (("ask",), "mangler en værdi: question"),
        (("ask", "hvad", "--findes-ikke"), "Tilvalget findes ikke: --findes-ikke"),
        (("ask", "hvad", "--from", "i går"), "kan ikke bruges: date_from"),
        (("findes-ikke",), "Forkert brug"),
        (("eval", "findes-ikke.jsonl"), "kan ikke læses"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    home: Path, models: Path, words: tuple[str, ...], sentence: str
) -> None:
    done = run(*words, home=home, models=models)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_folder_is_wrong_use(tmp_path: Path, home: Path, models: Path) -> None:
    folder = tmp_path / "tom"
    folder.mkdir()
    done = run("ingest", folder, home=home, models=models)
    assert done.returncode == 2
    assert "ingen filer" in done.stderr


def test_an_index_by_another_model_is_refused_with_what_to_do(
    sample_home: Settings, models: Path
) -> None:
    done = run(
        "ask",
        "Hvad?",
        home=sample_home.home,
        models=models,
        ASSISTANT_EMBEDDING_MODEL="anden/model",
    )
    assert done.returncode == 1
    assert "reindex" in done.stderr


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path, models: Path) -> None:
    (tmp_path / "fil").touch()
    done = run("status", home=tmp_path / "fil" / "home", models=models)
    assert done.returncode == 1
    assert "ASSISTANT_HOME" in done.stderr
    assert "Traceback" not in done.stderr
