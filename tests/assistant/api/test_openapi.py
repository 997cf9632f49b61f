from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from assistant.api import examples
from assistant.api.blocks import Block
from assistant.api.jobs import JobTold
from assistant.api.material import ItemTold, MeetingsPage, MeetingTold
from assistant.api.voices import StancesTold
from assistant.types import Answer, Hit
from tests.assistant.api.conftest import ClientOf


def operations(client: TestClient) -> dict[str, Any]:
    paths = client.get("/openapi.json").json()["paths"]
    return {path: told for path, methods in paths.items() for told in methods.values()}


def test_every_error_is_told_as_a_problem(client: TestClient) -> None:
    for path, told in operations(client).items():
        if path.startswith("/v1/"):
            assert {"4XX", "5XX"} < set(told["responses"])
            continue
        for status in ("401", "422", "429", "503"):
            [media_type] = told["responses"][status]["content"]
            assert media_type == "application/problem+json", path


def test_every_answer_has_an_example(client: TestClient) -> None:
    for path, told in operations(client).items():
        good = next(told["responses"][one] for one in ("200", "201", "202")
                    if one in told["responses"])  # fmt: skip
        if not path.endswith((".csv", "z", "metrics", "feedback")):
            assert any("example" in content for content in good["content"].values()), path


@pytest.mark.parametrize(
    ("type_of", "example"),
    [
        (Answer, examples.ANSWER),
        (list[Hit], examples.HITS),
        (MeetingsPage, examples.MEETINGS),
        (MeetingTold, examples.MEETING),
        (ItemTold, examples.ITEM),
        (Block, examples.BLOCK),
        (JobTold, examples.JOB),
        (StancesTold, examples.STANCES),
    ],
)
def test_an_example_is_what_it_is_an_example_of(type_of: Any, example: Any) -> None:
    adapter = TypeAdapter(type_of)
    assert adapter.dump_python(adapter.validate_python(example), mode="json") == example


def test_a_key_may_be_left_out_only_where_it_may(client_of: ClientOf) -> None:
    assert {} in operations(client_of())["/api/v1/ask"]["security"]
    assert {} not in operations(client_of(anonymous=False))["/api/v1/ask"]["security"]
