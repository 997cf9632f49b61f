"""`python tests/bench/ranking.py FILE…`: ways of ranking side by side, on the same questions.

Asks the store in ASSISTANT_HOME. Every way is given the question as the retriever reads it, with
its filters. Counted is the right case (or document), and the right passage: one of the right case
that says some of what the answer must say.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.answering.signs import ranked
from assistant.answering.units import candidates
from assistant.evaluate import EvalQuestion, is_place_of, read_questions, share_said
from assistant.retrieval.retriever import Retrieved, boosted, collapsed, scaled, summed
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Hit

_CANDIDATES = 100
_RRF = 60
"""Cormack, Clarke and Buettcher (2009), Reciprocal Rank Fusion: the constant k of 1/(k + rank)."""
Scores = Mapping[int, float]
Way = Callable[[Scores, Scores], Scores]
WAYS: dict[str, Way] = {
    "dense": lambda dense, _: dense,
    "BM25": lambda _, lexical: lexical,
    "reciprocal rank fusion": lambda dense, lexical: summed(by_rank(dense), by_rank(lexical)),
    "weighted sum 0.3 dense": lambda d, b: summed(scaled(d, 0.3), scaled(b, 0.7)),
    "weighted sum 0.5 dense": lambda d, b: summed(scaled(d, 0.5), scaled(b, 0.5)),
    "weighted sum 0.7 dense": lambda d, b: summed(scaled(d, 0.7), scaled(b, 0.3)),
}


def main() -> None:
    """Print for each way the share of questions with the right case or passage first, and near."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    given = arguments.parse_args()
    assistant = Assistant(Settings())
    questions = [
        question
        for question in read_questions(given.files)
        if question.answerable and (question.case or question.doc)
    ]
    places: dict[str, list[tuple[int | None, int | None]]] = {}
    for question in questions:
        for way, hits in rankings(question.question, assistant).items():
            places.setdefault(way, []).append(
                (place_of(question, hits, False), place_of(question, hits, True))
            )
    report = {way: shares(told) for way, told in places.items()}
    json.dump({"questions": len(questions), **report}, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def rankings(text: str, assistant: Assistant) -> dict[str, list[Hit]]:
    """Return the hits of every way, best first."""
    found = assistant.retrieve(text)
    store = assistant.store
    dense = dict(store.search(found.vector, found.filters, _CANDIDATES))
    question = found.question
    lexical = dict(
        store.catalogue.search_terms(
            found.subject.searched, found.filters, _CANDIDATES, question.phrases
        )
    )
    told = {way: store.catalogue.hits(fuse(dense, lexical)) for way, fuse in WAYS.items()}
    own = told["weighted sum 0.5 dense"]
    told["… with subject, title, kind, body and period"] = boosted(own, question, found.subject)
    told = {way: collapsed(hits)[:10] for way, hits in told.items()}
    told["… where no case fills the first hits (as used)"] = list(found.hits)
    told["… with a second look, sentence by sentence"] = looked_twice(found, assistant)
    return told


def looked_twice(found: Retrieved, assistant: Assistant) -> list[Hit]:
    """Return the retriever's hits in the order of the best unit of their items."""
    best: dict[str, float] = {}
    for one in ranked(candidates(found, assistant.store), found):
        best.setdefault(one.candidate.stored.source.place, one.score)
    return sorted(found.hits, key=lambda hit: -best.get(hit.source.place, -1e9))


def by_rank(scores: Scores) -> Scores:
    """Return 1 / (k + rank) for each."""
    order = sorted(scores, key=lambda key: -scores[key])
    return {key: 1 / (_RRF + rank) for rank, key in enumerate(order, start=1)}


def place_of(question: EvalQuestion, hits: list[Hit], saying: bool) -> int | None:
    """Return where (1 is first) the right case stands; `saying` something of the answer."""
    for place, hit in enumerate(hits, start=1):
        if is_place_of(question, hit) and (not saying or share_said(question, hit.text) > 0):
            return place
    return None


def shares(places: list[tuple[int | None, int | None]]) -> dict[str, float]:
    """Return the shares of right cases and passages first, and among the first five."""
    cases, passages = zip(*places, strict=True)
    return {
        f"{name} {told}": round(sum(p is not None and p <= top for p in column) / len(column), 3)
        for name, column in (("case", cases), ("passage", passages))
        for told, top in (("first", 1), ("in first 5", 5))
    }


if __name__ == "__main__":
    main()
