"""`ask` on a terminal and off it, in this process, over an assistant that answers as told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import asking
from assistant.cli.app import app
from assistant.settings import Settings
from assistant.types import Answer, Citation, Claim, ClaimShown, Turn

CITATION = Citation(
    1, "14,7 mio. kr.", "sag.json", "i", "4", "Nørrevang", "25-004711", "Byråd", "2025-05-27",
    "oekonomi", "Økonomi", None, 0, 13, "", "d/0",
)  # fmt: skip
CLAIMS = (Claim("Det koster 14,7 mio. kr.", "quote", (1,)), Claim("Det er i 2025.", "quote", (1,)))
ANSWER = Answer(
    "Hvad koster det?", "answered", "generative", "test:model",
    "\n".join(claim.marked for claim in CLAIMS), CLAIMS, (CITATION,), notes=("En note.",),
)  # fmt: skip


@dataclass
class Scripted:
    """An assistant of which only the asking is asked."""

    llm: str = "test:model"
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    closed: bool = False

    @property
    def settings(self) -> Settings:
        return Settings(llm=self.llm)

    def ask(self, *_: object, **told: Any) -> Answer:
        self.calls.append(("ask", told))
        return ANSWER

    def stream(self, *_: object, **told: Any) -> Iterator[ClaimShown | Answer]:
        self.calls.append(("stream", told))
        try:
            for claim in CLAIMS:
                yield ClaimShown(claim, (CITATION,), ())
            yield ANSWER
        finally:
            self.closed = True


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    scripted = Scripted()

    @contextmanager
    def opened(role: object = None) -> Iterator[Scripted]:
        yield scripted

    monkeypatch.setattr(asking, "opened", opened)
    return scripted


def printed(*words: str) -> str:
    result = CliRunner().invoke(app, ["ask", "Hvad koster det?", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(asking.out), "is_terminal", property(lambda _: True))
    monkeypatch.setattr(asking.out, "no_color", True)


def test_on_a_terminal_each_claim_is_printed_once(
    assistant: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    text = printed()
    assert [name for name, _ in assistant.calls] == ["stream"]
    assert assistant.closed
    for line in (*(claim.marked for claim in CLAIMS), "25-004711", "En note."):
        assert text.count(line) == 1, line


def test_into_a_file_or_as_json_the_whole_answer_is_printed(assistant: Scripted) -> None:
    assert printed().startswith(f"{ANSWER.answer}\n")
    assert json.loads(printed("--json"))["answer"] == ANSWER.answer
    assert [name for name, _ in assistant.calls] == ["ask", "ask"]


def test_an_extractive_answer_is_there_at_once(
    assistant: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    printed("--engine", "extractive")
    assert assistant.calls == [("ask", {"history": [], "engine": "extractive"})]


def test_the_earlier_questions_are_the_history(assistant: Scripted) -> None:
    printed("--after", "Hvad er Nørrevang?", "--after", "Hvem har besluttet det?")
    ((_, told),) = assistant.calls
    assert told == {
        "history": [Turn("user", "Hvad er Nørrevang?"), Turn("user", "Hvem har besluttet det?")],
        "engine": None,
    }
