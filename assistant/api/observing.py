"""Every call has an id, and is timed, counted and logged."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.logs import log_call
from assistant.api.metrics import Metrics

_ID = "X-Request-ID"
_GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_GONE = 499
"""The status by which a call is logged whose caller left before any answer."""


class Observed:
    """Gives a call its id (the caller's own where it sent one), and tells how it went."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log_questions: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._log_questions = log_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = _id_of(scope)
        started, status = time.monotonic(), _GONE

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, state)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._tell(scope, status, time.monotonic() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = _template(scope)
        self._metrics.called(_method(scope), route, status, seconds)
        state = scope["state"]
        calling = state.get("caller")
        told: dict[str, Any] = {
            "request_id": state["request_id"],
            "method": _method(scope),
            "route": route,
            "status": status,
            "ms": round(1000 * seconds),
            "role": calling.role.value if calling else None,
            "key": calling.name if calling else None,
        }
        if self._log_questions:
            told |= {
                "address": scope["client"][0] if scope.get("client") else None,
                "query": scope.get("query_string", b"").decode("ascii", "replace"),
                "question": state.get("question"),
            }
        log_call(told)


def _add_headers(message: Message, state: dict[str, Any]) -> None:
    headers = MutableHeaders(scope=message)
    headers[_ID] = state["request_id"]
    if rate := state.get("rate"):
        headers.update(rate.headers)


def _id_of(scope: Scope) -> str:
    sent = Headers(scope=scope).get(_ID, "")
    return sent if _GOOD_ID.fullmatch(sent) else uuid.uuid4().hex


def _template(scope: Scope) -> str:
    """The route's path with its parameters' names: a path itself would tell what was asked for."""
    return str(getattr(scope.get("route"), "path", "unmatched"))


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in _METHODS else "other"


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
"""A caller can invent others, and each would be a count of its own."""
