"""`meetings`: from a body and a day to the ids that the other commands take."""

import json
from pathlib import Path

from assistant.settings import Settings
from tests.assistant.cli.running import run


def test_from_a_body_to_a_meeting_to_its_items(sample_home: Settings, models: Path) -> None:
    where = {"home": sample_home.home, "models": models}
    asked = ("--committee", "Byråd 2022-2025", "--from", "2025-05-01", "--json")
    (meeting,) = json.loads(run("meetings", *asked, **where).stdout)
    assert (meeting["date"], meeting["items"], meeting["closed"]) == ("2025-05-27", 6, 1)
    told = json.loads(run("meetings", meeting["id"], "--json", **where).stdout)
    assert [item["item_number"] for item in told["items"]] == list("1234567")
    assert [item["closed"] for item in told["items"]].index(True) == 5
    text = run("meetings", meeting["id"], **where).stdout
    assert all(item["item_id"] in text for item in told["items"])
    assert "(lukket)" in text


def test_an_unknown_meeting_is_wrong_use(sample_home: Settings, models: Path) -> None:
    done = run("meetings", "findes-ikke", home=sample_home.home, models=models)
    assert done.returncode == 2
    assert "intet møde med id findes-ikke" in done.stderr
    assert "assistant meetings" in done.stderr
