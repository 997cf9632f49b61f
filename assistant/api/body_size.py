"""A request that is too large is refused before it is read."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import problem, problem_response, request_id_of


class BodySize:
    """Refuses content over so many bytes, by what it says of its length and by what comes."""

    def __init__(
        self, app: ASGIApp, most: int, larger: Mapping[str, int] | None = None
    ) -> None:
        """`larger` has the paths that take another number of bytes."""
        self._app = app
        self._most = most
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], self._most)
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > most:
            told = problem(413, _sentence(most), request_id_of(scope))
            await problem_response(told, scope)(scope, receive, send)
            return
        received = 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, _sentence(most))
            return message

        await self._app(scope, receiving, send)


def _sentence(most: int) -> str:
    return f"Forespørgslen er over {most:,} byte. Send mindre ad gangen.".replace(",", ".")
