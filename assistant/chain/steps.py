"""The chain's steps, each a plain function: condense, retrieve, answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import cast

from assistant.answering import extractive
from assistant.answering.draft import Draft
from assistant.chain.asked import Asked, Drafted, Found, Standalone
from assistant.conversation.condense import condense
from assistant.errors import ModelError, WrongUseError
from assistant.generative import engine as generative
from assistant.generative.model import LanguageModel
from assistant.retrieval.retriever import Retriever
from assistant.store.store import Store
from assistant.types import EngineName

LONGEST_QUESTION = 2000

Models = Callable[[], LanguageModel]
"""Gives each question a language model of its own. Raises ModelError."""


class Steps:
    """The steps over one store, with the models that the generative engine asks (None: none)."""

    def __init__(self, store: Store, retriever: Retriever, models: Models | None = None) -> None:
        self.store = store
        self._retriever = retriever
        self._models = models

    def checked(self, asked: Asked) -> Asked:
        """Return what was asked with its white space folded.

        Raises WrongUseError where it is empty or too long, the store holds nothing, or the
        generative engine is asked for and no model is set up.
        """
        if asked.engine == "generative" and self._models is None:
            raise WrongUseError(
                "Der er ikke sat en sprogmodel op. Sæt ASSISTANT_LLM, for eksempel til "
                "»openai:gpt-4.1« eller »ollama:llama3.1«, eller vælg --engine extractive."
            )
        return replace(asked, question=checked_question(asked.question, self.store))

    def condense(self, asked: Asked) -> Standalone:
        """Return the question as it reads without its history. Raises WrongUseError."""
        started = time.monotonic()
        asked = self.checked(asked)
        if asked.engine == "extractive" or self._models is None:
            return Standalone(asked, condense(asked.question, asked.history), started)
        try:
            model = self._models()
            question = condense(asked.question, asked.history, model)
        except ModelError as error:
            question = condense(asked.question, asked.history)
            return Standalone(asked, question, started, trouble=str(error))
        return Standalone(asked, question, started, model)

    def retrieve(self, standalone: Standalone) -> Found:
        """Return what the material has for the question."""
        asked = standalone.asked
        return Found(
            standalone,
            self._retriever.retrieve(standalone.question, asked.filters, asked.top_k),
        )

    def answer(self, found: Found) -> Generator[Drafted]:
        """Yield the answer as it grows; the last is complete, whatever happens to the model."""
        model, trouble = found.standalone.model, found.standalone.trouble
        if model is None:
            draft = extractive.answer(found.retrieved, self.store)
            yield Drafted(found, draft, "extractive", complete=True, trouble=trouble)
            return
        draft = Draft()
        try:
            drafts = generative.answer(found.retrieved, self.store, model)
            with closing(cast(Generator[Draft], drafts)):
                for draft in drafts:
                    yield Drafted(found, draft, "generative", complete=False)
        except ModelError as error:
            trouble = str(error)
        # A no is the extractive engine's, settled before the model is called.
        engine: EngineName = "generative" if draft.status == "answered" else "extractive"
        yield Drafted(found, draft, engine, complete=True, trouble=trouble)


def checked_question(question: str, store: Store) -> str:
    """Return a question with its white space folded.

    Raises WrongUseError where it is empty or too long, or the store holds nothing.
    """
    text = " ".join(question.split())
    if not text:
        raise WrongUseError("Spørgsmålet er tomt. Skriv, hvad du vil vide.")
    if len(text) > LONGEST_QUESTION:
        raise WrongUseError(
            f"Spørgsmålet er på {len(text)} tegn. Kort det ned til højst {LONGEST_QUESTION}."
        )
    if store.catalogue.is_empty():
        raise WrongUseError(
            "Der er intet materiale at svare ud fra endnu. Kør »assistant ingest MAPPE« først."
        )
    return text
