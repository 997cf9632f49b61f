"""`/v1/chat/completions` and `/v1/models`: the assistant as a model, for OpenAI's clients."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.api.caller import Seen
from assistant.api.chat_given import ChatRequest
from assistant.api.chat_tasks import done_task, is_clients_task
from assistant.api.chat_told import (
    Chunks,
    Completion,
    Heading,
    completion,
    error_event,
    text_completion,
)
from assistant.api.examples import COMPLETION, COMPLETION_STREAM, MODEL, MODELS
from assistant.api.problems import request_id_of
from assistant.api.schemas import example
from assistant.api.streaming import PING, events
from assistant.api.work import Work
from assistant.service import Assistant
from assistant.types import Answer, ClaimShown, EngineName

router = APIRouter(tags=["som sprogmodel"])

NAME = "agenda-assistant"
_ENGINES: dict[str, EngineName | None] = {
    NAME: None,
    f"{NAME}-extractive": "extractive",
    f"{NAME}-generative": "generative",
}


@dataclass(frozen=True, slots=True)
class Model:
    """A name that can be asked."""

    id: str
    created: int = 0
    owned_by: str = NAME
    object: Literal["model"] = "model"


@dataclass(frozen=True, slots=True)
class Models:
    """The names that can be asked."""

    data: list[Model]
    object: Literal["list"] = "list"


@router.get("/models", responses=example(MODELS))
async def models(assistant: Seen) -> Models:
    """Assistenten, og med en sprogmodel sat op også hver af dens to måder at svare på."""
    return Models([Model(name) for name in _names(assistant)])


@router.get("/models/{model}", responses=example(MODEL))
async def model(model: Annotated[str, Path(max_length=200)], assistant: Seen) -> Model:
    """Ét af navnene."""
    return Model(_known(model, assistant))


@router.post(
    "/chat/completions",
    response_model=Completion,
    responses={
        200: {
            "content": {
                "application/json": {"example": COMPLETION},
                "text/event-stream": {"example": COMPLETION_STREAM},
            }
        }
    },
)
async def chat(
    given: ChatRequest, assistant: Seen, work: Work, request: Request
) -> Completion | EventSourceResponse:
    """Svar på samtalens sidste spørgsmål, med kilderne som noter; i ét eller som `stream`."""
    engine = _ENGINES[_known(given.model, assistant)]
    question, history = given.conversation()
    request.state.question = question
    request_id = request_id_of(request.scope)
    heading = Heading(f"chatcmpl-{request_id}", int(time.time()), given.model)
    as_it_comes = bool(assistant.settings.llm) and engine != "extractive"
    chunks = Chunks(heading, as_it_comes, given.wants_usage)
    if is_clients_task(question):
        text = done_task(question)
        return _sent(chunks.text(text)) if given.stream else text_completion(heading, text)
    answered = request.app.state.metrics.answered
    if given.stream:
        told = await work.run(lambda: assistant.stream(question, history=history, engine=engine))
        counted = _counting(chunks, answered)
        return EventSourceResponse(events(told, work, request_id, counted, error_event), ping=PING)
    answer = await work.run(lambda: assistant.ask(question, history=history, engine=engine))
    answered(answer)
    return completion(heading, answer)


def _names(assistant: Assistant) -> list[str]:
    return list(_ENGINES) if assistant.settings.llm else [NAME]


def _known(name: str, assistant: Assistant) -> str:
    names = _names(assistant)
    if name not in names:
        told = " eller ".join(f"»{one}«" for one in names)
        raise HTTPException(404, f"Modellen »{name}« er her ikke. Vælg {told}.")
    return name


def _counting(
    chunks: Chunks, answered: Callable[[Answer], None]
) -> Callable[[ClaimShown | Answer], Iterator[ServerSentEvent]]:
    def events_of(told: ClaimShown | Answer) -> Iterator[ServerSentEvent]:
        if isinstance(told, Answer):
            answered(told)
        yield from chunks.events_of(told)

    return events_of


def _sent(told: Iterator[ServerSentEvent]) -> EventSourceResponse:
    async def sending() -> AsyncIterator[ServerSentEvent]:
        for event in told:
            yield event

    return EventSourceResponse(sending())
