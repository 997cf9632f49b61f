"""The OpenAPI document: as FastAPI makes it, with problems and keys told as they are."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from assistant.api.openai_form import is_openai
from assistant.api.problems import MEDIA_TYPE, Problem

DESCRIPTION = """Spørg i dagsordener, referater og handleplaner. Hvert svar viser, hvor det står.

Uden nøgle ses det, der er åbent for alle. En nøgle sendes som `Authorization: Bearer …` eller
`X-API-Key`. Fejl er `application/problem+json` med en dansk sætning om, hvad man kan gøre.
Under `/v1` har alt OpenAI's form, så dens klienter kan bruge assistenten som en sprogmodel."""

_TOLD = {
    400: "Kan ikke læses.",
    401: "En nøgle mangler eller kan ikke bruges.",
    403: "Rollen rækker ikke.",
    404: "Findes ikke.",
    409: "Kan ikke lade sig gøre, som tjenesten er sat op, eller som det, der spørges til, er.",
    413: "For stor.",
    422: "Kan ikke bruges som den er.",
    429: "For mange; `Retry-After` siger, hvornår der kan spørges igen.",
    500: "Uventet fejl.",
    503: "Kan ikke svare lige nu.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": told} for status, told in _TOLD.items()
}
"""What every route may answer besides its own; `include_router` is given it."""


def describe(app: FastAPI, anonymous: bool) -> None:
    """Have the application tell problems by their media type, and that a key may be left out."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            for path, operation in _operations(document):
                if not is_openai(path):
                    _tell_problems(operation)
                if anonymous and "security" in operation:
                    operation["security"].append({})
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]


def _tell_problems(operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        if status.isdigit() and int(status) >= 400:
            content = response.get("content", {})
            if "application/json" in content:
                content[MEDIA_TYPE] = content.pop("application/json")
