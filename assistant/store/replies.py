"""Answers to posts, kept for a day: the same post sent again is answered, not done again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from assistant.store import schema
from assistant.store.tables import Catalogued

_COLUMNS = schema.replies.c


@dataclass(frozen=True, slots=True)
class KeptReply:
    """What one caller was answered to the post with one key; `caller` is a hash.

    `asked_sha256` is of what was posted; `kept_at` in seconds since 1970. One that `quotes` the
    material is forgotten as soon as the material changes.
    """

    caller: str
    key: str
    asked_sha256: str
    status: int
    headers: dict[str, str]
    content: bytes
    kept_at: float
    quotes: bool


class Replies:
    """The kept answers, at the highest level that the caller sees: they may quote from it."""

    def __init__(self, catalogue: Catalogued) -> None:
        self._catalogue = catalogue

    def find(self, caller: str, key: str, kept_after: float) -> KeptReply | None:
        """Return what the caller was answered to the post with this key since then, or None."""
        wanted = select(schema.replies).where(
            _COLUMNS.caller == caller, _COLUMNS.key == key, _COLUMNS.kept_at > kept_after
        )
        rows = self._catalogue.read(wanted)
        return KeptReply(**rows[-1][1]._mapping) if rows else None

    def keep(self, reply: KeptReply) -> None:
        """Keep an answer, in place of an older one with its key."""
        values = {name: getattr(reply, name) for name in KeptReply.__slots__}
        with self._catalogue.transaction(self._catalogue.levels[-1]) as connection:
            connection.execute(
                sqlite_insert(schema.replies)
                .values(**values)
                .on_conflict_do_update(index_elements=["caller", "key"], set_=values)
            )

    def forget(self, kept_before: float) -> None:
        """Forget what was kept before then, at every level that is seen."""
        for level in self._catalogue.levels:
            with self._catalogue.transaction(level) as connection:
                connection.execute(
                    delete(schema.replies).where(_COLUMNS.kept_at <= kept_before)
                )

    def forget_quotes(self) -> None:
        """Forget the answers that quote the material: it is another from now on."""
        for level in self._catalogue.levels:
            with self._catalogue.transaction(level) as connection:
                connection.execute(delete(schema.replies).where(_COLUMNS.quotes.is_(True)))
