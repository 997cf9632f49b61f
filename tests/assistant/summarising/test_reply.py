"""What a model replies is held to a schema, and read more leniently."""

from typing import Any

from assistant.summarising.reply import PartReply, SummaryReply, read_reply

REPLY: dict[str, Any] = {
    "spoergsmaal": None,
    "opsummering": [
        {"tekst": "Stien koster 0,7 mio. kr.", "kilder": [{"kilde": "abcd", "citat": "koster"}]}
    ],
    "fordele": [],
    "ulemper": [],
    "emneord": ["Trafik og veje"],
}


def test_what_is_missing_or_of_another_form_is_left_out() -> None:
    told = {"opsummering": [*REPLY["opsummering"], "Stien er billig."], "fordele": "ingen"}
    read = read_reply(told, SummaryReply)
    assert [one.tekst for one in read.opsummering] == ["Stien koster 0,7 mio. kr."]
    assert (read.spoergsmaal, read.fordele, read.emneord) == (None, [], [])
    assert read_reply({}, PartReply).linjer == []


def test_the_schema_holds_a_model_to_the_form() -> None:
    schema = SummaryReply.model_json_schema()
    assert set(schema["required"]) == set(REPLY)
    assert schema["properties"]["fordele"]["maxItems"] == 5
    assert schema["$defs"]["ReplyArgument"]["properties"]["grundlag"]["enum"] == [
        "fra sagen", "afledt",
    ]  # fmt: skip
