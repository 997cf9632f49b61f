"""`python tests/bench/fit_reading.py FILE…`: fit how units are ranked and when they are trusted.

Retrieves for every question of the files from the store in ASSISTANT_HOME. Two models are fitted on
the questions with an even place in their file and measured on the odd ones:

- ranking: a conditional logit (softmax over a question's candidate units) of the signs in
  `assistant/answering/signs.py`; a unit is right that says most of what the answer must say;
- trust: a logistic regression of the evidence in `assistant/answering/trust.py`. The noes are the
  questions whose answer is not there, and, with a small weight, the answerable ones asked of the
  material without their own case. The threshold lets `--noes` of the former be noes.

`--write` replaces `data/reading.json`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import data
from assistant.answering.signs import RANKING, Scored, signs
from assistant.answering.trust import TRUST, evidence
from assistant.answering.units import Candidate, candidates
from assistant.evaluate import EvalQuestion, is_place, is_place_of, read_questions, share_said
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant
from assistant.settings import Settings

Table = NDArray[np.float64]
_PENALTY, _STEPS, _RATE = 3e-2, 600, 0.3
_OF_FIELDS = {"decision", "history", "votes"}
_TOP = (1, 2, 3, 5, 10)
_HITS, _HITS_WITHOUT = 10, 40
_WITHOUT_CASE = 0.1
"""What a question asked without its own case weighs beside one whose answer is nowhere."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and its candidates: their signs (candidates x signs), and which are right."""

    question: EvalQuestion
    found: Retrieved
    candidates: list[Candidate]
    signs: Table
    right: NDArray[np.bool_]

    def scored(self, weights: Table) -> list[Scored]:
        """Return the candidates as the engine would, the best first."""
        told = zip(self.candidates, self.signs @ weights, self.signs, strict=True)
        return sorted((Scored(*one) for one in told), key=lambda one: -one.score)


def main() -> None:
    """Fit, print how both halves fare, and write the weights where asked to."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--noes", type=float, default=0.87)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    assistant = Assistant(Settings())
    there: tuple[list[Labelled], list[Labelled]] = ([], [])
    without: tuple[list[Labelled], list[Labelled]] = ([], [])
    nowhere: tuple[list[Labelled], list[Labelled]] = ([], [])
    for file in given.files:
        for place, question in enumerate(read_questions([file])):
            if question.kind == "unanswerable":
                nowhere[place % 2].append(labelled(question, assistant))
            elif question.answerable and question.kind not in _OF_FIELDS:
                there[place % 2].append(labelled(question, assistant))
                without[place % 2].append(labelled(question, assistant, own_case=False))
    ranking = fitted_ranking([one for one in there[0] if one.right.any()])
    trust = fitted_trust(there[0], nowhere[0], without[0], ranking)
    trust[-1] -= threshold(nowhere[0], ranking, trust, given.noes)
    told = {"ranking": named(RANKING, ranking), "trust": named(TRUST, trust)}
    if given.write:
        path = Path(data.__file__).with_name("reading.json")
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for half, name in enumerate(("fitted on", "measured on")):
        told[name] = {
            **{f"right in first {n}": in_first(n, there[half], ranking) for n in _TOP},
            "right noes": 1 - trusted(nowhere[half], ranking, trust),
            "right noes without the case": 1 - trusted(without[half], ranking, trust),
            "wrong noes": 1 - trusted(there[half], ranking, trust),
        }
    json.dump(told, sys.stdout, indent=1)
    sys.stdout.write("\n")


def labelled(question: EvalQuestion, assistant: Assistant, own_case: bool = True) -> Labelled:
    """Retrieve for the question, all but its own case where told so, and label the candidates."""
    found = assistant.retrieve(question.question, limit=_HITS if own_case else _HITS_WITHOUT)
    if not own_case:
        others = [hit for hit in found.hits if not is_place_of(question, hit)]
        found = replace(found, hits=tuple(others[:_HITS]))
    told = candidates(found, assistant.store)
    shares = np.array([share_right(question, one) for one in told])
    right = (shares >= shares.max(initial=0.0)) & (shares > 0.3)
    table = np.array([signs(one, found) for one in told]).reshape(len(told), len(RANKING))
    return Labelled(question, found, told, table, right)


def share_right(question: EvalQuestion, candidate: Candidate) -> float:
    """Return how much of what the answer must say the unit says (0-1), in the right place."""
    source = candidate.stored.source
    if not question.must or not is_place(question, source.case_number, source.document):
        return 0.0
    return share_said(question, candidate.text)


def fitted_ranking(questions: Sequence[Labelled]) -> Table:
    """Return the weights under which the right units are likeliest."""
    spread = np.concatenate([one.signs for one in questions]).std(axis=0) + 1e-6
    weights, momentum = np.zeros(len(RANKING)), np.zeros(len(RANKING))
    for _ in range(_STEPS):
        slope = -2 * _PENALTY * weights
        for one in questions:
            table = one.signs / spread
            share = softmax(table @ weights)
            rightly = share * one.right / (share @ one.right)
            slope += (rightly - share) @ table / len(questions)
        momentum = 0.9 * momentum + 0.1 * slope
        weights += _RATE * momentum
    return np.asarray(weights / spread)


def fitted_trust(
    there: Sequence[Labelled],
    nowhere: Sequence[Labelled],
    without: Sequence[Labelled],
    ranking: Table,
) -> Table:
    """Return the weights that tell the answerable from the rest, both sides weighing the same."""
    groups = ((there, 1.0, 1.0), (nowhere, 0.0, 1.0), (without, 0.0, _WITHOUT_CASE))
    told = [
        (evidence(scored, one.found), label, weight)
        for group, label, weight in groups
        for one in group
        if (scored := one.scored(ranking))
    ]
    table, labels, shares = (np.array(column) for column in zip(*told, strict=True))
    for label in (0.0, 1.0):
        shares[labels == label] /= shares[labels == label].sum()
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    middle[-1], spread[-1] = 0.0, 1.0
    table = (table - middle) / spread
    weights = np.zeros(len(TRUST))
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-table @ weights))
        weights += _RATE * (table.T @ (shares * (labels - expected)) - _PENALTY / 3 * weights)
    weights = weights / spread
    weights[-1] -= weights[:-1] @ middle[:-1]
    return np.asarray(weights)


def threshold(nowhere: Sequence[Labelled], ranking: Table, trust: Table, noes: float) -> float:
    """Return the evidence that all but `noes` of the unanswerable questions stay under."""
    return float(np.quantile([weighed(one, ranking, trust) for one in nowhere], noes))


def weighed(one: Labelled, ranking: Table, trust: Table) -> float:
    """Return the evidence for an answer; without any candidate there is none."""
    scored = one.scored(ranking)
    return float(evidence(scored, one.found) @ trust) if scored else -np.inf


def trusted(questions: Sequence[Labelled], ranking: Table, trust: Table) -> float:
    """Return the share of the questions that would be answered."""
    return round(float(np.mean([weighed(one, ranking, trust) > 0 for one in questions])), 3)


def in_first(number: int, questions: Sequence[Labelled], ranking: Table) -> float:
    """Return for which share of the questions a right unit is among the first."""
    hits = [bool(one.right[np.argsort(-(one.signs @ ranking))[:number]].any()) for one in questions]
    return round(sum(hits) / len(hits), 3)


def softmax(scores: Table) -> Table:
    """Return the scores as shares that sum to 1."""
    told = np.exp(scores - scores.max())
    return np.asarray(told / told.sum())


def named(names: Sequence[str], weights: Table) -> dict[str, float]:
    """Return the weights by name."""
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
