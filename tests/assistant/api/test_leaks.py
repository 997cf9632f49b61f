"""The leak suite: what is internal and what is closed is sought at every call, role by role.

Three stores hold the same open material. In one there is nothing else; in the second what is
internal too; in the third also what closed items hold. A caller is to be told the same by the
third, to the byte, as where there is nothing to be kept from them. Before that, cleared callers
have asked for, summed up, voted on and filed all of it there.
"""

import io
import logging
import re
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assistant.access import Level, Role
from assistant.api.app import create_app
from assistant.api.keys import add_key, revoke_key
from assistant.api.settings import ServingSettings
from assistant.cli.intake import FileIntake
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.store.store import Store
from ingest.pipeline import Access, files_in, ingest
from tests.assistant.api.attempts import (
    ASKED_OF_SECRETS,
    ATTEMPTS,
    V1,
    Attempt,
    Known,
    attempts,
    is_internal,
    known_of,
    plain,
    replayed,
)
from tests.assistant.api.conftest import KEYS, SETTING
from tests.assistant.conftest import INTERNAL
from tests.assistant.test_access import CLOSED_WORDS, INTERNAL_WORDS

CLOSED_FACTS = (*CLOSED_WORDS, "148.300 kr")
INTERNAL_FACTS = (*INTERNAL_WORDS, "3,4 mio. kr. i 2026", "14 tomme pladser")
HIDDEN = {"": (*CLOSED_FACTS, *INTERNAL_FACTS), "public": (*CLOSED_FACTS, *INTERNAL_FACTS),
          "member": CLOSED_FACTS}  # fmt: skip
SAME_TO_ALL = {"GET /docs", "GET /", "GET /openapi.json", "GET /healthz", "GET /readyz",
               "GET /metrics", "GET /api/v1/healthz", "GET /api/v1/readyz",
               "GET /api/v1/metrics"}  # fmt: skip
TELLS_NOTHING = SAME_TO_ALL | {
    "GET /v1/models", "GET /v1/models/{model}", "POST /api/v1/documents", "POST /api/v1/feedback",
    "POST /api/v1/items/{item_id}/stance", "GET /api/v1/items/{item_id}/stance",
    "POST /api/v1/meetings/{meeting_id}/summaries", "DELETE /api/v1/jobs/{job_id}",
    "PUT /api/v1/items/{item_id}/summary",
}  # fmt: skip
ADMINS_ONLY = {"GET /api/v1/feedback.csv", "GET /api/v1/stances.csv"}
NOT_DOCUMENTED = {"/mcp", "/docs", "/openapi.json", "/"}
STATIC = {"/static-offline-docs", "/docs/oauth2-redirect"}
VARYING = (
    (re.compile(r'"took_ms": ?\d+'), "took"),
    (re.compile(r'took_ms\\": ?\d+'), "took"),
    (re.compile(r'"created": ?\d+'), "created"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "id"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(\+00:00|Z)?"), "at"),
)
TOLD_BY_HEADERS = ("content-type", "etag", "location", "cache-control", "vary", "allow",
                   "idempotency-replayed", "www-authenticate")  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What came back, without what differs from call to call."""

    attempt: Attempt
    status: int
    headers: tuple[str, ...]
    text: str

    def words_of(self, hidden: tuple[str, ...]) -> list[str]:
        """The hidden words that it tells, but for those that the caller brought."""
        text, brought = self.text.casefold(), plain(self.attempt.words)
        for own in self.attempt.words:
            text = text.replace(own.casefold(), "").replace(quote(own, safe="").casefold(), "")
        return [word for word in hidden if word in text and word not in brought]


class Site:
    """One store behind the API, called in this process."""

    def __init__(self, assistant: Assistant, client: TestClient) -> None:
        self.assistant = assistant
        self.client = client
        self._told: dict[str, dict[str, list[Reply]]] = {}

    def tell(self, attempt: Attempt, key: str = "") -> Reply:
        """Return the reply to a key's request; without a key, to nobody's."""
        own = {"X-API-Key": key} if key else {}
        sent = {**attempt.sent, "headers": {**attempt.sent.get("headers", {}), **own}}
        made = self.client.request(attempt.method, attempt.path, follow_redirects=False, **sent)
        headers = tuple(f"{name}: {made.headers.get(name)}" for name in TOLD_BY_HEADERS)
        return Reply(attempt, made.status_code, headers, steady(text_of(made)))

    def tell_all(self, role: str, known: Known) -> dict[str, list[Reply]]:
        """Return the replies to every attempt by a role, call by call; made once and then kept."""
        if role not in self._told:
            key = KEYS[role] if role else ""
            self._told[role] = {
                operation: [self.tell(one, key) for one in attempts(operation, known)]
                for operation in ATTEMPTS
            }
        return self._told[role]


def text_of(made: Response) -> str:
    if made.headers.get("content-type", "").startswith("application/vnd.openxml"):
        with zipfile.ZipFile(io.BytesIO(made.content)) as word:
            return "".join(word.read(one).decode() for one in word.namelist() if "xml" in one)
    return made.text


def steady(text: str) -> str:
    for pattern, name in VARYING:
        text = pattern.sub(name, text)
    return text


class KeptRecords(logging.Handler):
    """Every line that is logged, but for those of the client that the tests call by."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(("httpx", "httpcore", "asyncio")):
            told = f"{record.name}: {record.getMessage()} {getattr(record, 'call', '')}"
            self.lines.append(told)


@dataclass
class Sites:
    """The three stores, what is known of the last, and what was logged there."""

    open: Site
    internal: Site
    full: Site
    known: Known
    revoked: str
    logged: list[str]

    def is_a_members(self, attempt: Attempt) -> bool:
        """Whether it is for what members see, of which cleared callers have left something."""
        return quote(self.known.items[0], safe="") in attempt.path

    def without(self, role: str) -> Site:
        """The site where nothing is kept from a role."""
        return self.internal if role == "member" else self.open


@pytest.fixture(scope="module")
def sites(
    sample_home: Settings,
    both: tuple[Assistant, Assistant],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Sites]:
    homes = tmp_path_factory.mktemp("leaks")

    def copied(home: Path, name: str) -> Settings:
        shutil.copytree(home, homes / name)
        return sample_home.model_copy(update={"home": homes / name})

    with_internal = copied(sample_home.home, "internal")
    with closing(Store(with_internal)) as store:
        ingest(files_in([INTERNAL]), store, access=Access(Level.INTERNAL))
    with ExitStack() as stack:

        def site(settings: Settings) -> Site:
            assistant = stack.enter_context(closing(Assistant(settings)))
            told = ServingSettings(api_keys=SETTING, rate_limit="", wrong_keys="")  # type: ignore[arg-type]
            app = create_app(assistant, told, FileIntake())
            client = TestClient(app, raise_server_exceptions=False)
            return Site(assistant, stack.enter_context(client))

        full = site(copied(both[1].store.home, "full"))
        keys = full.assistant.store.catalogue
        revoked, _ = add_key(keys, "tidligere", Role.ADMIN)
        revoke_key(keys, "tidligere")
        records = KeptRecords()
        logging.getLogger().addHandler(records)
        logging.getLogger().setLevel(logging.DEBUG)
        known = filed(full, known_of(full.assistant))
        plain_site, internal = site(copied(sample_home.home, "open")), site(with_internal)
        yield Sites(plain_site, internal, full, known, revoked, records.lines)
        logging.getLogger().removeHandler(records)
        logging.getLogger().setLevel(logging.WARNING)


def filed(full: Site, known: Known) -> Known:
    """Have cleared callers do with the secrets all that leaves something behind; return what is
    known then."""

    def call(method: str, path: str, role: str = "cleared", **sent: Any) -> Response:
        headers = {"X-API-Key": KEYS[role], **sent.pop("headers", {})}
        return full.client.request(method, f"{V1}{path}", headers=headers, **sent)

    etags = []
    for item in known.items:
        path = f"/items/{quote(item, safe='')}"
        made = call("POST", "/summaries", json={"item_id": item}, headers=replayed(item))
        approved = {**made.json(), "status": "godkendt", "approved_by": "Bo"}
        kept = call("PUT", f"{path}/summary", json=approved)
        if made.status_code == 200:
            assert kept.status_code == 200
            etags.append(kept.headers["etag"])
        etags.append(call("GET", path).headers["etag"])
        assert call("POST", f"{path}/stance", json={"stance": "enig"}).status_code == 200
    said = {"verdict": "wrong", "question": ASKED_OF_SECRETS[0], "item_id": known.items[0],
            "reason": "Det er kandidat Nordlys, og der er 14 tomme pladser."}  # fmt: skip
    assert call("POST", "/feedback", json=said).status_code == 201
    [meeting] = known.meetings
    etags.append(call("GET", f"/meetings/{meeting}").headers["etag"])
    call("POST", f"/meetings/{meeting}/briefing", headers=replayed("briefing"))
    files = [("file", ("stormsvaleholm.png", b"\x89PNG"))]
    jobs = [
        call("POST", f"/meetings/{meeting}/summaries", json={}, headers=replayed("job")),
        call("POST", "/documents?internal=true", "admin", files=files),
    ]
    ids = tuple(one.json()["id"] for one in jobs)
    deadline = time.monotonic() + 20
    while not all(call("GET", f"/jobs/{one}", "admin").json()["ended_at"] for one in ids):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return replace(known, etags=tuple(etags), jobs=ids)


def test_every_call_has_its_attempts(sites: Sites) -> None:
    app = sites.full.client.app
    documented = {
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()  # type: ignore[attr-defined]
        for method in methods
    }
    for operation in sorted(documented):
        assert operation in ATTEMPTS, f"no leak case for {operation}"
    named = {route.path for route in app.routes if hasattr(route, "path")}  # type: ignore[attr-defined]
    for path in sorted(named - STATIC):
        assert path in NOT_DOCUMENTED, f"no leak case for {path}"
    assert len(ATTEMPTS) == len(documented) + len(NOT_DOCUMENTED) + 3


def test_the_words_are_told_to_whom_they_are_for_by_every_call_that_tells_anything(
    sites: Sites,
) -> None:
    """Else that nobody else is told them would say nothing."""
    told = sites.full.tell_all("cleared", sites.known)
    hidden = (*CLOSED_FACTS, *INTERNAL_FACTS)
    silent = {one for one in ATTEMPTS if not any(reply.words_of(hidden) for reply in told[one])}
    assert silent == TELLS_NOTHING | ADMINS_ONLY
    for operation in ADMINS_ONLY:
        [attempt] = attempts(operation, sites.known)
        exported = sites.full.tell(attempt, KEYS["admin"])
        assert exported.words_of(hidden)


@pytest.mark.parametrize("role", ["", "member"])
def test_a_role_is_told_the_same_as_where_nothing_is_kept_from_it(
    sites: Sites, role: str
) -> None:
    told = sites.full.tell_all(role, sites.known)
    elsewhere = sites.without(role).tell_all(role, sites.known)
    different = [
        (one.attempt, one.status, one.headers, one.text, other.status, other.headers, other.text)
        for operation in ATTEMPTS
        for one, other in zip(told[operation], elsewhere[operation], strict=True)
        if one.attempt.compared and one != other and not (role and sites.is_a_members(one.attempt))
    ]
    assert not different, f"{len(different)}: {different[0]}"


@pytest.mark.parametrize("role", ["", "public", "member"])
def test_no_call_tells_a_role_a_word_that_is_not_for_it(sites: Sites, role: str) -> None:
    told = sites.full.tell_all(role, sites.known)
    leaked = [
        (operation, reply.attempt, words)
        for operation, replies in told.items()
        for reply in replies
        if (words := reply.words_of(HIDDEN[role]))
    ]
    assert not leaked


def test_with_a_key_of_the_public_one_gets_as_far_as_without(sites: Sites) -> None:
    keyed, bare = (sites.full.tell_all(role, sites.known) for role in ("public", ""))
    for operation in ATTEMPTS:
        assert [one.status for one in keyed[operation]] == [one.status for one in bare[operation]]


@pytest.mark.parametrize("which", ["wrong", "revoked"])
def test_a_key_that_does_not_work_gets_nothing(sites: Sites, which: str) -> None:
    key = {"wrong": "admin-key-of-the-texts", "revoked": sites.revoked}[which]
    for operation in ATTEMPTS.keys() - SAME_TO_ALL:
        tried = [one for one in attempts(operation, sites.known) if "%2F" not in one.path]
        told = [sites.full.tell(one, key) for one in tried]
        assert {(one.status, one.text) for one in told} == {(401, told[0].text)}, operation
        assert not told[0].words_of(HIDDEN[""])


def test_what_is_internal_is_answered_as_what_does_not_exist(sites: Sites) -> None:
    """To the byte: the ids themselves and the call's own are all that differs."""
    internal = [*sites.known.items[:2], *sites.known.meetings]
    assert all(map(is_internal, internal))
    for operation, replies in sites.full.tell_all("", sites.known).items():
        for reply in replies:
            path = reply.attempt.path
            for one in (quote(name, safe="") for name in internal):
                if one in path.split("/"):
                    other = replace(reply.attempt, path=path.replace(one, "findes-ikke"))
                    told = sites.full.tell(other)
                    name = reply.text.replace(one, "findes-ikke").replace(
                        one.replace("%3A", ":"), "findes-ikke"
                    )
                    assert (told.status, told.headers, told.text) == (
                        reply.status, reply.headers, name
                    ), operation  # fmt: skip
                    assert reply.status in (401, 403, 404), operation


def test_of_a_closed_item_there_is_a_no_with_its_title(sites: Sites) -> None:
    catalogue = sites.open.assistant.store.catalogue
    closed = catalogue.items(sites.known.items)
    assert len(closed) > 5
    assert all(one.closed for one in closed.values())
    for role in ("", "member"):
        for replies in sites.full.tell_all(role, sites.known).values():
            for reply in replies:
                item = next((closed[one] for one in closed if one in reply.attempt.path), None)
                if item and "/items/" in reply.attempt.path and reply.status != 200:
                    assert reply.status == 403
                    assert item.title in reply.text or "rollen" in reply.text
    for one in closed:
        told = sites.full.client.get(f"{V1}/items/{one}").json()
        named = {"item_id", "item_number", "title", "case_number", "closed", "municipality",
                 "committee", "meeting_date", "document", "url"}  # fmt: skip
        assert {name for name, value in told.items() if value} <= named


def test_a_key_made_again_for_a_lower_role_gets_nothing_that_was_the_higher_ones(
    sites: Sites,
) -> None:
    keys = sites.full.assistant.store.catalogue
    [meeting] = sites.known.meetings
    told = {"json": {"item_id": sites.known.items[2]}, "headers": {"Idempotency-Key": "anna"}}
    asked = Attempt("POST", f"{V1}/summaries", told)
    job = Attempt("POST", f"{V1}/meetings/{meeting}/summaries", {"json": {}})
    key, _ = add_key(keys, "anna", Role.CLEARED)
    assert sites.full.tell(asked, key).status == 200
    made = sites.full.client.post(job.path, json={}, headers={"X-API-Key": key})
    path = made.headers["location"]
    assert sites.full.client.get(path, headers={"X-API-Key": key}).status_code == 200
    for role in (Role.MEMBER, Role.PUBLIC):
        revoke_key(keys, "anna")
        key, _ = add_key(keys, "anna", role)
        assert sites.full.tell(asked, key).status == 403
        assert sites.full.tell(Attempt("GET", path), key).status == 404
        assert sites.full.tell(Attempt("DELETE", path), key).status == 404
        assert sites.full.client.get(f"{V1}/jobs", headers={"X-API-Key": key}).json() == []
    revoke_key(keys, "anna")


def test_nothing_that_a_key_is_told_may_be_kept_for_others(sites: Sites) -> None:
    for operation, replies in sites.full.tell_all("cleared", sites.known).items():
        for reply in replies:
            kept = next(one for one in reply.headers if one.startswith("cache-control"))
            assert "no-store" in kept or "private" in kept or operation in ("GET /", "GET /docs")


def test_nothing_of_it_is_logged_or_lies_among_what_is_open(sites: Sites) -> None:
    for role in ("cleared", "", "member"):
        sites.full.tell_all(role, sites.known)
    hidden = (*CLOSED_FACTS, *INTERNAL_FACTS)
    assert len(sites.logged) > 1000
    assert not [line for line in sites.logged for word in hidden if word in line.casefold()]
    home = sites.full.assistant.store.home
    for name in ("catalogue.sqlite3", "catalogue.sqlite3-wal"):
        lying = (home / name).read_bytes().decode("utf-8", "replace").casefold()
        assert not [word for word in hidden if word in lying]


def test_how_often_it_was_tried(sites: Sites) -> None:
    """Fewer attempts than this would be another suite."""
    counted = Counter({one: len(attempts(one, sites.known)) for one in ATTEMPTS})
    assert counted.total() > 300, counted
