"""Server-sent events out of a synchronous iterator, that stops when nobody listens."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import copy_context
from typing import Generic, TypeVar

import anyio
from fastapi import HTTPException
from sse_starlette import ServerSentEvent

from assistant.api.problems import Problem, problem, problem_of
from assistant.api.work import Workers, too_slow
from assistant.errors import AssistantError

log = logging.getLogger("assistant.api")

T = TypeVar("T")


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


async def events(
    source: Iterator[T],
    workers: Workers,
    request_id: str,
    event_of: Callable[[T], ServerSentEvent],
) -> AsyncIterator[ServerSentEvent]:
    """Yield an event for each of the iterator; where it fails, one `error` with the problem."""
    flow = Flow(source)
    deadline = anyio.current_time() + workers.seconds
    try:
        while True:
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                told = await workers.step(flow.step)
            if told is None:
                return
            yield event_of(told)
    except AssistantError as error:
        yield _error(problem_of(error), request_id)
    except TimeoutError:
        yield _error(problem(503, too_slow().detail), request_id)
    except HTTPException as error:
        yield _error(problem(error.status_code, error.detail), request_id)
    except Exception:
        log.exception("uventet fejl (%s)", request_id)
        yield _error(problem(500), request_id)
    finally:
        flow.stop()


def _error(told: Problem, request_id: str) -> ServerSentEvent:
    told = told.model_copy(update={"request_id": request_id})
    return ServerSentEvent(told.model_dump_json(), event="error")
