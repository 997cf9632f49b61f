"""Who calls, and with which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.api.roles import Role
from assistant.service import Assistant


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a role, and the name of the key; nobody's name is empty."""

    role: Role
    name: str = ""


def caller(request: Request) -> Caller:
    """Return who calls."""
    return Caller("public")


Calling = Annotated[Caller, Depends(caller)]
"""What a route takes to know who calls."""


def _seen(request: Request, calling: Calling) -> Assistant:
    assistant: Assistant = request.app.state.assistant
    return assistant.seen_by(calling.role)


Seen = Annotated[Assistant, Depends(_seen)]
"""What a route asks: the service as this caller may see it."""
