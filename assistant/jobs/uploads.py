"""Uploaded files: kept until their job has taken them up, then where the store knows them from."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from assistant.access import Level
from assistant.store.databases import level_folder

_LONGEST = 120
_FOREIGN = re.compile(r"[^\w .,()§&+-]+")


class Uploads:
    """The folders of a store that uploaded files lie in; nobody else may read them."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def keep(self, job_id: str, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Keep the files of a job; return their names, each made safe and told from the others."""
        folder = _made(self._waiting(job_id))
        names: list[str] = []
        for told, content in files:
            name = _apart(safe_name(told), names)
            (folder / name).write_bytes(content)
            names.append(name)
        return names

    def waiting(self, job_id: str, name: str) -> Path | None:
        """Return a file that its job has not taken up yet, or None."""
        path = self._waiting(job_id) / name
        return path if path.exists() else None

    def source(self, name: str, level: Level) -> Path:
        """Return where a file of this name and level lies once it was taken up."""
        return level_folder(self._home, level) / "sources" / name

    def take_up(self, job_id: str, name: str, level: Level) -> Path:
        """Move a waiting file to where the store is to know it from; return that place.

        It takes the place of the file that had its name and level.
        """
        source = self.source(name, level)
        _made(source.parent)
        return (self._waiting(job_id) / name).replace(source)

    def discard(self, job_id: str) -> None:
        """Remove what a job left untaken."""
        shutil.rmtree(self._waiting(job_id), ignore_errors=True)

    def of_jobs(self) -> list[str]:
        """Return the ids of the jobs that files are waiting for."""
        folder = self._home / "uploads"
        return [one.name for one in folder.iterdir()] if folder.exists() else []

    def _waiting(self, job_id: str) -> Path:
        return self._home / "uploads" / job_id


def safe_name(told: str) -> str:
    """Return a file's name without folders, and with nothing that a file system takes for more."""
    last = unicodedata.normalize("NFC", told).replace("\\", "/").rpartition("/")[2]
    name = _FOREIGN.sub("_", last).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    return f"{stem[:_LONGEST] or 'dokument'}{dot}{ending[:10]}"


def _apart(name: str, names: list[str]) -> str:
    """The name, with a number where another file of the job has it, whatever the case."""
    taken = {one.casefold() for one in names}
    path, number, free = Path(name), 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    return free


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder
