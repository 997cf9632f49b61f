import json
from dataclasses import asdict
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.cli.output import json_text
from assistant.errors import ModelError
from assistant.service import Assistant
from assistant.types import Answer, Filters, Turn
from tests.assistant.api.conftest import ClientOf

QUESTION = "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?"


def events_of(text: str) -> list[tuple[str, Any]]:
    """The named events of a stream with their data."""
    parts = [part.splitlines() for part in text.split("\r\n\r\n") if part.startswith("event:")]
    return [(name[7:], json.loads(data[6:])) for name, data in parts]


def steady(answer: Any) -> Any:
    return {**answer, "took_ms": 0}


def test_an_answer_is_the_one_that_the_command_line_prints(
    client: TestClient, portal_assistant: Assistant
) -> None:
    told = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    printed = json.loads(json_text(asdict(portal_assistant.ask(QUESTION))))
    assert steady(told) == steady(printed)
    assert list(told) == list(printed)
    assert told["status"] == "answered"


def test_filters_history_and_engine_reach_the_service(
    client: TestClient, portal_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def ask(
        self: Assistant, question: str, filters: Filters, top_k: int, **more: Any
    ) -> Answer:
        given.extend((question, filters, top_k, more["history"], more["engine"]))
        return Answer(question, "not_found", "extractive", None, "Nej.")

    monkeypatch.setattr(Assistant, "ask", ask)
    asked = {
        "question": " Og prisen? ",
        "filters": {
            "committee": ["Byråd", "Økonomiudvalget"], "from": "2025-01-01", "to": "",
            "case_number": "25-004711", "item_id": "a", "municipality": "Fjordby",
            "document_kind": "minutes",
        },
        "history": [
            {"role": "user", "content": "Hvad?"},
            {"role": "assistant", "content": "Det."},
            {"question": "Hvem?", "answer": "Dem."},
        ],
        "engine": "extractive",
        "top_k": 3,
    }  # fmt: skip
    assert client.post("/api/v1/ask", json=asked).status_code == 200
    question, filters, top_k, history, engine = given
    assert (question, top_k, engine) == ("Og prisen?", 3, "extractive")
    assert filters.committee == ("Byråd", "Økonomiudvalget")
    assert (str(filters.date_from), filters.date_to) == ("2025-01-01", None)
    assert (filters.case_number, filters.item_id) == ("25-004711", "a")
    assert (filters.municipality, filters.document_kind) == ("Fjordby", "minutes")
    assert history == (
        Turn("user", "Hvad?"), Turn("assistant", "Det."),
        Turn("user", "Hvem?"), Turn("assistant", "Dem."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "»question« mangler."),
        ({"question": "  "}, "»question« skal være på mindst 1 tegn."),
        ({"question": "a" * 2001}, "højst være på 2000 tegn"),
        ({"question": "Hvad?", "filters": {"udvalg": "x"}}, "»filters.udvalg« kendes ikke"),
        ({"question": "Hvad?", "filters": {"from": "i går"}}, "dato som 2025-05-27"),
        ({"question": "Hvad?", "filters": {"to": 0}}, "dato som 2025-05-27"),
        ({"question": "Hvad?", "filters": {"to": "0"}}, "dato som 2025-05-27"),
        ({"question": "Hvad?", "filters": {"committee": "Byråd"}}, "skal være en liste"),
        ({"question": "Hvad?", "history": [{"role": "system", "content": "x"}]}, "'user' eller"),
        ({"question": "Hvad?", "top_k": 0}, "skal være mindst 1"),
        ({"question": "Hvad?", "engine": "gpt"}, "'extractive' eller 'generative'"),
    ],
)
def test_what_cannot_be_asked_is_told_in_danish(
    client: TestClient, asked: dict[str, Any], sentence: str
) -> None:
    for path in ("/api/v1/ask", "/api/v1/ask/stream"):
        refused = client.post(path, json=asked)
        assert refused.status_code == 422
        assert sentence in refused.json()["detail"]


def test_a_model_that_is_not_set_up_is_told(client: TestClient) -> None:
    asked = {"question": QUESTION, "engine": "generative"}
    for path in ("/api/v1/ask", "/api/v1/ask/stream"):
        refused = client.post(path, json=asked)
        assert refused.status_code == 409
        assert "»extractive«" in refused.json()["detail"]


def test_a_stream_is_claims_and_then_one_answer(client: TestClient) -> None:
    streamed = client.post("/api/v1/ask/stream", json={"question": QUESTION})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = events_of(streamed.text)
    names = [name for name, _ in events]
    assert names == ["claim"] * (len(names) - 1) + ["answer"]
    answer = events[-1][1]
    assert [told["claim"] for _, told in events[:-1]] == answer["claims"]
    assert steady(answer) == steady(client.post("/api/v1/ask", json={"question": QUESTION}).json())


def test_what_fails_after_the_start_of_a_stream_is_one_error_event(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise ModelError("Sprogmodellen svarer ikke.")
        yield

    monkeypatch.setattr(Assistant, "stream", failing)
    streamed = client.post("/api/v1/ask/stream", json={"question": QUESTION})
    [(name, problem)] = events_of(streamed.text)
    assert name == "error"
    assert (problem["status"], problem["detail"]) == (503, "Sprogmodellen svarer ikke.")


def test_search_gives_the_hits_of_the_service(
    client: TestClient, portal_assistant: Assistant
) -> None:
    told = client.get("/api/v1/search", params={"q": "cykelsti", "limit": 3, "from": ""}).json()
    found = portal_assistant.search("cykelsti", limit=3)
    assert told == json.loads(json_text([asdict(hit) for hit in found]))
    body = {"q": "cykelsti", "committee": ["Byråd 2022-2025"]}
    narrowed = client.get("/api/v1/search", params=body).json()
    assert {hit["source"]["committee"] for hit in narrowed} <= {"Byråd 2022-2025"}
    assert client.get("/api/v1/search?q=x&udvalg=y").status_code == 422


def test_no_question_and_no_address_is_logged_unless_switched_on(
    client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "assistant.api"):
        client_of("member").get("/api/v1/search?q=hemmelighed")
        [line] = [record.call for record in caplog.records if hasattr(record, "call")]
        assert "hemmelighed" not in json.dumps(line)
        assert "testclient" not in json.dumps(line)
        assert (line["route"], line["status"], line["role"]) == ("/search", 200, "member")
        caplog.clear()
        client_of(log_questions=True).get("/api/v1/search?q=hemmelighed")
        [line] = [record.call for record in caplog.records if hasattr(record, "call")]
        assert line["question"] == "hemmelighed"
