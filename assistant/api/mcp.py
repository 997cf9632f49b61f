"""`/mcp`: the tools over HTTP, each call by the key that it brings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from fastapi import FastAPI, HTTPException, Request
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from assistant.api.caller import Caller, counted_caller
from assistant.errors import AssistantError
from assistant.mcp.server import create_server
from assistant.service import Assistant
from assistant.types import Answer

T = TypeVar("T")

PATH = "/mcp"


class McpEndpoint:
    """Serves each call by itself, without sessions: what one sees depends on its own key."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._server: MCPServer | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve while this lasts."""
        server = create_server(self._ask)
        server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            max_request_body_size=self._app.state.settings.max_request_bytes,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with server.session_manager.run():
            self._server = server
            yield
            self._server = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await run_in_threadpool(counted_caller, request)
        self._check_origin(request)
        if self._server is None:
            raise HTTPException(503, "Tjenesten er ved at starte eller lukke ned.")
        await self._server.session_manager.handle_request(scope, receive, send)

    def _check_origin(self, request: Request) -> None:
        """A page in a browser may call from the sites that are named, and from here."""
        origin = request.headers.get("origin")
        allowed = {one.strip() for one in self._app.state.settings.cors_origins.split(",")}
        own = f"{request.url.scheme}://{request.url.netloc}"
        if origin and origin not in allowed | {own}:
            raise HTTPException(
                403, f"Sider fra {origin} må ikke kalde. Sæt ASSISTANT_CORS_ORIGINS, hvis de skal."
            )

    async def _ask(self, context: Context, work: Callable[[Assistant], T]) -> T:
        state = self._app.state
        request = context.request_context.request
        if request is None:
            raise AssistantError("Kaldet kom uden sin nøgle. Prøv igen.")
        calling: Caller = request.state.caller
        seen: Assistant = state.assistant.seen_by(calling.role)
        try:
            found: T = await state.workers.run(lambda: work(seen))
        except HTTPException as error:
            raise AssistantError(error.detail) from error
        if isinstance(found, Answer):
            state.metrics.answered(found)
        return found
