"""Which agenda item a question of a decision, votes or a recommendation is about.

The item is not simply that of the best unit: what its whole text and its decision speak of counts
too. The weights are fitted by `tests/bench/fit_items.py`, which writes `data/reading.json`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answering.signs import ALIKE, ALIKE_SPAN, Scored, Signs, fitted
from assistant.retrieval.retriever import Retrieved, in_period

ITEM = ("best", "hit", "likeness", "coverage", "decision_coverage", "in_period")
"""Its best unit's score, its best hit's, the highest likeness; how much of the subject its text
and its decision speak of; whether it was treated in a time that the question names."""


def items_by_signs(units: Sequence[Scored], found: Retrieved) -> dict[str, Signs]:
    """Return the signs of each agenda item that the units stand in, in the order of `ITEM`."""
    by_item: dict[str, list[Scored]] = {}
    for one in units:
        by_item.setdefault(one.candidate.stored.source.item_id, []).append(one)
    by_item.pop("", None)
    return {item_id: _signs(own, found) for item_id, own in by_item.items()}


def likeliest_items(units: Sequence[Scored], found: Retrieved) -> dict[str, float]:
    """Return the agenda items that the units stand in, each with its score, the likeliest first."""
    weights = fitted()["item"]
    worth = np.array([weights[name] for name in ITEM])
    scored = {item: float(told @ worth) for item, told in items_by_signs(units, found).items()}
    return dict(sorted(scored.items(), key=lambda one: -one[1]))


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
        ]
    )
