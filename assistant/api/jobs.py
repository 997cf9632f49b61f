"""`/documents`, a meeting's summaries, and the jobs that both of them are."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import Field, StrictBool
from pydantic_core import to_json
from starlette.datastructures import UploadFile

from assistant.access import Level, Role
from assistant.api.caller import Caller, Calling, Seen, needs
from assistant.api.engines import check_engine
from assistant.api.examples import JOB
from assistant.api.material import Id
from assistant.api.media import JSON
from assistant.api.once import Idempotent
from assistant.api.problems import Problem
from assistant.api.reading import intake_of
from assistant.api.schemas import Given
from assistant.api.work import Work
from assistant.errors import NotFoundError, WrongUseError
from assistant.jobs.callback import Callbacks
from assistant.service import Assistant
from assistant.store.jobs import CallbackStatus, Job, JobKind, Jobs, JobStatus
from assistant.types import EngineName

router = APIRouter(tags=["jobs"])

_MOST_FILES = 200
_JSON_FILE = "dagsorden.json"

CallbackUrl = Annotated[
    str, Field(max_length=2000, description="Hvem der får besked, når jobbet er slut.")
]


@dataclass(frozen=True, slots=True)
class JobTold:
    """How far a job is. `result` has what became of each file (`files`) or item (`items`)."""

    id: str
    kind: JobKind
    status: JobStatus
    done: int
    total: int
    result: dict[str, list[dict[str, Any]]]
    error: str | None
    attempts: int
    asked_by: str
    role: Role
    created_at: str
    started_at: str | None
    ended_at: str | None
    cancelling: bool
    callback: CallbackStatus | None


class DocumentsQuery(Given):
    """Who may see what is brought in, and who is told when it is."""

    internal: bool = False
    include_closed: bool = False
    callback_url: CallbackUrl = ""


class SummariesAsked(Given):
    """How the summaries of a meeting are made."""

    engine: EngineName | None = None
    anew: StrictBool = False
    callback_url: CallbackUrl = ""


def accepted(description: str) -> dict[int | str, dict[str, Any]]:
    """Return what a route's `responses` says of a job that has been queued."""
    return {202: {"description": description, "content": {JSON: {"example": JOB}}}}


_DOCUMENTS_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "additionalProperties": False,
                    "properties": {
                        "file": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                        }
                    },
                }
            },
            JSON: {
                "schema": {
                    "type": "object",
                    "required": ["Dagsordenpunkter"],
                    "properties": {"Dagsordenpunkter": {"type": "array"}},
                    "description": "Et møde, som First Agendas JSON har det.",
                }
            },
        },
    }
}


@router.post(
    "/documents",
    status_code=202,
    response_model=JobTold,
    responses=accepted("Filerne er modtaget og indlæses som et job.")
    | {415: {"model": Problem, "description": "Hverken filer eller JSON."}},
    dependencies=[Depends(needs(Role.ADMIN))],
    openapi_extra=_DOCUMENTS_BODY,
)
async def documents(
    query: Annotated[DocumentsQuery, Query()],
    assistant: Seen,
    calling: Calling,
    work: Work,
    once: Idempotent,
    request: Request,
) -> Response:
    """Indlæs filer, eller et møde fra portalen. Samme navn igen erstatter filen. Kræver `admin`."""
    intake_of(request)
    files = await _files(request)
    told = json.dumps([(name, hashlib.sha256(content).hexdigest()) for name, content in files])

    def queue() -> Job:
        _check_callback(request, query.callback_url)
        job_id, level = uuid.uuid4().hex, Level.INTERNAL if query.internal else Level.OPEN
        names = request.app.state.uploads.keep(job_id, files)
        given = {"files": names, "level": level, "include_closed": query.include_closed}
        return _new(assistant, calling, "documents", given, level, query.callback_url, job_id)

    async def make() -> Response:
        return _queued(request, await work.run(queue))

    return await once.reply(make, quotes=False, posted=told.encode())


async def _files(request: Request) -> list[tuple[str, bytes]]:
    """The files of a form, each with its name, or the meeting that is the body itself."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == JSON:
        return [_portal_file(await request.body())]
    if kind != "multipart/form-data":
        raise HTTPException(
            415, "Send filer som multipart/form-data, eller et møde fra portalen som JSON."
        )
    async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
        parts = [part for _, part in form.multi_items()]
        files = [
            (part.filename or "", await part.read())
            for part in parts
            if isinstance(part, UploadFile)
        ]
    if not files or len(files) < len(parts):
        raise WrongUseError("Send hver fil i feltet »file«, med sit filnavn, og intet andet.")
    return files


def _portal_file(content: bytes) -> tuple[str, bytes]:
    """A meeting under its own id: sent again, it takes the place of its older self."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400) from error
    if not isinstance(told, dict) or not isinstance(told.get("Dagsordenpunkter"), list):
        raise WrongUseError("Send et helt møde, som portalens JSON har det.")
    head = told.get("Moede")
    identity = told.get("Id") or (head.get("Id") if isinstance(head, dict) else None)
    return f"{identity}.json" if identity else _JSON_FILE, content


@router.post(
    "/meetings/{meeting_id}/summaries",
    status_code=202,
    response_model=JobTold,
    responses=accepted("Mødets resuméer laves som et job."),
    dependencies=[Depends(needs(Role.MEMBER))],
)
async def meeting_summaries(
    meeting_id: Id,
    assistant: Seen,
    calling: Calling,
    work: Work,
    once: Idempotent,
    request: Request,
    asked: SummariesAsked | None = None,
) -> Response:
    """Lav blokken af hvert åbent punkt på mødet. Dem, der er lavet, gøres ikke om uden `anew`."""
    given = asked or SummariesAsked()
    check_engine(given.engine, assistant)

    def queue() -> Job:
        _check_callback(request, given.callback_url)
        meeting, items = assistant.meeting(meeting_id)
        level = max((item.level for item in items), default=Level.OPEN)
        told = {"meeting_id": meeting.id, "engine": given.engine, "anew": given.anew}
        return _new(
            assistant, calling, "summaries", told, level, given.callback_url, uuid.uuid4().hex
        )

    async def make() -> Response:
        return _queued(request, await work.run(queue))

    return await once.reply(make, quotes=False)


@router.get("/jobs", responses={200: {"content": {JSON: {"example": [JOB]}}}})
async def jobs(assistant: Seen, calling: Calling, work: Work) -> list[JobTold]:
    """De seneste 100 job, det nyeste først: ens egne, og for `admin` alles."""
    whose = None if calling.role is Role.ADMIN else calling.who
    found = await work.run(lambda: Jobs(assistant.store.catalogue).all(whose))
    return [_told(job) for job in found if _may_see(job, calling)]


@router.get("/jobs/{job_id}", responses={200: {"content": {JSON: {"example": JOB}}}})
async def job(job_id: Id, assistant: Seen, calling: Calling, work: Work) -> JobTold:
    """Hvor langt jobbet er. Ses af den, der bestilte det, og af `admin`."""
    return _told(await work.run(lambda: _job(job_id, assistant, calling)))


@router.delete("/jobs/{job_id}", responses={200: {"content": {JSON: {"example": JOB}}}})
async def cancel(
    job_id: Id, assistant: Seen, calling: Calling, work: Work, request: Request
) -> JobTold:
    """Afbryd jobbet: straks, hvis det venter, ellers efter den fil eller det punkt, det er ved."""

    def stop() -> Job:
        found = _job(job_id, assistant, calling)
        if found.ended:
            raise HTTPException(409, "Jobbet er slut og kan ikke afbrydes.")
        cancelled = Jobs(assistant.store.catalogue).cancel(found)
        if cancelled.ended:
            request.app.state.uploads.discard(job_id)
            request.app.state.callbacks.tell(cancelled)
        return cancelled

    return _told(await work.run(stop))


def _job(job_id: str, assistant: Assistant, calling: Caller) -> Job:
    found = Jobs(assistant.store.catalogue).find(job_id)
    if found is None or not _may_see(found, calling):
        raise NotFoundError(f"Der er intet job med id {job_id}. »GET /jobs« viser dine job.")
    return found


def _may_see(job: Job, calling: Caller) -> bool:
    """Whoever asked for it, as long as their role still is as high as it was; and admins."""
    order = list(Role)
    own = calling.who == job.asked_by and order.index(calling.role) >= order.index(job.role)
    return own or calling.role is Role.ADMIN


def _new(
    assistant: Assistant,
    calling: Caller,
    kind: JobKind,
    given: dict[str, Any],
    level: Level,
    callback_url: str,
    job_id: str,
) -> Job:
    asked = Job(
        job_id, kind, given, calling.who, calling.role, level, callback_url=callback_url or None
    )
    return Jobs(assistant.store.catalogue).add(asked)


def _check_callback(request: Request, url: str) -> None:
    callbacks: Callbacks = request.app.state.callbacks
    if not url:
        return
    if not callbacks.can_sign:
        raise HTTPException(
            409,
            "Der kan ikke gives besked: driften har ikke sat ASSISTANT_WEBHOOK_SECRET. Udelad "
            "»callback_url«, og spørg »GET /jobs/{id}«.",
        )
    callbacks.check(url)


def _queued(request: Request, queued: Job) -> Response:
    request.app.state.runner.wake()
    path = request.app.url_path_for("job", job_id=queued.id)
    return Response(
        to_json(_told(queued)), 202, {"Location": str(path)}, JSON
    )


def _told(found: Job) -> JobTold:
    return JobTold(
        id=found.id,
        kind=found.kind,
        status=found.status,
        done=found.done,
        total=found.total,
        result=dict(found.result),
        error=found.error,
        attempts=found.attempts,
        asked_by=found.asked_by,
        role=found.role,
        created_at=found.created_at,
        started_at=found.started_at,
        ended_at=found.ended_at,
        cancelling=found.cancelling,
        callback=found.callback,
    )
