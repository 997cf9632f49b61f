"""The command line in a process of its own: exit codes, and what a terminal is sent."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.assistant.cli.running import ROOT

START = "from assistant.cli import main; main()"


def start(*words: str | Path, home: Path, models: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", START, *map(str, words)],
        capture_output=True,
        timeout=300,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "ASSISTANT_HOME": str(home),
            "ASSISTANT_MODELS": str(models),
            "PYTHONPATH": str(ROOT),
        },
    )


def test_an_answer_is_json_in_utf_8_on_stdout_and_nothing_else(
    sample_home: Settings, models: Path
) -> None:
    question = "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?"
    done = start("ask", question, "--json", home=sample_home.home, models=models)
    assert done.returncode == 0, done.stderr
    assert "Nørrevang" in done.stdout.decode("utf-8")
    assert json.loads(done.stdout)["status"] == "answered"
    assert not done.stderr


def test_a_bad_file_ends_the_process_with_1_and_no_traceback(tmp_path: Path, models: Path) -> None:
    bad = tmp_path / "afkortet.json"
    bad.write_bytes(b'{"Dagsordenpunkter": [')
    done = start("ingest", bad, home=tmp_path / "home", models=models)
    assert done.returncode == 1
    assert "afkortet" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("ingest", "findes-ikke"), "findes ikke"), (("findes-ikke",), "Forkert brug")],
)
def test_wrong_use_ends_the_process_with_2_and_no_traceback(
    words: tuple[str, ...], sentence: str, tmp_path: Path, models: Path
) -> None:
    done = start(*words, home=tmp_path / "home", models=models)
    assert done.returncode == 2
    assert sentence in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr
    assert not done.stdout
