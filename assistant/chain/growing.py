"""A LangChain Runnable whose output grows: each value takes the place of the ones before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from contextvars import copy_context
from typing import Any, TypeVar, cast

from langchain_core.runnables import RunnableConfig, RunnableGenerator

In = TypeVar("In")
Out = TypeVar("Out")

_END = object()


class Growing(RunnableGenerator[In, Out]):
    """Streams what `step` yields for its input; invoked, it gives the last value.

    (LangChain's own generator adds the values up when invoked, and is not async for sync code.)
    """

    def __init__(
        self, step: Callable[[In, RunnableConfig], Generator[Out]], name: str
    ) -> None:
        def transform(inputs: Iterator[In], config: RunnableConfig) -> Iterator[Out]:
            for one in inputs:
                yield from step(one, config)

        async def atransform(
            inputs: AsyncIterator[In], config: RunnableConfig
        ) -> AsyncIterator[Out]:
            async for one in inputs:
                async with aclosing(_in_thread(step(one, config))) as values:
                    async for value in values:
                        yield value

        # LangChain hands the config to whatever names it; its types leave that out.
        super().__init__(cast(Any, transform), cast(Any, atransform), name=name)

    def invoke(self, input: In, config: RunnableConfig | None = None, **kwargs: Any) -> Out:
        """Return the last value."""
        *_, last = self.stream(input, config, **kwargs)
        return last

    async def ainvoke(self, input: In, config: RunnableConfig | None = None, **kwargs: Any) -> Out:
        """Return the last value."""
        return [value async for value in self.astream(input, config, **kwargs)][-1]


async def _in_thread(values: Generator[Out]) -> AsyncGenerator[Out]:
    """Yield what a generator yields that runs, and at last is closed, in a thread of its own."""
    thread = ThreadPoolExecutor(1)
    try:
        while True:
            context = copy_context()
            value = await asyncio.wrap_future(thread.submit(context.run, _next, values))
            if value is _END:
                return
            yield value
    finally:
        thread.submit(values.close)
        thread.shutdown(wait=False)


def _next(values: Generator[Any]) -> Any:
    return next(values, _END)
