"""The language models of one assistant: a new one for each question, over one provider."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from assistant.generative.model import LanguageModel
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.generative.provider import Provider


class LanguageModels:
    """Gives a LanguageModel for each question. The provider is connected when first needed.

    LangChain's providers take seconds to import, which only what asks a model waits for.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._provider: Provider | None = None
        self._lock = Lock()

    def __call__(self) -> LanguageModel:
        """Return a model whose usage is this question's alone. Raises ModelError."""
        from assistant.generative.chat_model import ChatModel
        from assistant.generative.provider import connect

        with self._lock:
            if self._provider is None:
                self._provider = connect(self._settings)
        return ChatModel(self._provider)
