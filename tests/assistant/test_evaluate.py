from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import WrongUseError
from assistant.evaluate import (
    EvalQuestion,
    Judged,
    is_right,
    judge,
    read_questions,
    yardsticks,
)
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Citation, Claim


def question(expect: str = "answer", **fields: object) -> EvalQuestion:
    told = {"must": (("1,2 mio", "1.200.000"),), "case": "22-000001", **fields}
    return EvalQuestion("q", "Hvad koster det?", "amount", expect, **told)  # type: ignore[arg-type]


def answer(text: str, status: str = "answered", case: str = "22-000001") -> Answer:
    citation = Citation(
        1, "q", "sag.json", "i", "1", "t", case, "", None, "oekonomi", "", None, 0, 1, "", "d/0"
    )
    return Answer(
        "q", status, "extractive", None, text, (Claim(text, "quote", (1,)),), (citation,)
    )  # type: ignore[arg-type]


def test_one_alternative_and_the_right_case_make_a_right_answer() -> None:
    assert is_right(question(), answer("Det koster 1.200.000 kr."))
    assert is_right(question(), answer("Det koster 1,2  mio. kr."))
    assert not is_right(question(), answer("Det koster 1,3 mio. kr."))
    assert not is_right(question(), answer("Det koster 1,2 mio. kr.", case="22-000002"))
    assert not is_right(question(), answer("1,2 mio. kr. " + "ord " * 120))


def test_a_document_counts_where_there_is_no_case() -> None:
    assert is_right(question(case="", doc="sag.json"), answer("1,2 mio. kr."))
    assert not is_right(question(case="", doc="anden.json"), answer("1,2 mio. kr."))


def test_a_no_must_be_the_right_no() -> None:
    no = question("not_found", must=())
    assert is_right(no, answer("Det står der ikke.", "not_found"))
    assert not is_right(no, answer("Det står der ikke.", "closed"))
    assert not is_right(question(), answer("1,2 mio. kr.", "not_found"))


def test_a_false_premise_is_met_with_a_no_or_a_decision() -> None:
    false = question("answer_must_not_accept", must=())
    assert is_right(false, answer("Det står der ikke.", "not_found"))
    assert not is_right(false, answer("Fordi det er godt."))


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', "null"])
def test_a_broken_question_file_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(WrongUseError, match="linje 2"):
        read_questions([path])


def test_a_missing_or_empty_question_file_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError):
        read_questions([tmp_path / "none.jsonl"])
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(WrongUseError):
        read_questions([tmp_path / "empty.jsonl"])


def test_a_question_is_retrieved_once_and_judged_by_what_was_found(
    sample_home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = Assistant(sample_home)
    retrieved: list[str] = []
    retrieve = assistant._retriever.retrieve
    monkeypatch.setattr(
        assistant._retriever, "retrieve",
        lambda text, *rest: retrieved.append(text) or retrieve(text, *rest),
    )  # fmt: skip
    told = question(must=(("14,7 mio",),), case="25-004711")
    asked = replace(told, question="Hvor stor en anlægsbevilling søges der til Nørrevang?")
    judged = judge(asked, assistant)
    assistant.close()
    assert retrieved == [asked.question]
    assert judged.place == 1
    assert judged.quotes == judged.quotes_standing > 0
    assert (judged.leaks, judged.false_decisions, judged.unsupported) == (0, 0, 0)


def test_what_a_model_cost_and_lost_is_summed() -> None:
    told = {"tokens_in": "100", "tokens_out": "20", "claims_dropped": "2"}
    answers = (
        replace(answer("1,2 mio. kr."), provenance=told),
        replace(answer("1,2 mio. kr."), provenance={**told, "fallback": "Den er nede."}),
        answer("1,2 mio. kr."),
    )
    judged = [Judged(question(), one, True, 1, 1, 1, 0, 0, 0) for one in answers]
    summed = yardsticks(judged)
    names = ("unsupported_shown", "claims_dropped", "fallbacks", "tokens_in", "tokens_out")
    assert [summed[name] for name in names] == [0, 4, 1, 200, 40]
