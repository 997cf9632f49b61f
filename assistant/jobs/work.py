"""What jobs do, piece by piece: after each piece it is known what is done, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.access import Level
from assistant.errors import NotFoundError, UnreadableFileError, WrongUseError
from assistant.jobs.intake import Intake
from assistant.jobs.uploads import Uploads
from assistant.service import Assistant
from assistant.store.jobs import Job
from assistant.store.stored import StoredItem

Outcome = dict[str, Any]
"""What became of one piece: `outcome`, and `reason` where it is none that was hoped for."""
FAILED = "failed"
_COUNTED = ("documents", "meetings", "items", "closed", "plans", "sections", "passages")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is."""

    done: int
    total: int
    result: Mapping[str, Any]


def bring_in(
    job: Job, assistant: Assistant, intake: Intake, uploads: Uploads
) -> Iterator[Progress]:
    """Bring a job's files into the store one by one; those that are done already are passed over.

    Raises StoreError, where another process writes for instance.
    """
    names: list[str] = job.given["files"]
    level, with_closed = Level(job.given["level"]), bool(job.given["include_closed"])
    outcomes: list[Outcome] = list(job.result.get("files", ()))
    for name in names[len(outcomes):]:
        found = _readable(job, name, level, intake, uploads)
        if isinstance(found, Path):
            report = intake.ingest(found, assistant.store, level, with_closed)
            outcomes.append({"file": name, **_told(report)})
        else:
            outcomes.append(found)
        yield Progress(len(outcomes), len(names), {"files": outcomes})


def _readable(
    job: Job, name: str, level: Level, intake: Intake, uploads: Uploads
) -> Path | Outcome:
    """The file at its lasting place; what cannot be read does not take an older one's place."""
    waiting = uploads.waiting(job.id, name)
    if waiting is None:
        source = uploads.source(name, level)
        if source.exists():
            return source
        return _outcome(name, FAILED, "Filen er væk. Send den igen.")
    try:
        intake.read(name, waiting.read_bytes())
    except UnreadableFileError as error:
        return _outcome(name, FAILED, str(error))
    return uploads.take_up(job.id, name, level)


def _outcome(name: str, outcome: str, reason: str) -> Outcome:
    return {"file": name, "outcome": outcome, "reason": reason}


def _told(report: Mapping[str, Any]) -> Outcome:
    """An ingest report of one file, without where it lies on this machine."""
    for key, outcome in (("failures", FAILED), ("skipped", "skipped")):
        for note in report[key]:
            return {"outcome": outcome, "reason": note["reason"]}
    if report["unchanged"]:
        return {"outcome": "unchanged"}
    return {"outcome": "stored", **{name: report[name] for name in _COUNTED}}


def sum_up(job: Job, assistant: Assistant) -> Iterator[Progress]:
    """Make the summary of each item of a meeting; one that is there already is passed over.

    What an earlier attempt made is not made again, nor what a person has corrected or approved,
    unless it is asked for `anew`. Raises NotFoundError where the meeting is gone.
    """
    _, items = assistant.meeting(job.given["meeting_id"])
    told = {item.id for item in assistant.summarisable(items)}
    outcomes: list[Outcome] = list(job.result.get("items", ()))
    done = {one["item_id"] for one in outcomes}
    for item in items:
        if item.id not in done:
            outcomes.append(_summed_up(job, item, told, assistant))
            yield Progress(len(outcomes), len(items), {"items": outcomes})


def _summed_up(job: Job, item: StoredItem, told: set[str], assistant: Assistant) -> Outcome:
    named = {"item_id": item.id, "item_number": item.number, "title": item.title}
    if item.id not in told:
        return {**named, "outcome": "closed" if item.closed else "no_text"}
    try:
        kept = assistant.kept_summary(item.id)
        by_this = kept and job.attempts > 1 and kept.made_at >= job.created_at[:19]
        if kept and not kept.stale and (by_this or not job.given["anew"]):
            return {**named, "outcome": "made" if by_this else "kept"}
        assistant.summarise(item.id, job.given["anew"], job.given["engine"])
    except NotFoundError:
        return {**named, "outcome": FAILED, "reason": "Punktet er ikke længere indlæst."}
    except WrongUseError as error:
        return {**named, "outcome": FAILED, "reason": str(error)}
    return {**named, "outcome": "made"}
