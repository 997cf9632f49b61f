"""`python tests/bench/fit_items.py FILE… [--measure FILE…]`: fit which item a decision is asked of.

Retrieves for every question of the files from the store in ASSISTANT_HOME, and looks at those that
the reading of questions takes for one of a decision, the course of a case, votes or a
recommendation. A conditional logit (softmax over the agenda items that a question's units stand in)
of the signs in `assistant/answering/item_choice.py` is fitted; an item is right that is of the
question's case. It prints for which share of the questions the right item is chosen: by the best
unit alone, by weights fitted on the other seven eighths of the files, and on `--measure`.

`--write` puts the weights into `data/reading.json`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import data
from assistant.answering.item_choice import ITEM, items_by_signs
from assistant.answering.reading import read
from assistant.evaluate import read_questions
from assistant.retrieval.question import Want
from assistant.service import Assistant
from assistant.settings import Settings

Table = NDArray[np.float64]
Labelled = tuple[Table, NDArray[np.bool_]]
"""A question's items: their signs (items x signs), and which are of its case."""
_OF_FIELDS = {Want.DECISION, Want.HISTORY, Want.VOTES, Want.RECOMMENDATION}
_PENALTY, _STEPS, _RATE, _PARTS = 1e-2, 400, 0.3, 8
_BEST_UNIT = np.eye(len(ITEM))[ITEM.index("best")]


def main() -> None:
    """Fit, print how often the right item is chosen, and write the weights where asked to."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path, help="fitted on")
    arguments.add_argument("--measure", nargs="*", type=Path, default=[], help="only measured on")
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    assistant = Assistant(Settings())
    questions = labelled(given.files, assistant)
    weights = fitted([one for one in questions if one[1].any()])
    told = {name: round(float(weight), 2) for name, weight in zip(ITEM, weights, strict=True)}
    report: dict[str, object] = {
        "item": told,
        "questions": len(questions),
        "by the best unit": chosen(questions, _BEST_UNIT),
        "by the signs, cross-validated": cross_validated(questions),
    }
    for file in given.measure:
        measured = labelled([file], assistant)
        report[file.name] = {
            "questions": len(measured),
            "by the best unit": chosen(measured, _BEST_UNIT),
            "by the signs": chosen(measured, weights),
        }
    if given.write:
        path = Path(data.__file__).with_name("reading.json")
        reading = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**reading, "item": told}, indent=1) + "\n", encoding="utf-8")
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def labelled(files: Sequence[Path], assistant: Assistant) -> list[Labelled]:
    """Read the questions of decisions, and label the items that their units stand in."""
    told = []
    for question in read_questions(files):
        found = assistant.retrieve(question.question)
        if not question.case or not question.answerable or found.question.want not in _OF_FIELDS:
            continue
        items = items_by_signs(read(found, assistant.store).units, found)
        if items:
            known = assistant.store.catalogue.items(items)
            right = [known[item].case_number == question.case for item in items]
            told.append((np.array(list(items.values())), np.array(right)))
    return told


def fitted(questions: Sequence[Labelled]) -> Table:
    """Return the weights under which the right items are likeliest."""
    spread = np.concatenate([table for table, _ in questions]).std(axis=0) + 1e-6
    weights = np.zeros(len(ITEM))
    momentum = np.zeros_like(weights)
    for _ in range(_STEPS):
        slope = -2 * _PENALTY * weights
        for table, right in questions:
            share = softmax(table / spread @ weights)
            rightly = share * right / (share @ right)
            slope += (rightly - share) @ table / spread / len(questions)
        momentum = 0.9 * momentum + 0.1 * slope
        weights += _RATE * momentum
    return np.asarray(weights / spread)


def cross_validated(questions: Sequence[Labelled]) -> float:
    """Return the share chosen rightly by weights that were fitted without the question's part."""
    shares = []
    for part in range(_PARTS):
        others = [one for n, one in enumerate(questions) if n % _PARTS != part and one[1].any()]
        own = questions[part::_PARTS]
        shares += [chosen(own, fitted(others)) * len(own)]
    return round(sum(shares) / len(questions), 3)


def chosen(questions: Sequence[Labelled], weights: Table) -> float:
    """Return for which share of the questions the likeliest item is of the right case."""
    return round(float(np.mean([right[np.argmax(t @ weights)] for t, right in questions])), 3)


def softmax(scores: Table) -> Table:
    """Return the scores as shares that sum to 1."""
    told = np.exp(scores - scores.max())
    return np.asarray(told / told.sum())


if __name__ == "__main__":
    main()
