"""`assistant ingest` in a process forked from one that has everything imported."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import numpy as np

import ingest.pipeline
from assistant.cli import main
from assistant.settings import BUILT_IN_MODEL
from assistant.store import store
from assistant.store.catalogue import Catalogue
from assistant.store.stored import Vector
from assistant.store.vectors import VectorIndex

SECONDS_A_CALL = 0.01
"""What embedding takes: time to be killed in."""
STEPS: dict[str, type] = {
    "add_vectors": Catalogue,
    "replace": Catalogue,
    "mark_indexed": Catalogue,
    "add": VectorIndex,
}
"""Each write of an ingest, and whose it is."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


class HashedEmbedder:
    """A text's vector is made of its hash: the store keeps and compares it like any other."""

    name = BUILT_IN_MODEL

    def passages(self, texts: Sequence[str]) -> Vector:
        time.sleep(SECONDS_A_CALL)
        rows = [np.frombuffer(hashlib.shake_128(text.encode()).digest(384), "i1") for text in texts]
        made = np.array(rows, np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def start(
    home: Path, models: Path, corpus: Path, killed_at: tuple[str, int, str] | None = None
) -> BaseProcess:
    """Start an ingest of `corpus`; with a step, its call and `before` or `after`: until there."""
    run = _context.Process(target=_ingest, args=(home, models, corpus, killed_at))
    run.start()
    return run


def _ingest(
    home: Path, models: Path, corpus: Path, killed_at: tuple[str, int, str] | None
) -> None:
    os.environ |= {"ASSISTANT_HOME": str(home), "ASSISTANT_MODELS": str(models)}
    sys.argv = ["assistant", "ingest", str(corpus)]
    # The sample is small, and would else be one single write.
    store._CHUNK = 8
    ingest.pipeline._BATCH = 40
    store._embedder = lambda _: HashedEmbedder()  # type: ignore[assignment, return-value]
    if killed_at:
        step, call, side = killed_at
        setattr(STEPS[step], step, deadly(getattr(STEPS[step], step), call, side))
    main()


def deadly(step: Callable[..., Any], fatal: int, side: str) -> Callable[..., Any]:
    """Return the step so that its process is killed before or after the `fatal`-th call of it."""
    calls = 0

    def counted(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == fatal and side == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = step(*given)
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return counted
