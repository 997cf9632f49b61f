"""Which agenda item a question of a decision, votes or a recommendation is about, if any.

The item is not simply that of the best unit: what its whole text and its decision speak of counts
too. That an item was decided is known from its fields, so that less is asked of it than of a unit
that must hold the answer itself. `tests/bench/fit_items.py` fits both and writes
`data/reading.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.signs import ALIKE, ALIKE_SPAN, Scored, Signs, fitted
from assistant.retrieval.retriever import Retrieved, in_period

ITEM = ("best", "hit", "likeness", "coverage", "decision_coverage", "in_period", "always")
"""Its best unit's score, its best hit's, the highest likeness; how much of the subject its text
and its decision speak of; whether it was treated in a time that the question names."""


@dataclass(frozen=True, slots=True)
class LikelyItem:
    """An agenda item that a question may be about."""

    item_id: str
    score: float
    """How likely it is beside the others, in log odds."""
    evidence: float
    """What speaks for its being what is asked about at all, in log odds."""


def likeliest_items(units: Sequence[Scored], found: Retrieved) -> list[LikelyItem]:
    """Return the agenda items that the units stand in, the likeliest first."""
    choice, trust = (_weights(name) for name in ("item_choice", "item_trust"))
    told = [
        LikelyItem(item_id, float(signs @ choice), float(signs @ trust))
        for item_id, signs in items_by_signs(units, found).items()
    ]
    return sorted(told, key=lambda one: -one.score)


def items_by_signs(units: Sequence[Scored], found: Retrieved) -> dict[str, Signs]:
    """Return the signs of each agenda item that the units stand in, in the order of `ITEM`."""
    by_item: dict[str, list[Scored]] = {}
    for one in units:
        by_item.setdefault(one.candidate.stored.source.item_id, []).append(one)
    by_item.pop("", None)
    return {item_id: _signs(own, found) for item_id, own in by_item.items()}


def _weights(name: str) -> Signs:
    weights = fitted()[name]
    return np.array([weights[sign] for sign in ITEM])


def _signs(units: Sequence[Scored], found: Retrieved) -> Signs:
    """The signs of one item; `units` are all of it that was read."""
    subject = found.subject
    told = [one.candidate for one in units]
    everything = frozenset().union(*(one.stems | one.context for one in told))
    decisions = [one.stems for one in told if one.stored.section.kind == "beslutning"]
    return np.array(
        [
            max(one.score for one in units) / 10,
            max(one.item for one in told),
            (max(one.likeness for one in told) - ALIKE) / ALIKE_SPAN,
            subject.coverage(everything),
            max(map(subject.coverage, decisions), default=0.0),
            float(any(in_period(one.stored.source, found.question) for one in told)),
            1.0,
        ]
    )
