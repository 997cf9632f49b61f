"""What a model replies is read whatever stands around it, and held to a schema."""

import json

import pytest

from assistant.summarising.reply import ReplyError, SummaryReply, read_reply
from assistant.summarising.unsaid import SENTENCES

REPLY = {
    "spoergsmaal": None,
    "opsummering": [
        {"tekst": "Stien koster 0,7 mio. kr.", "kilder": [{"kilde": "abcd", "citat": "koster"}]}
    ],
    "fordele": [],
    "ulemper": [],
    "emneord": ["Trafik og veje"],
    "ikke_belyst": ["fordele"],
}


@pytest.mark.parametrize(
    "around",
    ["```json\n{}\n```", "Her er resuméet:\n\n{}\n\nSig til, hvis {{noget}} mangler.", "{}"],
)
def test_whatever_stands_around_the_object_is_left(around: str) -> None:
    assert read_reply(around.format(json.dumps(REPLY, indent=1))) == read_reply(json.dumps(REPLY))


@pytest.mark.parametrize(
    "text", ["", "Det kan jeg ikke.", "[1, 2]", '{"spoergsmaal": ', '{"a": ' * 99_999]
)
def test_what_is_no_object_is_told(text: str) -> None:
    with pytest.raises(ReplyError, match="kunne ikke læses"):
        read_reply(text)


def test_the_schema_holds_a_model_to_the_form() -> None:
    schema = SummaryReply.model_json_schema()
    assert set(schema["required"]) == set(REPLY)
    assert schema["properties"]["fordele"]["maxItems"] == 5
    assert schema["properties"]["ikke_belyst"]["items"]["enum"] == list(SENTENCES)
    assert schema["$defs"]["ReplyArgument"]["properties"]["grundlag"]["enum"] == [
        "fra sagen", "afledt",
    ]  # fmt: skip
