"""One SQLite database for each level of access: what a reader may not see, it does not open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from assistant.access import Level
from assistant.errors import StoreError
from assistant.store import schema

_FIRST_PASSAGE = 10**12
"""How far apart the levels' passage ids begin, so that none tells of another level's number."""


def level_folder(home: Path, level: Level) -> Path:
    """Return where a level's files lie: the open ones in the store's own folder."""
    return home if level is Level.OPEN else home / level.value


def first_passage(level: Level) -> int:
    """Return the number after which a level's passage ids are counted."""
    return _FIRST_PASSAGE * level.rank


class Databases:
    """The databases of a store. A level has one from when something is first stored at it."""

    def __init__(self, path: Path) -> None:
        """Open the database at `path`, made where there is none, and those of other levels.

        Raises StoreError where one is damaged or the folder cannot be written.
        """
        self._path = path
        self._engines: dict[Level, Engine] = {}
        self.opened(Level.OPEN)
        for level in Level:
            if self._of(level).exists():
                self.opened(level)

    def found(self, level: Level) -> Engine | None:
        """Return the level's database, or None where nothing was ever stored at it."""
        return self._engines.get(level)

    def opened(self, level: Level) -> Engine:
        """Return the level's database, made where there is none. Raises StoreError."""
        if level not in self._engines:
            self._engines[level] = _open(self._of(level))
        return self._engines[level]

    def close(self) -> None:
        for engine in self._engines.values():
            engine.dispose()

    def _of(self, level: Level) -> Path:
        return level_folder(self._path.parent, level) / self._path.name


def _open(path: Path) -> Engine:
    engine = _engine(path)
    try:
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
            for statement in schema.FULLTEXT:
                connection.execute(text(statement))
    except DatabaseError as error:
        engine.dispose()
        raise StoreError(
            f"Kataloget »{path}« kan ikke åbnes. Det er beskadiget, i brug eller "
            "skrivebeskyttet. Vælg en anden mappe med ASSISTANT_HOME, eller slet det og "
            "kør »assistant ingest« igen."
        ) from error
    return engine


def _engine(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Mappen »{path.parent}« kan ikke oprettes. Vælg en anden med ASSISTANT_HOME."
        ) from error
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON",
                       "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
