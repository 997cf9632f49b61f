import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from assistant.access import Role
from assistant.errors import WrongUseError
from assistant.jobs.callback import Callbacks, resolved
from assistant.store.jobs import Job

JOB = Job(
    "j1", "documents", {"files": ["hemmelig.md"]}, "key a", Role.ADMIN, status="done", done=1,
    total=1, callback="waiting",
)  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x", "http://localhost:9/x", "http://[::1]/", "http://10.0.0.8/",
        "http://192.168.1.1", "http://172.16.0.1", "http://169.254.169.254/latest",
        "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/", "http://0.0.0.0/",
        "http://224.0.0.1/", "http://100.64.0.1/", "http://2130706433/", "http://0x7f.1/",
        "http://findes-ikke.invalid/",
    ],
)  # fmt: skip
def test_nothing_is_told_inwards(url: str) -> None:
    with pytest.raises(WrongUseError, match="internt"):
        resolved(url)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.dk", "file:///etc/passwd", "//example.dk", "http://", "x", "",
     "http://a:b@93.184.216.34/", "http://93.184.216.34/#x", "http://93.184.216.34:99999/"],
)  # fmt: skip
def test_only_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(WrongUseError, match="https://"):
        resolved(url)


def test_a_name_is_outside_only_if_all_its_machines_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*addresses: str) -> Any:
        return lambda *_, **__: [(0, 0, 0, "", (one, 0)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found("93.184.216.34", "10.0.0.1"))
    with pytest.raises(WrongUseError):
        resolved("https://portal.example/")
    assert resolved("https://portal.example/", frozenset({"portal.example"}))
    monkeypatch.setattr(socket, "getaddrinfo", found("93.184.216.34"))
    assert resolved("https://portal.example/").ip == "93.184.216.34"


class Receiver:
    """Takes callbacks, with the statuses that it is told to answer."""

    def __init__(self, *statuses: int) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        receiver, left = self, list(statuses)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.taken.append((dict(self.headers), body))
                self.send_response(left.pop(0) if left else 204)
                self.send_header("Location", "/andetsteds")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/besked"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver(503, 302)
    yield receiver
    receiver.close()


def delivered(url: str, hosts: frozenset[str]) -> str:
    noted: list[str] = []
    callbacks = Callbacks("nøgle", hosts, lambda _, status: noted.append(status), 0.01)
    callbacks.tell(replace(JOB, callback_url=url))
    for _ in range(300):
        if noted:
            break
        time.sleep(0.02)
    callbacks.close()
    return noted[0]


def test_the_end_of_a_job_is_told_signed_and_again_until_it_is_taken(receiver: Receiver) -> None:
    assert delivered(receiver.url, frozenset({"localhost"})) == "told"
    assert len(receiver.taken) == 3, "a redirect is not followed, but tried again"
    headers, body = receiver.taken[-1]
    signed = headers["X-Assistant-Timestamp"].encode() + b"." + body
    expected = hmac.new("nøgle".encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Assistant-Signature"] == f"sha256={expected}"
    assert headers["Host"] == receiver.url.split("/")[2]
    told = json.loads(body)
    assert (told["job_id"], told["status"]) == ("j1", "done")
    assert "hemmelig" not in body.decode()


def test_an_address_that_lies_inside_by_now_is_told_nothing(receiver: Receiver) -> None:
    assert delivered(receiver.url, frozenset()) == "failed"
    assert not receiver.taken
