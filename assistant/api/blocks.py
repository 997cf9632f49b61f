"""The block *Prompt resultater* as callers get it and send it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi.exceptions import RequestValidationError
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    Tag,
    ValidationError,
)

from assistant.api.schemas import Given, Name
from assistant.errors import WrongUseError
from assistant.rendering.outline import Chapter, Outline, key_of
from assistant.rendering.summary_json import marked, summary_json, summary_of
from assistant.rendering.summary_outline import item_facts, summary_outline
from assistant.summarising.item_summary import ItemSummary, NoSummary
from assistant.types import (
    Argument,
    CaseSummary,
    CheckedFigure,
    Citation,
    EngineName,
    Line,
    SummaryStatus,
)

Lines = Annotated[list[Line], Field(max_length=200)]
Arguments = Annotated[list[Argument], Field(max_length=200)]
Texts = Annotated[list[str], Field(max_length=200)]


@dataclass(frozen=True, slots=True)
class Block:
    """A case summary; `opsummering` is `opsummering_linjer` as running text."""

    item_id: str
    spoergsmaal: str
    spoergsmaal_citations: list[int]
    opsummering: str
    opsummering_linjer: list[Line]
    fordele: list[Argument]
    ulemper: list[Argument]
    emneord: list[str]
    ikke_belyst: list[str]
    citations: list[Citation]
    figures: list[CheckedFigure]
    notes: list[str]
    engine: EngineName
    model: str | None
    status: SummaryStatus
    approved_by: str | None
    approved_at: str | None
    made_at: str
    stale: bool
    provenance: dict[str, str]


@dataclass(frozen=True, slots=True)
class NoBlock:
    """An item that there is no block of: it is closed, or has no text of its own."""

    item_id: str
    item_number: str
    title: str
    status: Literal["closed", "no_text"]
    detail: str


class StoredItemAsked(Given):
    """An item that is stored."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"item_id": "fcfb6473-d94b-4a68-8174-72cfa5462abf"}]}
    )

    item_id: Annotated[str, Field(min_length=1, max_length=200)]
    engine: EngineName | None = None
    anew: StrictBool = False


class PortalMeeting(BaseModel):
    """A whole meeting, as First Agenda's JSON has it; what else it holds is passed over."""

    model_config = ConfigDict(extra="allow")

    points: Annotated[
        list[dict[str, Any]], Field(alias="Dagsordenpunkter", min_length=1, max_length=1000)
    ]


class PortalItem(BaseModel):
    """One item, as a meeting of First Agenda's has it under `Dagsordenpunkter`."""

    model_config = ConfigDict(extra="allow")

    fields: Annotated[list[dict[str, Any]], Field(alias="Felter", max_length=1000)]


def _form(given: Any) -> str:
    if isinstance(given, PortalMeeting | PortalItem):
        return "meeting" if isinstance(given, PortalMeeting) else "item"
    told = given if isinstance(given, dict) else {}
    return "meeting" if "Dagsordenpunkter" in told else "item" if "Felter" in told else "stored"


SummaryAsked = Annotated[
    Annotated[StoredItemAsked, Tag("stored")]
    | Annotated[PortalMeeting, Tag("meeting")]
    | Annotated[PortalItem, Tag("item")],
    Discriminator(_form),
]


def _ignored(_: Any) -> None:
    return None


Ignored = Annotated[Any, BeforeValidator(_ignored)]


class CorrectedBlock(Given):
    """A block as it was got, corrected. What the service itself says of it is not read.

    A line that is changed still has to stand on its sources: its figures in their quotes, and the
    quotes in the case.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    item_id: Name
    spoergsmaal: str
    spoergsmaal_citations: Annotated[list[int], Field(max_length=50, default_factory=list)]
    opsummering: str | None = None
    opsummering_linjer: Lines
    fordele: Arguments
    ulemper: Arguments
    emneord: Texts
    ikke_belyst: Texts = Field(default_factory=list)
    citations: Annotated[list[Citation], Field(max_length=500)]
    notes: Texts = Field(default_factory=list)
    status: SummaryStatus = "udkast"
    approved_by: Annotated[str | None, Field(max_length=200)] = None
    figures: Ignored = None
    engine: Ignored = None
    model: Ignored = None
    approved_at: Ignored = None
    made_at: Ignored = None
    stale: Ignored = None
    provenance: Ignored = None

    def summary(self) -> CaseSummary:
        """Return the summary. Raises WrongUseError where its two forms of one text differ."""
        if self.opsummering is not None and self.opsummering != marked(self.opsummering_linjer):
            raise WrongUseError(
                "»opsummering« og »opsummering_linjer« siger ikke det samme. Ret linjerne, og "
                "udelad »opsummering«: den laves af dem."
            )
        told = {
            **self.model_dump(),
            "opsummering_linjer": [asdict(line) for line in self.opsummering_linjer],
            "figures": (),
            "engine": "extractive",
            "model": None,
            "provenance": {},
        }
        try:
            return summary_of(told)
        except ValueError as error:
            raise WrongUseError(f"Blokken kan ikke bruges: {error}.") from error


def as_it_was_sent(given: CorrectedBlock, sent: bytes) -> CorrectedBlock:
    """Return the block with nothing taken for what it is not: "5" is no number.

    Raises RequestValidationError.
    """
    try:
        return type(given).model_validate_json(sent, strict=True)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(found) from error


def block_json(one: ItemSummary | NoSummary) -> dict[str, Any]:
    """Return a `Block` or a `NoBlock` as plain data."""
    if isinstance(one, ItemSummary):
        return summary_json(one.kept)
    item = one.item
    return asdict(NoBlock(item.id, item.number, item.title, one.status, one.reason))


def blocks_outline(made: list[ItemSummary | NoSummary]) -> Outline:
    """Return one document of the blocks in the order of the agenda; the others have their no."""
    blocks = [one for one in made if isinstance(one, ItemSummary)]
    outline = summary_outline(blocks)
    chapters = iter(outline.chapters)
    told = tuple(
        next(chapters) if isinstance(one, ItemSummary) else _no_chapter(one, outline)
        for one in made
    )
    return Outline(outline.title, outline.facts, outline.made, told, outline.warnings)


def _no_chapter(one: NoSummary, outline: Outline) -> Chapter:
    facts = tuple(fact for fact in item_facts(one.item) if fact not in outline.facts)
    return Chapter(key_of(one.item.id), one.item.title, facts, warnings=(one.reason,))
