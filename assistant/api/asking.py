"""`/ask`, `/ask/stream` and `/search`: questions to the material."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field, TypeAdapter
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.api.caller import Seen
from assistant.api.engines import check_engine
from assistant.api.examples import ANSWER, HITS, STREAM
from assistant.api.problems import request_id_of
from assistant.api.schemas import Asked, GivenFilters, Question, example
from assistant.api.streaming import PING, events
from assistant.api.work import Work
from assistant.types import Answer, ClaimShown, Hit

router = APIRouter(tags=["spørg"])

_ANSWER, _CLAIM = TypeAdapter(Answer), TypeAdapter(ClaimShown)


class SearchQuery(GivenFilters):
    """What to find, and where."""

    q: Asked
    limit: Annotated[int, Field(ge=1, le=100)] = 10


@router.post("/ask", responses=example(ANSWER))
async def ask(asked: Question, assistant: Seen, work: Work, request: Request) -> Answer:
    """Et svar med kilder ord til andet – eller et af tre ærlige nej."""
    request.state.question = asked.question
    check_engine(asked.engine, assistant)
    answer = await work.run(
        lambda: assistant.ask(
            asked.question,
            asked.filters.filters(),
            asked.top_k,
            history=asked.turns,
            engine=asked.engine,
        )
    )
    request.app.state.metrics.answered(answer)
    return answer


@router.post(
    "/ask/stream",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {"example": STREAM}}}},
)
async def ask_stream(
    asked: Question, assistant: Seen, work: Work, request: Request
) -> EventSourceResponse:
    """Det samme, et udsagn ad gangen: `claim`…, så præcis ét `answer`; eller ét `error`."""
    request.state.question = asked.question
    check_engine(asked.engine, assistant)
    told = await work.run(
        lambda: assistant.stream(
            asked.question,
            asked.filters.filters(),
            asked.top_k,
            history=asked.turns,
            engine=asked.engine,
        )
    )
    events_of = _counting(request.app.state.metrics.answered)
    return EventSourceResponse(
        events(told, work, request_id_of(request.scope), events_of), ping=PING
    )


@router.get("/search", responses=example(HITS))
async def search(
    query: Annotated[SearchQuery, Query()], assistant: Seen, work: Work, request: Request
) -> list[Hit]:
    """De steder, der passer bedst, det bedste først."""
    request.state.question = query.q
    return await work.run(lambda: assistant.search(query.q, query.filters(), query.limit))


def _counting(
    answered: Callable[[Answer], None],
) -> Callable[[ClaimShown | Answer], Iterator[ServerSentEvent]]:
    def events_of(told: ClaimShown | Answer) -> Iterator[ServerSentEvent]:
        if isinstance(told, ClaimShown):
            yield ServerSentEvent(_CLAIM.dump_json(told).decode(), event="claim")
            return
        answered(told)
        yield ServerSentEvent(_ANSWER.dump_json(told).decode(), event="answer")

    return events_of
