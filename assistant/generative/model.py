"""The language model, as the engines see it: a prompt goes in, a reply's JSON comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from prompts import Rendered


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call took: tokens in and out as the provider counts them (0: not told), seconds.

    `prompt` is the hash of the file that the call's prompt was made from.
    """

    tokens_in: int
    tokens_out: int
    seconds: float
    prompt: str = ""


class LanguageModel(Protocol):
    """What an engine needs of a model. Every method raises ModelError."""

    name: str
    """As it is told to the reader: `openai:gpt-4.1`."""
    context: int
    """Tokens that prompt and reply have together."""

    def reply(self, prompt: Rendered, schema: type[BaseModel]) -> Mapping[str, Any]:
        """Return the reply's JSON object, whole; one that is off form is asked for once more."""

    def stream(self, prompt: Rendered, schema: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
        """Yield the reply's JSON object as far as it is written, again and again as it grows."""

    def usage(self) -> tuple[Usage, ...]:
        """Return what the calls took so far, in order."""
