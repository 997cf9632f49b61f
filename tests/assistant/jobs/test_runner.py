import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.access import Level, Role
from assistant.errors import ModelError, StoreError
from assistant.jobs import runner as running
from assistant.jobs.runner import MOST_ATTEMPTS, Runner
from assistant.jobs.work import Progress
from assistant.service import Assistant
from assistant.store.jobs import Job, Jobs, LostLeaseError

Work = Any


@pytest.fixture
def jobs(assistant: Assistant) -> Jobs:
    return Jobs(assistant.store.seen_by(Role.ADMIN).catalogue)


def queued(jobs: Jobs, level: Level = Level.OPEN) -> Job:
    given = {"meeting_id": "m", "engine": None, "anew": False}
    return jobs.add(Job(uuid.uuid4().hex, "summaries", given, "key a", Role.MEMBER, level))


def pieces(*outcomes: Any) -> Work:
    """A job's work: a piece for each outcome; what is an error is raised."""

    def work(job: Job, assistant: Assistant) -> Iterator[Progress]:
        done = list(job.result.get("items", ()))
        for one in outcomes[len(done):]:
            if isinstance(one, Exception):
                raise one
            if callable(one):
                one(job)
            done.append({"outcome": "made"} if callable(one) else {"outcome": one})
            yield Progress(len(done), len(outcomes), {"items": done})

    return work


def runner_of(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, work: Work) -> Runner:
    monkeypatch.setattr(running, "sum_up", work)
    return Runner(assistant, None)


def test_a_job_is_worked_through_and_its_end_is_told(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Job] = []
    monkeypatch.setattr(running, "sum_up", pieces("made", "kept"))
    job = queued(jobs)
    runner = Runner(assistant, None, told.append)
    assert runner.run_one()
    assert not runner.run_one()
    [ended] = told
    assert ended == jobs.find(job.id)
    assert (ended.status, ended.done, ended.total, ended.attempts) == ("done", 2, 2, 1)


@pytest.mark.parametrize(
    ("outcomes", "error"),
    [
        (("made", "failed"), "1 af 2"),
        ((ModelError("Modellen tier."),), "Modellen tier."),
        ((RuntimeError("hemmelig sti"),), "uventet fejl"),
    ],
)
def test_what_fails_is_never_called_done(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch,
    outcomes: tuple[Any, ...], error: str,
) -> None:  # fmt: skip
    job = queued(jobs)
    runner_of(assistant, monkeypatch, pieces(*outcomes)).run_one()
    ended = jobs.find(job.id)
    assert ended
    assert ended.status == "failed"
    assert error in str(ended.error)
    assert "hemmelig" not in str(ended.error)


def test_a_job_of_a_dead_worker_is_taken_up_where_it_was(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queued(jobs)
    now = time.time()
    dead = jobs.claim("dead", now - 60, now - 30)
    assert dead
    jobs.advance(dead, "dead", 1, 2, {"items": [{"outcome": "made"}]})
    runner_of(assistant, monkeypatch, pieces("made", "made")).run_one()
    ended = jobs.find(job.id)
    assert ended
    assert (ended.status, ended.done, ended.attempts) == ("done", 2, 2)
    with pytest.raises(LostLeaseError):
        jobs.advance(dead, "dead", 2, 2, {})


def test_a_job_that_is_worked_on_is_left_alone(assistant: Assistant, jobs: Jobs) -> None:
    job = queued(jobs)
    now = time.time()
    held = jobs.claim("alive", now, now + 30)
    assert held
    assert jobs.claim("other", now, now + 30) is None
    jobs.put_back(held, "alive")
    again = jobs.claim("other", now, now + 30)
    assert again
    assert (again.id, again.attempts) == (job.id, 1)
    jobs.end(again, "other", "done")


def test_a_job_that_ends_its_worker_every_time_is_given_up(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queued(jobs)
    for _ in range(MOST_ATTEMPTS):
        assert jobs.claim("dead", time.time(), time.time() - 1)
    runner_of(assistant, monkeypatch, pieces("made")).run_one()
    ended = jobs.find(job.id)
    assert ended
    assert (ended.status, ended.done) == ("failed", 0)
    assert "opgivet" in str(ended.error)


def test_a_store_in_use_is_tried_again_later(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queued(jobs)
    runner = runner_of(assistant, monkeypatch, pieces(StoreError("I brug.")))
    assert runner.run_one()
    assert not runner.run_one(), "not at once"
    monkeypatch.setattr(running.time, "time", lambda now=time.time: now() + 60)
    assert runner.run_one()
    monkeypatch.setattr(running.time, "time", lambda now=time.time: now() + 120)
    runner.run_one()
    ended = jobs.find(job.id)
    assert ended
    assert (ended.status, ended.error) == ("failed", "I brug.")


def test_a_running_job_is_cancelled_after_its_piece(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queued(jobs)
    work = pieces(lambda job: jobs.cancel(job), "made", "made")
    runner_of(assistant, monkeypatch, work).run_one()
    ended = jobs.find(job.id)
    assert ended
    assert (ended.status, ended.done, ended.total) == ("cancelled", 1, 3)


def test_a_stopped_worker_puts_its_job_back(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queued(jobs)
    runner: Runner
    work = pieces(lambda _: runner.stop(0), "made")
    runner = runner_of(assistant, monkeypatch, work)
    runner.run_one()
    waiting = jobs.find(job.id)
    assert waiting
    assert (waiting.status, waiting.done, waiting.attempts) == ("queued", 1, 0)
    runner_of(assistant, monkeypatch, work).run_one()
    ended = jobs.find(job.id)
    assert ended
    assert (ended.status, ended.done) == ("done", 2)


def test_the_lease_of_a_long_piece_is_kept(
    assistant: Assistant, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Job | None] = []

    def slow(_: Job) -> None:
        time.sleep(0.6)
        taken.append(jobs.claim("other", time.time(), time.time() + 30))

    job = queued(jobs)
    monkeypatch.setattr(running, "sum_up", pieces(slow))
    Runner(assistant, None, lease=0.3).run_one()
    assert taken == [None]
    ended = jobs.find(job.id)
    assert ended
    assert ended.status == "done"


def test_a_job_is_seen_at_the_level_of_what_it_is_about(assistant: Assistant, jobs: Jobs) -> None:
    job = queued(jobs, Level.INTERNAL)
    for role in Role:
        seen = Jobs(assistant.store.seen_by(role).catalogue).find(job.id)
        assert (seen is None) == (role is Role.PUBLIC)
    jobs.cancel(job)
