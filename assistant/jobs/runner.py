"""The one worker of a process: takes jobs up, keeps their lease, and lets go of them in order."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.access import Role
from assistant.errors import AssistantError, StoreError
from assistant.jobs.intake import Intake
from assistant.jobs.uploads import Uploads
from assistant.jobs.work import FAILED, Progress, bring_in, sum_up
from assistant.service import Assistant
from assistant.store.jobs import Job, Jobs, LostLeaseError

log = logging.getLogger("assistant.jobs")

MOST_ATTEMPTS = 3
_LEASE = 30.0
"""Seconds after which a worker that is not heard of is taken for dead."""
_LOOK = 1.0
_LATER = 10.0
"""Seconds until a job is tried again that found the store in use."""
_INTERRUPTED = (
    "Jobbet blev afbrudt {attempts} gange og er opgivet. Se i loggen hvorfor, og bestil det igen."
)


class Runner:
    """Runs the jobs of a store one at a time, in a thread of its own."""

    def __init__(
        self,
        assistant: Assistant,
        intake: Intake | None,
        ended: Callable[[Job], None] = lambda _: None,
        lease: float = _LEASE,
    ) -> None:
        """`ended` is told of every job that has ended; `lease` is in seconds."""
        self._assistant = assistant
        self._intake = intake
        self._ended = ended
        self._lease = lease
        self._name = uuid.uuid4().hex
        self._jobs = Jobs(assistant.store.seen_by(Role.ADMIN).catalogue)
        self._uploads = Uploads(assistant.store.home)
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work."""
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Tell that there is a new job."""
        self._wake.set()

    def stop(self, seconds: float) -> None:
        """Let the piece that is worked on end, put the rest back, and work no more.

        What takes longer than so many seconds is left: another run takes it up.
        """
        self._stopping.set()
        self._wake.set()
        if self._thread:
            self._thread.join(seconds)

    def run_one(self) -> bool:
        """Take up a job and work on it until it has ended; return whether there was one."""
        job = self._jobs.claim(self._name, time.time(), time.time() + self._lease)
        if job is None:
            return False
        try:
            with self._leased(job):
                ended = self._run(job)
        except LostLeaseError:
            log.warning("job %s er taget op af en anden proces", job.id)
            return True
        if ended:
            self._uploads.discard(job.id)
            self._ended(ended)
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                worked = self.run_one()
            except StoreError as error:
                log.warning("job: %s", error)
                worked = False
            except Exception:
                log.exception("uventet fejl i et job")
                worked = False
            if not worked:
                self._wake.wait(_LOOK)

    def _run(self, job: Job) -> Job | None:
        """Work on a job; return it when it has ended, None when it was put back."""
        if job.attempts > MOST_ATTEMPTS:
            told = _INTERRUPTED.format(attempts=MOST_ATTEMPTS)
            return self._jobs.end(job, self._name, "failed", told)
        try:
            for progress in self._pieces(job):
                job = self._jobs.advance(
                    job, self._name, progress.done, progress.total, progress.result
                )
                if job.cancelling and job.done < job.total:
                    return self._jobs.end(job, self._name, "cancelled")
                if self._stopping.is_set() and job.done < job.total:
                    self._jobs.put_back(job, self._name)
                    return None
        except StoreError as error:
            if job.attempts < MOST_ATTEMPTS:
                later = time.time() + _LATER
                self._jobs.put_back(job, self._name, not_before=later, attempted=True)
                return None
            return self._jobs.end(job, self._name, "failed", str(error))
        except AssistantError as error:
            return self._jobs.end(job, self._name, "failed", str(error))
        except LostLeaseError:
            raise
        except Exception:
            log.exception("uventet fejl i job %s", job.id)
            told = "Der skete en uventet fejl. Den står i loggen; bestil jobbet igen."
            return self._jobs.end(job, self._name, "failed", told)
        trouble = _trouble(job)
        return self._jobs.end(job, self._name, "failed" if trouble else "done", trouble)

    def _pieces(self, job: Job) -> Iterator[Progress]:
        assistant = self._assistant.seen_by(job.role)
        if job.kind == "summaries":
            return sum_up(job, assistant)
        if self._intake is None:
            raise StoreError("Denne proces kan ikke læse filer. Start den med »assistant serve«.")
        return bring_in(job, assistant, self._intake, self._uploads)

    @contextmanager
    def _leased(self, job: Job) -> Iterator[None]:
        """Renew the lease as long as the work lasts, whatever a piece of it takes."""
        done = threading.Event()
        beating = threading.Thread(target=self._renew, args=(job, done), daemon=True)
        beating.start()
        try:
            yield
        finally:
            done.set()
            beating.join()

    def _renew(self, job: Job, done: threading.Event) -> None:
        while not done.wait(self._lease / 3):
            try:
                self._jobs.renew(job, self._name, time.time() + self._lease)
            except LostLeaseError:
                return
            except StoreError as error:
                log.warning("job %s: %s", job.id, error)


def _trouble(job: Job) -> str | None:
    """The sentence on what failed of a job that has gone through all its pieces, if anything."""
    pieces = [one for outcomes in job.result.values() for one in outcomes]
    failed = sum(one["outcome"] == FAILED for one in pieces)
    if not failed:
        return None
    return f"{failed} af {len(pieces)} mislykkedes. »result« siger hvilke og hvorfor."
