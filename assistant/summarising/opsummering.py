"""Two to four sentences of the case: what is proposed, why, and what it costs.

Every sentence is weighed by signs whose worth is fitted by `tests/bench/fit_summary.py`, and chosen
so that no two say the same (maximal marginal relevance, Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

import data
from assistant.answering.draft import Span
from assistant.danish.figures import Figure, find_figures, same_value
from assistant.danish.words import content_stems
from assistant.store.stored import Vector
from assistant.summarising.case import Case
from assistant.summarising.material import Material, Sentence, centred
from assistant.summarising.standing import (
    dangles,
    is_introduced,
    is_whole,
    points_elsewhere,
)  # fmt: skip

SIGNS = (
    "bias", "opens the case", "second of the case", "third of the case",
    "near the case's beginning", "central", "title", "proposed", "names the case", "length", "long",
    "short", "dangles",
    "points elsewhere", "figure", "the indstilling", "the economy", "past",
    "proposal words", "under a subheading",
)  # fmt: skip
_TOLD = ("resume", "sagsfremstilling", "indstilling", "oekonomi")
_MOST, _LEAST = 4, 2
_ROOM = 3
_WORDS = 75
"""Words after which no further sentence is taken."""
_LONGEST = 60
_RESUME = 1.0
"""What it counts that the administration itself chose the sentence for its resume."""
_REPEATS = 0.5
"""What it costs to be wholly like a sentence that is taken already."""
_FOLLOWS = 0.4
"""What it counts to go on from a sentence that is taken already."""
_UNKNOWN = 1.0
"""What it costs to open with a thing that is neither in the title nor in what is taken already."""
_SAME = 0.55
"""The share of common stems from which two sentences say the same."""
_FLOOR = 1.0
"""The weight, less repetition, that a third or fourth sentence has to have; 0 is the middle one."""
_CASE = re.compile(
    r"\b(?:i denne sag|denne sag|sagen|i sagen|sagsfremstilling\w*|punktet)\b", re.I
)
_PROPOSES = re.compile(
    r"\b(?:foresl\w+|anbefal\w+|indstil\w+|godkend\w+|forelægg\w+|fremlægg\w+|orienter\w+|"
    r"tage\w* stilling|beslut\w+|formål\w*|ønsker?|udarbejdet|ansøg\w+|handler om|omhandler)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:blev|besluttede|godkendte|vedtog|har tidligere)\b", re.I)
_FIGURE = re.compile(r"\d")
_HAS_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:mio\.|mia\.|t\.?kr|kr\b|kroner|pct\.|%)", re.I)
_NO_COST = re.compile(
    r"\bingen (?:\w+ )?økonomiske konsekvenser\b|\bkoster ikke\b|\budgiftsneutral|"
    r"\binden ?for (?:\w+ ){0,2}(?:budget)?ramme\w*\b", re.I,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, and where it stands by itself."""

    sentence: Sentence
    span: Span


def summary(case: Case, told: Material, elsewhere: Sequence[Span] = ()) -> list[Span]:
    """Return the chosen sentences in the order that they are read; empty where none stands alone.

    A sentence that points back is taken together with the one before it. What stands `elsewhere`
    in the block is not said again, unless there is nothing else to say; where a cost stands there,
    no other is added.
    """
    spans = {one: standing(one, told) for one in told.sentences if may_stand(one)}
    standing_alone = [_Candidate(one, span) for one, span in spans.items() if span]
    candidates = [
        one for one in standing_alone if not any(_overlap(one.span, other) for other in elsewhere)
    ] or standing_alone
    if not candidates:
        return []
    weights = weigh([one.sentence for one in candidates], case, told)
    title = frozenset(content_stems(case.item.title))
    chosen = _chosen(candidates, weights, title)
    if not any(_HAS_AMOUNT.search(span.quote) for span in elsewhere):
        chosen = _with_cost(chosen, candidates, weights, case)
    chosen.sort(key=lambda n: _reading(candidates[n].sentence, n))
    return _apart([candidates[n].span for n in chosen])


def standing(one: Sentence, told: Material) -> Span | None:
    """Return where the sentence stands by itself, with the one before where it points back to it.

    None where it points to something else.
    """
    if points_elsewhere(one):
        return None
    if not dangles(one):
        return one.span
    before = before_of(one, told)
    if before is None or dangles(before) or points_elsewhere(before) or not is_whole(before):
        return None
    both = Span(one.stored, before.unit.start, one.unit.end)
    return both if len(both.quote.split()) <= _LONGEST else None


def weigh(candidates: Sequence[Sentence], case: Case, told: Material) -> list[float]:
    """Return how well each sentence would serve in a summary; higher is better."""
    worth = np.array([_fitted()[sign] for sign in SIGNS])
    resume = np.array([one.kind == "resume" for one in candidates], dtype=float)
    scores = signs(candidates, case, told) @ worth
    spread = float(scores.std()) or 1.0
    weights: list[float] = ((scores - scores.mean()) / spread + 3 * _RESUME * resume).tolist()
    return weights


def signs(candidates: Sequence[Sentence], case: Case, told: Material) -> Vector:
    """Return one row a sentence, one column a sign of `SIGNS`."""
    apart = centred(told.sentences)
    place = {one: n for n, one in enumerate(told.sentences)}
    body = [n for n, one in enumerate(told.sentences) if one.kind in ("sagsfremstilling", "resume")]
    middle = apart[body].mean(axis=0) if body else apart.mean(axis=0)
    asked = [n for n, one in enumerate(told.sentences) if one.kind == "indstilling"]
    proposal = apart[asked].mean(axis=0) if asked else middle
    title = frozenset(content_stems(case.item.title))
    rows = [
        _row(one, apart[place[one]], middle, proposal, title)
        for one in candidates
    ]
    return np.array(rows, dtype=np.float32)


def _row(
    one: Sentence,
    vector: Vector,
    middle: Vector,
    proposal: Vector,
    title: frozenset[str],
) -> list[float]:
    words = len(one.text.split())
    in_case = one.kind in ("resume", "sagsfremstilling")
    shared = len(title & one.stems) / max(1, len(title))
    return [
        1.0,
        in_case and one.place == 0,
        in_case and one.place == 1,
        in_case and one.place == 2,
        in_case / (1 + one.place),
        float(vector @ middle),
        shared,
        float(vector @ proposal),
        bool(_CASE.search(one.text)),
        math.log(words),
        words > 40,
        words < 10,
        dangles(one),
        points_elsewhere(one),
        bool(_FIGURE.search(one.text)),
        one.kind == "indstilling",
        one.kind == "oekonomi",
        bool(_PAST.search(one.text)),
        bool(_PROPOSES.search(one.text)),
        bool(one.subheading),
    ]


def may_stand(one: Sentence) -> bool:
    """Return whether it could be a sentence of the opsummering."""
    return (
        is_whole(one)
        and one.kind in _TOLD
        and len(one.text.split()) <= _LONGEST
        and not one.text.endswith("?")
    )


def _likeness(candidates: Sequence[_Candidate]) -> Vector:
    apart = centred([one.sentence for one in candidates])
    return np.asarray(apart @ apart.T, dtype=np.float32)


def _chosen(
    candidates: Sequence[_Candidate], weights: Sequence[float], title: frozenset[str]
) -> list[int]:
    """Take the best sentence, then again the best that says something else."""
    likeness = _likeness(candidates)
    chosen: list[int] = []
    open_ = [n for n, one in enumerate(candidates) if one.sentence.kind != "oekonomi"]
    while open_ and len(chosen) < _MOST:
        taken = [candidates[m].sentence for m in chosen]
        known = _known(taken, title)
        worth = {
            n: weights[n] + _beside(candidates[n].sentence, taken, known)
            - _REPEATS * max((0.0, *(float(likeness[n, m]) for m in chosen)))
            for n in open_
        }
        best = max(worth, key=worth.__getitem__)
        open_.remove(best)
        if any(_same(candidates[best].sentence, other) for other in taken):
            continue
        lines = _apart([candidates[m].span for m in (*chosen, best)])
        enough = len(_apart([candidates[m].span for m in chosen])) >= _LEAST
        if enough and (_words(lines) > _WORDS or worth[best] < _FLOOR):
            break
        chosen.append(best)
    return chosen


def _beside(one: Sentence, taken: Sequence[Sentence], known: frozenset[str]) -> float:
    """What the sentence gains or loses by what is taken already."""
    follows = any(_follows(one, other) for other in taken)
    return _FOLLOWS * follows - _UNKNOWN * (not is_introduced(one, known))


def _known(taken: Sequence[Sentence], title: frozenset[str]) -> frozenset[str]:
    return title.union(*(one.stems for one in taken))


def _words(lines: Sequence[Span]) -> int:
    return sum(len(line.quote.split()) for line in lines)


def _follows(one: Sentence, other: Sentence) -> bool:
    return one.stored is other.stored and one.place == other.place + 1


def _with_cost(
    chosen: Sequence[int], candidates: Sequence[_Candidate], weights: Sequence[float], case: Case
) -> list[int]:
    """Say what it costs, where the case does and the chosen sentences do not.

    An amount that the indstilling asks for comes before others. That it costs nothing is said only
    where there is room.
    """
    proposed = " ".join(one.section.text for one in case.of_kind("indstilling"))
    asked = {n for n, one in enumerate(candidates) if _shares_amount(one.sentence.text, proposed)}
    is_said = any(_says_cost(candidates[n].sentence) for n in chosen)
    if asked & set(chosen):
        return list(chosen)
    title = frozenset(content_stems(case.item.title))
    known = _known([candidates[n].sentence for n in chosen], title)
    amounts = {n for n, one in enumerate(candidates) if _HAS_AMOUNT.search(one.sentence.text)}
    costs = [
        n for n, one in enumerate(candidates)
        if one.sentence.kind == "oekonomi" and is_introduced(one.sentence, known)
        and (n in asked or not is_said)
        and (n in amounts or (len(chosen) < _ROOM and _NO_COST.search(one.sentence.text)))
    ]
    if not costs:
        return list(chosen)
    return _making_room(
        chosen, max(costs, key=lambda n: (n in asked, n in amounts, weights[n])), candidates
    )


def _making_room(chosen: Sequence[int], cost: int, candidates: Sequence[_Candidate]) -> list[int]:
    """Leave out what would make the opsummering too long with the cost, but no other cost."""
    kept: list[int] = []
    for n in chosen:
        lines = _apart([candidates[m].span for m in (*kept, n, cost)])
        fits = _words(lines) <= _WORDS or _says_cost(candidates[n].sentence)
        if not kept or (fits and len(lines) <= _MOST):
            kept.append(n)
    return [*kept, cost]


def _shares_amount(text: str, proposed: str) -> bool:
    asked = _amounts(proposed)
    return any(same_value(one, other) for one in _amounts(text) for other in asked)


def _amounts(text: str) -> list[Figure]:
    return [figure for figure in find_figures(text) if figure.kind == "amount"]


def _says_cost(one: Sentence) -> bool:
    return bool(_HAS_AMOUNT.search(one.text) or _NO_COST.search(one.text))


def _same(one: Sentence, other: Sentence) -> bool:
    shared = len(one.stems & other.stems)
    return shared >= _SAME * max(1, min(len(one.stems), len(other.stems)))


def _reading(one: Sentence, place: int) -> tuple[int, int]:
    """The order in which the chosen are read: the resume, the case, the proposal, the cost."""
    return _TOLD.index(one.kind), place


def _overlap(one: Span, other: Span) -> bool:
    return one.stored is other.stored and one.start < other.end and other.start < one.end


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Leave out a span that lies within another."""
    return [
        span for span in spans
        if not any(
            other is not span and other.stored is span.stored
            and other.start <= span.start and span.end <= other.end
            for other in spans
        )
    ]


def before_of(one: Sentence, told: Material) -> Sentence | None:
    """Return the sentence right before it in the same paragraph, or None."""
    place = told.sentences.index(one) - 1
    before = told.sentences[place] if place >= 0 else None
    same = before and before.stored is one.stored and before.unit.block == one.unit.block
    return before if same else None


@cache
def _fitted() -> dict[str, float]:
    worth: dict[str, float] = json.loads(data.read_text("summary.json"))
    return worth
