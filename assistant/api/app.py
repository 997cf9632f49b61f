"""The application: what it is made of, in the order that a request meets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from assistant.api import asking
from assistant.api.problems import Unexpected, add_problems
from assistant.api.settings import ServingSettings
from assistant.api.work import Workers
from assistant.service import Assistant
from assistant.settings import Settings

PREFIX = "/api/v1"


def create_app(
    assistant: Assistant | None = None, settings: ServingSettings | None = None
) -> FastAPI:
    """Return the API over an assistant; without one, over what the settings name.

    `uvicorn --factory assistant.api.app:create_app` serves it. Raises StoreError.
    """
    settings = settings or ServingSettings()
    app = FastAPIOffline(
        redoc_url=None, title="Agenda assistant", version="1", lifespan=_lifespan
    )
    app.state.assistant = assistant or Assistant(Settings())
    app.state.owns_assistant = assistant is None
    app.state.workers = Workers(settings.threads, settings.waiting, settings.request_timeout)
    add_problems(app)
    app.add_middleware(Unexpected)
    for router in (asking.router,):
        app.include_router(router, prefix=PREFIX)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.workers.close()
    if app.state.owns_assistant:
        app.state.assistant.close()
