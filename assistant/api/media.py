"""One document in the form that the caller can use: JSON, HTML, Markdown or Word."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from fastapi import HTTPException, Request, Response
from pydantic_core import to_json

from assistant.api.problems import Problem
from assistant.rendering.docx import to_docx
from assistant.rendering.html import to_fragment
from assistant.rendering.markdown import to_markdown
from assistant.rendering.outline import Outline

JSON = "application/json"
HTML = "text/html"
MARKDOWN = "text/markdown"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS: dict[str, Callable[[Outline], bytes]] = {
    HTML: lambda outline: to_fragment(outline).encode(),
    MARKDOWN: lambda outline: to_markdown(outline).encode(),
    DOCX: to_docx,
}
_MEDIA = (JSON, *_FORMS)
_VARY = {"Vary": "Accept, Authorization, X-API-Key"}


def document(
    request: Request, told: Any, outline: Callable[[], Outline], name: str, state: Any = None
) -> Response:
    """Return a document as the caller's `Accept` asks for; without any, as JSON.

    As HTML it is one `<article>` with its own style, to stand inside a page of the portal's. With
    `state`, it has the ETag of that, whatever its form. Raises HTTPException 406.
    """
    media = wanted_media(request)
    content = to_json(told) if media == JSON else _FORMS[media](outline())
    headers = dict(_VARY)
    if media == DOCX:
        headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    if media == HTML:
        headers["Content-Security-Policy"] = _html_policy(request)
    if state is not None:
        return tagged(request, content, media, headers, etag_of(state, media))
    return Response(content, media_type=media, headers=headers)


def as_json(request: Request, told: Any) -> Response:
    """Return data as JSON with its ETag, or 304 where the caller has it already."""
    content = to_json(told)
    return tagged(request, content, JSON, dict(_VARY), etag_of(content, JSON))


def etag_of(state: Any, media: str) -> str:
    """Return the ETag of one form of something: the state's hash, and which form it is."""
    told = state if isinstance(state, bytes) else to_json(state)
    return f'"{hashlib.sha256(told).hexdigest()[:32]}-{_MEDIA.index(media)}"'


def tagged(
    request: Request, content: bytes, media: str, headers: dict[str, str], etag: str
) -> Response:
    """Return what may be kept by the caller alone, who asks each time whether it still holds."""
    headers |= {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media, headers=headers)


def tags(header: str) -> list[str]:
    """Return the ETags of an `If-Match` or `If-None-Match`, weak ones as the strong."""
    return [one.strip().removeprefix("W/") for one in header.split(",") if one.strip()]


def same_state(header: str, state: Any) -> bool:
    """Return whether an `If-Match` names the state, in whichever form the caller had it."""
    given = tags(header)
    return "*" in given or any(etag_of(state, media) in given for media in _MEDIA)


def wanted_media(request: Request) -> str:
    """Return the form that `Accept` likes best, of those there are. Raises HTTPException 406."""
    liked = _liked(request.headers.get("accept", "*/*"))
    best = max(_MEDIA, key=lambda media: _weight(media, liked))
    if _weight(best, liked) == 0:
        raise HTTPException(406, f"Det kan leveres som {', '.join(_MEDIA)}.")
    return best


def _liked(accept: str) -> dict[str, float]:
    """What a caller accepts, and how much."""
    liked: dict[str, float] = {}
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            liked[name] = min(1.0, max(0.0, float(quality)))
        except ValueError:
            liked[name] = 0.0
    return liked


def _weight(media: str, liked: dict[str, float]) -> float:
    """The weight of the narrowest range that the media type is in."""
    kind = media.partition("/")[0]
    return next((liked[one] for one in (media, f"{kind}/*", "*/*") if one in liked), 0.0)


def _html_policy(request: Request) -> str:
    """Its own style, nothing else; framed only by the pages that may call."""
    origins = request.app.state.settings.cors_origins.replace(",", " ").split()
    framing = " ".join(origins) or "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors {framing}"


def forms(example: Any, description: str) -> dict[int | str, dict[str, Any]]:
    """Return what a route's `responses` says of a document."""
    content: dict[str, Any] = {JSON: {"example": example}}
    content |= {media: {"schema": {"type": "string"}} for media in (HTML, MARKDOWN)}
    content[DOCX] = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": description, "content": content}, 406: NOT_ACCEPTABLE}


NOT_ACCEPTABLE = {"model": Problem, "description": "Ikke i det format."}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "Uændret."}}
