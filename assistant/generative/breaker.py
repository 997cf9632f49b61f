"""A circuit breaker: a model that keeps failing is left alone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from assistant.generative.failures import UNWELL, Cause, ModelCallError


class CircuitBreaker:
    """Lets calls through until several in a row have failed, then none for `rest` seconds.

    After the rest one call is let through on trial: it closes the circuit again, or begins a new
    rest. Shared by all threads that call the same model.
    """

    def __init__(
        self, failures: int = 3, rest: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_failures, self._rest, self._clock = failures, rest, clock
        self._failures = 0
        self._resting_until = 0.0
        self._on_trial = False
        self._lock = Lock()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Make one call inside. Raises ModelCallError at once while the model rests.

        Only what tells that the model is unwell counts as a failure. A call that its caller gave
        up says nothing about the model.
        """
        trial = self._let_in()
        try:
            yield
        except ModelCallError as failure:
            self._done(failed=failure.cause in UNWELL, trial=trial)
            raise
        except BaseException:
            self._done(failed=None, trial=trial)
            raise
        else:
            self._done(failed=False, trial=trial)

    def _let_in(self) -> bool:
        """Whether the call that begins is the one on trial."""
        with self._lock:
            if self._failures < self._most_failures:
                return False
            if self._on_trial or self._clock() < self._resting_until:
                raise ModelCallError(Cause.RESTING)
            self._on_trial = True
            return True

    def _done(self, failed: bool | None, trial: bool) -> None:
        with self._lock:
            if trial:
                self._on_trial = False
            if failed:
                self._failures += 1
                self._resting_until = self._clock() + self._rest
            elif failed is False:
                self._failures = 0
