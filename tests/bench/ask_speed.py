"""`python tests/bench/ask_speed.py FILE…`: how long a question takes, and which step takes it.

Asks every question of the files in one process, after a warm-up of ten, from the store in
ASSISTANT_HOME. Steps are timed where one calls the next; `other` is what lies between.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.answering import reading
from assistant.chain import verify
from assistant.evaluate import read_questions
from assistant.service import Assistant
from assistant.settings import Settings

_WARM_UP = 10


def main() -> None:
    """Print p50 and p95 in ms, whole and by step."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    given = arguments.parse_args()
    assistant = Assistant(Settings())
    questions = [question.question for question in read_questions(given.files)]
    for question in questions[:_WARM_UP]:
        assistant.ask(question)
    spent: dict[str, float] = defaultdict(float)
    watch(assistant, spent)
    told: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        spent.clear()
        started = time.perf_counter()
        assistant.ask(question)
        whole = time.perf_counter() - started
        for step, seconds in spent.items():
            told[step].append(1000 * seconds)
        told["other"].append(1000 * (whole - sum(spent.values())))
        told["whole"].append(1000 * whole)
    report = {step: percentiles(values) for step, values in told.items()}
    json.dump({"questions": len(questions), **report}, sys.stdout, indent=1)
    sys.stdout.write("\n")


def watch(assistant: Assistant, spent: dict[str, float]) -> None:
    """Time the steps from here on."""
    store = assistant.store

    def timed(step: str, owner: Any, name: str) -> None:
        call: Callable[..., Any] = getattr(owner, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                spent[step] += time.perf_counter() - started

        setattr(owner, name, wrapped)

    timed("embed the question", store.embedder, "question")
    timed("search vectors", store, "search")
    timed("search words", store.catalogue, "search_terms")
    timed("read the hits", store.catalogue, "hits")
    timed("gather units", reading, "candidates")
    timed("rank units", reading, "ranked")
    timed("verify", verify, "check")


def percentiles(values: list[float]) -> dict[str, float]:
    """Return p50 and p95, in ms."""
    ordered = sorted(values)
    return {
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }


if __name__ == "__main__":
    main()
