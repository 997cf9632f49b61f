"""The chain, whole: what is shown, in which order, and what happens when the model fails."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langsmith.utils import tracing_is_enabled

from assistant.answering import extractive
from assistant.answering.verify import check
from assistant.chain import steps as steps_module
from assistant.chain.answer_chain import AnswerChain, answer_chain
from assistant.chain.asked import Asked
from assistant.chain.passage_retriever import PassageRetriever
from assistant.chain.steps import Steps
from assistant.errors import ModelError, WrongUseError
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Answer, ClaimShown, Filters, Turn
from tests.assistant.chain.scripted import (
    FALLS,
    QUESTION,
    STANDS,
    ScriptedEngine,
    ScriptedModel,
)

QUESTIONS = Path(__file__).parents[3] / "data" / "sample_questions.jsonl"
DOWN = "Sprogmodellen kan ikke nås lige nu."
ASKED = Asked(QUESTION)


@pytest.fixture(scope="module")
def assistant(sample_home: Settings) -> Iterator[Assistant]:
    assistant = Assistant(sample_home)
    yield assistant
    assistant.close()


@pytest.fixture
def chain(assistant: Assistant) -> AnswerChain:
    return answer_chain(Steps(assistant.store, assistant._retriever, ScriptedModel))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedEngine:
    """The engine that the chain asks in this test: two claims that stand, unless told else."""
    scripted = ScriptedEngine((STANDS, STANDS))
    monkeypatch.setattr(steps_module.generative, "answer", scripted)
    return scripted


def streamed(chain: AnswerChain, asked: Asked = ASKED) -> tuple[list[ClaimShown], Answer]:
    *claims, answer = chain.stream(asked)
    assert isinstance(answer, Answer)
    shown = [one for one in claims if isinstance(one, ClaimShown)]
    assert len(shown) == len(claims), "exactly one answer, and it is the last"
    return shown, answer


def told(answer: Answer) -> Answer:
    return replace(answer, took_ms=0, provenance={})


def test_the_extractive_answer_is_the_engines_own_whole_draft_checked(
    assistant: Assistant,
) -> None:
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines()[:15]:
        found = assistant.retrieve(json.loads(line)["question"])
        draft = extractive.answer(found, assistant.store)
        checked = check(draft.claims, draft.citations, draft.sections)
        answer = assistant.ask(json.loads(line)["question"])
        assert (answer.engine, answer.model, answer.status) == ("extractive", None, draft.status)
        assert answer.claims == checked.claims
        assert answer.citations == checked.citations
        assert answer.figures == checked.figures
        fallen = f"{checked.dropped} udsagn blev udeladt, fordi belægget ikke holdt."
        notes = (*found.notes, *draft.notes, *([fallen] if checked.dropped else []))
        assert answer.notes == notes
        assert set(answer.provenance) == {"embedding", "prompt", "index"}


def test_what_was_streamed_is_what_the_answer_says(assistant: Assistant) -> None:
    shown, answer = streamed(assistant.chain, ASKED)
    assert tuple(one.claim for one in shown) == answer.claims
    for one in shown:
        assert one.citations == tuple(c for c in answer.citations if c.n in one.claim.citations)


def test_each_claim_is_shown_before_the_next_is_written(
    chain: AnswerChain, engine: ScriptedEngine
) -> None:
    counts = [engine.written for one in chain.stream(ASKED) if isinstance(one, ClaimShown)]
    assert counts == [1, 2]


def test_a_models_answer_says_which_model_prompt_tokens_and_time(
    chain: AnswerChain, engine: ScriptedEngine
) -> None:
    shown, answer = streamed(chain)
    assert (answer.engine, answer.model, answer.status) == ("generative", "test:model", "answered")
    assert tuple(one.claim for one in shown) == answer.claims
    assert len(answer.claims) == 2
    expected = {
        "prompt": "sha-of-the-prompt", "tokens_in": "100", "tokens_out": "20", "model_ms": "1500",
        "claims_dropped": "0",
    }  # fmt: skip
    assert answer.provenance.items() >= expected.items()
    assert "fallback" not in answer.provenance


def test_a_claim_that_falls_is_not_shown_and_is_counted(
    chain: AnswerChain, engine: ScriptedEngine
) -> None:
    engine.claims = (STANDS, FALLS, STANDS)
    shown, answer = streamed(chain)
    assert len(shown) == len(answer.claims) == 2
    assert "123.456" not in answer.answer
    assert "1 udsagn blev udeladt, fordi belægget ikke holdt." in answer.notes
    assert answer.provenance["claims_dropped"] == "1"


def test_when_nothing_stands_the_extractive_engine_answers_and_says_so(
    assistant: Assistant, chain: AnswerChain, engine: ScriptedEngine
) -> None:
    engine.claims = (FALLS, FALLS)
    shown, answer = streamed(chain)
    note = (
        "Intet af det, sprogmodellen skrev, kunne bekræftes i materialet. "
        "Der er derfor svaret uden sprogmodellen, kun med ordrette citater."
    )
    plain = assistant.ask(QUESTION)
    assert told(answer) == replace(told(plain), notes=(*plain.notes, note))
    assert tuple(one.claim for one in shown) == answer.claims
    assert answer.provenance["claims_dropped"] == "2"
    assert answer.provenance["prompt"] == ""


def test_a_model_that_is_down_gives_the_extractive_answer_and_says_so(
    assistant: Assistant, chain: AnswerChain, engine: ScriptedEngine
) -> None:
    engine.claims, engine.fails = (), DOWN
    _, answer = streamed(chain)
    plain = assistant.ask(QUESTION)
    note = f"{DOWN} Der er derfor svaret uden sprogmodellen, kun med ordrette citater."
    assert told(answer) == replace(told(plain), notes=(*plain.notes, note))
    assert answer.provenance["fallback"] == DOWN


def test_a_model_that_cannot_be_connected_is_one_that_is_down(assistant: Assistant) -> None:
    def models() -> ScriptedModel:
        raise ModelError("Sprogmodellen »x« mangler en pakke.")

    chain = answer_chain(Steps(assistant.store, assistant._retriever, models))
    _, answer = streamed(chain)
    assert answer.engine == "extractive"
    assert answer.notes[-1].startswith("Sprogmodellen »x« mangler en pakke. Der er derfor")


def test_what_stood_when_the_model_was_cut_off_stands(
    chain: AnswerChain, engine: ScriptedEngine
) -> None:
    engine.fails = "Sprogmodellen gik i stå midt i sit svar."
    shown, answer = streamed(chain)
    assert (answer.engine, len(answer.claims), len(shown)) == ("generative", 2, 2)
    assert answer.notes[-1] == (
        "Sprogmodellen gik i stå midt i sit svar. "
        "Svaret kan mangle noget; det, der står her, er kontrolleret."
    )


def test_a_no_is_settled_before_the_model_and_not_called_its_own(
    assistant: Assistant, chain: AnswerChain
) -> None:
    question = "Hvad koster en månerejse til Mars?"
    _, answer = streamed(chain, Asked(question))
    assert (answer.status, answer.engine, answer.model) == ("not_found", "extractive", None)
    assert told(answer) == told(assistant.ask(question))
    assert set(answer.provenance) == {"embedding", "prompt", "index"}


def test_a_reader_who_goes_away_stops_the_engine(
    chain: AnswerChain, engine: ScriptedEngine
) -> None:
    engine.claims = (STANDS,) * 5
    stream = chain.stream(ASKED)
    assert isinstance(next(stream), ClaimShown)
    stream.close()  # type: ignore[attr-defined]
    assert engine.closed
    assert engine.written == 1, "nothing was written for nobody"


def test_the_chain_is_invoked_and_batched(chain: AnswerChain, engine: ScriptedEngine) -> None:
    _, expected = streamed(chain)
    told_once = chain.invoke(ASKED)
    assert isinstance(told_once, Answer)
    assert told(told_once) == told(expected)
    batch = chain.batch([ASKED, Asked(QUESTION, engine="extractive"), ASKED])
    assert [one.engine for one in batch if isinstance(one, Answer)] == [
        "generative", "extractive", "generative",
    ]  # fmt: skip


def test_the_chain_runs_async(chain: AnswerChain, engine: ScriptedEngine) -> None:
    async def run() -> tuple[Any, list[Any]]:
        return await chain.ainvoke(ASKED), [one async for one in chain.astream(ASKED)]

    answer, (*claims, last) = asyncio.run(run())
    assert told(answer) == told(last)
    assert tuple(one.claim for one in claims) == answer.claims


def test_an_async_reader_who_goes_away_stops_the_engine(
    chain: AnswerChain, engine: ScriptedEngine
) -> None:
    engine.claims = (STANDS,) * 5
    writing = threading.Event()

    def slowly() -> None:
        if engine.written:
            writing.set()
            time.sleep(0.05)

    engine.before_each = slowly

    async def read_until_cancelled() -> None:
        async def read() -> None:
            async for _ in chain.astream(ASKED):
                pass

        task = asyncio.create_task(read())
        await asyncio.to_thread(writing.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(read_until_cancelled())
    waited = time.monotonic()
    while not engine.closed and time.monotonic() - waited < 1:
        time.sleep(0.005)
    assert engine.closed
    assert engine.written < 5


class Trace(BaseCallbackHandler):
    """Which runs began, each under which."""

    def __init__(self) -> None:
        self.runs: dict[UUID, tuple[str, UUID | None]] = {}

    def on_chain_start(
        self, *_: Any, run_id: UUID, parent_run_id: UUID | None = None, **kwargs: Any
    ) -> None:
        self.runs[run_id] = (kwargs["name"], parent_run_id)

    def paths(self) -> set[str]:
        return {self.path(run) for run in self.runs}

    def path(self, run: UUID) -> str:
        name, parent = self.runs[run]
        return f"{self.path(parent)}/{name}" if parent else name


PATHS = {
    "answer_chain",
    "answer_chain/condense",
    "answer_chain/retrieve",
    "answer_chain/verify",
    "answer_chain/verify/answer",
}


def test_a_trace_shows_the_steps(chain: AnswerChain, engine: ScriptedEngine) -> None:
    trace, async_trace = Trace(), Trace()
    chain.invoke(ASKED, {"callbacks": [trace]})
    asyncio.run(chain.ainvoke(ASKED, {"callbacks": [async_trace]}))
    assert trace.paths() == async_trace.paths() == PATHS


def test_nothing_is_traced_to_anywhere_unless_the_operator_says_so() -> None:
    assert not tracing_is_enabled()


def test_a_follow_up_is_answered_as_it_was_understood_and_says_so(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def condensed(question: str, history: tuple[Turn, ...], model: Any = None) -> str:
        given.append((question, history, model))
        return QUESTION

    monkeypatch.setattr(steps_module, "condense", condensed)
    history = [Turn("user", "Hvad er skybrudssikring?")]
    answer = assistant.ask("Hvad koster det så?", history=history)
    assert given == [("Hvad koster det så?", tuple(history), None)]
    assert answer.question == "Hvad koster det så?"
    assert answer.notes[0] == f"Forstået som: {QUESTION}"
    assert answer.claims == assistant.ask(QUESTION).claims


def test_a_model_that_fails_while_condensing_is_not_asked_again(
    chain: AnswerChain, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def condensed(question: str, history: object, model: object = None) -> str:
        if model:
            raise ModelError(DOWN)
        return question

    monkeypatch.setattr(steps_module, "condense", condensed)
    _, answer = streamed(chain)
    assert answer.notes[-1].startswith(DOWN)
    assert engine.written == 0


def test_the_generative_engine_without_a_model_is_wrong_use(assistant: Assistant) -> None:
    with pytest.raises(WrongUseError, match="ASSISTANT_LLM"):
        assistant.ask(QUESTION, engine="generative")
    with pytest.raises(WrongUseError, match="ASSISTANT_LLM"):
        assistant.stream(QUESTION, engine="generative")
    with pytest.raises(WrongUseError, match="tomt"):
        assistant.chain.invoke(Asked(" "))


def test_a_langchain_user_retrieves_with_everything_of_the_citation(assistant: Assistant) -> None:
    filters = Filters(document_kind="minutes")
    retriever = PassageRetriever(search=assistant.search, filters=filters, limit=3)
    documents = retriever.invoke(QUESTION)
    hits = assistant.search(QUESTION, filters, 3)
    assert [one.page_content for one in documents] == [hit.text for hit in hits]
    sections = assistant.store.catalogue.sections(one.metadata["section_id"] for one in documents)
    for one in documents:
        place = one.metadata
        text = sections[place["section_id"]].section.text
        assert text[place["start"]:place["end"]] == one.page_content
        assert {"committee", "meeting_date", "case_number", "title", "url"} <= set(place)
