"""The lines of a language model's reply, each with the quotes that it rests on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class ReplySource(BaseModel):
    """Where a line has it from: a passage's key, and words of it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    kilde: str
    citat: str


class ReplyLine(BaseModel):
    """One line, and what it rests on."""

    model_config = ConfigDict(str_strip_whitespace=True)

    tekst: str = Field(min_length=1)
    kilder: list[ReplySource] = Field(min_length=1)


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
