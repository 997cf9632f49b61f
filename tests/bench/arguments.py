"""`python tests/bench/arguments.py [FILE] [--wrong]`: fordele and ulemper beside those that
somebody read out of the cases before the engine did.

Asks the store in ASSISTANT_HOME. Each line of the file is an item, its half (development or
measuring) and what its text states: a side and a place in a section, plain or not. A line of the
engine is right where it covers such a place of its side; only the plain ones must be found.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.store.store import Store
from assistant.summarising.arguments import Found, arguments
from assistant.summarising.case import Case, gather
from assistant.summarising.material import material

LABELLED = Path(__file__).parent.parent / "evals" / "arguments.jsonl"
_SIDES = ("fordel", "ulempe")
_MOST = 5
"""Lines that a block has of a side: no more than these can be found."""


@dataclass(slots=True)
class Score:
    """Lines that were given and right; places that were plain, could be shown, and were found."""

    given: int = 0
    right: int = 0
    plain: int = 0
    shown: int = 0
    found: int = 0
    items: int = 0
    with_any: int = 0
    several: int = 0
    with_several: int = 0

    def report(self) -> dict[str, float]:
        return {
            "lines": self.given,
            "right": self.right,
            "precision": round(self.right / max(1, self.given), 3),
            "plain": self.plain,
            "recall": round(self.found / max(1, self.shown), 3),
            "items that state it plainly": self.items,
            "of these with a right line": self.with_any,
            "items that state two plainly": self.several,
            "of these with two lines": self.with_several,
        }


def main() -> None:
    """Print precision and recall of each side, on each half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=LABELLED)
    parser.add_argument("--wrong", action="store_true", help="print what differs")
    given = parser.parse_args()
    lines = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    scores: dict[tuple[str, str], Score] = {}
    settings = Settings()
    with closing(Store(settings)) as store:
        for line in lines:
            case = gather(line["item_id"], store.catalogue)
            both = arguments(case, material(case, store), settings.model_name)
            for side, found in zip(_SIDES, both, strict=True):
                states = [one for one in line["states"] if one["side"] == side]
                score = scores.setdefault((line["half"], side), Score())
                count(score, case, found, states)
                if given.wrong:
                    sys.stdout.write(differing(side, case, found, states))
    report = {" ".join(key): score.report() for key, score in sorted(scores.items())}
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def count(
    score: Score, case: Case, found: Sequence[Found], states: Sequence[Mapping[str, Any]]
) -> None:
    """Add what was found of a case's side to the score."""
    plain = [one for one in states if one["plain"]]
    right = [one for one in found if any(covers(one, case, place) for place in states)]
    hit = [place for place in plain if any(covers(one, case, place) for one in found)]
    score.given += len(found)
    score.right += len(right)
    score.plain += len(plain)
    score.shown += min(len(plain), _MOST)
    score.found += min(len(hit), _MOST)
    score.items += bool(plain)
    score.with_any += bool(plain and right)
    score.several += len(plain) > 1
    score.with_several += len(plain) > 1 and len(found) > 1


def covers(one: Found, case: Case, place: Mapping[str, Any]) -> bool:
    """Return whether the line is quoted from that place."""
    same = one.span.stored.source == case.sections[place["section"]].source
    return bool(same and one.span.start < place["end"] and place["start"] < one.span.end)


def differing(
    side: str, case: Case, found: Sequence[Found], states: Sequence[Mapping[str, Any]]
) -> str:
    """Return the wrong lines, and the plain places that no line is quoted from, for reading."""
    told = [
        f"  {'ok   ' if any(covers(one, case, place) for place in states) else 'WRONG'}"
        f" {side}: {one.text}"
        for one in found
    ]
    for place in states:
        if place["plain"] and not any(covers(one, case, place) for one in found):
            text = case.sections[place["section"]].section.text[place["start"]:place["end"]]
            told.append(f"  miss  {side}: {' '.join(text.split())}")
    return "\n".join([f"{case.item.id} {case.item.title}", *told, ""]) if told else ""


if __name__ == "__main__":
    main()
