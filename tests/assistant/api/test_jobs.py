import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.settings import ServingSettings
from assistant.service import Assistant
from assistant.store.jobs import Jobs
from tests.assistant.api.conftest import ClientOf
from tests.assistant.api.test_summaries import AGENDA, CLOSED, MEETING
from tests.conftest import SAMPLE

BASE = "/api/v1"
NOTE = "# Plan for Ny Havnepark\n\nByrådet vil anlægge en park ved havnen for 4 mio. kr.\n".encode()


@pytest.fixture
def admin(client_of: ClientOf, own: Assistant) -> TestClient:
    return client_of("admin", own)


@pytest.fixture
def member(client_of: ClientOf, own: Assistant) -> TestClient:
    return client_of("member", own)


def finished(client: TestClient, queued: Any) -> dict[str, Any]:
    """The job after the worker of its application has been at it."""
    assert queued.status_code == 202, queued.text
    while client.app.state.runner.run_one():  # type: ignore[attr-defined]
        pass
    job: dict[str, Any] = client.get(queued.headers["location"]).json()
    return job


def test_files_are_brought_in_by_a_job_whatever_they_are_called(
    admin: TestClient, own: Assistant
) -> None:
    files = [
        ("file", ("../../../havnepark.md", NOTE)),
        ("file", ("havnepark.md", NOTE + b"\nOg en b\xc3\xa6nk.\n")),
        ("file", ("billede.png", b"\x89PNG")),
    ]
    queued = admin.post(f"{BASE}/documents", files=files)
    assert (queued.json()["status"], queued.json()["done"]) == ("queued", 0)
    job = finished(admin, queued)
    outcomes = {one["file"]: one["outcome"] for one in job["result"]["files"]}
    assert outcomes == {
        "havnepark.md": "stored", "havnepark-2.md": "stored", "billede.png": "failed"
    }  # fmt: skip
    assert (job["status"], job["done"], job["total"]) == ("failed", 3, 3)
    assert job["error"].startswith("1 af 3")
    assert "Formatet" in job["result"]["files"][2]["reason"]
    assert own.search("anlægge en park ved havnen")[0].source.document in outcomes
    assert str(own.store.home) not in json.dumps(job), "no path of the machine"
    lying = {path.name for path in own.store.home.rglob("*.md")}
    assert lying == {"havnepark.md", "havnepark-2.md"}
    assert not list((own.store.home / "uploads").iterdir())


def test_a_meeting_of_the_portal_is_brought_in_and_sent_again_takes_its_own_place(
    admin: TestClient, own: Assistant
) -> None:
    agenda = {**AGENDA, "Id": "11111111-1111-4111-8111-111111111111"}
    agenda["Dagsordenpunkter"] = [{**AGENDA["Dagsordenpunkter"][2], "Id": "ny-1", "Navn": "Første",
                                   "Caption": "Første"}]  # fmt: skip
    assert finished(admin, admin.post(f"{BASE}/documents", json=agenda))["status"] == "done"
    agenda["Dagsordenpunkter"][0] |= {"Navn": "Anden", "Caption": "Anden"}
    assert finished(admin, admin.post(f"{BASE}/documents", json=agenda))["status"] == "done"
    assert own.item("ny-1")[0].title == "Anden"
    again = finished(admin, admin.post(f"{BASE}/documents", json=agenda))
    assert again["result"]["files"][0]["outcome"] == "unchanged"


def test_internal_files_are_seen_by_members_only_and_their_job_too(
    client_of: ClientOf, admin: TestClient, own: Assistant
) -> None:
    plan = "# Plan for Hemmelig Havn\n\nDer er afsat 7 mio. kr. til mågetårnet.\n".encode()
    queued = admin.post(
        f"{BASE}/documents?internal=true", files=[("file", ("maagetaarn.md", plan))]
    )
    assert finished(admin, queued)["status"] == "done"
    path = queued.headers["location"]
    for role in ("", "member", "cleared"):
        other = client_of(role, own)
        assert other.get(path).status_code == 404
        assert "maagetaarn" not in other.get(f"{BASE}/jobs").text
        found = other.get(f"{BASE}/search", params={"q": "mågetårnet 7 mio. kr."}).text
        assert ("maagetaarn.md" in found) == (role != "")
    open_rows = Jobs(own.store.catalogue).all()
    assert "maagetaarn" not in str(open_rows)


@pytest.mark.parametrize("role", ["", "member", "cleared"])
def test_only_admins_bring_in(client_of: ClientOf, own: Assistant, role: str) -> None:
    client = client_of(role, own)
    files = [("file", ("a.md", NOTE))]
    assert client.post(f"{BASE}/documents", files=files).status_code == 403
    if not role:
        assert client.post(f"{BASE}/meetings/{MEETING}/summaries").status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ({"json": {"a": 1}}, 422),
        ({"data": {"file": "ingen fil"}, "files": [("x", ("a.md", NOTE))]}, 422),
        ({"files": [("file", ("a.md", NOTE))], "params": {"callback_url": "http://x.dk"}}, 409),
    ],
)
def test_what_is_no_document_is_refused(
    admin: TestClient, sent: dict[str, Any], status: int
) -> None:
    refused = admin.post(f"{BASE}/documents", **sent)
    assert refused.status_code == status
    assert refused.headers["content-type"] == "application/problem+json"


def test_documents_have_a_size_of_their_own(client_of: ClientOf, own: Assistant) -> None:
    client = client_of("admin", own, max_request_bytes=1000, max_document_bytes=3000)
    files = [("file", ("stor.md", NOTE * 20))]
    assert client.post(f"{BASE}/documents", files=files).status_code == 202
    files = [("file", ("stor.md", NOTE * 50))]
    assert client.post(f"{BASE}/documents", files=files).status_code == 413
    client.delete(f"{BASE}/jobs/{client.get(f'{BASE}/jobs').json()[0]['id']}")


def test_the_same_files_sent_again_with_a_key_are_one_job(admin: TestClient) -> None:
    key = {"Idempotency-Key": "en-gang"}
    files = [("file", ("to.md", NOTE))]
    queued = [admin.post(f"{BASE}/documents", files=files, headers=key) for _ in range(2)]
    assert queued[0].json() == queued[1].json()
    assert queued[0].headers["location"] == queued[1].headers["location"]
    cancelled = admin.delete(queued[0].headers["location"]).json()
    assert cancelled["status"] == "cancelled"


def test_a_meetings_summaries_are_made_by_a_job_and_kept(
    member: TestClient, client_of: ClientOf, own: Assistant
) -> None:
    queued = member.post(f"{BASE}/meetings/{MEETING}/summaries")
    assert client_of("cleared", own).get(queued.headers["location"]).status_code == 404
    assert client_of("admin", own).get(queued.headers["location"]).status_code == 200
    job = finished(member, queued)
    outcomes = {one["item_id"]: one["outcome"] for one in job["result"]["items"]}
    assert outcomes.pop(CLOSED) == "closed"
    assert (job["status"], set(outcomes.values())) == ("done", {"made"})
    for item_id in outcomes:
        assert member.get(f"{BASE}/items/{item_id}/summary").status_code == 200
    again = finished(member, member.post(f"{BASE}/meetings/{MEETING}/summaries", json={}))
    assert {one["outcome"] for one in again["result"]["items"]} == {"kept", "closed"}
    anew = member.post(f"{BASE}/meetings/{MEETING}/summaries", json={"anew": True})
    told = finished(member, anew)["result"]["items"]
    assert {one["outcome"] for one in told} == {"made", "closed"}
    assert member.get(f"{BASE}/jobs").json()[0]["id"] == anew.json()["id"]
    assert member.delete(anew.headers["location"]).status_code == 409
    assert member.post(f"{BASE}/meetings/findes-ikke/summaries").status_code == 404


def test_a_wrong_method_is_told_all_the_right_ones(member: TestClient) -> None:
    assert member.post(f"{BASE}/jobs/x").headers["allow"] == "DELETE, GET"


def test_without_a_reader_of_files_nothing_is_taken_in(own: Assistant) -> None:
    settings = ServingSettings(api_keys="admin:admin-key-of-the-tests")  # type: ignore[arg-type]
    headers = {"X-API-Key": "admin-key-of-the-tests"}
    client = TestClient(create_app(own, settings), headers=headers)
    files = [("file", ("a.md", NOTE))]
    assert client.post(f"{BASE}/documents", files=files).status_code == 409
    assert client.post(f"{BASE}/summaries", json=AGENDA).status_code == 409


def test_a_server_takes_up_what_waits_and_removes_what_was_left(
    client_of: ClientOf, own: Assistant
) -> None:
    import time

    orphan = own.store.home / "uploads" / "uden-job"
    orphan.mkdir(parents=True)
    (orphan / "a.md").write_bytes(NOTE)
    client = client_of("admin", own)
    with client:
        assert not orphan.exists()
        sample = next(Path(SAMPLE).glob("*.md"))
        queued = client.post(f"{BASE}/documents", files=[("file", (sample.name, b"# En\n\nTo.\n"))])
        for _ in range(200):
            job = client.get(queued.headers["location"]).json()
            if job["ended_at"]:
                break
            time.sleep(0.05)
        assert job["status"] == "done"
