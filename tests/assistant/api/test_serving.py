"""A real server: what only a network connection shows."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from assistant.api.app import create_app
from assistant.api.settings import ServingSettings
from assistant.service import Assistant
from assistant.types import Answer, Claim, ClaimShown
from tests.assistant.api.conftest import Server, running

SHOWN = ClaimShown(Claim("Ja.", "quote", ()), (), ())


class Told:
    """A stream that yields a claim each 50 ms, and notes whether it was ended early."""

    def __init__(self) -> None:
        self.claims = 0
        self.ended = threading.Event()

    def stream(self, *_: Any, **__: Any) -> Iterator[ClaimShown | Answer]:
        try:
            for _number in range(200):
                time.sleep(0.05)
                self.claims += 1
                yield SHOWN
        finally:
            self.ended.set()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told()
    monkeypatch.setattr(Assistant, "stream", lambda self, *a, **k: told.stream())
    return told


@pytest.fixture
def server(portal_assistant: Assistant) -> Iterator[Server]:
    with running(create_app(portal_assistant, ServingSettings(threads=2))) as server:
        yield server


def test_claims_come_as_they_are_made_and_stop_when_the_client_goes(
    server: Server, told: Told
) -> None:
    asked = {"question": "Hvad?"}
    with httpx.stream("POST", f"{server.url}/api/v1/ask/stream", json=asked) as streamed:
        lines = streamed.iter_lines()
        assert next(lines) == "event: claim"
        assert told.claims < 20, "the first comes long before the last"
    assert told.ended.wait(2)
    assert told.claims < 40


def test_a_stream_ends_when_the_server_stops(server: Server, told: Told) -> None:
    asked = {"question": "Hvad?"}
    with httpx.stream("POST", f"{server.url}/api/v1/ask/stream", json=asked) as streamed:
        lines = streamed.iter_lines()
        next(lines)
        server.should_exit = True
        with pytest.raises(httpx.HTTPError):
            list(lines)
    assert told.ended.wait(5)
