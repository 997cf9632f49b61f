"""`python tests/bench/fit_items.py FILE… [--measure FILE…]`: fit which item a decision is asked of.

Retrieves for every question of the files from the store in ASSISTANT_HOME, and looks at those that
the reading of questions takes for one of a decision, the course of a case, votes or a
recommendation. A conditional logit (softmax over the agenda items that a question's units stand in)
of the signs in `assistant/answering/item_choice.py` is fitted; an item is right that is of the
question's case. Then a logistic regression of the same signs of the item that is chosen: whether it
is the right one. Its noes are also the questions asked of the material without their own case; its
threshold loses `--lost` of the items that are chosen rightly.

It prints for which share of the questions the right item is chosen: by the best unit alone, by
weights fitted on the other parts of the files, and on `--measure`; and which share of the right
items, and of those chosen without the question's case, would be trusted. `--write` puts the weights
into `data/reading.json`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_reading import HITS, HITS_WITHOUT, Table, elsewhere, named, softmax
from numpy.typing import NDArray

import data
from assistant.answering.item_choice import ITEM, items_by_signs
from assistant.answering.reading import read
from assistant.evaluate import read_questions
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant
from assistant.settings import Settings

_OF_FIELDS = {Want.DECISION, Want.HISTORY, Want.VOTES, Want.RECOMMENDATION}
_PENALTY, _STEPS, _RATE, _PARTS = 1e-2, 600, 0.3, 8
_BEST_UNIT = np.eye(len(ITEM))[ITEM.index("best")]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question's items: their signs (items x signs), and which are of its case."""

    items: Table
    right: NDArray[np.bool_]
    without: Table
    """The signs of what is found without the question's own case."""


def main() -> None:
    """Fit, print how often the right item is chosen and trusted, and write where asked to."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path, help="fitted on")
    arguments.add_argument("--measure", nargs="*", type=Path, default=[], help="only measured on")
    arguments.add_argument("--lost", type=float, default=0.1)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    assistant = Assistant(Settings())
    questions = labelled(given.files, assistant)
    choice = fitted_choice(questions)
    trust = fitted_trust(questions, choice, given.lost)
    weights = {"item_choice": named(ITEM, choice), "item_trust": named(ITEM, trust)}
    report: dict[str, object] = {**weights, "fitted on": fares(questions, choice, trust)}
    report["chosen, cross-validated"] = cross_validated(questions)
    for file in given.measure:
        report[file.name] = fares(labelled([file], assistant), choice, trust)
    if given.write:
        path = Path(data.__file__).with_name("reading.json")
        reading = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**reading, **weights}, indent=1) + "\n", encoding="utf-8")
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def labelled(files: Sequence[Path], assistant: Assistant) -> list[Labelled]:
    """Read the questions of decisions, and label the items that their units stand in."""
    told = []
    for question in read_questions(files):
        found = assistant.retrieve(question.question, limit=HITS_WITHOUT)
        if not question.case or not question.answerable or found.question.want not in _OF_FIELDS:
            continue
        known, items = signs_of(replace(found, hits=found.hits[:HITS]), assistant)
        if len(items):
            cases = assistant.store.catalogue.items(known)
            right = np.array([cases[item].case_number == question.case for item in known])
            told.append(Labelled(items, right, signs_of(elsewhere(found, question), assistant)[1]))
    return told


def signs_of(found: Retrieved, assistant: Assistant) -> tuple[list[str], Table]:
    """Return the items that were found, and their signs."""
    told = items_by_signs(read(found, assistant.store).units, found)
    return list(told), np.array(list(told.values())).reshape(len(told), len(ITEM))


def fitted_choice(questions: Sequence[Labelled]) -> Table:
    """Return the weights under which the right items are likeliest."""
    known = [one for one in questions if one.right.any()]
    spread = np.concatenate([one.items for one in known]).std(axis=0) + 1e-6
    weights = np.zeros(len(ITEM))
    momentum = np.zeros_like(weights)
    for _ in range(_STEPS):
        slope = -2 * _PENALTY * weights
        for one in known:
            share = softmax(one.items / spread @ weights)
            rightly = share * one.right / (share @ one.right)
            slope += (rightly - share) @ one.items / spread / len(known)
        momentum = 0.9 * momentum + 0.1 * slope
        weights += _RATE * momentum
    return np.asarray(weights / spread)


def fitted_trust(questions: Sequence[Labelled], choice: Table, lost: float) -> Table:
    """Return the weights that tell the rightly chosen items from the rest, with their threshold.

    Both sides weigh the same.
    """
    own, without = chosen(questions, choice), chosen_without(questions, choice)
    right = np.array([told for _, told in own])
    table = np.array([*(item for item, _ in own), *without])
    labels = np.concatenate([right, np.zeros(len(without))])
    shares = np.where(labels > 0, 1 / labels.sum(), 1 / (1 - labels).sum())
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    middle[-1], spread[-1] = 0.0, 1.0
    weights = np.zeros(len(ITEM))
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-(table - middle) / spread @ weights))
        slope = ((table - middle) / spread).T @ (shares * (labels - expected))
        weights += _RATE * (slope - _PENALTY / 3 * weights)
    weights = weights / spread
    weights[-1] -= weights[:-1] @ middle[:-1]
    weights[-1] -= np.quantile(table[labels > 0] @ weights, lost)
    return np.asarray(weights)


def chosen(questions: Sequence[Labelled], choice: Table) -> list[tuple[Table, bool]]:
    """Return the signs of the item that is chosen of each question, and whether it is right."""
    best = [int(np.argmax(one.items @ choice)) for one in questions]
    return [
        (one.items[n], bool(one.right[n])) for one, n in zip(questions, best, strict=True)
    ]


def chosen_without(questions: Sequence[Labelled], choice: Table) -> list[Table]:
    """Return the signs of the item that is chosen where the question's own case is not there."""
    return [one.without[np.argmax(one.without @ choice)] for one in questions if len(one.without)]


def fares(questions: Sequence[Labelled], choice: Table, trust: Table) -> dict[str, object]:
    """Return how often the right item is chosen, and which shares would be trusted."""
    own, without = chosen(questions, choice), chosen_without(questions, choice)
    return {
        "questions": len(questions),
        "right item by the best unit": share(right for _, right in chosen(questions, _BEST_UNIT)),
        "right item": share(right for _, right in own),
        "right items trusted": share(item @ trust > 0 for item, right in own if right),
        "trusted without the case": share(item @ trust > 0 for item in without),
    }


def cross_validated(questions: Sequence[Labelled]) -> float | None:
    """Return the share chosen rightly by weights that were fitted without the question's part."""
    told: list[bool] = []
    for part in range(_PARTS):
        others = [one for n, one in enumerate(questions) if n % _PARTS != part]
        told += [right for _, right in chosen(questions[part::_PARTS], fitted_choice(others))]
    return share(told)


def share(told: Iterable[bool]) -> float | None:
    """Return which share of what is told is so; of nothing there is none."""
    there = list(told)
    return round(float(np.mean(there)), 3) if there else None


if __name__ == "__main__":
    main()
