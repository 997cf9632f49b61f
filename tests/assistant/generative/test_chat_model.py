"""The model over a real provider package and a server on loopback."""

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.errors import ModelError
from assistant.generative.breaker import CircuitBreaker
from assistant.generative.chat_model import ChatModel
from assistant.generative.failures import Cause, ModelCallError
from assistant.generative.models import LanguageModels
from assistant.generative.provider import Provider, connect
from assistant.settings import Settings
from prompts import Rendered
from tests.assistant.generative.served import Reply, serving

PROMPT = Rendered("Du svarer.", "Hvad koster det?", "sha-of-the-file")
WHOLE = '{"claims": ["Det koster 5 kr.", "Det er dyrt."]}'
GOOD = Reply((WHOLE[:20], WHOLE[20:30], WHOLE[30:]))


class Told(BaseModel):
    claims: list[str]


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "hemmelig")


def model_of(url: str, timeout: float = 5.0, **settings: Any) -> tuple[ChatModel, list[float]]:
    """A model at this address, and the waits between its attempts, which nobody sits through."""
    named = {"llm": "openai:m", "llm_base_url": url, "llm_timeout": timeout, **settings}
    waits: list[float] = []
    return ChatModel(connect(Settings(**named)), sleep=waits.append), waits


def failure(model: ChatModel) -> ModelCallError:
    with pytest.raises(ModelCallError) as caught:
        list(model.stream(PROMPT, Told))
    return caught.value


def test_the_object_is_yielded_as_it_grows_and_whole_at_last() -> None:
    pieces = ('{"claims": [{"text": "a"}', ', {"text": "b"}', "]}")

    class Texts(BaseModel):
        claims: list[dict[str, str]]

    with serving(Reply(pieces)) as served:
        model, _ = model_of(served.url)
        grown = [len(told["claims"]) for told in model.stream(PROMPT, Texts)]
    assert grown == [1, 2]
    (asked,) = served.asked
    assert asked["temperature"] == 0
    assert asked["response_format"]["json_schema"]["schema"]["required"] == ["claims"]
    assert [one["content"] for one in asked["messages"]] == [PROMPT.system, PROMPT.user]


def test_tokens_time_and_prompt_of_each_call_are_kept_and_logged_without_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serving(GOOD) as served, caplog.at_level(logging.INFO, "assistant"):
        model, _ = model_of(served.url)
        assert model.reply(PROMPT, Told) == {"claims": ["Det koster 5 kr.", "Det er dyrt."]}
    (used,) = model.usage()
    assert (used.tokens_in, used.tokens_out, used.prompt) == (11, 7, PROMPT.sha256)
    assert used.seconds > 0
    assert "11 tokens in, 7 tokens out" in caplog.text
    assert "koster" not in caplog.text


def test_a_server_that_is_down_is_asked_three_times_with_growing_waits() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    model, waits = model_of(url)
    told = failure(model)
    assert told.cause is Cause.DOWN
    assert str(told) == "Sprogmodellen kan ikke nås lige nu."
    assert len(waits) == 2
    assert 0.5 <= waits[0] <= waits[1]


def test_a_server_that_is_slow_is_not_waited_for() -> None:
    with serving(Reply((WHOLE,), pause=0.5)) as served:
        model, _ = model_of(served.url, timeout=0.2)
        told = failure(model)
    assert told.cause is Cause.SLOW
    assert str(told) == "Sprogmodellen svarede ikke inden for 0,2 sekunder."


def test_a_reply_that_trickles_is_cut_at_the_time_out() -> None:
    with serving(Reply(tuple(WHOLE), pause=0.03)) as served:
        model, _ = model_of(served.url, timeout=0.3)
        assert failure(model).cause is Cause.SLOW


def test_a_reply_that_is_cut_off_is_not_begun_again() -> None:
    with serving(Reply(('{"claims": ["a"], ',), cut_off=True)) as served:
        model, _ = model_of(served.url)
        grown = []
        with pytest.raises(ModelCallError, match="gik i stå midt i sit svar") as caught:
            grown.extend(model.stream(PROMPT, Told))
    assert caught.value.cause is Cause.CUT_OFF
    assert len(served.asked) == 1


def test_half_an_object_that_ends_politely_is_cut_off_too() -> None:
    with serving(Reply(('{"claims": ["a", ["b"]',))) as served:
        assert failure(model_of(served.url)[0]).cause is Cause.CUT_OFF


def test_a_busy_server_is_asked_again_when_it_said() -> None:
    busy = Reply(status=429, headers={"Retry-After": "3"})
    with serving(busy, GOOD) as served:
        model, waits = model_of(served.url)
        assert model.reply(PROMPT, Told)["claims"]
    assert waits == [3.0]


def test_a_server_that_stays_busy_is_given_up() -> None:
    with serving(Reply(status=429)) as served:
        model, waits = model_of(served.url)
        told = failure(model)
    assert told.cause is Cause.BUSY
    assert (len(served.asked), len(waits)) == (3, 2)


def test_a_wait_that_nobody_would_sit_through_is_not_begun() -> None:
    with serving(Reply(status=429, headers={"Retry-After": "3600"})) as served:
        model, waits = model_of(served.url)
        assert failure(model).cause is Cause.BUSY
    assert not waits


@pytest.mark.parametrize(
    ("status", "fault", "cause", "attempts"),
    [
        (401, "no", Cause.NO_ACCESS, 1),
        (403, "no", Cause.NO_ACCESS, 1),
        (404, "no", Cause.UNKNOWN, 1),
        (400, "exceeds the available context size", Cause.TOO_LONG, 1),
        (500, "no", Cause.BROKEN, 3),
        (503, "no", Cause.BROKEN, 3),
    ],
)
def test_what_a_server_refuses_has_a_sentence(
    status: int, fault: str, cause: Cause, attempts: int
) -> None:
    with serving(Reply(status=status, fault=fault)) as served:
        told = failure(model_of(served.url)[0])
    assert told.cause is cause
    assert str(told) == cause.value.format(name="openai:m")
    assert len(served.asked) == attempts


def test_a_server_that_knows_no_schema_is_told_it_in_words() -> None:
    refused = Reply(status=400, fault="response_format is not supported")
    with serving(refused, GOOD, GOOD) as served:
        model, _ = model_of(served.url)
        assert model.reply(PROMPT, Told)["claims"]
        assert model.reply(PROMPT, Told)["claims"]
    assert ["response_format" in asked for asked in served.asked] == [True, False, False]
    told = served.asked[1]["messages"][0]["content"]
    assert told.startswith(PROMPT.system)
    assert '"required": ["claims"]' in told


@pytest.mark.parametrize("broken", ["Det koster 5 kr.", '{"claims": ', '{"svar": 1}', ""])
def test_a_reply_off_form_is_asked_for_once_more(broken: str) -> None:
    with serving(Reply((broken,)), GOOD) as served:
        model, _ = model_of(served.url)
        *_, told = model.stream(PROMPT, Told)
    assert told == {"claims": ["Det koster 5 kr.", "Det er dyrt."]}
    repair = served.asked[1]["messages"]
    assert [one["role"] for one in repair] == ["system", "user", "assistant", "user"]
    assert repair[2]["content"] == broken
    assert "kunne ikke bruges" in repair[3]["content"]
    assert len(model.usage()) == 2


def test_a_reply_that_stays_off_form_is_given_up() -> None:
    with serving(Reply(("Nej.",))) as served:
        model, _ = model_of(served.url)
        told = failure(model)
        with pytest.raises(ModelError, match="kunne ikke læses"):
            model.reply(PROMPT, Told)
    assert told.cause is Cause.OFF_FORM
    assert len(served.asked) == 4


def test_what_stands_around_the_object_does_no_harm() -> None:
    with serving(Reply((f"Her er svaret:\n```json\n{WHOLE}\n```\nHåber det hjælper!",))) as served:
        assert model_of(served.url)[0].reply(PROMPT, Told)["claims"]


def test_a_reader_who_goes_away_ends_the_models_writing() -> None:
    pieces = ('{"claims": ["a"]', *[" " * 9000] * 200)
    with serving(Reply(pieces, pause=0.01)) as served:
        model, _ = model_of(served.url)
        reading: Iterator[Any] = model.stream(PROMPT, Told)
        assert next(reading) == {"claims": ["a"]}
        reading.close()  # type: ignore[attr-defined]
        assert served.left.wait(1)
    assert len(model.usage()) == 1


def test_a_model_that_keeps_failing_is_left_alone() -> None:
    with serving(Reply(status=500)) as served:
        provider = connect(Settings(llm="openai:m", llm_base_url=served.url))
        provider.breaker = CircuitBreaker(failures=2, rest=60)
        for _ in range(2):
            assert failure(quick(provider)).cause is Cause.BROKEN
        asked = len(served.asked)
        told = failure(quick(provider))
    assert told.cause is Cause.RESTING
    assert len(served.asked) == asked


def quick(provider: Provider) -> ChatModel:
    return ChatModel(provider, sleep=lambda _: None)


def test_a_missing_package_is_named_with_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"pip install 'langchain-anthropic'"):
        LanguageModels(Settings(llm="anthropic:claude"))()


def test_a_provider_that_does_not_exist_is_named() -> None:
    with pytest.raises(ModelError, match="»vrøvl:m« kendes ikke"):
        LanguageModels(Settings(llm="vrøvl:m"))()


def test_a_missing_key_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelError, match="nøglen mangler"):
        LanguageModels(Settings(llm="openai:m"))()


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with serving(GOOD) as served:
        assert model_of(served.url)[0].reply(PROMPT, Told)["claims"]


def test_each_question_has_a_usage_of_its_own() -> None:
    with serving(GOOD) as served:
        models = LanguageModels(Settings(llm="openai:m", llm_base_url=served.url))
        first, second = models(), models()
        first.reply(PROMPT, Told)
    assert (len(first.usage()), len(second.usage())) == (1, 0)
