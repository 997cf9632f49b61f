"""`python tests/bench/topics.py [FILE…]`: emneord beside those that somebody set by hand.

Asks the store in ASSISTANT_HOME. Each line of a file has an `item_id` and its right `emneord`.
Counted over all items together: F1, precision and recall, of `Topics` and of a baseline that gives
the three topics whose words stand most often in the case.
"""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.settings import Settings
from assistant.store.store import Store
from assistant.summarising.case import Case, gather
from assistant.summarising.topics import Topics

LABELLED = Path(__file__).parent.parent / "evals" / "emneord.jsonl"
_BASELINE_GIVES = 3
Topicked = Sequence[Sequence[str]]


def main() -> None:
    """Print how both agree with the labels, and the speed of `Topics`."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path, default=[LABELLED])
    arguments.add_argument("--wrong", action="store_true", help="print what differs")
    given = arguments.parse_args()
    lines = [
        json.loads(line)
        for path in given.files
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    settings = Settings()
    with closing(Store(settings)) as store:
        topics = Topics(store, settings.topics)
        cases = [gather(line["item_id"], store.catalogue) for line in lines]
        topics.of(cases[0])
        found, times = [], []
        for case in cases:
            started = time.perf_counter()
            found.append(topics.of(case))
            times.append(1000 * (time.perf_counter() - started))
        counted = [most_counted(case, topics) for case in cases]
    right = [line["emneord"] for line in lines]
    report = {
        "items": len(lines),
        "topics": agreement(found, right),
        "counted words": agreement(counted, right),
        "ms an item, median": round(statistics.median(times), 1),
        "ms an item, longest": round(max(times), 1),
    }
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    if given.wrong:
        for case, own, label in zip(cases, found, right, strict=True):
            if set(own) != set(label):
                sys.stdout.write(f"{case.item.title}\n  right {label}\n  found {list(own)}\n")


def most_counted(case: Case, topics: Topics) -> list[str]:
    """Return the topics whose words stand most often in the title and the text."""
    text = "\n".join((case.item.title, *(stored.section.text for stored in case.sections)))
    times: Counter[str] = Counter()
    for (place, _), often in topics.counts(text).items():
        times[topics.names[place]] += often
    return [name for name, _ in times.most_common(_BASELINE_GIVES)]


def agreement(found: Topicked, right: Topicked) -> dict[str, float]:
    """Return micro F1, precision and recall, and the share of items whose first topic is right."""
    pairs = list(zip(found, right, strict=True))
    both = sum(len(set(own) & set(label)) for own, label in pairs)
    given, wanted = sum(map(len, found)), sum(map(len, right))
    return {
        "F1": round(2 * both / (given + wanted), 3),
        "precision": round(both / given, 3),
        "recall": round(both / wanted, 3),
        "first right": round(sum(own[0] in label for own, label in pairs if own) / len(pairs), 3),
    }


if __name__ == "__main__":
    main()
