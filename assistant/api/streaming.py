"""Server-sent events out of a synchronous iterator, that stops when nobody listens."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextvars import copy_context
from typing import Generic, TypeVar

import anyio
from fastapi import HTTPException
from sse_starlette import ServerSentEvent

from assistant.api.problems import Problem, problem, problem_of
from assistant.api.work import Workers, too_slow
from assistant.errors import AssistantError

log = logging.getLogger("assistant.api")

logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)
"""Its debug lines hold what is streamed, whole answers that is."""

T = TypeVar("T")

PING = 15
"""Seconds between the comments that keep a stream open while nothing is told."""


class Flow(Generic[T]):
    """An iterator that is stepped in one thread and stopped from another."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source = source
        self._context = copy_context()
        self._lock = threading.Lock()
        self._stepping = False
        self._stopped = False

    def step(self) -> T | None:
        """Return the next of it, None at its end or once it was stopped."""
        with self._lock:
            if self._stopped:
                return None
            self._stepping = True
        try:
            return self._context.run(next, self._source, None)
        finally:
            with self._lock:
                self._stepping = False
                stopped = self._stopped
            if stopped:
                self._close()

    def stop(self) -> None:
        """End it: at once, or where it is just being stepped, when that step is done."""
        with self._lock:
            self._stopped = True
            stepping = self._stepping
        if not stepping:
            self._close()

    def _close(self) -> None:
        close = getattr(self._source, "close", None)
        if close:
            self._context.run(close)


def error_event(told: Problem) -> ServerSentEvent:
    """Return the event named `error` that tells a problem."""
    return ServerSentEvent(told.model_dump_json(), event="error")


async def events(
    source: Iterator[T],
    workers: Workers,
    request_id: str,
    events_of: Callable[[T], Iterable[ServerSentEvent]],
    error_of: Callable[[Problem], ServerSentEvent] = error_event,
) -> AsyncIterator[ServerSentEvent]:
    """Yield the events of each of the iterator; where it fails, one that tells the problem."""

    def failed(told: Problem) -> ServerSentEvent:
        return error_of(told.model_copy(update={"request_id": request_id}))

    flow = Flow(source)
    deadline = anyio.current_time() + workers.seconds
    try:
        while True:
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                told = await workers.step(flow.step)
            if told is None:
                return
            for event in events_of(told):
                yield event
    except AssistantError as error:
        yield failed(problem_of(error))
    except TimeoutError:
        yield failed(problem(503, too_slow().detail))
    except HTTPException as error:
        yield failed(problem(error.status_code, error.detail))
    except Exception:
        log.exception("uventet fejl (%s)", request_id)
        yield failed(problem(500))
    finally:
        flow.stop()

