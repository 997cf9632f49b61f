"""The tools: what each takes, and what it gives back as data and as text.

Their docstrings are what a model reads of them, and Danish as the material is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, TypeVar

from mcp.server.mcpserver import Context
from mcp.types import CallToolResult, TextContent
from pydantic import Field, TypeAdapter

from assistant.api.material import ItemTold, item_told
from assistant.api.schemas import Day
from assistant.chain.steps import LONGEST_QUESTION
from assistant.errors import AssistantError
from assistant.mcp.case_told import CaseTold, case_told
from assistant.mcp.texts import case_text, hits_text, item_text, summary_text
from assistant.rendering.answer_markdown import answer_markdown
from assistant.rendering.summary_json import summary_json
from assistant.service import Assistant
from assistant.types import Answer, Filters, Hit, Turn

T = TypeVar("T")

Question = Annotated[
    str, Field(min_length=1, max_length=LONGEST_QUESTION, description="Spørgsmålet, på dansk.")
]
Query = Annotated[
    str, Field(min_length=1, max_length=LONGEST_QUESTION, description="Ord eller spørgsmål.")
]
Earlier = Annotated[
    list[str],
    Field(max_length=20, description="Tidligere spørgsmål, som dette følger op på, ældste først."),
]
Committees = Annotated[list[str], Field(max_length=50, description="Kun disse udvalg.")]
From = Annotated[Day, Field(description="Kun møder fra og med denne dag, ÅÅÅÅ-MM-DD.")]
To = Annotated[Day, Field(description="Kun møder til og med denne dag, ÅÅÅÅ-MM-DD.")]
Case = Annotated[str, Field(max_length=200, description="Kun denne sag, ved dens sagsnummer.")]
OnlyItem = Annotated[str, Field(max_length=200, description="Kun dette punkt, ved dets item_id.")]
Municipality = Annotated[str, Field(max_length=200, description="Kun denne kommune.")]
Limit = Annotated[int, Field(ge=1, le=50, description="Hvor mange fund.")]
CaseNumber = Annotated[str, Field(min_length=1, max_length=200, description="Sagsnummeret.")]
ItemId = Annotated[
    str, Field(min_length=1, max_length=200, description="Punktets item_id, som fund og svar har.")
]


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, the best first."""

    hits: list[Hit]


class Asking(Protocol):
    """Does some work with the assistant as whoever calls may see it."""

    def __call__(self, context: Context, work: Callable[[Assistant], T], /) -> Awaitable[T]: ...


class Tools:
    """The tools over one way of asking the assistant."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    @property
    def all(self) -> dict[Callable[..., Awaitable[CallToolResult]], Any]:
        """Each tool, and the type of the data that it gives."""
        return {
            self.search: Hits,
            self.ask: Answer,
            self.case: CaseTold,
            self.item: ItemTold,
            self.summary: dict[str, Any],
        }

    async def search(
        self,
        context: Context,
        query: Query,
        committee: Committees = [],  # noqa: B006
        date_from: From = None,
        date_to: To = None,
        case_number: Case = "",
        municipality: Municipality = "",
        limit: Limit = 5,
    ) -> CallToolResult:
        """Find de steder i dagsordener, referater og planer, der passer bedst, det bedste først.

        Hvert fund er en ordret tekst med udvalg, dato, punkt, sagsnummer og item_id.
        """
        filters = Filters(
            tuple(committee), date_from, date_to, case_number, municipality=municipality
        )
        return await self._told(
            context,
            lambda assistant: Hits(assistant.search(query, filters, limit)),
            lambda found: hits_text(found.hits),
        )

    async def ask(
        self,
        context: Context,
        question: Question,
        earlier_questions: Earlier = [],  # noqa: B006
        committee: Committees = [],  # noqa: B006
        date_from: From = None,
        date_to: To = None,
        case_number: Case = "",
        item_id: OnlyItem = "",
        municipality: Municipality = "",
    ) -> CallToolResult:
        """Stil et spørgsmål til materialet, og få et svar med ordrette, efterprøvede kilder.

        `status` er answered, not_found (står der ikke), undecided (ikke besluttet endnu) eller
        closed (lukket punkt). De tre sidste er også svar; gæt ikke i stedet.
        """
        filters = Filters(
            tuple(committee), date_from, date_to, case_number, item_id, municipality
        )
        history = [Turn("user", one) for one in earlier_questions]
        return await self._told(
            context,
            lambda assistant: assistant.ask(question, filters, history=history),
            answer_markdown,
        )

    async def case(
        self, context: Context, case_number: CaseNumber
    ) -> CallToolResult:
        """En sags forløb: de punkter, den er behandlet under, med hvad hvert udvalg besluttede.

        Beslutninger står ordret. Enkelte sagsnumre bruges til flere sager; se på titlerne.
        """
        return await self._told(
            context, lambda assistant: case_told(assistant.case(case_number)), case_text
        )

    async def item(
        self, context: Context, item_id: ItemId
    ) -> CallToolResult:
        """Ét punkt på en dagsorden: alle dets afsnit ordret, beslutning, stemmer og bilag.

        Indstillingen er, hvad der er foreslået; kun beslutningen er besluttet.
        """
        return await self._told(
            context, lambda assistant: item_told(*assistant.item(item_id)), item_text
        )

    async def summary(
        self, context: Context, item_id: ItemId
    ) -> CallToolResult:
        """Punktets blok »Prompt resultater«: spørgsmål, opsummering, fordele, ulemper og emneord.

        Den, en person har godkendt, hvis der er en; ellers en ny, som ikke gemmes.
        """
        return await self._told(
            context,
            lambda assistant: assistant.summarise(item_id, keep=False),
            summary_text,
            lambda made: summary_json(made.kept),
        )

    async def _told(
        self,
        context: Context,
        work: Callable[[Assistant], T],
        text_of: Callable[[T], str],
        data_of: Callable[[T], Any] = lambda found: found,
    ) -> CallToolResult:
        try:
            found = await self._asking(context, work)
        except AssistantError as error:
            return CallToolResult(content=[_text(str(error))], is_error=True)
        data = data_of(found)
        plain = TypeAdapter(type(data)).dump_python(data, mode="json")
        return CallToolResult(content=[_text(text_of(found))], structured_content=plain)


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)
