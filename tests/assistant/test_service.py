import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from assistant.answering.verify import quote_stands
from assistant.chain.steps import LONGEST_QUESTION
from assistant.errors import WrongUseError
from assistant.service import Assistant
from assistant.settings import Settings

QUESTIONS = Path(__file__).parents[2] / "data" / "sample_questions.jsonl"


@pytest.fixture(scope="module")
def assistant(sample_home: Settings) -> Iterator[Assistant]:
    assistant = Assistant(sample_home)
    yield assistant
    assistant.close()


def questions() -> list[str]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def test_every_answer_on_the_sample_keeps_the_trust_rules(assistant: Assistant) -> None:
    catalogue = assistant.store.catalogue
    for question in questions():
        answer = assistant.ask(question)
        sections = catalogue.sections(citation.section_id for citation in answer.citations)
        assert all(quote_stands(citation, sections) for citation in answer.citations), question
        assert all(figure.supported for figure in answer.figures), question
        cited = {number for claim in answer.claims for number in claim.citations}
        assert cited == {citation.n for citation in answer.citations}, question
        assert all(f"[{number}]" in answer.answer for number in cited), question
        assert len(answer.answer.split()) <= 120, question
        places = [(c.section_id, c.start, c.end) for c in answer.citations]
        assert not any(lies_in(one, other) for one in places for other in places), question


def lies_in(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether one quote is told again inside another."""
    same = one[0] == other[0] and other[1] <= one[1] and one[2] <= other[2]
    return same and one != other


def test_answering_what_was_retrieved_is_the_same_as_asking(assistant: Assistant) -> None:
    question = "Hvad koster skybrudssikring af Nørrevang?"
    asked = assistant.ask(question)
    found = assistant.retrieve(question)
    told = assistant.answer(found, time.monotonic() - 60)
    assert (told.answer, told.citations) == (asked.answer, asked.citations)
    assert told.question == question
    assert told.took_ms >= 60_000, "it is counted from when the asking started"


def test_search_gives_the_hits_that_an_answer_is_read_out_of(assistant: Assistant) -> None:
    query = "skybrudssikring af Nørrevang"
    assert assistant.search(query, limit=3) == list(assistant.retrieve(query, limit=3).hits)


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("Hvad koster skybrudssikring af Nørrevang?") for _ in range(2))
    assert first.answer == second.answer
    assert first.citations == second.citations


def test_the_answer_has_the_contracts_fields(assistant: Assistant) -> None:
    told = asdict(assistant.ask("Hvad besluttede Byrådet om skybrudssikring af Nørrevang?"))
    assert set(told) >= {
        "question", "status", "engine", "model", "answer", "claims", "citations", "figures",
        "follow_ups", "notes", "took_ms", "provenance",
    }
    assert set(told["citations"][0]) >= {
        "n", "quote", "document", "item_id", "item_number", "title", "case_number", "committee",
        "meeting_date", "section", "heading", "page", "start", "end", "url",
    }
    assert told["citations"][0]["meeting_date"] == "2025-05-27"


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_refused_with_what_to_do(assistant: Assistant, question: str) -> None:
    with pytest.raises(WrongUseError, match="tomt"):
        assistant.ask(question)


def test_a_question_that_is_too_long_is_refused(assistant: Assistant) -> None:
    with pytest.raises(WrongUseError, match=str(LONGEST_QUESTION)):
        assistant.ask("a" * 10_000)


@pytest.mark.parametrize("question", ["?", "!!!", "12", "\u202e", "😀", "hvad", "§"])
def test_a_question_of_nothing_gets_a_no(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_found"


def test_an_empty_store_says_what_to_do(settings: Settings) -> None:
    assistant = Assistant(settings)
    with pytest.raises(WrongUseError, match="assistant ingest"):
        assistant.ask("Hvad koster det?")
    assistant.close()


def test_the_status_counts_what_is_held(assistant: Assistant) -> None:
    told = assistant.status()
    assert told["documents"] == 9
    assert told["closed"] == 8
    assert told["vectors"] == told["passages"]
    assert told["pending"] == 0
