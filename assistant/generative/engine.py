"""The generative engine."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.draft import Draft
from assistant.errors import ModelError
from assistant.generative.model import LanguageModel
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store


def answer(found: Retrieved, store: Store, model: LanguageModel) -> Iterator[Draft]:
    """Yield the growing draft each time a claim was added to it. Raises ModelError."""
    raise ModelError(f"»{model.name}« bruges ikke endnu.")
