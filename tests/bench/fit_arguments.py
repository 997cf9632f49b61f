"""`python tests/bench/fit_arguments.py`: how a benefit, and a drawback, is read from a vector.

Distant supervision: the sentences that state one by their words (`assistant/summarising/stance.py`)
in the cases of the store in ASSISTANT_HOME teach a linear reading, which then also finds the ones
with other words. Both halves of the cases are read by what the other half teaches, and the area
under the ROC curve is printed; what is written to `data/arguments.json` is taught by all of them.
"""

import json
import sys
from pathlib import Path

import numpy as np

import data
from assistant.errors import WrongUseError
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.store.stored import Vector
from assistant.summarising.arguments import decides, may_argue
from assistant.summarising.case import gather
from assistant.summarising.material import centred, material
from assistant.summarising.stance import Side, stance
from tests.bench.summaries import shuffled

_RIDGE = 0.003
_FEWEST = 8
_TOLD = Path(str(data.__file__)).parent / "arguments.json"
_SIDES: tuple[Side, ...] = ("fordel", "ulempe")


def main() -> None:
    """Write the two readings, and print how well they are told from the rest."""
    settings = Settings()
    vectors, sides, halves = sentences(Store(settings))
    told: dict[str, object] = {"model": settings.model_name}
    report: dict[str, object] = {"sentences": len(sides)}
    for side in _SIDES:
        states = np.array([one == side for one in sides])
        read = np.zeros(len(sides))
        for half in (0, 1):
            taught = fitted(vectors[halves != half], states[halves != half])
            read[halves == half] = with_constant(vectors[halves == half]) @ taught
        below = np.searchsorted(np.sort(read[~states]), read[states])
        report[side] = {"stated": int(states.sum()), "AUC": round(below.mean() / sum(~states), 3)}
        told[side] = [round(float(w), 3) for w in fitted(vectors, states)]
    _TOLD.write_text(json.dumps(told) + "\n", encoding="utf-8")
    json.dump(report, sys.stdout, indent=1)
    sys.stdout.write("\n")


def sentences(store: Store) -> tuple[Vector, list[Side | None], Vector]:
    """Return a row for every sentence, what side its words are on, and its case's half."""
    rows, sides, halves = [], [], []
    seen: set[str] = set()
    for number, item in enumerate(shuffled(store.catalogue, "Greve", seed=5)):
        try:
            case = gather(item.id, store.catalogue)
        except WrongUseError:
            continue
        told = material(case, store).sentences
        if len(told) < _FEWEST or not decides(case):
            continue
        for one, vector in zip(told, centred(told), strict=True):
            if may_argue(one) and one.text not in seen:
                seen.add(one.text)
                stated = stance(one.text)
                rows.append(vector)
                sides.append(stated.side if stated else None)
                halves.append(number % 2)
    return np.array(rows), sides, np.array(halves, dtype=np.float32)


def fitted(vectors: Vector, states: Vector) -> Vector:
    """Return the ridge regression to 1 and -1 in which both sides weigh the same."""
    weight = np.where(states, 1 / states.sum(), 1 / (~states).sum())[:, None]
    x = with_constant(vectors)
    square = x.T @ (x * weight) + _RIDGE * np.eye(x.shape[1])
    return np.asarray(np.linalg.solve(square, x.T @ (weight[:, 0] * np.where(states, 1, -1))))


def with_constant(vectors: Vector) -> Vector:
    return np.hstack([vectors, np.ones((len(vectors), 1), dtype=np.float32)])


if __name__ == "__main__":
    main()
