import re

import pytest
from fastapi.testclient import TestClient

from assistant.api.limits import network_of
from assistant.errors import WrongUseError
from assistant.service import Assistant
from assistant.store.store import Store
from tests.assistant.api.conftest import ClientOf


def test_calls_over_the_rate_are_told_when_to_come_again(client_of: ClientOf) -> None:
    client = client_of(rate_limit="2/minute")
    first, second, third = (client.get("/api/v1/meetings") for _ in range(3))
    assert first.headers["ratelimit-limit"] == "2"
    assert (first.headers["ratelimit-remaining"], second.status_code) == ("1", 200)
    assert third.status_code == 429
    assert 0 < int(third.headers["retry-after"]) <= 60
    assert "Vent" in third.json()["detail"]
    key = {"X-API-Key": "member-key-of-the-tests"}
    assert client.get("/api/v1/meetings", headers=key).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_addresses_of_one_subscriber_are_one() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::2:1") != network_of("2001:db8:1::1")
    assert network_of("10.0.0.1") != network_of("10.0.0.2")


def test_a_rate_that_cannot_be_read_is_told_at_the_start(client_of: ClientOf) -> None:
    with pytest.raises(WrongUseError, match="ASSISTANT_RATE_LIMIT"):
        client_of(rate_limit="mange")


def test_a_request_that_is_too_large_is_refused(client_of: ClientOf) -> None:
    client = client_of(max_request_bytes=1000)
    large = {"question": "a" * 1000}
    in_pieces = (part for part in [b'{"question": "', b"a" * 1000, b'"}'])
    for refused in (
        client.post("/api/v1/ask", json=large),
        client.post(
            "/api/v1/ask", content=in_pieces, headers={"Content-Type": "application/json"}
        ),
    ):
        assert refused.status_code == 413
        assert "1.000 byte" in refused.json()["detail"]


def test_what_takes_too_long_is_given_up(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    def slow(*_: object, **__: object) -> None:
        time.sleep(0.3)

    monkeypatch.setattr(Assistant, "ask", slow)
    given_up = client_of(request_timeout=0.05).post("/api/v1/ask", json={"question": "Hvad?"})
    assert given_up.status_code == 503
    assert "for lang tid" in given_up.json()["detail"]
    assert "retry-after" in given_up.headers


def test_an_unforeseen_error_is_a_problem_without_a_traceback(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("hemmelig sti")

    monkeypatch.setattr(Assistant, "meetings", broken)
    told = client.get("/api/v1/meetings", headers={"X-Request-ID": "min-id"})
    assert told.status_code == 500
    assert told.json()["request_id"] == told.headers["x-request-id"] == "min-id"
    assert "hemmelig" not in told.text
    assert "hemmelig sti" in caplog.text, "it stands in the log"


def test_a_request_id_that_could_forge_a_log_line_is_replaced(client: TestClient) -> None:
    told = client.get("/healthz", headers={"X-Request-ID": 'a"b c'})
    assert re.fullmatch("[0-9a-f]{32}", told.headers["x-request-id"])


def test_unknown_paths_and_methods_are_problems(client: TestClient) -> None:
    assert "/docs" in client.get("/findes-ikke").json()["detail"]
    wrong = client.get("/api/v1/ask")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    assert wrong.headers["content-type"] == "application/problem+json"


def test_ready_is_said_only_in_step(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("/healthz", "/readyz", "/api/v1/healthz", "/api/v1/readyz"):
        assert client.get(path).json() == {"status": "ok"}
    monkeypatch.setattr(Store, "in_step", lambda self: False)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_metrics_count_calls_and_answers_and_tell_nothing_of_them(client_of: ClientOf) -> None:
    client = client_of()
    client.post("/api/v1/ask", json={"question": "Hvad koster skybrudssikring af Nørrevang?"})
    client.get("/api/v1/items/hemmeligt-id")
    client.request("OPFUNDET", "/api/v1/meetings")
    told = client.get("/metrics").text
    assert 'assistant_answers_total{engine="extractive",status="answered"} 1.0' in told
    assert 'status="404"} 1.0' in told
    assert "hemmeligt" not in told
    assert "OPFUNDET" not in told
    assert client_of(metrics_public=False).get("/metrics").status_code == 403
    assert client_of("admin", metrics_public=False).get("/metrics").status_code == 200


def test_pages_elsewhere_may_call_only_where_they_are_named(client_of: ClientOf) -> None:
    origin = {"Origin": "https://portal.example"}
    assert "access-control-allow-origin" not in client_of().get("/healthz", headers=origin).headers
    named = client_of(cors_origins="https://portal.example, https://b.example")
    allowed = named.get("/healthz", headers=origin).headers
    assert allowed["access-control-allow-origin"] == "https://portal.example"


def test_data_is_neither_framed_nor_kept(client: TestClient) -> None:
    headers = client.get("/api/v1/meetings").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_docs_load_nothing_from_elsewhere(client: TestClient) -> None:
    assert client.get("/", follow_redirects=False).headers["location"] == "/docs"
    page = client.get("/docs").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(loaded) == 3
    assert "http" not in page
    for path in loaded:
        assert client.get(path).status_code == 200
    assert client.get("/redoc").status_code == 404
