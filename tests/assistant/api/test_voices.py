import csv
import io
from typing import Any

import pytest

from assistant.jobs.retention import forget_old
from assistant.service import Assistant
from assistant.store.feedback import Voices
from tests.assistant.api.conftest import ClientOf
from tests.assistant.api.test_summaries import CLOSED, ITEM

BASE = "/api/v1"
STANCE = f"{BASE}/items/{ITEM}/stance"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_feedback_is_kept_as_given_and_exported_without_formulas(
    client_of: ClientOf, own: Assistant
) -> None:
    given = {"verdict": "wrong", "reason": '=HYPERLINK("http://x")', "engine": "extractive",
             "answer": "@SUM(1)"}  # fmt: skip
    assert client_of("", own).post(f"{BASE}/feedback", json=given).status_code == 201
    right = {"verdict": "right", "item_id": ITEM}
    assert client_of("member", own).post(f"{BASE}/feedback", json=right).status_code == 201
    exported = client_of("admin", own).get(f"{BASE}/feedback.csv")
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    first, second = rows(exported.text)
    assert (first["reason"], first["answer"]) == ("'" + given["reason"], "'@SUM(1)")
    assert (first["question"], first["role"], first["engine"]) == ("", "public", "extractive")
    assert own.store.catalogue.fingerprint() in first["version"]
    assert (second["item_id"], second["verdict"]) == (ITEM, "right")
    assert client_of("member", own).get(f"{BASE}/feedback.csv").status_code == 403
    assert client_of("cleared", own).get(f"{BASE}/stances.csv").status_code == 403


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 422), ({"verdict": "måske"}, 422), ({"verdict": "right", "item_id": "x"}, 404),
        ({"verdict": "right", "item_id": CLOSED}, 403),
        ({"verdict": "right", "item_id": ITEM, "answer": "a"}, 422),
    ],
)  # fmt: skip
def test_feedback_on_nothing_is_refused(
    client_of: ClientOf, own: Assistant, given: dict[str, Any], status: int
) -> None:
    assert client_of("", own).post(f"{BASE}/feedback", json=given).status_code == status


def test_each_voter_counts_once_and_may_change_his_mind(
    client_of: ClientOf, own: Assistant
) -> None:
    public, member = client_of("", own), client_of("member", own)

    def vote(client: Any, stance: str, **more: str) -> dict[str, Any]:
        told: dict[str, Any] = client.post(STANCE, json={"stance": stance, **more}).json()
        return told

    assert vote(public, "enig")["enig"] == 1
    assert vote(public, "enig")["enig"] == 1, "an address once a day"
    vote(member, "enig")
    told = vote(member, "uenig")
    assert (told["enig"], told["uenig"], told["own"]) == (1, 1, "uenig")
    assert told["with_key"] == {"enig": 0, "uenig": 1}
    for voter in ("a", "b", "b"):
        told = vote(member, "enig", voter=voter)
    assert told["with_key"] == {"enig": 2, "uenig": 1}
    assert member.get(STANCE).json()["own"] == "uenig"
    assert public.post(STANCE, json={"stance": "enig", "voter": "a"}).status_code == 403
    assert public.post(STANCE.replace(ITEM, CLOSED), json={"stance": "enig"}).status_code == 403
    exported = rows(client_of("admin", own).get(f"{BASE}/stances.csv").text)
    assert [(one["stance"], one["voters"], one["count"]) for one in exported] == [
        ("enig", "address", "1"), ("enig", "key", "2"), ("uenig", "key", "1")
    ]  # fmt: skip


def test_after_the_time_verdicts_are_gone_and_tallies_are_nobodys(own: Assistant) -> None:
    voices = Voices(own.store.catalogue)
    level = own.item(ITEM)[0].level
    voices.take_stance(ITEM, "gammel", "enig", True, "2020-01-01T00:00:00+00:00", level)
    before = voices.tallies_of(ITEM)
    forget_old(own.store.catalogue, 0, 0)
    assert voices.stance_of(ITEM, "gammel") == "enig", "0 is for ever"
    forget_old(own.store.catalogue, 30, 0)
    assert voices.stance_of(ITEM, "gammel") is None
    assert voices.tallies_of(ITEM) == before
    voices.forget("2999")
    assert not voices.feedback()
