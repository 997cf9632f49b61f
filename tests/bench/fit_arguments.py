"""`python tests/bench/fit_arguments.py [--write]`: what each sign of a benefit or a drawback is
worth.

Fits a logistic regression a side on the cases of `tests/evals/arguments_more.jsonl`, from the store
in ASSISTANT_HOME: of the signs, the sentence's vector, and the terms that are the most unevenly
spread between sentences that state one and the rest. A place that states one less than plainly
counts half. Each quarter of the cases is read by what the other three teach; the least score of a
side is the lowest by which so many of the lines that those quarters are given are right. The cases
of `tests/evals/arguments.jsonl` are only measured on. `--write` puts it into `data/arguments.json`.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

import data
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.store.stored import Vector
from assistant.summarising.argument_signs import SIDES, signs, term_table, terms
from assistant.summarising.arguments import Found, argues, may_argue, quoted
from assistant.summarising.case import Case, gather
from assistant.summarising.material import Material, Sentence, centred, material
from assistant.summarising.stance import Side
from assistant.summarising.subject import subject
from tests.bench.arguments import LABELLED, Score, count

MORE = LABELLED.with_name("arguments_more.jsonl")
_TOLD = Path(str(data.__file__)).with_name("arguments.json")
_QUARTERS = 4
_PENALTY = 0.01
"""The inverse of what a worth of one costs, in log-likelihood of sentences."""
_VECTOR, _TERMS = 8.0, 16.0
"""How much larger vectors and terms are told than signs, so that their worth costs less."""
_SAID, _PLAIN = ("says ", "plainly "), 3.0
"""The signs of words that take a side, and how much larger they are told."""
_HALF = 0.5
_FEWEST_CASES, _MOST_TERMS = 4, 1200
_PRECISION: Mapping[Side, float] = {"fordel": 0.77, "ulempe": 0.7}
_LEASTS = np.arange(-1.5, 2.5, 0.05)

Table = NDArray[np.float64]
Read = Sequence[tuple["Labelled", Sequence[Mapping[Side, float]]]]
Lines = Sequence[tuple["Labelled", Sequence[Found]]]


@dataclass(frozen=True, eq=False)
class Labelled:
    """A case, its sentences' signs, and what somebody found that it states."""

    case: Case
    told: Material
    states: Sequence[Mapping[str, Any]]
    table: Table
    vectors: Vector
    terms: Sequence[frozenset[str]]
    taught: NDArray[np.bool_]
    """Which sentences may be quoted, so that they are learnt from."""
    stated: Table
    """How plainly each sentence states a side: 1, a half, or 0; a column a side."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is taught: worths a side, by what they are of."""

    signs: Table
    vector: Table
    terms: Mapping[str, Table]
    constant: Table

    def scores(self, one: Labelled) -> list[dict[Side, float]]:
        """Return what `argument_signs.read` would."""
        told = one.table @ self.signs + one.vectors @ self.vector + self.constant
        if self.terms:
            told += term_table(one.terms, list(self.terms)) @ np.array(list(self.terms.values()))
        return [dict(zip(SIDES, map(float, row), strict=True)) for row in told]


def main() -> None:
    """Fit, print how the quarters and the held-out cases fare, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    settings = Settings()
    with closing(Store(settings)) as store:
        apart = labelled(LABELLED, store, frozenset())
        known = frozenset(one.case.item.id for one in apart)
        taught = labelled(MORE, store, known)
    random.Random(7).shuffle(taught)  # noqa: S311
    read = [
        (one, fitted_without.scores(one))
        for quarter in range(_QUARTERS)
        for fitted_without in [fit([c for n, c in enumerate(taught) if n % _QUARTERS != quarter])]
        for one in taught[quarter::_QUARTERS]
    ]
    crossed = {side: lines(read, side) for side in SIDES}
    least = {side: least_for(crossed[side], side) for side in SIDES}
    whole = fit(taught)
    by_whole = [(one, whole.scores(one)) for one in apart]
    report = {
        "cases": len(taught),
        "crossed": {side: measured(crossed[side], side, least[side]) for side in SIDES},
        "held out": {
            side: measured(lines(by_whole, side), side, least[side]) for side in SIDES
        },
        "least": least,
    }
    if given.write:
        write(whole, least, settings.model_name, names_of(taught))
    json.dump(report, sys.stdout, indent=1)
    sys.stdout.write("\n")


def labelled(path: Path, store: Store, apart: frozenset[str]) -> list[Labelled]:
    """Return the cases of the file that argue for anything, but those that are kept apart."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = []
    for line in lines:
        if line["item_id"] in apart:
            continue
        case = gather(line["item_id"], store.catalogue)
        told, of = material(case, store), subject(case)
        if not told.sentences:
            continue
        may = [argues(case) and may_argue(one, told, of) for one in told.sentences]
        found.append(
            Labelled(
                case, told, line["states"], signs(told, of)[1], centred(told.sentences),
                [terms(one.text) for one in told.sentences], np.array(may),
                np.array([stated(one, case, line["states"]) for one in told.sentences]),
            )
        )  # fmt: skip
    return found


def names_of(cases: Sequence[Labelled]) -> tuple[str, ...]:
    return signs(cases[0].told, subject(cases[0].case))[0]


def stated(one: Sentence, case: Case, states: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return how plainly the sentence states each side."""
    told = dict.fromkeys(SIDES, 0.0)
    for place in states:
        same = case.sections[place["section"]].source == one.stored.source
        if same and one.unit.start < place["end"] and place["start"] < one.unit.end:
            told[place["side"]] = max(told[place["side"]], 1.0 if place["plain"] else _HALF)
    return list(told.values())


def fit(cases: Sequence[Labelled]) -> Fitted:
    """Return the worth of every sign, of the vector and of the terms that tell most."""
    states = np.vstack([one.stated[one.taught] for one in cases])
    table = np.vstack([one.table[one.taught] for one in cases])
    known = telling(cases)
    held = [term for one in cases for term, may in zip(one.terms, one.taught, strict=True) if may]
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-3
    spread[[name.startswith(_SAID) for name in names_of(cases)]] /= _PLAIN
    x = np.hstack([
        (table - mean) / spread,
        _VECTOR * np.vstack([one.vectors[one.taught] for one in cases]),
        _TERMS * term_table(held, known),
    ])  # fmt: skip
    worth = np.array([regression(x, column) for column in states.T]).T
    of_signs, of_vector, of_terms, constant = np.split(
        worth, np.cumsum([table.shape[1], x.shape[1] - table.shape[1] - len(known), len(known)])
    )
    of_signs = of_signs / spread[:, None]
    return Fitted(
        of_signs,
        _VECTOR * of_vector,
        dict(zip(known, _TERMS * of_terms, strict=True)),
        constant[0] - mean @ of_signs,
    )


def telling(cases: Sequence[Labelled]) -> list[str]:
    """Return the terms whose share of sentences that state a side is the oddest; words only."""
    of_cases: Counter[str] = Counter()
    of_sentences: Counter[str] = Counter()
    of_sides: list[Counter[str]] = [Counter() for _ in SIDES]
    for one in cases:
        taught = [n for n, may in enumerate(one.taught) if may]
        of_cases.update({term for n in taught for term in one.terms[n]})
        for held, states in ((one.terms[n], one.stated[n]) for n in taught):
            of_sentences.update(held)
            for side, is_stated in zip(of_sides, states, strict=True):
                if is_stated:
                    side.update(held)
    states = np.vstack([one.stated[one.taught] for one in cases]) > 0

    def oddness(term: str) -> float:
        shares = zip(of_sides, states.mean(axis=0), strict=True)
        seen = of_sentences[term]
        return max(abs(n[term] - seen * p) / (seen * p * (1 - p)) ** 0.5 for n, p in shares)

    often = [
        term for term, n in of_cases.items()
        if n >= _FEWEST_CASES and term.replace(" ", "").isalpha()
    ]
    return sorted(often, key=lambda term: (-oddness(term), term))[:_MOST_TERMS]


def regression(x: Table, states: Table) -> Table:
    """Return the worths, and the constant behind them, of a regularised logistic regression."""
    told = torch.tensor(x, dtype=torch.float32)
    y = torch.tensor(states > 0, dtype=torch.float32)
    weight = torch.tensor(np.where(states == _HALF, _HALF, 1.0), dtype=torch.float32)
    worth = torch.zeros(x.shape[1] + 1, requires_grad=True)
    steps = torch.optim.LBFGS([worth], max_iter=80, line_search_fn="strong_wolfe")
    unlikely = torch.nn.functional.binary_cross_entropy_with_logits

    def loss() -> torch.Tensor:
        steps.zero_grad()
        fit = unlikely(told @ worth[:-1] + worth[-1], y, weight=weight, reduction="sum")
        total: torch.Tensor = _PENALTY * fit + 0.5 * (worth[:-1] ** 2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    steps.step(loss)
    return np.asarray(worth.detach().numpy(), dtype=np.float64)


def lines(read: Read, side: Side) -> Lines:
    """Return what is quoted for the side where even the least likely is."""
    return [
        (one, quoted(one.case, one.told, scores, side, float(_LEASTS[0])))
        for one, scores in read if argues(one.case)
    ]  # fmt: skip


def least_for(given: Lines, side: Side) -> float:
    """Return the lowest score from which enough of the quoted lines are right."""
    right = (
        float(least) for least in _LEASTS
        if measured(given, side, float(least))["precision"] >= _PRECISION[side]
    )
    return round(next(right, float(_LEASTS[-1])), 2)


def measured(given: Lines, side: Side, least: float) -> dict[str, float]:
    """Return how the lines that score enough fare beside what somebody found."""
    score = Score()
    for one, found in given:
        places = [place for place in one.states if place["side"] == side]
        count(score, one.case, [line for line in found if line.weight >= least], places)
    return score.report()


def write(
    fitted: Fitted, least: Mapping[Side, float], model: str, names: Sequence[str]
) -> None:
    """Put it into `data/arguments.json`, the worths as pairs."""
    told = {
        "model": model,
        "least": least,
        "constant": _rounded(fitted.constant),
        "signs": {n: _rounded(row) for n, row in zip(names, fitted.signs, strict=True)},
        "vector": [_rounded(column) for column in fitted.vector.T],
        "terms": {term: _rounded(row) for term, row in sorted(fitted.terms.items())},
    }
    _TOLD.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _rounded(values: Table) -> list[float]:
    return [round(float(value), 3) for value in values]


if __name__ == "__main__":
    main()
