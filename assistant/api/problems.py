"""Errors as RFC 9457 problems, each with a Danish sentence that says what to do.

What is called as OpenAI's API is told them as that API does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.openai_form import is_openai, openai_error, openai_status
from assistant.errors import (
    AssistantError,
    ClosedItemError,
    ModelError,
    NoTextError,
    NotFoundError,
    StoreError,
)

log = logging.getLogger("assistant.api")

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Forespørgslen kan ikke læses",
    401: "Ingen adgang uden nøgle",
    403: "Ingen adgang",
    404: "Findes ikke",
    405: "Metoden kan ikke bruges her",
    406: "Formatet kan ikke leveres",
    409: "Modstrid",
    412: "Ændret i mellemtiden",
    413: "For stor forespørgsel",
    415: "Formatet kan ikke læses",
    422: "Forespørgslen kan ikke bruges",
    429: "For mange forespørgsler",
    500: "Uventet fejl",
    503: "Tjenesten kan ikke svare lige nu",
}
_DETAILS = {
    400: "Forespørgslen kan ikke læses. Send gyldig JSON i UTF-8.",
    404: "Adressen findes ikke. Se /docs, hvor alle kald står.",
    405: "Kaldet findes, men ikke med denne metode. Se /docs.",
    500: "Der skete en uventet fejl. Prøv igen; bliver den ved, så giv driften »request_id«.",
}
_FORMS = {"message", "exchange"}
"""The two forms of one turn of a history: no fields of what was sent."""
_FRAMEWORKS_OWN = {
    "There was an error parsing the body",
    *(one.phrase for one in HTTPStatus),
}
"""What the framework says in English; told by status instead."""


class FieldError(BaseModel):
    """What is wrong with one field of a request."""

    field: str
    detail: str


class Problem(BaseModel):
    """What went wrong, and what to do about it (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="A Danish sentence that a person can act on.")
    request_id: str = ""
    errors: list[FieldError] = Field(default_factory=list)


def problem(
    status: int, detail: str = "", request_id: str = "", errors: Sequence[FieldError] = ()
) -> Problem:
    """Return the problem of a status; what a person can do is said even where nobody has."""
    title = _TITLES.get(status, "Fejl")
    told = detail or _DETAILS.get(status, f"{title}.")
    return Problem(
        title=title, status=status, detail=told, request_id=request_id, errors=list(errors)
    )


def problem_of(error: AssistantError) -> Problem:
    """Return the problem of an error that a person is to be told of."""
    return problem(_status(error), str(error))


def problem_response(
    told: Problem, scope: Scope, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return the answer that tells a problem, in the form of the API that was called."""
    if is_openai(scope["path"]):
        return JSONResponse(openai_error(told), openai_status(told.status), headers)
    content = told.model_dump(exclude_defaults=True) | {"type": told.type}
    return JSONResponse(content, told.status, headers, MEDIA_TYPE)


def add_problems(app: FastAPI) -> None:
    """Have every error of the routes answered as a problem."""
    app.exception_handler(AssistantError)(_assistant_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)


def request_id_of(scope: Scope) -> str:
    """Return the id that the request has in the logs."""
    return str(scope.get("state", {}).get("request_id", ""))


class Unexpected:
    """Answers what no route has foreseen with a problem instead of a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            log.exception("uventet fejl (%s)", request_id_of(scope))
            if started:
                raise
            told = problem(500, request_id=request_id_of(scope))
            await problem_response(told, scope)(scope, receive, send)


def _status(error: AssistantError) -> int:
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, ClosedItemError):
        return 403
    if isinstance(error, NoTextError):
        return 409
    return 503 if isinstance(error, StoreError | ModelError) else 422


async def _assistant_error(request: Request, error: AssistantError) -> JSONResponse:
    told = problem(_status(error), str(error), request_id_of(request.scope))
    return problem_response(
        told, request.scope, {"Retry-After": "5"} if told.status == 503 else None
    )


async def _http_error(request: Request, error: HTTPException) -> JSONResponse:
    bare = error.detail in _FRAMEWORKS_OWN
    told = problem(error.status_code, "" if bare else error.detail, request_id_of(request.scope))
    headers = dict(error.headers or {})
    if error.status_code == 405 and (methods := _methods(request)):
        headers["Allow"] = ", ".join(methods)
    return problem_response(told, request.scope, headers)


def _methods(request: Request) -> list[str]:
    """All methods of the path that was called; the framework tells those of one route alone."""
    template = str(getattr(request.scope.get("route"), "path", "-"))
    depth = request.url.path.count("/")
    return sorted(
        method.upper()
        for path, operations in request.app.openapi()["paths"].items()
        if path.endswith(template) and path.count("/") == depth
        for method in operations
    )


async def _validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
    errors = [_field_error(one) for one in error.errors()]
    told = problem(422, _together(errors), request_id_of(request.scope), errors)
    return problem_response(told, request.scope)


def arguments_sentence(errors: Iterable[Mapping[str, Any]]) -> str:
    """Return what is wrong with the arguments of a call, of pydantic's errors."""
    return _together([_field_error({**one, "loc": ("call", *one["loc"])}) for one in errors])


def _together(errors: Sequence[FieldError]) -> str:
    return " ".join(dict.fromkeys(one.detail for one in errors[:5]))


def _field_error(error: Mapping[str, Any]) -> FieldError:
    kind, place = str(error["type"]), [str(part) for part in error["loc"][1:]]
    field = ".".join(part for part in place if not part.isdigit() and part not in _FORMS)
    shown = f"»{field}«" if field else "Indholdet"
    limits = error.get("ctx", {})
    return FieldError(field=field, detail=_sentence(kind, shown, limits))


def _sentence(kind: str, shown: str, limits: Mapping[str, Any]) -> str:
    if kind == "json_invalid":
        return "Indholdet er ikke gyldig JSON. Ret det, og send det igen."
    sentence = _SENTENCES.get(kind, "har en værdi, der ikke kan bruges. Se /docs.")
    return f"{shown} {sentence.format_map(_Limits(limits))}".replace("' or '", "' eller '")


class _Limits(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


_SENTENCES = {
    "missing": "mangler.",
    "value_error": "{error}",
    "extra_forbidden": "kendes ikke. Fjern feltet, eller ret navnet.",
    "string_type": "skal være tekst.",
    "string_too_short": "skal være på mindst {min_length} tegn.",
    "string_too_long": "må højst være på {max_length} tegn.",
    "too_short": "skal have mindst {min_length} led.",
    "too_long": "må højst have {max_length} led.",
    "int_parsing": "skal være et helt tal.",
    "int_type": "skal være et helt tal.",
    "bool_type": "skal være true eller false.",
    "greater_than_equal": "skal være mindst {ge}.",
    "less_than_equal": "må højst være {le}.",
    "literal_error": "skal være en af {expected}.",
    "date_from_datetime_parsing": "skal være en dato som 2025-05-27.",
    "date_parsing": "skal være en dato som 2025-05-27.",
    "date_type": "skal være en dato som 2025-05-27.",
    "date_from_datetime_inexact": "skal være en dato som 2025-05-27.",
    "list_type": "skal være en liste.",
    "model_attributes_type": "skal være et objekt.",
    "union_tag_not_found": "skal være en besked eller et spørgsmål med sit svar.",
    "callable_discriminator": "skal være en besked eller et spørgsmål med sit svar.",
    "dict_type": "skal være et objekt.",
    "bool_parsing": "skal være true eller false.",
    "model_type": "skal være et objekt.",
    "dataclass_type": "skal være et objekt.",
    "unexpected_keyword_argument": "kendes ikke. Fjern feltet, eller ret navnet.",
}
