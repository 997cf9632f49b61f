"""The lines of a language model's reply, each with the quotes that it rests on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


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
