"""The contract of DESIGN §5 for a case summary."""

import json
from dataclasses import replace

from assistant.rendering.summary_json import summary_json
from tests.assistant.rendering.made import approved, draft


def test_the_block_has_the_contracts_fields_and_is_plain_data() -> None:
    told = summary_json(draft().kept)
    assert set(told) >= {
        "item_id", "spoergsmaal", "opsummering", "fordele", "ulemper", "emneord", "ikke_belyst",
        "citations", "engine", "status", "approved_by", "provenance",
    }  # fmt: skip
    assert json.loads(json.dumps(told)) == json.loads(json.dumps(told, default=str))
    assert told["provenance"] == {"embedding": "e5", "item_version": "v1"}


def test_each_sentence_is_followed_by_its_marks() -> None:
    assert summary_json(draft().kept)["opsummering"] == (
        "Der anlægges en cykelsti på Havnevej. [1] Cykelstien koster 700.000 kr. [2] [1]"
    )


def test_an_argument_says_what_it_rests_on() -> None:
    told = summary_json(draft().kept)["fordele"]
    assert [one["basis"] for one in told] == ["fra sagen", "afledt"]
    assert set(told[0]) == {"text", "basis", "citations"}


def test_approval_is_told_and_no_question_is_an_empty_text() -> None:
    told = summary_json(approved().kept)
    assert (told["status"], told["approved_by"]) == ("godkendt", "Liv By")
    kept = draft().kept
    bare = replace(kept, summary=replace(kept.summary, spoergsmaal=None))
    assert summary_json(bare)["spoergsmaal"] == ""
    assert summary_json(bare)["approved_by"] is None
