"""Counts for Prometheus: of calls, answers and the model, never of what was asked."""

from __future__ import annotations

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from assistant.types import Answer

MEDIA_TYPE = CONTENT_TYPE_LATEST
_TOKENS = {"tokens_in": "in", "tokens_out": "out"}
"""What an answer's provenance says of the model, where one was asked."""
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The counts of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = Counter(
            "assistant_requests", "Calls answered.", ["method", "route", "status"],
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "assistant_request_seconds", "Time until a call was answered, its stream included.",
            ["method", "route"], buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._answers = Counter(
            "assistant_answers", "Answers given.", ["status", "engine"], registry=self._registry
        )
        self._model = Counter(
            "assistant_model_answers",
            "Answers that a model was asked for: its own, or fallen back to the extractive.",
            ["outcome"], registry=self._registry,
        )  # fmt: skip
        self._tokens = Counter(
            "assistant_model_tokens", "Tokens of those answers.", ["direction"],
            registry=self._registry,
        )  # fmt: skip

    def called(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a call by the template of its route."""
        self._calls.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(answer.status, answer.engine).inc()
        told = answer.provenance
        if _TOKENS.keys() <= told.keys():
            self._model.labels("fallback" if "fallback" in told else "own").inc()
            for name, direction in _TOKENS.items():
                self._tokens.labels(direction).inc(int(told[name]))

    def text(self) -> bytes:
        """Return the counts as Prometheus reads them."""
        return generate_latest(self._registry)
