"""What a chat client sends: the conversation so far, and settings of which few matter here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from assistant.rendering.answer_markdown import said_alone
from assistant.types import Role, Turn

_MOST_TURNS = 50
"""How far back a conversation is read."""
_LONGEST_TURN = 20_000
_OF_USER = {
    "type": "object",
    "required": ["role", "content"],
    "properties": {"role": {"const": "user"}},
}
"""What one of the messages is, by JSON Schema: the question."""
_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant"}


class ChatMessage(BaseModel):
    """One message; `content` is text, or a list of parts of which those of text are read."""

    role: Annotated[str, Field(max_length=50)]
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """The text of the message, without its other parts."""
        if not isinstance(self.content, list):
            return (self.content or "").strip()
        return "\n".join(str(one.get("text", "")) for one in self.content if _is_text(one)).strip()

    @property
    def has_more_than_text(self) -> bool:
        """Whether it has a picture, a sound or a file."""
        return isinstance(self.content, list) and not all(map(_is_text, self.content))


class StreamOptions(BaseModel):
    """How a stream ends."""

    include_usage: StrictBool | None = None


class ChatRequest(BaseModel):
    """A conversation whose last question is to be answered.

    What else a client sends (`temperature`, `tools`, …) is accepted, and changes nothing: an answer
    is what the material says.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": "agenda-assistant",
                    "messages": [
                        {
                            "role": "user",
                            "content": "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?",
                        }
                    ],
                }
            ]
        }
    )

    model: Annotated[str, Field(max_length=200)]
    messages: Annotated[
        list[ChatMessage], Field(min_length=1, json_schema_extra={"contains": _OF_USER})
    ]
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = None

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with what was used."""
        return bool(self.stream_options and self.stream_options.include_usage)

    def conversation(self) -> tuple[str, tuple[Turn, ...]]:
        """Return the last user's message, which is the question, and what was said before it.

        System messages are no part of it: who asks does not instruct. Raises HTTPException where
        there is no question, or it is more than text.
        """
        asked = [at for at, one in enumerate(self.messages) if one.role == "user"]
        if not asked:
            raise HTTPException(
                422, "Der er intet spørgsmål i »messages«. Send det med rollen »user«."
            )
        last = self.messages[asked[-1]]
        if last.has_more_than_text:
            raise HTTPException(
                422, "Billeder, lyd og filer kan ikke læses her. Skriv spørgsmålet som tekst."
            )
        return last.text, tuple(_turns(self.messages[:asked[-1]]))[-_MOST_TURNS:]


def _turns(messages: list[ChatMessage]) -> Iterator[Turn]:
    for one in messages:
        role = _ROLES.get(one.role)
        text = said_alone(one.text) if role == "assistant" else one.text
        if role and text:
            yield Turn(role, text[:_LONGEST_TURN])


def _is_text(part: dict[str, Any]) -> bool:
    return part.get("type") == "text"
