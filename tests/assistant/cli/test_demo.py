"""`demo` over a sample that is stored already."""

import shutil
from pathlib import Path

from assistant.settings import Settings
from tests.assistant.cli.running import run


def test_the_demo_answers_three_questions_and_shows_a_block(
    sample_home: Settings, models: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_home.home, tmp_path / "demo")
    done = run("demo", home=tmp_path, models=models)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Spørgsmål:") == 3
    block = done.stdout.partition("# Prompt resultater")[2]
    assert "### Spørgsmål\n\nSkal Byrådet" in block
    assert "ikke kontrolleret af en person" in block
