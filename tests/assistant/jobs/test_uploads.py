from pathlib import Path

import pytest

from assistant.access import Level
from assistant.jobs.uploads import Uploads, safe_name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("referat.json", "referat.json"),
        ("../../etc/passwd", "passwd"),
        ("C:\\mappe\\Årsplan 2025.md", "Årsplan 2025.md"),
        (".env", "env"),
        ("..", "dokument"),
        ("", "dokument"),
        ("a\x00b\n.md", "a_b_.md"),
        ("a/.md", "md"),
        ("x" * 300 + ".json", "x" * 120 + ".json"),
    ],
)
def test_a_name_is_a_plain_file_name(told: str, name: str) -> None:
    assert safe_name(told) == name


def test_files_lie_apart_until_they_are_taken_up(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    names = uploads.keep("j1", [("a.md", b"1"), ("A.md", b"2"), ("x/a.md", b"3")])
    assert names == ["a.md", "A-2.md", "a-3.md"]
    place = uploads.take_up("j1", "a.md", Level.INTERNAL)
    assert place == tmp_path / "internal" / "sources" / "a.md"
    assert place.read_bytes() == b"1"
    assert place.parent.stat().st_mode & 0o077 == 0
    assert uploads.waiting("j1", "a.md") is None
    assert uploads.of_jobs() == ["j1"]
    uploads.discard("j1")
    assert not uploads.of_jobs()
