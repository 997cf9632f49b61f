"""What callers send, and what they get where the service's own types do not say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from assistant.chain.steps import LONGEST_QUESTION
from assistant.types import DocumentKind, EngineName, Filters, Turn

_LONGEST_MESSAGE = 20_000
_ISO = re.compile(r"\d{4}-\d\d-\d\d")

Asked = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, pattern=r"\S")]
Name = Annotated[str, Field(max_length=200)]


def _day(given: object) -> object:
    """An empty field of a form is no day, and a number is none either: pydantic would count it in
    seconds from 1970."""
    if given == "":
        return None
    if given is None or isinstance(given, date):
        return given
    if isinstance(given, str) and _ISO.fullmatch(given):
        return given
    raise ValueError("skal være en dato som 2025-05-27.")


Day = Annotated[
    date | None,
    BeforeValidator(_day, json_schema_input_type=date | Literal[""] | None),
]
_FILTERS = {one.name for one in fields(Filters)}


class Given(BaseModel):
    """A request's content: what is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class MeetingFilters(Given):
    """Which meetings. Empty means all; days are inclusive."""

    committee: Annotated[list[Name], Field(max_length=50)] = []
    date_from: Annotated[Day, Field(alias="from")] = None
    date_to: Annotated[Day, Field(alias="to")] = None
    municipality: Name = ""

    def filters(self) -> Filters:
        """Return the filters as the service takes them."""
        told = self.model_dump(include=_FILTERS)
        return Filters(**{**told, "committee": tuple(filter(None, self.committee))})


class GivenFilters(MeetingFilters):
    """Where an answer may come from. Empty means everywhere; days are inclusive."""

    case_number: Name = ""
    item_id: Name = ""
    document_kind: DocumentKind | Literal[""] = ""


class Message(Given):
    """One message of a conversation, as a chat client keeps it."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=_LONGEST_MESSAGE)]

    def turns(self) -> Iterator[Turn]:
        yield Turn(self.role, self.content)


class Exchange(Given):
    """A question that was asked before, and its answer."""

    question: Annotated[str, Field(max_length=_LONGEST_MESSAGE)]
    answer: Annotated[str, Field(max_length=_LONGEST_MESSAGE)]

    def turns(self) -> Iterator[Turn]:
        yield Turn("user", self.question)
        yield Turn("assistant", self.answer)


def _form(given: Any) -> str:
    is_exchange = "question" in given if isinstance(given, dict) else isinstance(given, Exchange)
    return "exchange" if is_exchange else "message"


Past = Annotated[
    Annotated[Message, Tag("message")] | Annotated[Exchange, Tag("exchange")],
    Discriminator(_form),
]


class Question(Given):
    """A question in plain Danish."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?"},
                {
                    "question": "Og hvad koster det?",
                    "filters": {"committee": ["Byrådet"], "from": "2025-01-01"},
                    "history": [
                        {"role": "user", "content": "Hvad er besluttet om Nørrevang?"},
                        {"role": "assistant", "content": "Byrådet godkendte … [1]"},
                    ],
                    "top_k": 10,
                },
            ]
        }
    )

    question: Asked
    filters: GivenFilters = GivenFilters()
    history: Annotated[list[Past], Field(max_length=100)] = []
    engine: EngineName | None = None
    top_k: Annotated[int, Field(ge=1, le=50)] = 10

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The conversation so far, a message each."""
        return tuple(turn for given in self.history for turn in given.turns())


def example(told: Any, description: str = "Successful Response") -> dict[int | str, Any]:
    """Return what a route's `responses` says of a good answer."""
    return {200: {"description": description, "content": {"application/json": {"example": told}}}}
