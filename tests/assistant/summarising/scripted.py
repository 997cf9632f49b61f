"""A model that replies what a test has written, in the order that it is asked."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from assistant.errors import ModelError
from assistant.generative.model import Usage
from prompts import Rendered

Replies = Callable[[Rendered], Mapping[str, Any]]


class Scripted:
    """A LanguageModel whose replies are made of the prompts that it is given."""

    name = "prøve:model"

    def __init__(self, *replies: Replies | Mapping[str, Any], context: int = 8192) -> None:
        self.context = context
        self.prompts: list[Rendered] = []
        self._replies = list(replies)

    def reply(self, prompt: Rendered, schema: type[BaseModel]) -> Mapping[str, Any]:
        """Return the next reply; the last one again and again. Raises ModelError without any."""
        self.prompts.append(prompt)
        if not self._replies:
            raise ModelError("Sprogmodellen kan ikke nås lige nu.")
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return reply(prompt) if callable(reply) else reply

    def stream(self, prompt: Rendered, schema: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
        yield self.reply(prompt, schema)

    def usage(self) -> tuple[Usage, ...]:
        return ()
