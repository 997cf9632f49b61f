"""A conversation's last question made into one that stands alone."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from assistant.conversation.follow_up import Reading, stand_alone
from assistant.conversation.reply import is_condensed
from assistant.errors import ModelError
from assistant.generative.model import LanguageModel
from assistant.types import Turn
from prompts import CondensePrompt, Rendered

_LAST_QUESTIONS = 8
_LONGEST = 500
"""Characters of an earlier question, or of an answer, that are read."""
_SPEAKERS = {"user": "Bruger", "assistant": "Assistent"}


class CondensedReply(BaseModel):
    """What the model is asked for."""

    spoergsmaal: str


def condense(
    question: str, history: Sequence[Turn], model: LanguageModel | None = None
) -> str:
    """Return the question as it stands alone after the conversation.

    It is the same text where it does already. A model is asked only where the rules found something
    missing, or are not sure; what it replies is used only where it asks the same of what was said.
    """
    turns = _last(history)
    reading = by_rules(question, turns)
    if model is None or not turns or (reading.sure and reading.text == question):
        return reading.text
    return _by_model(question, turns, model) or reading.text


def by_rules(question: str, history: Sequence[Turn]) -> Reading:
    """Return the question by the rules alone; the history's own follow-ups are read in order."""
    earlier: list[str] = []
    answer = ""
    for turn in _last(history):
        text = _line(turn)
        if turn.role == "assistant":
            answer = text
        elif text:
            earlier.append(stand_alone(text, earlier, answer).text)
            answer = ""
    return stand_alone(question, earlier, answer)


def prompt(question: str, history: Sequence[Turn]) -> Rendered:
    """Return what a model is asked for the question."""
    lines = (f"{_SPEAKERS[turn.role]}: {_line(turn)}" for turn in _last(history))
    return CondensePrompt("\n".join(lines), question).render()


def _by_model(question: str, turns: Sequence[Turn], model: LanguageModel) -> str:
    """The model's question; empty where it gave none that can be used."""
    try:
        reply = model.reply(prompt(question, turns), CondensedReply)
    except ModelError:
        return ""
    text = " ".join(str(reply.get("spoergsmaal", "")).split())
    return text if is_condensed(text, question, [turn.content for turn in turns]) else ""


def _line(turn: Turn) -> str:
    """A message on one line, and no longer than is read."""
    return " ".join(turn.content.split())[:_LONGEST]


def _last(history: Sequence[Turn]) -> Sequence[Turn]:
    """The history from the eighth question before the last on."""
    asked = [at for at, turn in enumerate(history) if turn.role == "user"]
    return history[asked[-_LAST_QUESTIONS]:] if len(asked) > _LAST_QUESTIONS else history
