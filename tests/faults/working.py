"""A process that works on the jobs of a store, and may be killed at a step of them."""

from __future__ import annotations

import multiprocessing
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from assistant.cli.intake import FileIntake
from assistant.jobs.runner import Runner
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.store import store
from assistant.store.jobs import Jobs
from assistant.store.stored import Vector
from tests.faults.ingesting import HashedEmbedder, deadly

LEASE = 0.5
"""Seconds until a killed worker's job is free."""
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


class AskedEmbedder(HashedEmbedder):
    """It embeds questions too: summaries look for topics."""

    def question(self, text: str) -> tuple[Vector, int]:
        return np.asarray(self.passages([text])[0]), 0


def work(home: Path, models: Path, killed_at: tuple[int, str] | None = None) -> BaseProcess:
    """Start to work on the jobs of a store; with the number of a piece, and `before` or `after`
    it is noted: until there."""
    run = _context.Process(target=_work, args=(home, models, killed_at))
    run.start()
    return run


def _work(home: Path, models: Path, killed_at: tuple[int, str] | None) -> None:
    store._embedder = lambda _: AskedEmbedder()  # type: ignore[assignment, return-value]
    if killed_at:
        Jobs.advance = deadly(Jobs.advance, *killed_at)  # type: ignore[method-assign]
    assistant = Assistant(Settings(home=home, models=models))
    runner = Runner(assistant, FileIntake(), lease=LEASE)
    while runner.run_one():
        pass
    assistant.close()
