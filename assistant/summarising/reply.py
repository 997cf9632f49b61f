"""What a language model replies, and how it is read: what is out of form is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from assistant.generative.lines import ReplyLine
from assistant.summarising.topics import MOST_TOPICS
from assistant.types import ArgumentBasis

MOST_SENTENCES, MOST_ARGUMENTS, MOST_LINES = 4, 5, 6
LineKind = Literal["forslag", "økonomi", "fordel", "ulempe", "andet"]


class ReplyArgument(ReplyLine):
    """One fordel or ulempe."""

    grundlag: ArgumentBasis


class PartLine(ReplyLine):
    """One line of a part of a long case, and what it is for the summary of the whole."""

    slags: LineKind


def those_that_fit(kind: Any, most: int) -> BeforeValidator:
    """Return what, before a list is read, drops what is not of its kind, and what is too many."""
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


def line_or_none(value: Any) -> Any:
    """Return the value where it is a line, else None."""
    return value if _fits(TypeAdapter(ReplyLine), value) else None


Lines = Annotated[
    list[ReplyLine],
    those_that_fit(ReplyLine, MOST_SENTENCES),
    Field(max_length=MOST_SENTENCES),
]
Arguments = Annotated[
    list[ReplyArgument],
    those_that_fit(ReplyArgument, MOST_ARGUMENTS),
    Field(max_length=MOST_ARGUMENTS),
]


class SummaryReply(BaseModel):
    """The whole reply. Its JSON schema is what the model is held to; reading is more lenient.

    What the case leaves unsaid is not asked of a model: it is looked up (`gaps.py`).
    """

    spoergsmaal: Annotated[ReplyLine | None, BeforeValidator(line_or_none)]
    opsummering: Lines
    fordele: Arguments
    ulemper: Arguments
    emneord: Annotated[
        list[str], those_that_fit(str, MOST_TOPICS), Field(max_length=MOST_TOPICS)
    ]


class PartReply(BaseModel):
    """The lines of one part of a long case."""

    linjer: Annotated[
        list[PartLine], those_that_fit(PartLine, MOST_LINES), Field(max_length=MOST_LINES)
    ]


Reply = TypeVar("Reply", bound=BaseModel)


def read_reply(told: Mapping[str, Any], schema: type[Reply]) -> Reply:
    """Return the reply as the schema has it, without what is not of the asked form."""
    return schema.model_validate({**dict.fromkeys(schema.model_fields), **told})
