"""The application: what it is made of, in the order that a request meets it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

from assistant.access import Role
from assistant.api import asking, chat, jobs, material, openai_form, operation, summaries, voices
from assistant.api.body_size import BodySize
from assistant.api.caller import Callers
from assistant.api.headers import SecurityHeaders
from assistant.api.keys import KeyRing, given_keys
from assistant.api.limits import Limiter
from assistant.api.logs import log_as_json
from assistant.api.mcp import PATH, McpEndpoint
from assistant.api.metrics import Metrics
from assistant.api.observing import Observed
from assistant.api.oidc import OpenIdConnect
from assistant.api.once import KEPT, InProgress
from assistant.api.openapi import DESCRIPTION, PROBLEMS, describe
from assistant.api.problems import Unexpected, add_problems
from assistant.api.settings import ServingSettings
from assistant.api.voices import VotersOfToday
from assistant.api.work import Workers
from assistant.errors import StoreError, WrongUseError
from assistant.jobs.callback import Callbacks
from assistant.jobs.intake import Intake
from assistant.jobs.retention import discard_orphans, forget_old
from assistant.jobs.runner import Runner
from assistant.jobs.uploads import Uploads
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.store.jobs import Jobs

log = logging.getLogger("assistant.api")

PREFIX = "/api/v1"
ROUTERS = (
    asking.router,
    material.router,
    summaries.router,
    jobs.router,
    voices.router,
    operation.router,
)
_DAY = 24 * 3600


def create_app(
    assistant: Assistant | None = None,
    settings: ServingSettings | None = None,
    intake: Intake | None = None,
) -> FastAPI:
    """Return the API over an assistant; without one, over what the settings name.

    Files are read by `intake`; without it nothing is read but what is stored.

    `uvicorn --factory assistant.api.app:create_app` serves it. Raises StoreError where the store
    cannot be opened, WrongUseError where a setting cannot be used.
    """
    settings = settings or ServingSettings()
    app = FastAPIOffline(
        redoc_url=None,
        title="Agenda assistant",
        description=DESCRIPTION,
        version="1",
        lifespan=_lifespan,
    )
    _keep(app, settings, assistant)
    _keep_jobs(app, settings, intake)
    add_problems(app)
    _add_middleware(app, settings)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX, responses=PROBLEMS)
    app.include_router(chat.router, prefix=openai_form.PREFIX, responses=openai_form.ERRORS)
    app.include_router(operation.router, include_in_schema=False)
    app.state.mcp = McpEndpoint(app)
    app.add_route(PATH, app.state.mcp, methods=["POST"], include_in_schema=False)
    app.add_api_route("/", lambda: RedirectResponse("/docs"), include_in_schema=False)
    describe(app, settings.anonymous)
    return app


def _keep(app: FastAPI, settings: ServingSettings, assistant: Assistant | None) -> None:
    """Put where the routes find it what lives as long as the application."""
    state = app.state
    state.settings = settings
    state.metrics = Metrics()
    state.calls = Limiter(settings.rate_limit, "ASSISTANT_RATE_LIMIT")
    given = given_keys(settings.api_keys.get_secret_value())
    attempts = Limiter(settings.wrong_keys, "ASSISTANT_WRONG_KEYS")
    login = _login(settings)
    if assistant is None:
        log_as_json()
    state.closes = assistant is None
    state.assistant = assistant or Assistant(Settings())
    state.callers = Callers(
        KeyRing(state.assistant.store.catalogue, given), login, settings.anonymous, attempts
    )
    state.workers = Workers(settings.threads, settings.waiting, settings.request_timeout)
    state.stopping = False


def _keep_jobs(app: FastAPI, settings: ServingSettings, intake: Intake | None) -> None:
    """What works on jobs, tells of them, and keeps what is posted from being done twice."""
    state = app.state
    store = state.assistant.store.seen_by(Role.ADMIN)
    hosts = frozenset(one.strip().lower() for one in settings.webhook_hosts.split(","))
    state.intake = intake
    state.uploads = Uploads(store.home)
    state.callbacks = Callbacks(
        settings.webhook_secret.get_secret_value(), hosts, Jobs(store.catalogue).note_callback
    )
    state.runner = Runner(state.assistant, intake, state.callbacks.tell)
    state.voters = VotersOfToday(store.catalogue)
    state.in_progress = InProgress()
    state.editing = threading.Lock()


def _login(settings: ServingSettings) -> OpenIdConnect | None:
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_audience or not settings.oidc_roles:
        raise WrongUseError(
            "ASSISTANT_OIDC_ISSUER er sat. Sæt også ASSISTANT_OIDC_AUDIENCE, som tokens skal være "
            "til, og ASSISTANT_OIDC_ROLES, som siger, hvad de giver adgang til."
        )
    return OpenIdConnect(
        settings.oidc_issuer,
        settings.oidc_audience,
        settings.oidc_role_claim,
        settings.oidc_roles,
    )


def _add_middleware(app: FastAPI, settings: ServingSettings) -> None:
    """The last that is added is the first that a request meets."""
    app.add_middleware(Unexpected)
    app.add_middleware(
        BodySize,
        most=settings.max_request_bytes,
        larger={f"{PREFIX}/documents": settings.max_document_bytes},
    )
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[one.strip() for one in settings.cors_origins.split(",")],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=[
                "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match",
                "X-API-Key", "X-Request-ID",
            ],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(
        Observed, metrics=app.state.metrics, log_questions=settings.log_questions
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load what the first question would wait for; at the end, let what runs end."""
    state = app.state
    await state.workers.step(state.assistant.seen_by(Role.PUBLIC).warm_up)
    await state.workers.step(partial(_take_up, app))
    forgetting = asyncio.create_task(_forget_daily(app))
    async with state.mcp.running():
        yield
    state.stopping = True
    forgetting.cancel()
    state.runner.stop(state.settings.stop_timeout)
    state.callbacks.close()
    state.workers.close()
    if state.closes:
        state.assistant.close()


def _take_up(app: FastAPI) -> None:
    """Go on with what an earlier run left: files, jobs, and askers who wait to be told."""
    state = app.state
    catalogue = state.assistant.store.seen_by(Role.ADMIN).catalogue
    discard_orphans(catalogue, state.uploads)
    for job in Jobs(catalogue).waiting_callbacks():
        state.callbacks.tell(job)
    state.runner.start()


async def _forget_daily(app: FastAPI) -> None:
    state = app.state
    catalogue = state.assistant.store.seen_by(Role.ADMIN).catalogue
    while True:
        try:
            await state.workers.step(
                partial(forget_old, catalogue, state.settings.retention_days, KEPT)
            )
        except (StoreError, HTTPException) as error:
            log.warning("det gamle kunne ikke slettes: %s", error)
        await asyncio.sleep(_DAY)
