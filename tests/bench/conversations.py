"""`python tests/bench/conversations.py FILE --sample HOME --greve HOME`: follow-ups, made to stand.

Asks the two stores each conversation's last question: as it is, glued to the question before it,
condensed by the rules, and as it was written by hand. `untouched` is the share of new subjects that
came back unchanged, `changed` that of follow-ups that did not. A conversation without `must` has
the right answer where the right case is cited. The even ids were looked at while the rules were
written.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.conversation.condense import condense
from assistant.evaluate import EvalQuestion, is_place, is_right
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Turn


@dataclass(frozen=True)
class Conversation:
    """A line of the file: the question is judged by what its standing form must answer."""

    judged: EvalQuestion
    corpus: str
    history: tuple[Turn, ...]
    standalone: str
    new_subject: bool

    @property
    def half(self) -> str:
        return "odd" if int(self.judged.id[1:]) % 2 else "even"


Way = Callable[[Conversation], str]
WAYS: dict[str, Way] = {
    "as it is": lambda one: one.judged.question,
    "glued to the question before": lambda one: f"{last_question(one)} {one.judged.question}",
    "condensed by the rules": lambda one: condense(one.judged.question, one.history),
    "by hand": lambda one: one.standalone,
}


def main() -> None:
    """Print for each way and half the shares, and how long the rules take."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--sample", type=Path, required=True, help="store of data/sample")
    arguments.add_argument("--greve", type=Path, required=True, help="store of the real material")
    arguments.add_argument("--show", choices=("odd", "even"), help="print that half's texts")
    given = arguments.parse_args()
    conversations = read(given.file)
    told: dict[str, list[tuple[Conversation, str, Answer]]] = {way: [] for way in WAYS}
    for corpus in ("sample", "greve"):
        assistant = Assistant(Settings(home=getattr(given, corpus)))
        for one in conversations:
            if one.corpus == corpus:
                for way, text_of in WAYS.items():
                    text = text_of(one)
                    told[way].append((one, text, assistant.ask(text)))
        assistant.close()
    report: dict[str, Any] = {
        f"{way}, {half}": shares([each for each in ones if each[0].half == half])
        for way, ones in told.items()
        for half in ("even", "odd")
    }
    json.dump({**report, "rules_ms": speed(conversations)}, sys.stdout, indent=1)
    sys.stdout.write("\n")
    for one, text, answer in told["condensed by the rules"]:
        if one.half == given.show:
            sign = "+" if is_right(one.judged, answer) else "-"
            sys.stdout.write(f"{sign} {one.judged.id} {one.judged.question} > {text}\n")


def read(path: Path) -> list[Conversation]:
    """Return the conversations of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [conversation(json.loads(line)) for line in lines]


def conversation(told: dict[str, Any]) -> Conversation:
    """Return the conversation that a line of the file tells."""
    return Conversation(
        judged=EvalQuestion(
            id=told["id"],
            question=told["question"],
            kind=told["kind"],
            expect=told["expect"],
            must=tuple(tuple(any_of) for any_of in told["must"]),
            case=told.get("case", ""),
            doc=told.get("doc", ""),
        ),
        corpus=told["corpus"],
        history=tuple(Turn(**turn) for turn in told["history"]),
        standalone=told["standalone"],
        new_subject=told["new_subject"],
    )


def last_question(one: Conversation) -> str:
    """Return the question before the last."""
    return next(turn.content for turn in reversed(one.history) if turn.role == "user")


def shares(told: Sequence[tuple[Conversation, str, Answer]]) -> dict[str, Any]:
    """Return the shares of one way in one half; right ones of the follow-ups alone, too."""
    follow_ups = [each for each in told if not each[0].new_subject]
    new = [each for each in told if each[0].new_subject]
    return {
        "conversations": len(told),
        "untouched": share([text == one.judged.question for one, text, _ in new]),
        "changed": share([text != one.judged.question for one, text, _ in follow_ups]),
        "right_case": share([cites(one.judged, answer) for one, _, answer in told]),
        "right": share([is_right(one.judged, answer) for one, _, answer in told]),
        "right_follow_ups": share([is_right(one.judged, answer) for one, _, answer in follow_ups]),
    }


def cites(question: EvalQuestion, answer: Answer) -> bool:
    """Return whether the right case or document is cited, or the right no is said."""
    if question.expect != "answer":
        return answer.status == question.expect
    return any(is_place(question, c.case_number, c.document) for c in answer.citations)


def speed(conversations: Sequence[Conversation]) -> dict[str, float]:
    """Return the milliseconds that the rules take, the median and the longest, when warm."""
    times = []
    for one in conversations:
        started = time.perf_counter()
        condense(one.judged.question, one.history)
        times.append(1000 * (time.perf_counter() - started))
    return {"median": round(statistics.median(times), 2), "longest": round(max(times), 2)}


def share(told: Sequence[bool]) -> float | None:
    return round(sum(told) / len(told), 3) if told else None


if __name__ == "__main__":
    main()
