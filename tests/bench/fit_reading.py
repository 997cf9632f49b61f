"""`python tests/bench/fit_reading.py FILE…`: fit how units are ranked and when they are trusted.

Retrieves for every question of the files from the store in ASSISTANT_HOME. Of the files of
`--halves` the questions with an even place are fitted on and the odd ones measured on, those of
`--measure` are only measured on. The files named first are fitted on whole, with a small weight:
they are many, and were fitted on by `fit_questions.py` already. Their unanswerable questions are
left out: written from a case's own text, they speak its words more than the answerable ones do,
and what is learnt from them is wrong elsewhere. Two models are fitted:

- ranking: a conditional logit (softmax over a question's candidate units) of the signs in
  `assistant/answering/signs.py`; a unit is right that says most of what the answer must say;
- trust: a logistic regression of the evidence in `assistant/answering/trust.py`. The noes are the
  questions whose answer is not there, and, with a small weight, the answerable ones asked of the
  material without their own case. The threshold lets `--noes` of the former be noes.

`--write` puts both into `data/reading.json`.
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
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant
from assistant.settings import Settings

Table = NDArray[np.float64]
Weighed = tuple[EvalQuestion, float]
_PENALTY, _PENALTY_BY_WANT, _STEPS, _RATE = 1e-2, 2e-2, 600, 0.3
OF_FIELDS = {"decision", "history", "votes"}
_TOP = (1, 2, 3, 5, 10)
HITS, HITS_WITHOUT = 10, 40
_WITHOUT_EVERY = 4
_OF_A_WHOLE_FILE = 0.1
"""What a question of a file fitted on whole weighs in the ranking beside one of a halved file."""
_WITHOUT_CASE = 0.1
"""What a question asked without its own case weighs beside one whose answer is nowhere."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What each sign is worth, and how much more or less where such an answer is wanted."""

    base: Table
    by_want: dict[Want, Table]

    def worth(self, want: Want) -> Table:
        """Return the weights for a question that wants such an answer."""
        return self.base + self.by_want.get(want, np.zeros_like(self.base))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and its candidates: their signs (candidates x signs), and which are right."""

    question: EvalQuestion
    found: Retrieved
    candidates: list[Candidate]
    signs: Table
    right: NDArray[np.bool_]
    weight: float

    @property
    def want(self) -> Want:
        """The form of answer that is sought first."""
        return self.found.question.want

    def scored(self, ranking: Ranking) -> list[Scored]:
        """Return the candidates as the engine would, the best first."""
        told = zip(self.candidates, self.signs @ ranking.worth(self.want), self.signs, strict=True)
        return sorted((Scored(*one) for one in told), key=lambda one: -one.score)


def main() -> None:
    """Fit, print how both halves fare, and write the weights where asked to."""
    arguments = argparse.ArgumentParser(description=__doc__)
    add_files(arguments)
    arguments.add_argument("--noes", type=float, default=0.83)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    assistant = Assistant(Settings())
    there: tuple[list[Labelled], list[Labelled]] = ([], [])
    without: tuple[list[Labelled], list[Labelled]] = ([], [])
    nowhere: tuple[list[Labelled], list[Labelled]] = ([], [])
    for part, questions in enumerate(parts(given.files, given.halves, given.measure)):
        for question, weight in questions:
            if question.kind == "unanswerable" and weight == 1:
                nowhere[part].append(labelled(question, assistant))
            elif question.answerable and question.kind not in OF_FIELDS:
                there[part].append(labelled(question, assistant, weight=weight))
                if len(there[part]) % _WITHOUT_EVERY == 0:
                    without[part].append(labelled(question, assistant, own_case=False))
    ranking = fitted_ranking([one for one in there[0] if one.right.any()])
    trust = fitted_trust(there[0], nowhere[0], without[0], ranking)
    trust[-1] -= threshold(nowhere[0], ranking, trust, given.noes)
    told = {
        "ranking": named(RANKING, ranking.base),
        "ranking_by_want": {
            want.value: named(RANKING, worth) for want, worth in ranking.by_want.items()
        },
        "trust": named(TRUST, trust),
    }
    if given.write:
        path = Path(data.__file__).with_name("reading.json")
        reading = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**reading, **told}, indent=1) + "\n", encoding="utf-8")
    for half, name in enumerate(("fitted on", "measured on")):
        told[name] = {
            **{f"right in first {n}": in_first(n, there[half], ranking) for n in _TOP},
            "right noes": 1 - trusted(nowhere[half], ranking, trust),
            "right noes without the case": 1 - trusted(without[half], ranking, trust),
            "wrong noes": 1 - trusted(there[half], ranking, trust),
        }
    json.dump(told, sys.stdout, indent=1)
    sys.stdout.write("\n")


def add_files(arguments: argparse.ArgumentParser) -> None:
    """Let the command line name the question files, as `parts` takes them."""
    arguments.add_argument("files", nargs="*", type=Path, help="fitted on, whole")
    arguments.add_argument("--halves", nargs="*", type=Path, default=[], help="every other")
    arguments.add_argument("--measure", nargs="*", type=Path, default=[], help="only measured on")


def parts(
    whole: Sequence[Path], halves: Sequence[Path], measure: Sequence[Path]
) -> tuple[list[Weighed], list[Weighed]]:
    """Return the questions that are fitted on, and those that are measured on, with their weight.

    Of the halved files those with an even place are fitted on, and the odd ones measured on.
    """
    halved = [read_questions([file]) for file in halves]
    fitted = [(q, _OF_A_WHOLE_FILE) for file in whole for q in read_questions([file])]
    measured = [(q, 1.0) for file in measure for q in read_questions([file])]
    return (
        fitted + [(q, 1.0) for half in halved for q in half[::2]],
        measured + [(q, 1.0) for half in halved for q in half[1::2]],
    )


def labelled(
    question: EvalQuestion, assistant: Assistant, own_case: bool = True, weight: float = 1
) -> Labelled:
    """Retrieve for the question, all but its own case where told so, and label the candidates."""
    found = assistant.retrieve(question.question, limit=HITS if own_case else HITS_WITHOUT)
    if not own_case:
        found = elsewhere(found, question)
    told = candidates(found, assistant.store)
    shares = np.array([share_right(question, one) for one in told])
    right = (shares >= shares.max(initial=0.0)) & (shares > 0.3)
    table = np.array([signs(one, found) for one in told]).reshape(len(told), len(RANKING))
    return Labelled(question, found, told, table, right, weight)


def elsewhere(found: Retrieved, question: EvalQuestion) -> Retrieved:
    """Return the first of what is found outside the question's own case."""
    others = [hit for hit in found.hits if not is_place_of(question, hit)]
    return replace(found, hits=tuple(others[:HITS]))


def share_right(question: EvalQuestion, candidate: Candidate) -> float:
    """Return how much of what the answer must say the unit says (0-1), in the right place."""
    source = candidate.stored.source
    if not question.must or not is_place(question, source.case_number, source.document):
        return 0.0
    return share_said(question, candidate.text)


def fitted_ranking(questions: Sequence[Labelled]) -> Ranking:
    """Return the weights under which the right units are likeliest.

    What a form of answer adds to the common weights is held smaller than they are.
    """
    spread = np.concatenate([one.signs for one in questions]).std(axis=0) + 1e-6
    wants = sorted({one.want for one in questions}, key=lambda want: want.value)
    everything = sum(one.weight for one in questions)
    told = [
        (one.signs / spread, one.right, 1 + wants.index(one.want), one.weight / everything)
        for one in questions
    ]
    weights = np.zeros((1 + len(wants), len(RANKING)))
    momentum = np.zeros_like(weights)
    penalty = np.array([_PENALTY, *[_PENALTY_BY_WANT] * len(wants)])[:, None]
    for _ in range(_STEPS):
        slope = -2 * penalty * weights
        for table, right, row, weight in told:
            share = softmax(table @ (weights[0] + weights[row]))
            rightly = share * right / (share @ right)
            slope[[0, row]] += weight * ((rightly - share) @ table)
        momentum = 0.9 * momentum + 0.1 * slope
        weights += _RATE * momentum
    weights /= spread
    return Ranking(weights[0], dict(zip(wants, weights[1:], strict=True)))


def fitted_trust(
    there: Sequence[Labelled],
    nowhere: Sequence[Labelled],
    without: Sequence[Labelled],
    ranking: Ranking,
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


def threshold(nowhere: Sequence[Labelled], ranking: Ranking, trust: Table, noes: float) -> float:
    """Return the evidence that all but `noes` of the unanswerable questions stay under."""
    return float(np.quantile([weighed(one, ranking, trust) for one in nowhere], noes))


def weighed(one: Labelled, ranking: Ranking, trust: Table) -> float:
    """Return the evidence for an answer; without any candidate there is none."""
    scored = one.scored(ranking)
    return float(evidence(scored, one.found) @ trust) if scored else -np.inf


def trusted(questions: Sequence[Labelled], ranking: Ranking, trust: Table) -> float:
    """Return the share of the questions that would be answered."""
    return round(float(np.mean([weighed(one, ranking, trust) > 0 for one in questions])), 3)


def in_first(number: int, questions: Sequence[Labelled], ranking: Ranking) -> float:
    """Return for which share of the questions a right unit is among the first."""
    hits = [
        one.right[np.argsort(-(one.signs @ ranking.worth(one.want)))[:number]].any()
        for one in questions
    ]
    return round(float(np.mean(hits)), 3)


def softmax(scores: Table) -> Table:
    """Return the scores as shares that sum to 1."""
    told = np.exp(scores - scores.max())
    return np.asarray(told / told.sum())


def named(names: Sequence[str], weights: Table) -> dict[str, float]:
    """Return the weights by name."""
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
