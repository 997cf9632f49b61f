"""A worker that is killed amid a job and started again: nothing is lost, and nothing done twice."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.access import Role
from assistant.jobs.uploads import Uploads
from assistant.settings import Settings
from assistant.store.catalogue import Catalogue
from assistant.store.jobs import Job, JobKind, Jobs
from tests.conftest import SAMPLE
from tests.faults.working import LEASE, work

MEETING = "04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"
FILES = sorted(SAMPLE.glob("*.json"))[:3]


def queue(home: Path, kind: JobKind, given: dict[str, Any]) -> Job:
    with closing(Catalogue(home / "catalogue.sqlite3")) as catalogue:
        catalogue.check_format()
        return Jobs(catalogue).add(Job("j1", kind, given, "key a", Role.ADMIN))


def found(home: Path) -> Job:
    with closing(Catalogue(home / "catalogue.sqlite3")) as catalogue:
        job = Jobs(catalogue).find("j1")
    assert job
    return job


def rows(home: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def killed_and_started_again(home: Path, models: Path, piece: int, side: str) -> Job:
    run = work(home, models, (piece, side))
    run.join(60)
    assert run.exitcode == -9
    assert found(home).status == "running"
    time.sleep(LEASE)
    run = work(home, models)
    run.join(60)
    assert run.exitcode == 0
    return found(home)


@pytest.mark.parametrize("side", ["before", "after"])
def test_an_ingest(models: Path, tmp_path: Path, side: str) -> None:
    names = Uploads(tmp_path).keep("j1", [(one.name, one.read_bytes()) for one in FILES])
    queue(tmp_path, "documents", {"files": names, "level": "open", "include_closed": False})
    job = killed_and_started_again(tmp_path, models, 2, side)
    assert (job.status, job.done, job.total, job.attempts) == ("done", 3, 3, 2)
    outcomes = [(one["file"], one["outcome"]) for one in job.result["files"]]
    second = "unchanged" if side == "before" else "stored"
    assert outcomes == list(zip(names, ["stored", second, "stored"], strict=True))
    stored = rows(tmp_path, "SELECT source, in_vectors FROM documents ORDER BY source")
    assert stored == [(str(tmp_path / "sources" / name), 1) for name in names]
    assert not Uploads(tmp_path).of_jobs()


@pytest.mark.parametrize("side", ["before", "after"])
def test_summaries_of_a_meeting(
    sample_home: Settings, models: Path, tmp_path: Path, side: str
) -> None:
    home = Path(shutil.copytree(sample_home.home, tmp_path / "home"))
    queue(home, "summaries", {"meeting_id": MEETING, "engine": None, "anew": True})
    run = work(home, models, (3, side))
    run.join(60)
    assert run.exitcode == -9
    query = "SELECT item_id, made_at, summary FROM summaries ORDER BY item_id"
    first = rows(home, query)
    assert len(first) == 3
    time.sleep(max(LEASE, 1.0))
    run = work(home, models)
    run.join(60)
    assert run.exitcode == 0
    job = found(home)
    assert (job.status, job.done, job.total, job.attempts) == ("done", 7, 7, 2)
    outcomes = [one["outcome"] for one in job.result["items"]]
    assert sorted(outcomes) == ["closed", *["made"] * 6]
    kept = rows(home, query)
    assert len(kept) == 6
    assert set(first) <= set(kept), "what was made before is not made again"
