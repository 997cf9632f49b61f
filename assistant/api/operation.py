"""`/healthz`, `/readyz` and `/metrics`: for those who run the service."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel

from assistant.access import Role
from assistant.api.caller import counted_caller, needs
from assistant.api.metrics import MEDIA_TYPE, Metrics
from assistant.api.work import Work
from assistant.service import Assistant

router = APIRouter(tags=["drift"])


class Health(BaseModel):
    """That the process is alive, or ready."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
async def healthz() -> Health:
    """Processen lever."""
    return Health()


@router.get("/readyz")
async def readyz(request: Request, work: Work) -> Health:
    """Lageret kan læses, og vektorerne passer til kataloget."""
    assistant: Assistant = request.app.state.assistant
    if request.app.state.stopping:
        raise HTTPException(503, "Tjenesten er ved at lukke ned.")
    if not await work.run(assistant.store.in_step):
        raise HTTPException(
            503, "Vektorerne passer ikke til kataloget. Genstart tjenesten, så laves de om."
        )
    return Health()


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request) -> Response:
    """Tal til Prometheus; intet om, hvad der er spurgt om."""
    if not request.app.state.settings.metrics_public:
        needs(Role.ADMIN)(counted_caller(request))
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(), media_type=MEDIA_TYPE)
