"""Why a model gave nothing that can be used, told from whatever error its provider raised."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from langchain_core import exceptions as langchain

from assistant.errors import ModelError


class Cause(Enum):
    """What was wrong, as the reader is told it; `{name}` and `{seconds}` are the model's."""

    DOWN = "Sprogmodellen kan ikke nås lige nu."
    SLOW = "Sprogmodellen svarede ikke inden for {seconds} sekunder."
    BUSY = "Sprogmodellen har travlt og tager ikke imod flere spørgsmål lige nu."
    BROKEN = "Sprogmodellen meldte fejl."
    CUT_OFF = "Sprogmodellen gik i stå midt i sit svar."
    RESTING = "Sprogmodellen har fejlet flere gange i træk og spørges først igen om lidt."
    NO_ACCESS = "Sprogmodellen giver ikke adgang: nøglen mangler eller er forkert."
    UNKNOWN = "Sprogmodellen »{name}« findes ikke på den adresse, der er sat op."
    TOO_LONG = "Spørgsmålets kilder er for lange til sprogmodellen."
    REJECTED = "Sprogmodellen afviste spørgsmålet."
    OFF_FORM = "Sprogmodellens svar kunne ikke læses."
    NOT_INSTALLED = "Sprogmodellen »{name}« mangler en pakke."
    MISNAMED = "Sprogmodellen »{name}« kendes ikke. Skriv ASSISTANT_LLM som »udbyder:model«."


TRANSIENT = frozenset({Cause.DOWN, Cause.SLOW, Cause.BUSY, Cause.BROKEN})
"""What may have passed a moment later."""
UNWELL = TRANSIENT | {Cause.CUT_OFF}
"""What tells that the model's server, not the question, is at fault."""

_TOLD: Mapping[type[langchain.LangChainException], Cause] = {
    langchain.ContextOverflowError: Cause.TOO_LONG,
    langchain.ModelAuthenticationError: Cause.NO_ACCESS,
    langchain.ModelPermissionDeniedError: Cause.NO_ACCESS,
    langchain.ModelNotFoundError: Cause.UNKNOWN,
    langchain.ModelRateLimitError: Cause.BUSY,
    langchain.ModelTimeoutError: Cause.SLOW,
    langchain.ModelConnectionError: Cause.DOWN,
    langchain.ModelAPIError: Cause.BROKEN,
}
_STATUSES = {
    401: Cause.NO_ACCESS,
    403: Cause.NO_ACCESS,
    404: Cause.UNKNOWN,
    408: Cause.SLOW,
    413: Cause.TOO_LONG,
    429: Cause.BUSY,
    504: Cause.SLOW,
}
_CLASSES = (
    (Cause.SLOW, {"TimeoutException", "TimeoutError"}),
    (Cause.DOWN, {"TransportError", "OSError"}),
    (Cause.NO_ACCESS, {"OpenAIError"}),  # raised bare for one thing: no key was given
)
"""Errors of HTTP libraries that may not be installed, by the names of their classes."""


class ModelCallError(ModelError):
    """A model's failure with its cause; `retry_after` is in seconds, where the server said."""

    def __init__(
        self, cause: Cause, name: str = "", seconds: float = 0, advice: str = "",
        retry_after: float | None = None,
    ) -> None:  # fmt: skip
        told = cause.value.format(name=name, seconds=f"{seconds:g}".replace(".", ","))
        super().__init__(f"{told} {advice}".strip())
        self.cause = cause
        self.retry_after = retry_after


def cause_of(error: BaseException) -> Cause:
    """Return what an error of a LangChain provider, or of the library under it, means."""
    told = next((cause for kind, cause in _TOLD.items() if isinstance(error, kind)), None)
    return told or _by_status(error) or _by_class(error) or Cause.BROKEN


def retry_after(error: BaseException) -> float | None:
    """Return how many seconds the server asked to wait, where it did in seconds."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None


def _by_status(error: BaseException) -> Cause | None:
    status = getattr(error, "status_code", None)
    if status is None:
        status = getattr(getattr(error, "response", None), "status_code", None)
    if not isinstance(status, int) or status < 400:
        return None
    if status < 500 and status not in _STATUSES:
        return Cause.TOO_LONG if "context" in str(error).casefold() else Cause.REJECTED
    return _STATUSES.get(status, Cause.BROKEN)


def _by_class(error: BaseException) -> Cause | None:
    names = {kind.__name__ for kind in type(error).__mro__}
    return next((cause for cause, known in _CLASSES if names & known), None)
