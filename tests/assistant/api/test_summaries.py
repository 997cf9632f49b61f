import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from assistant.store.replies import Replies
from tests.assistant.api.conftest import ClientOf
from tests.conftest import SAMPLE

BASE = "/api/v1"
MEETING = "04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"
ITEM = "fcfb6473-d94b-4a68-8174-72cfa5462abf"
CLOSED = "25e7f6d9-058c-445b-b3ca-2164d5416065"
AGENDA = json.loads((SAMPLE / "2025-05-27_byraad-2022-2025.json").read_text(encoding="utf-8"))
POINTS = {point["Id"]: point for point in AGENDA["Dagsordenpunkter"]}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def member(client_of: ClientOf, own: Assistant) -> TestClient:
    return client_of("member", own)


@pytest.fixture
def public(client_of: ClientOf, own: Assistant) -> TestClient:
    return client_of("", own)


@pytest.fixture
def kept(member: TestClient) -> dict[str, Any]:
    """The item's block, made anew: a draft as the engine made it."""
    asked = {"item_id": ITEM, "anew": True}
    block: dict[str, Any] = member.post(f"{BASE}/summaries", json=asked).json()
    return block


def test_a_meeting_as_the_portal_has_it_gives_a_block_of_each_open_item(
    public: TestClient, own: Assistant
) -> None:
    before = own.store.catalogue.fingerprint()
    told = public.post(f"{BASE}/summaries", json=AGENDA).json()
    assert [one["item_id"] for one in told] == list(POINTS)
    [closed] = [one for one in told if one["status"] == "closed"]
    assert closed["item_id"] == CLOSED
    assert set(closed) == {"item_id", "item_number", "title", "status", "detail"}
    assert all(one["spoergsmaal"] for one in told if one["status"] == "udkast")
    assert own.store.catalogue.fingerprint() == before


def test_a_meeting_as_html_stands_in_a_page_and_its_closed_item_has_its_no(
    public: TestClient,
) -> None:
    told = public.post(f"{BASE}/summaries", json=AGENDA, headers={"Accept": "text/html"})
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert told.text.startswith("<article")
    assert "style-src 'unsafe-inline'" in told.headers["content-security-policy"]
    assert told.text.count("er lukket. Der laves intet resumé") == 1
    assert told.text.index("Årsregnskab 2024</h2>") < told.text.index("er lukket.")


def test_an_item_alone_as_the_portal_has_it_gives_its_block(public: TestClient) -> None:
    told = public.post(f"{BASE}/summaries", json=POINTS[ITEM]).json()
    whole = public.post(f"{BASE}/summaries", json=AGENDA).json()
    [same] = [one for one in whole if one["item_id"] == ITEM]
    assert told["opsummering"] == same["opsummering"]
    assert told["citations"][0]["case_number"] == "25-004711"


@pytest.mark.parametrize("title", [POINTS[CLOSED]["Navn"], "Salg af grund"])
def test_a_closed_item_has_no_block_also_where_only_the_store_knows_it(
    public: TestClient, title: str
) -> None:
    text = [{"Html": "<h3>Sagsfremstilling</h3><p>Grunden sælges for 3 mio. kr.</p>"}]
    point = {**POINTS[CLOSED], "Navn": title, "Caption": title, "Felter": text}
    refused = public.post(f"{BASE}/summaries", json=point)
    assert refused.status_code == 403
    assert "lukket" in refused.json()["detail"]
    assert "3 mio" not in refused.text


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({}, 422), ({"item_id": ITEM, "x": 1}, 422), ({"item_id": "findes-ikke"}, 404),
        ({"item_id": CLOSED}, 403), ({"item_id": ITEM, "anew": True}, 403),
        ({"item_id": ITEM, "engine": "generative"}, 409), ([], 422), ({"Felter": []}, 422),
        ({"Dagsordenpunkter": [{"Felter": 3}]}, 422), ({"Dagsordenpunkter": []}, 422),
    ],
)  # fmt: skip
def test_what_no_block_can_be_made_of_is_refused(
    public: TestClient, posted: Any, status: int
) -> None:
    refused = public.post(f"{BASE}/summaries", json=posted)
    assert refused.status_code == status
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_public_keeps_nothing_and_sees_no_draft(
    public: TestClient, kept: dict[str, Any]
) -> None:
    assert public.get(f"{BASE}/items/{ITEM}/summary").status_code == 404
    other = next(one for one in POINTS if one not in (ITEM, CLOSED))
    assert public.post(f"{BASE}/summaries", json={"item_id": other}).status_code == 200
    assert public.put(f"{BASE}/items/{ITEM}/summary", json=kept).status_code == 403


def test_a_block_is_corrected_approved_and_then_seen_by_all(
    member: TestClient, public: TestClient, kept: dict[str, Any]
) -> None:
    path = f"{BASE}/items/{ITEM}/summary"
    first = member.get(path)
    assert first.json() == kept
    etag = first.headers["etag"]
    assert member.get(path, headers={"If-None-Match": etag}).status_code == 304
    edited = {**kept, "emneord": ["Klima"], "opsummering_linjer": kept["opsummering_linjer"][:1]}
    del edited["opsummering"]
    corrected = member.put(path, json=edited, headers={"If-Match": etag})
    assert (corrected.status_code, corrected.json()["status"]) == (200, "udkast")
    assert corrected.json()["emneord"] == ["Klima"]
    late = member.put(path, json=edited, headers={"If-Match": etag})
    assert (late.status_code, member.get(path).json()) == (412, corrected.json())
    approving = {**corrected.json(), "status": "godkendt"}
    assert "approved_by" in member.put(path, json=approving).json()["detail"]
    approving |= {"approved_by": " Ane  Lund "}
    approved = member.put(
        path, json=approving, headers={"If-Match": corrected.headers["etag"]}
    ).json()
    assert (approved["status"], approved["approved_by"]) == ("godkendt", "Ane Lund")
    assert public.get(path).json() == approved
    asked = {"item_id": ITEM}
    assert public.post(f"{BASE}/summaries", json=asked).json()["emneord"] == ["Klima"]


@pytest.mark.parametrize(
    "change",
    [
        {"item_id": CLOSED},
        {"opsummering": "Noget andet."},
        {"opsummering_linjer": [{"text": "Det koster 99 mio. kr.", "citations": [1]}],
         "opsummering": None},
        {"fordele": [{"text": "Godt.", "basis": "gættet", "citations": [1]}]},
        {"citations": []},
        {"hemmeligt": 1},
    ],
)  # fmt: skip
def test_a_correction_that_does_not_stand_changes_nothing(
    member: TestClient, kept: dict[str, Any], change: dict[str, Any]
) -> None:
    path = f"{BASE}/items/{ITEM}/summary"
    assert member.put(path, json={**kept, **change}).status_code == 422
    assert member.get(path).json() == kept


def test_every_document_comes_in_the_form_that_is_accepted(
    member: TestClient, kept: dict[str, Any]
) -> None:
    def get(path: str, accept: str, method: str = "GET") -> Any:
        return member.request(method, f"{BASE}{path}", headers={"Accept": accept})

    for path, method in ((f"/items/{ITEM}/summary", "GET"), (f"/meetings/{MEETING}/briefing",
                                                             "POST")):  # fmt: skip
        assert get(path, DOCX, method).content[:2] == b"PK"
        assert get(path, "text/markdown", method).text.startswith("# ")
        assert get(path, "text/*;q=0.5, */*;q=0.1", method).text.startswith("<article")
        assert get(path, "text/html;q=0.1, application/json", method).json()
        refused = get(path, "image/png", method)
        assert refused.status_code == 406
        assert "text/html" in refused.json()["detail"]


def test_a_briefing_tells_of_a_closed_item_no_more_than_its_title(public: TestClient) -> None:
    told = public.post(f"{BASE}/meetings/{MEETING}/briefing").json()
    [closed] = [one for one in told["items"] if one["closed"]]
    assert set(closed) == {"item_number", "title", "closed"}
    assert public.post(f"{BASE}/meetings/findes-ikke/briefing").status_code == 404


def test_a_post_with_a_key_is_done_once(
    member: TestClient, public: TestClient, own: Assistant
) -> None:
    def post(client: TestClient, item_id: str) -> Any:
        asked = {"item_id": item_id}
        return client.post(f"{BASE}/summaries", json=asked, headers={"Idempotency-Key": "k"})

    made: list[str] = []
    summarise = Assistant.summarise
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Assistant, "summarise", lambda *a, **k: made.append(a[1]) or summarise(*a, **k)
        )
        first, again = post(member, ITEM), post(member, ITEM)
        assert again.content == first.content
        assert (again.headers["idempotency-replayed"], made) == ("true", [ITEM])
        assert post(member, "et-andet").status_code == 422
        assert "idempotency-replayed" not in post(public, ITEM).headers
        assert made == [ITEM, ITEM]
        Replies(own.store.catalogue).forget_quotes()
        assert "idempotency-replayed" not in post(public, ITEM).headers


def test_items_and_meetings_have_an_etag(public: TestClient) -> None:
    for path in (f"/items/{ITEM}", f"/meetings/{MEETING}"):
        first = public.get(BASE + path)
        held = {"If-None-Match": f'"andet", W/{first.headers["etag"]}'}
        assert public.get(BASE + path, headers=held).status_code == 304
        assert first.headers["cache-control"] == "private, no-cache"
