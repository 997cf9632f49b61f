from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.generative.breaker import CircuitBreaker
from assistant.generative.failures import Cause, ModelCallError


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def called(breaker: CircuitBreaker, cause: Cause | None = None) -> Cause | None:
    """Make one call that fails by this cause, and return the cause that the caller sees."""
    try:
        with breaker.call():
            if cause:
                raise ModelCallError(cause)
    except ModelCallError as failure:
        return failure.cause
    return None


def opened(clock: Clock) -> CircuitBreaker:
    breaker = CircuitBreaker(failures=2, rest=30, clock=clock)
    assert [called(breaker, Cause.DOWN) for _ in range(2)] == [Cause.DOWN] * 2
    return breaker


def test_it_opens_after_failures_in_a_row_and_closes_after_a_trial_that_went_well() -> None:
    clock = Clock()
    breaker = opened(clock)
    assert called(breaker) is Cause.RESTING
    clock.now = 30
    assert called(breaker) is None
    assert called(breaker, Cause.DOWN) is Cause.DOWN
    assert called(breaker) is None, "one failure does not open it again"


def test_a_trial_that_fails_begins_a_new_rest() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 31
    assert called(breaker, Cause.SLOW) is Cause.SLOW
    clock.now = 60
    assert called(breaker) is Cause.RESTING
    clock.now = 61
    assert called(breaker) is None


def test_only_one_call_at_a_time_is_on_trial() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 30
    with breaker.call():
        assert called(breaker) is Cause.RESTING
    assert called(breaker) is None


def test_failures_that_are_the_questions_own_do_not_count() -> None:
    breaker = CircuitBreaker(failures=1)
    for cause in (Cause.TOO_LONG, Cause.OFF_FORM, Cause.NO_ACCESS):
        assert called(breaker, cause) is cause
    assert called(breaker) is None


def test_a_trial_that_its_caller_gave_up_leaves_room_for_the_next() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 30
    with pytest.raises(GeneratorExit), breaker.call():
        raise GeneratorExit
    assert called(breaker) is None


def test_of_many_threads_one_is_on_trial() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 30
    barrier = Barrier(8)

    def call(_: int) -> bool:
        barrier.wait(5)
        try:
            with breaker.call():
                barrier_of_trial.wait(5)
        except ModelCallError:
            barrier_of_trial.wait(5)
            return False
        return True

    barrier_of_trial = Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(call, range(8))) == 1
