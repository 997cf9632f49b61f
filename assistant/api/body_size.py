"""A request that is too large is refused before it is read."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import problem, problem_response, request_id_of


class BodySize:
    """Refuses content over so many bytes, by what it says of its length and by what comes."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > self._most:
            told = problem(413, self._sentence(), request_id_of(scope))
            await problem_response(told)(scope, receive, send)
            return
        received = 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most:
                raise HTTPException(413, self._sentence())
            return message

        await self._app(scope, receiving, send)

    def _sentence(self) -> str:
        return f"Forespørgslen er over {self._most:,} byte. Send mindre ad gangen.".replace(
            ",", "."
        )
