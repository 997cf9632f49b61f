"""Whether the best unit answers the question at all, or the honest answer is a no.

A logistic regression over what was found, fitted by `tests/bench/fit_reading.py` on questions whose
answer is in the material and questions whose answer is not; its threshold is set there too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answering.forms import demands_form, demands_money
from assistant.answering.signs import ALIKE, ALIKE_SPAN, RANKING, Scored, Signs, fitted
from assistant.retrieval.retriever import Retrieved

TRUST = ("score", "likeness", "coverage", "item_coverage", "formless", "always")
"""The best unit's score; the highest likeness and coverage of any; how much of the subject the best
unit's item speaks of; whether a sum or a day is asked for and none of the best units has one."""
_COVERAGE, _FORM = map(RANKING.index, ("coverage", "form"))
_BEST, _FORMED = 3, 0.5


def weight_of_evidence(scored: Sequence[Scored], found: Retrieved) -> float:
    """Return how far the units, best first, can be trusted to hold the answer: above 0 they are."""
    weights = fitted()["trust"]
    return float(evidence(scored, found) @ np.array([weights[name] for name in TRUST]))


def lacks_money(scored: Sequence[Scored], found: Retrieved) -> bool:
    """Return whether only a sum of money would answer, and the best unit's item gives none.

    It gives one where one of the best units bears it.
    """
    if not scored or not demands_money(found.question):
        return False
    best = _place(scored[0])
    return _is_formless([one for one in scored[:_BEST] if _place(one) == best])


def evidence(scored: Sequence[Scored], found: Retrieved) -> Signs:
    """Return what speaks for an answer, in the order of `TRUST`. `scored` is not empty."""
    subject = found.subject
    best = _place(scored[0])
    told: set[str] = set()
    for one in scored:
        if _place(one) == best:
            told |= one.candidate.stems | one.candidate.context
    return np.array(
        [
            scored[0].score / 10,
            (max(one.candidate.likeness for one in scored) - ALIKE) / ALIKE_SPAN,
            max(float(one.signs[_COVERAGE]) for one in scored),
            subject.coverage(told),
            float(demands_form(found.question) and _is_formless(scored)),
            1.0,
        ]
    )


def _is_formless(scored: Sequence[Scored]) -> bool:
    return all(one.signs[_FORM] < _FORMED for one in scored[:_BEST])


def _place(one: Scored) -> str:
    return one.candidate.stored.source.place
