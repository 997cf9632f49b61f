"""The service's work is synchronous: it runs in a few threads, and calls wait for one."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore
from typing import Annotated, TypeVar

import anyio
from fastapi import Depends, HTTPException, Request

T = TypeVar("T")


class Workers:
    """Threads that do the work of calls: so many at once, and no more waiting than is told.

    A thread is busy until its work is done, also where the caller no longer waits for it.
    """

    def __init__(self, threads: int, waiting: int, seconds: float) -> None:
        """`seconds` is what a call may take, waiting included."""
        self.seconds = seconds
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="assistant")
        self._places = Semaphore(threads + waiting)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the work returns. Raises HTTPException 503 when too much waits, or it takes
        too long; and whatever the work raises."""
        try:
            with anyio.fail_after(self.seconds):
                return await self.step(work)
        except TimeoutError as error:
            raise too_slow() from error

    async def step(self, work: Callable[[], T]) -> T:
        """As `run`, without the time limit: for a caller that has one of its own."""
        if not self._places.acquire(blocking=False):
            raise HTTPException(
                503,
                "Tjenesten har for travlt lige nu. Prøv igen om lidt.",
                {"Retry-After": "5"},
            )
        context = contextvars.copy_context()
        future = self._executor.submit(context.run, work)
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let what runs end, and start no more."""
        self._executor.shutdown(wait=True, cancel_futures=True)


def too_slow() -> HTTPException:
    """Return the error of a call that took too long."""
    return HTTPException(
        503,
        "Svaret tog for lang tid og blev opgivet. Prøv igen, eller spørg om mindre.",
        {"Retry-After": "5"},
    )


def _workers(request: Request) -> Workers:
    workers: Workers = request.app.state.workers
    return workers


Work = Annotated[Workers, Depends(_workers)]
"""What a route runs the service's work with: `await work.run(lambda: …)`."""
