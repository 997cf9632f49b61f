"""What readers say: whether an answer was right, and whether they agree with a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from assistant.access import Level
from assistant.store import schema
from assistant.store.tables import Catalogued

Verdict = Literal["right", "wrong"]
Stance = Literal["enig", "uenig"]

_STANCES = schema.stances.c
_AT = schema.feedback.c.at


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's verdict on an answer or a summary; what was not said is empty.

    `at` is ISO 8601, UTC; `version` is that of the program and of the material.
    """

    id: str
    at: str
    role: str
    verdict: Verdict
    reason: str
    question: str
    answer: str
    item_id: str
    engine: str
    model: str
    version: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many agree; `known` has a key behind each, so that nobody counts twice."""

    stance: Stance
    known: bool
    count: int


class Voices:
    """Feedback and stances, as far as one reader of the catalogue sees them."""

    def __init__(self, catalogue: Catalogued) -> None:
        self._catalogue = catalogue

    def add(self, given: Feedback) -> None:
        """Keep a verdict, at the highest level that its giver sees: it may quote from it."""
        values = {name: getattr(given, name) for name in Feedback.__slots__}
        with self._catalogue.transaction(self._catalogue.levels[-1]) as connection:
            connection.execute(insert(schema.feedback).values(**values))

    def feedback(self) -> list[Feedback]:
        """Return all verdicts, the oldest first."""
        rows = self._catalogue.read(select(schema.feedback).order_by(_AT))
        found = [Feedback(**row._mapping) for _, row in rows]
        return sorted(found, key=lambda one: one.at)

    def take_stance(
        self, item_id: str, voter: str, stance: Stance, known: bool, at: str, level: Level
    ) -> None:
        """Keep a voter's stance on an item, in place of an earlier one, at the item's level."""
        values = {"stance": stance, "known": known, "at": at}
        with self._catalogue.transaction(level) as connection:
            connection.execute(
                sqlite_insert(schema.stances)
                .values(item_id=item_id, voter=voter, **values)
                .on_conflict_do_update(index_elements=["item_id", "voter"], set_=values)
            )

    def stance_of(self, item_id: str, voter: str) -> Stance | None:
        """Return the voter's own stance, or None."""
        wanted = select(_STANCES.stance).where(
            _STANCES.item_id == item_id, _STANCES.voter == voter
        )
        rows = self._catalogue.read(wanted)
        return rows[-1][1].stance if rows else None

    def tallies(self) -> Mapping[str, list[Tally]]:
        """Return the tallies of all items by the item's id."""
        return self._tallies(select(*_TALLIED))

    def tallies_of(self, item_id: str) -> list[Tally]:
        """Return the tallies of one item."""
        wanted = select(*_TALLIED).where(_STANCES.item_id == item_id)
        return self._tallies(wanted).get(item_id, [])

    def forget(self, before: str) -> None:
        """Forget verdicts from before this time, and whose the stances from before it were.

        The stances themselves stay, so that the tallies do.
        """
        for level in self._catalogue.levels:
            with self._catalogue.transaction(level) as connection:
                connection.execute(delete(schema.feedback).where(before > _AT))
                connection.execute(
                    update(schema.stances)
                    .where(_STANCES.at < before)
                    .values(voter=func.lower(func.hex(func.randomblob(16))))
                )

    def _tallies(self, statement: Any) -> dict[str, list[Tally]]:
        grouped = statement.group_by(_STANCES.item_id, _STANCES.stance, _STANCES.known)
        counts: Counter[tuple[str, Stance, bool]] = Counter()
        for _, row in self._catalogue.read(grouped):
            counts[row.item_id, row.stance, row.known] += row.voters
        found: dict[str, list[Tally]] = {}
        for (item_id, stance, known), count in sorted(counts.items()):
            found.setdefault(item_id, []).append(Tally(stance, known, count))
        return found


_TALLIED = (
    _STANCES.item_id, _STANCES.stance, _STANCES.known, func.count().label("voters")
)  # fmt: skip
