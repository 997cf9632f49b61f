"""The API in this process, over the sample store."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.settings import ServingSettings
from assistant.cli.intake import FileIntake
from assistant.service import Assistant
from assistant.settings import Settings

KEYS = {role: f"{role}-key-of-the-tests" for role in ("public", "member", "cleared", "admin")}
SETTING = " ".join(f"{role}:{key}" for role, key in KEYS.items())
ClientOf = Callable[..., TestClient]


@pytest.fixture(scope="session")
def portal_assistant(sample_home: Settings) -> Iterator[Assistant]:
    assistant = Assistant(sample_home)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def own(sample_home: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The sample in a store that a module's tests may write in."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(sample_home.home, home)
    assistant = Assistant(sample_home.model_copy(update={"home": home}))
    yield assistant
    assistant.close()


@pytest.fixture
def client_of(portal_assistant: Assistant) -> ClientOf:
    """A client of an API with the given settings, by the key of a role where one is named."""

    def client_of(role: str = "", assistant: Assistant | None = None, **told: object) -> TestClient:
        settings = ServingSettings(**{"api_keys": SETTING, "rate_limit": "", **told})
        app = create_app(assistant or portal_assistant, settings, FileIntake())
        headers = {"X-API-Key": KEYS[role]} if role else {}
        return TestClient(app, headers=headers, raise_server_exceptions=False)

    return client_of


@pytest.fixture
def client(client_of: ClientOf) -> TestClient:
    return client_of()


class Server(uvicorn.Server):
    """A server that tells where it is."""

    url = ""


@contextmanager
def running(app: FastAPI) -> Iterator[Server]:
    """Serve the application on a free port, and stop it at the end."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5))
        server.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield server
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive(), "it stops"


@pytest.fixture(scope="session")
def levels_url(both: tuple[Assistant, Assistant]) -> Iterator[str]:
    """The address of an API over the sample with what is internal and closed."""
    settings = ServingSettings(api_keys=SETTING, rate_limit="", wrong_keys="")
    with running(create_app(both[1], settings)) as server:
        yield server.url
