"""The API in this process, over the sample store."""

import shutil
from collections.abc import Callable, Iterator

import pytest
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
