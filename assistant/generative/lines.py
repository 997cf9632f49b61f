"""The lines of a language model's reply, each with the quotes that it rests on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.generative.passages import KEY_LENGTH

LONGEST_QUOTE, _LONGEST_LINE, _MOST_SOURCES = 140, 220, 2
"""Characters and sources that a model is held to, where its server keeps to them. A reply that has
more is read all the same."""


class ReplySource(BaseModel):
    """Where a line has it from: a passage's key, and words of it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    kilde: str = Field(json_schema_extra={"maxLength": KEY_LENGTH})
    citat: str = Field(json_schema_extra={"maxLength": LONGEST_QUOTE})


class ReplyLine(BaseModel):
    """One line, and what it rests on. A model writes the quotes first, and the line of them."""

    model_config = ConfigDict(str_strip_whitespace=True)

    kilder: list[ReplySource] = Field(
        min_length=1, json_schema_extra={"maxItems": _MOST_SOURCES}
    )
    tekst: str = Field(min_length=1, json_schema_extra={"maxLength": _LONGEST_LINE})


def lines_in(value: object, ended: bool) -> list[ReplyLine | None]:
    """Return the lines of a list that is still being written, as far as they are whole.

    A line is whole once the next one has begun, or the list has `ended`. One that is out of form is
    None, and takes no other with it.
    """
    written = value if isinstance(value, list) else []
    return [_line(one) for one in (written if ended else written[:-1])]


def _line(value: object) -> ReplyLine | None:
    try:
        return ReplyLine.model_validate(value)
    except ValidationError:
        return None
