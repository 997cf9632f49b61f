"""Jobs in the catalogue: what is to be done, who does it, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

from assistant.access import Level, Role
from assistant.store import schema
from assistant.store.tables import Catalogued

JobKind = Literal["documents", "summaries"]
JobStatus = Literal["queued", "running", "done", "failed", "cancelled"]
CallbackStatus = Literal["waiting", "told", "failed"]

_JOBS = schema.jobs.c
_ENDED = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that outlives the call that asked for it.

    `given` is what to do; `result` grows with it, `done` of `total` pieces. `attempts` counts how
    often it was begun. `level` is that of the material that it is about: who does not see that
    does not see the job.
    """

    id: str
    kind: JobKind
    given: Mapping[str, Any]
    asked_by: str
    role: Role
    level: Level = Level.OPEN
    status: JobStatus = "queued"
    created_at: str = ""
    started_at: str | None = None
    ended_at: str | None = None
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None
    attempts: int = 0
    cancelling: bool = False
    callback_url: str | None = None
    callback: CallbackStatus | None = None

    @property
    def ended(self) -> bool:
        """Whether it is done, failed or cancelled."""
        return self.status in _ENDED


class LostLeaseError(Exception):
    """Another process has taken the job up: this one has to let go of it."""


class Jobs:
    """The queue of jobs, as one reader of the catalogue sees it.

    Times of leases are in seconds since 1970.
    """

    def __init__(self, catalogue: Catalogued) -> None:
        self._catalogue = catalogue

    def add(self, job: Job) -> Job:
        """Queue a job; return it as it is kept."""
        values = {
            "id": job.id,
            "kind": job.kind,
            "status": "queued",
            "given": dict(job.given),
            "asked_by": job.asked_by,
            "role": job.role.value,
            "created_at": now(),
            "done": 0,
            "total": job.total,
            "result": {},
            "attempts": 0,
            "cancelling": False,
            "not_before": 0.0,
            "leased_until": 0.0,
            "callback_url": job.callback_url,
            "callback": "waiting" if job.callback_url else None,
        }
        with self._catalogue.transaction(job.level) as connection:
            connection.execute(insert(schema.jobs).values(**values))
        return self._one(job.id, job.level)

    def find(self, job_id: str) -> Job | None:
        """Return the job, or None where there is none at the levels that are seen."""
        rows = self._catalogue.read(select(schema.jobs).where(_JOBS.id == job_id))
        return _job(*rows[0]) if rows else None

    def all(self, asked_by: str | None = None, limit: int = 100) -> list[Job]:
        """Return the latest jobs, the latest first; those of one caller where one is named."""
        statement = select(schema.jobs).order_by(_JOBS.created_at.desc()).limit(limit)
        if asked_by is not None:
            statement = statement.where(_JOBS.asked_by == asked_by)
        found = [_job(*row) for row in self._catalogue.read(statement)]
        return sorted(found, key=lambda job: job.created_at, reverse=True)[:limit]

    def waiting_callbacks(self) -> list[Job]:
        """Return the ended jobs whose asker has not been told so yet."""
        wanted = select(schema.jobs).where(_JOBS.callback == "waiting", _JOBS.status.in_(_ENDED))
        return [_job(*row) for row in self._catalogue.read(wanted)]

    def claim(self, worker: str, at: float, until: float) -> Job | None:
        """Take up the oldest job that nobody works on, lease it until then, and return it.

        That is one in the queue, or one whose worker has not been heard of.
        """
        free = or_(
            and_(_JOBS.status == "queued", _JOBS.not_before <= at),
            and_(_JOBS.status == "running", _JOBS.leased_until < at),
        )
        waiting = self._catalogue.read(
            select(_JOBS.id, _JOBS.created_at).where(free).order_by(_JOBS.created_at).limit(1)
        )
        for level, row in sorted(waiting, key=lambda one: one[1].created_at):
            leased = {
                "status": "running",
                "leased_by": worker,
                "leased_until": until,
                "started_at": now(),
                "attempts": _JOBS.attempts + 1,
            }
            if self._change(row.id, level, leased, free):
                return self._one(row.id, level)
        return None

    def renew(self, job: Job, worker: str, until: float) -> None:
        """Keep the lease of a job. Raises LostLeaseError."""
        self._as_holder(job, worker, {"leased_until": until})

    def advance(
        self, job: Job, worker: str, done: int, total: int, result: Mapping[str, Any]
    ) -> Job:
        """Note how far a job is; return it as it is now. Raises LostLeaseError."""
        self._as_holder(job, worker, {"done": done, "total": total, "result": dict(result)})
        return self._one(job.id, job.level)

    def end(self, job: Job, worker: str, status: JobStatus, error: str | None = None) -> Job:
        """End a job that is worked on; return it. Raises LostLeaseError."""
        ended = {"status": status, "error": error, "ended_at": now(), "leased_by": None}
        self._as_holder(job, worker, ended)
        return self._one(job.id, job.level)

    def put_back(
        self, job: Job, worker: str, not_before: float = 0.0, attempted: bool = False
    ) -> None:
        """Put a job back in the queue, not to be begun before then. Raises LostLeaseError.

        Unless it was `attempted`, its beginning is not counted.
        """
        attempts = job.attempts if attempted else job.attempts - 1
        values = {
            "status": "queued", "not_before": not_before, "leased_by": None, "attempts": attempts,
        }  # fmt: skip
        self._as_holder(job, worker, values)

    def cancel(self, job: Job) -> Job:
        """Cancel a job: at once where it waits, else before its next piece; return it."""
        values = {"status": "cancelled", "ended_at": now()}
        if not self._change(job.id, job.level, values, _JOBS.status == "queued"):
            self._change(job.id, job.level, {"cancelling": True}, _JOBS.status == "running")
        return self._one(job.id, job.level)

    def note_callback(self, job: Job, status: CallbackStatus) -> None:
        """Note whether the asker could be told that the job has ended."""
        self._change(job.id, job.level, {"callback": status}, _JOBS.id == job.id)

    def forget(self, ended_before: str) -> None:
        """Forget the jobs that ended before this time (ISO 8601, UTC)."""
        for level in self._catalogue.levels:
            with self._catalogue.transaction(level) as connection:
                connection.execute(delete(schema.jobs).where(_JOBS.ended_at < ended_before))

    def _one(self, job_id: str, level: Level) -> Job:
        [row] = self._catalogue.read(select(schema.jobs).where(_JOBS.id == job_id), level)
        return _job(*row)

    def _as_holder(self, job: Job, worker: str, values: Mapping[str, Any]) -> None:
        held = and_(_JOBS.status == "running", _JOBS.leased_by == worker)
        if not self._change(job.id, job.level, values, held):
            raise LostLeaseError(job.id)

    def _change(
        self, job_id: str, level: Level, values: Mapping[str, Any], where: ColumnElement[bool]
    ) -> bool:
        with self._catalogue.transaction(level) as connection:
            changed = connection.execute(
                update(schema.jobs).where(_JOBS.id == job_id, where).values(**values)
            )
        return changed.rowcount == 1


def now() -> str:
    """Return the time as jobs note it: ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _job(level: Level, row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        given=row.given,
        asked_by=row.asked_by,
        role=Role(row.role),
        level=level,
        status=row.status,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        done=row.done,
        total=row.total,
        result=row.result,
        error=row.error,
        attempts=row.attempts,
        cancelling=row.cancelling,
        callback_url=row.callback_url,
        callback=row.callback,
    )
