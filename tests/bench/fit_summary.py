"""`python tests/bench/fit_summary.py`: what each sign of a sentence is worth in an opsummering.

Reads the items of the store in ASSISTANT_HOME that have a resume and a sagsfremstilling, the half
of the cases that `summaries.py --hide-resume` does not measure on. Without its resume, each item's
sentences are weighed by how many of the resume's words they say, less a fifth of their own length:
what a sentence adds to the ROUGE-L F1 of a whole summary. (Its own ROUGE-L favours long ones.) The
signs' worth is fitted by ridge regression. Writes `data/summary.json`.
"""

import json
import sys
from pathlib import Path

import numpy as np

import data
from assistant.danish.words import stems
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.summarising.material import material
from assistant.summarising.opsummering import SIGNS, may_stand, signs
from tests.bench.summaries import fits, rouge_l, shuffled, without_resume

_RIDGE = 1.0
_LENGTH = 0.2
"""What a word of a sentence costs, in words that it shares with the resume."""
_TOLD = Path(str(data.__file__)).parent / "summary.json"


def main() -> None:
    """Write the worth of every sign, and print it."""
    store = Store(Settings())
    rows, worth = [], []
    for item in shuffled(store.catalogue, "Greve", seed=0):
        found = without_resume(item, store.catalogue) if fits(item) else None
        if found is None:
            continue
        case, resume = found
        told = material(case, store)
        candidates = [one for one in told.sentences if may_stand(one)]
        if len(candidates) < 5:
            continue
        said = np.array([_gain(one.text, resume) for one in candidates])
        rows.append(signs(candidates, case, told))
        worth.append((said - said.mean()) / max(float(said.std()), 1e-6))
    x, y = np.vstack(rows), np.concatenate(worth)
    spread = np.maximum(x.std(axis=0), 1e-6)
    spread[0] = 1.0
    scaled = x / spread
    fitted = np.linalg.solve(scaled.T @ scaled + _RIDGE * np.eye(len(SIGNS)), scaled.T @ y) / spread
    told_worth = {sign: round(float(w), 4) for sign, w in zip(SIGNS, fitted, strict=True)}
    _TOLD.write_text(json.dumps(told_worth, indent=1) + "\n", encoding="utf-8")
    json.dump({"items": len(rows), "sentences": len(y), **told_worth}, sys.stdout, indent=1)


def _gain(text: str, resume: str) -> float:
    length = len(stems(text))
    common = rouge_l(text, resume) * (length + len(stems(resume))) / 2
    return common - _LENGTH * length


if __name__ == "__main__":
    main()
