import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant


def test_meetings_are_paged_the_latest_first(client: TestClient) -> None:
    everything = client.get("/api/v1/meetings").json()
    assert everything["total"] == len(everything["meetings"]) > 5
    dates = [meeting["date"] or "" for meeting in everything["meetings"]]
    assert dates == sorted(dates, reverse=True)
    second = client.get("/api/v1/meetings", params={"limit": 2, "offset": 1}).json()
    assert second["total"] == everything["total"]
    assert second["meetings"] == everything["meetings"][1:3]


def test_meetings_are_narrowed_by_body_and_day(client: TestClient) -> None:
    query = {"committee": "Økonomiudvalget", "from": "2025-05-01", "to": "2025-05-31"}
    told = client.get("/api/v1/meetings", params=query).json()
    assert {meeting["committee"] for meeting in told["meetings"]} == {"Økonomiudvalget"}
    assert client.get("/api/v1/meetings", params={"case_number": "1"}).status_code == 422


def test_a_meeting_lists_its_items_closed_ones_too(
    client: TestClient, portal_assistant: Assistant
) -> None:
    meeting = portal_assistant.meetings()[0]
    told = client.get(f"/api/v1/meetings/{meeting.id}").json()
    assert len(told["items"]) == meeting.items + meeting.closed
    assert sum(item["closed"] for item in told["items"]) == meeting.closed
    assert (told["committee"], told["date"]) == (meeting.committee, str(meeting.date))


def test_an_item_is_told_with_text_decision_votes_and_attachments(client: TestClient) -> None:
    told = client.get("/api/v1/items/fcfb6473-d94b-4a68-8174-72cfa5462abf").json()
    assert {"beslutning", "indstilling"} <= {section["kind"] for section in told["sections"]}
    assert [vote["voters"] for vote in told["decision"]["votes"]][1] == ["F", "Ø"]
    assert told["attachments"][0] == "Bilag 1 - Skitseprojekt Nørrevang"


def test_a_citation_is_found_in_the_text_of_its_item(client: TestClient) -> None:
    question = "Hvad koster skybrudssikring af Nørrevang?"
    [first, *_] = client.post("/api/v1/ask", json={"question": question}).json()["citations"]
    sections = client.get(f"/api/v1/items/{first['item_id']}").json()["sections"]
    texts = {section["section_id"]: section["text"] for section in sections}
    quoted = texts[first["section_id"]][first["start"]:first["end"]]
    assert quoted.split() == first["quote"].split()


def test_of_a_closed_item_there_is_only_what_names_it(
    client: TestClient, portal_assistant: Assistant
) -> None:
    _, items = portal_assistant.meeting(portal_assistant.meetings()[0].id)
    [closed] = [item for item in items if item.closed]
    told = client.get(f"/api/v1/items/{closed.id}").json()
    assert (told["closed"], told["item_number"], told["title"]) == (True, "6", closed.title)
    assert (told["sections"], told["decision"], told["attachments"]) == ([], None, [])


@pytest.mark.parametrize("path", ["/api/v1/meetings/findes-ikke", "/api/v1/items/findes-ikke"])
def test_what_is_not_stored_is_not_found(client: TestClient, path: str) -> None:
    refused = client.get(path)
    assert refused.status_code == 404
    assert "findes-ikke" in refused.json()["detail"]
