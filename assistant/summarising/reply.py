"""What a language model replies, and how it is read: what is out of form is dropped."""

from __future__ import annotations

import json
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from assistant.errors import AssistantError
from assistant.generative.lines import ReplyLine
from assistant.summarising.topics import MOST_TOPICS
from assistant.summarising.unsaid import Unsaid
from assistant.types import ArgumentBasis

MOST_SENTENCES, MOST_ARGUMENTS = 4, 5


class ReplyError(AssistantError):
    """The model's reply cannot be read."""


class ReplyArgument(ReplyLine):
    """One fordel or ulempe."""

    grundlag: ArgumentBasis


def _those_that_fit(kind: Any, most: int) -> BeforeValidator:
    """Before a list is read: drop what is not of its kind, and what is too many."""
    adapter = TypeAdapter(kind)

    def kept(value: Any) -> Any:
        return [one for one in value if _fits(adapter, one)][:most] if type(value) is list else []

    return BeforeValidator(kept)


def _fits(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def _line_or_none(value: Any) -> Any:
    return value if _fits(TypeAdapter(ReplyLine), value) else None


Lines = Annotated[
    list[ReplyLine],
    _those_that_fit(ReplyLine, MOST_SENTENCES),
    Field(max_length=MOST_SENTENCES),
]
Arguments = Annotated[
    list[ReplyArgument],
    _those_that_fit(ReplyArgument, MOST_ARGUMENTS),
    Field(max_length=MOST_ARGUMENTS),
]


class SummaryReply(BaseModel):
    """The whole reply. Its JSON schema is what the model is held to; reading is more lenient."""

    spoergsmaal: Annotated[ReplyLine | None, BeforeValidator(_line_or_none)]
    opsummering: Lines
    fordele: Arguments
    ulemper: Arguments
    emneord: Annotated[
        list[str], _those_that_fit(str, MOST_TOPICS), Field(max_length=MOST_TOPICS)
    ]
    ikke_belyst: Annotated[list[Unsaid], _those_that_fit(Unsaid, len(get_args(Unsaid)))]


def read_reply(text: str) -> SummaryReply:
    """Return the reply that the text holds, whatever stands around its JSON object.

    A line that is not of the asked form is dropped. Raises ReplyError where there is no object.
    """
    start = text.find("{")
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text, start) if start >= 0 else (0, 0)
    except (json.JSONDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ReplyError(
            "Sprogmodellens svar kunne ikke læses. Prøv igen, eller brug det resumé, der er lavet "
            "uden sprogmodel."
        )
    return SummaryReply.model_validate({**dict.fromkeys(SummaryReply.model_fields), **found})
