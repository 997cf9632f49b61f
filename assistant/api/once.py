"""`Idempotency-Key`: a post that is sent again is answered as it was, and not done again."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, Response

from assistant.api.caller import Calling
from assistant.api.work import Work
from assistant.store.replies import KeptReply, Replies

KEPT = 24 * 3600
"""Seconds that an answer is kept."""
_HEADERS = ("content-type", "location", "etag", "content-disposition", "vary", "cache-control",
            "content-security-policy")  # fmt: skip
_LONGEST_KEY = 200
_LARGEST = 10_000_000
_SEPARATOR = b"\0"

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=_LONGEST_KEY,
        description="Kaldets egen nøgle: sendes det igen inden for et døgn, gøres det ikke igen.",
    ),
]


class InProgress:
    """The posts with a key that this process is working on."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def begin(self, caller: str, key: str) -> bool:
        """Note that a post is worked on; return False where it is already."""
        with self._lock:
            if (caller, key) in self._keys:
                return False
            self._keys.add((caller, key))
            return True

    def end(self, caller: str, key: str) -> None:
        """Note that it is worked on no more."""
        with self._lock:
            self._keys.discard((caller, key))


class Once:
    """One post, that is done once though it may be sent several times."""

    def __init__(self, request: Request, calling: Calling, work: Work, key: Key = None) -> None:
        self._request = request
        told = f"{calling.role} {calling.who} {key}"
        self._caller = hashlib.sha256(told.encode()).hexdigest()
        self._work = work
        self._key = key
        assistant = request.app.state.assistant.seen_by(calling.role)
        self._replies = Replies(assistant.store.catalogue)

    async def reply(
        self, make: Callable[[], Awaitable[Response]], *, quotes: bool, posted: bytes | None = None
    ) -> Response:
        """Return what `make` does, or what it did when the same was posted with the same key.

        `posted` is what tells one post from another, the body where nothing is given. What
        `quotes` the material is not kept any longer than that is as it was. Raises HTTPException
        409 while the other is worked on, and 422 where it was not the same.
        """
        key = self._key
        if key is None:
            return await make()
        progress: InProgress = self._request.app.state.in_progress
        if not progress.begin(self._caller, key):
            raise HTTPException(
                409, "Et kald med samme »Idempotency-Key« er i gang. Prøv igen om lidt."
            )
        try:
            return await self._once(key, make, quotes, self._hash(await self._body(posted)))
        finally:
            progress.end(self._caller, key)

    async def _once(
        self, key: str, make: Callable[[], Awaitable[Response]], quotes: bool, asked: str
    ) -> Response:
        since = time.time() - KEPT
        kept = await self._work.run(lambda: self._replies.find(self._caller, key, since))
        if kept:
            if kept.asked_sha256 != asked:
                raise HTTPException(
                    422,
                    "»Idempotency-Key« er brugt til et andet kald. Brug en ny til hvert kald.",
                )
            headers = {**kept.headers, "Idempotency-Replayed": "true"}
            return Response(kept.content, kept.status, headers)
        made = await make()
        content = bytes(made.body)
        if made.status_code < 300 and len(content) <= _LARGEST:
            headers = {name: made.headers[name] for name in _HEADERS if name in made.headers}
            reply = KeptReply(
                self._caller, key, asked, made.status_code, headers, content, time.time(), quotes
            )
            await self._work.run(lambda: self._replies.keep(reply))
        return made

    async def _body(self, posted: bytes | None) -> bytes:
        return await self._request.body() if posted is None else posted

    def _hash(self, posted: bytes) -> str:
        url = self._request.url
        told = (
            url.path.encode(),
            url.query.encode(),
            self._request.headers.get("accept", "").encode(),
            posted,
        )
        return hashlib.sha256(_SEPARATOR.join(told)).hexdigest()


Idempotent = Annotated[Once, Depends(Once)]
"""What a route takes to be done once: `await once.reply(…)`."""
