"""The form in which OpenAI's API tells errors, which its clients read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from assistant.api.problems import Problem

PREFIX = "/v1"
_CODES = {
    401: "invalid_api_key",
    403: "permission_denied",
    404: "not_found",
    413: "request_too_large",
    429: "rate_limit_exceeded",
}


class ErrorTold(BaseModel):
    """What went wrong, and which parameter it is about."""

    message: str = Field(description="A Danish sentence that a person can act on.")
    type: str
    param: str | None = None
    code: str | None = None


class ErrorBody(BaseModel):
    """An error as OpenAI's API has it."""

    error: ErrorTold


ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorBody, "description": "Kan ikke bruges som det er."},
    "5XX": {"model": ErrorBody, "description": "Kan ikke svare lige nu."},
}
"""What every route of this form may answer besides its own; `include_router` is given it."""


def is_openai(path: str) -> bool:
    """Return whether the path is of the API that has OpenAI's form."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def openai_status(status: int) -> int:
    """Return the status by which OpenAI's API tells it: what cannot be used is 400 there."""
    return 400 if status == 422 else status


def openai_error(told: Problem) -> dict[str, Any]:
    """Return a problem as that API tells it."""
    kind = "server_error" if told.status >= 500 else "invalid_request_error"
    error = ErrorTold(
        message=told.detail,
        type="rate_limit_error" if told.status == 429 else kind,
        param=(told.errors[0].field or None) if told.errors else None,
        code=_CODES.get(told.status),
    )
    return ErrorBody(error=error).model_dump()
