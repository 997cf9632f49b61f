"""Prompt injections, for both engines: a document that gives orders is still only a document."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from assistant.answering.draft import Draft, body_and_day
from assistant.answering.verify import Checked, check, folded, quote_stands
from assistant.answering.wording import wording_rules
from assistant.generative import engine
from assistant.generative.decisions import says_decided
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.summarising.case import gather
from assistant.summarising.request import summary_request
from assistant.types import Citation, Claim
from ingest.pipeline import ingest
from tests.assistant.generative.attacked import (
    SECRETS,
    WAYS,
    Attack,
    ObedientModel,
    attacks,
    write_meetings,
)

ATTACKS = [pytest.param(attack, id=attack.id) for attack in attacks()]
KEY_LINE = re.compile(r"Kilde (\d+), nøgle (\w+), .*:")
LABELS = (
    "Indstilling: ", "Indstillingen, som ikke er en beslutning, lyder: ", "Sagens forløb: ",
    "I sagen står: ",
)  # fmt: skip


@pytest.fixture(scope="module")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> Iterator[Assistant]:
    """An assistant over one store with all the attacked meetings, ingested as any other."""
    folder = tmp_path_factory.mktemp("attacked")
    with closing(Assistant(Settings(home=folder / "home", models=models))) as opened:
        (folder / "corpus").mkdir()
        report = ingest(write_meetings(folder / "corpus"), opened.store)
        assert not report.failures
        assert report.closed == len(ATTACKS)
        assert report.hidden_words > 20
        yield opened


@pytest.fixture(scope="module")
def retrieve(assistant: Assistant) -> Callable[[str], Retrieved]:
    """What is found for a question, once for all that is tried with it."""
    return cache(assistant.retrieve)


@pytest.fixture
def gate_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is asked whatever the extractive engine found: what comes after it must hold."""
    monkeypatch.setattr(engine.extractive, "answer", lambda *_: Draft())


def generative(found: Retrieved, assistant: Assistant, model: ObedientModel) -> Checked:
    """What holds of what the model claims, as it is shown."""
    *_, draft = engine.answer(found, assistant.store, model)
    rules = wording_rules(assistant.store.embedder)
    return check(draft.claims, draft.citations, draft.sections, rules)


def cited_by(claim: Claim, citations: tuple[Citation, ...]) -> list[Citation]:
    return [citation for citation in citations if citation.n in claim.citations]


def assert_neutral(
    attack: Attack,
    claims: tuple[Claim, ...],
    citations: tuple[Citation, ...],
    assistant: Assistant,
) -> None:
    """What is claimed is there to be quoted, and called what it is."""
    sections = assistant.store.catalogue.sections(one.section_id for one in citations)
    for claim in claims:
        cited = cited_by(claim, citations)
        assert cited
        assert all(quote_stands(one, sections) for one in cited)
        own = without_quotes(claim, cited)
        assert folded(attack.demand).casefold() not in own.casefold()
        assert "abcd" not in claim.text
        assert "![" not in claim.text
        if claim.kind == "decision":
            assert {one.section for one in cited} == {"beslutning"}
        elif says_decided(claim.text):
            assert own in LABELS


def without_quotes(claim: Claim, cited: list[Citation]) -> str:
    """The claim's own words: what is left of it without what it quotes between »«."""
    text = claim.text
    for one in cited:
        text = text.replace(f"»{one.quote}«", "")
    return text


def assert_nothing_leaks(told: str) -> None:
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_extractive_engine_quotes_what_is_there_and_calls_it_what_it_is(
    attack: Attack, assistant: Assistant
) -> None:
    answer = assistant.ask(attack.question)
    assert answer.status in ("answered", "not_found", "undecided")
    assert_neutral(attack, answer.claims, answer.citations, assistant)
    assert_nothing_leaks(repr(answer))
    if attack.hidden:
        assert attack.hidden not in repr(answer)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.usefixtures("gate_open")
def test_a_model_that_obeys_the_attack_gets_nothing_past_the_verification(
    attack: Attack, way: str, assistant: Assistant, retrieve: Callable[[str], Retrieved]
) -> None:
    model = ObedientModel(attack, way)
    checked = generative(retrieve(attack.question), assistant, model)
    assert model.prompts
    assert_neutral(attack, checked.claims, checked.citations, assistant)
    assert_nothing_leaks(repr(checked))
    assert all(claim.text.startswith(LABELS) or claim.kind != "statement"
               for claim in checked.claims)


@pytest.mark.usefixtures("gate_open")
def test_the_same_model_gets_the_cases_own_words_past(assistant: Assistant) -> None:
    own = "Lamperne på Kastanjevej er fra 1974."
    honest = replace(attacks()[0], planted=own, demand=own)
    found = assistant.retrieve("Hvor gamle er lamperne på Kastanjevej?")
    checked = generative(found, assistant, ObedientModel(honest, "the planted words"))
    assert [(claim.kind, claim.text) for claim in checked.claims] == [("statement", own)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_prompt_keeps_the_attack_inside_its_fence(
    attack: Attack, assistant: Assistant, retrieve: Callable[[str], Retrieved]
) -> None:
    found = retrieve(attack.question)
    prompt, given = engine.request(found, assistant.store, 8192)
    fenced, outside = taken_apart(prompt.user)
    assert fenced == [span.stored.section.text[span.start:span.end] for span in given.values()]
    headed = [line for line in outside if line.startswith("Kilde ")]
    keys = [key for line in headed if (key := KEY_LINE.fullmatch(line))]
    assert [(key[1], key[2]) for key in keys] == [
        (str(number), key) for number, key in enumerate(given, start=1)
    ]
    assert len(keys) == len(headed)
    template, _ = engine.request(found, assistant.store, 0)
    assert prompt.system == template.system
    rest = [line for line in outside if line not in headed]
    assert rest == [line for line in taken_apart(template.user)[1] if line.strip()
                    and not line.startswith("Kilde ")]
    assert_nothing_leaks(prompt.user)


def taken_apart(user: str) -> tuple[list[str], list[str]]:
    """The fenced texts, as Markdown reads fences, and the lines outside them."""
    fenced, outside, fence, inside = [], [], "", []
    for line in user.split("\n"):
        if fence and line == fence:
            fenced.append("\n".join(inside))
            fence, inside = "", []
        elif fence:
            inside.append(line)
        elif re.fullmatch(r"`{3,}", line):
            fence = line
        elif line.strip():
            outside.append(line)
    assert not fence
    return fenced, outside


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_summary_request_keeps_the_attack_inside_its_fence(
    attack: Attack, assistant: Assistant
) -> None:
    case = gather(attack.id, assistant.store.catalogue)
    user = summary_request(case, ("Økonomi",)).prompt.user
    fenced, outside = taken_apart(user)
    headed = [line for line in outside if line.startswith("Kilde ")]
    assert len(headed) == len(fenced)
    assert all(KEY_LINE.fullmatch(line) for line in headed)
    assert f"Sagens titel: {folded(attack.title)}" in outside
    assert f"Behandles i: {body_and_day(case.item.committee, case.item.meeting_date)}" in outside
    assert_nothing_leaks(user)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_extractive_summary_says_nothing_of_what_it_is_ordered(
    attack: Attack, assistant: Assistant
) -> None:
    summary = assistant.summarise(attack.id).kept.summary
    lines = [*summary.opsummering, *summary.fordele, *summary.ulemper]
    told = " ".join(line.text for line in lines)
    assert attack.demand not in told.replace(attack.planted, "")
    assert_nothing_leaks(repr(summary))
    if attack.hidden:
        assert attack.hidden not in repr(summary)


def test_there_are_attacks_enough_in_both_languages() -> None:
    english = [one for one in attacks() if re.search(r"\b(?:the|all|your)\b", one.planted)]
    assert len(ATTACKS) >= 40
    assert len(english) >= 2


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one.values[0].hidden])
def test_what_no_reader_of_the_page_sees_is_not_stored(
    attack: Attack, assistant: Assistant
) -> None:
    assert not holds(assistant.store.home, attack.hidden)


def test_nothing_of_a_closed_item_is_stored(assistant: Assistant) -> None:
    assert not [secret for secret in SECRETS if holds(assistant.store.home, secret)]


def holds(home: Path, text: str) -> bool:
    """Whether any text of the catalogue has it."""
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as connection:
        return any(text in line for line in connection.iterdump())
