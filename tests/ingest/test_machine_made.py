"""Machine-made blocks are left out."""

import pytest

from ingest.machine_made import without_machine_made


def kept(lines: list[str]) -> list[str]:
    return list(without_machine_made(lines, str, lambda line: line == "Resume"))


@pytest.mark.parametrize("opening", ["Prompt resultater", "PROMPT RESULTATER:"])
def test_the_block_ends_at_the_next_heading(opening: str) -> None:
    lines = ["Før", opening, "Spørgsmål", "x", "Fordele", "y", "Resume", "Efter"]
    assert kept(lines) == ["Før", "Resume", "Efter"]


def test_the_block_may_be_last() -> None:
    assert kept(["Før", "Prompt resultater", "x"]) == ["Før"]


def test_its_words_alone_leave_nothing_out() -> None:
    lines = ["Fordele", "De kalder det prompt resultater i denne lange sætning.", "Ulemper"]
    assert kept(lines) == lines
