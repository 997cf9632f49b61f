"""The container files against the program that they start; no container host is needed."""

import json
import re
import tomllib
from typing import Any

import pytest
import yaml

from assistant.api.settings import ServingSettings
from assistant.settings import Settings
from tests.test_architecture import PACKAGES, ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SETTINGS = {*Settings.model_fields, *ServingSettings.model_fields}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(COMPOSE)
    return told


def instructions(name: str) -> list[str]:
    """The instructions of one name, continued lines joined, in both stages."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} +(.+)$", joined, re.MULTILINE)


def argument(name: str) -> str:
    [value] = re.findall(rf"^ARG {name}=(.+)$", DOCKERFILE, re.MULTILINE)
    return str(value)


def environment() -> dict[str, str]:
    told = (one for line in instructions("ENV") for one in line.split())
    return dict(one.split("=", 1) for one in told)


def test_only_settings_that_exist_are_named() -> None:
    named = set(re.findall(r"ASSISTANT_([A-Z_]+)", DOCKERFILE + COMPOSE))
    assert named
    assert {one.lower() for one in named} <= SETTINGS


def test_the_port_is_the_same_everywhere(compose: dict[str, Any]) -> None:
    [exposed] = instructions("EXPOSE")
    *_, command = instructions("CMD")
    words = json.loads(command)
    [published] = compose["services"]["assistant"]["ports"]
    [checked] = re.findall(r"http://127\.0\.0\.1:(\d+)/healthz", DOCKERFILE)
    assert words[words.index("--port") + 1] == exposed == checked == published.split(":")[-1]
    assert words[0] == "serve"
    assert published.startswith("127.0.0.1:")


def test_what_is_written_lies_in_the_volume_and_the_rest_is_read_only(
    compose: dict[str, Any],
) -> None:
    [volume] = instructions("VOLUME")
    service = compose["services"]["assistant"]
    [mounted] = service["volumes"]
    assert environment()["ASSISTANT_HOME"] == volume == mounted.split(":")[1]
    assert service["read_only"] is True
    assert environment()["HOME"] in service["tmpfs"]
    [user] = instructions("USER")
    assert all(int(one) > 0 for one in user.split(":"))
    assert f"useradd --uid {user.split(':')[0]} " in DOCKERFILE


def test_the_model_is_unpacked_where_it_is_looked_for() -> None:
    models = environment()["ASSISTANT_MODELS"]
    assert f"ASSISTANT_MODELS={models} python" in DOCKERFILE
    assert f"--from=build {models} {models}" in instructions("COPY")
    assert environment()["HF_HUB_OFFLINE"] == "1"


def test_what_is_copied_is_there_and_is_every_package() -> None:
    copied = [one for line in instructions("COPY") if "--from" not in line
              for one in line.split()[:-1]]  # fmt: skip
    assert all((ROOT / one).exists() for one in copied)
    assert set(PACKAGES) <= set(copied)


def test_extras_and_constraints_are_those_of_the_project(compose: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    built = compose["services"]["assistant"]["build"]["args"]["EXTRA"]
    assert {argument("EXTRA"), built} <= set(extras)
    assert all("-c constraints.txt" in one for one in re.findall(r"pip install [^&]*-r [^&]*",
                                                                 DOCKERFILE))  # fmt: skip
    [python] = set(re.findall(r"^FROM python:(\d+\.\d+)-", DOCKERFILE, re.MULTILINE))
    assert python == project["requires-python"].removeprefix(">=")


def test_only_the_assistant_starts_unless_more_is_asked_for(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, told in services.items() if "profiles" not in told] == ["assistant"]
    used = {one.split(":")[0] for told in services.values() for one in told.get("volumes", ())}
    assert used == set(compose["volumes"])


def test_serving_may_stop_before_it_is_killed(compose: dict[str, Any]) -> None:
    service = compose["services"]["assistant"]
    grace = int(service["stop_grace_period"].removesuffix("s"))
    assert grace > int(service["environment"]["ASSISTANT_STOP_TIMEOUT"])
