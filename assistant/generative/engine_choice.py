"""Which engine does the work: the one that is named, else the model where one is set up."""

from __future__ import annotations

from collections.abc import Callable

from assistant.errors import WrongUseError
from assistant.generative.model import LanguageModel
from assistant.types import EngineName

Models = Callable[[], LanguageModel]
"""Gives each piece of work a model of its own. Raises ModelError."""


def chosen(engine: EngineName | None, models: Models | None) -> Models | None:
    """Return the models that the generative engine is to ask, or None for the extractive engine.

    Raises WrongUseError where the generative engine is asked for and no model is set up.
    """
    if engine == "generative" and models is None:
        raise WrongUseError(
            "Der er ikke sat en sprogmodel op. Sæt ASSISTANT_LLM, for eksempel til "
            "»openai:gpt-4.1« eller »ollama:llama3.1«, eller vælg --engine extractive."
        )
    return None if engine == "extractive" else models
