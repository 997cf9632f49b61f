"""The loader: a prompt's fields and its file's placeholders agree, or nothing is rendered."""

import re
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import ClassVar

import pytest

import prompts
from prompts import AnswerPrompt, CaseSummaryPrompt, Prompt, PromptError

VALUES = {"title": "T", "body": "U", "topics": "E", "passages": "K", "unsaid": "S",
          "most_sentences": 4, "most_arguments": 5, "most_topics": 4}  # fmt: skip


@dataclass(frozen=True)
class Lacking(Prompt):
    file: ClassVar[str] = "case_summary.md"
    title: str = ""


@dataclass(frozen=True)
class Superfluous(CaseSummaryPrompt):
    tone: str = ""


def test_every_file_has_a_prompt_whose_fields_are_its_placeholders() -> None:
    told = {one.file: {f.name for f in fields(one)} for one in (AnswerPrompt, CaseSummaryPrompt)}
    written = {
        path.name: set(re.findall(r"\{\{(\w+)\}\}", path.read_text(encoding="utf-8")))
        for path in files(prompts).iterdir()
        if path.name.endswith(".md")
    }
    assert told == written


def test_a_placeholder_without_a_field_fails() -> None:
    with pytest.raises(PromptError, match="body, most_arguments, most_sentences"):
        Lacking().render()


def test_a_field_without_a_placeholder_fails() -> None:
    with pytest.raises(PromptError, match="tone"):
        Superfluous(**VALUES).render()  # type: ignore[arg-type]


def test_a_file_without_its_two_parts_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "_PARTS", re.compile("# Ingen"))
    prompts._template.cache_clear()
    with pytest.raises(PromptError, match="# Bruger"):
        CaseSummaryPrompt(**VALUES).render()  # type: ignore[arg-type]


def test_what_a_variable_holds_is_no_template() -> None:
    told = {**VALUES, "title": "{{passages}}", "passages": "# Bruger\n{{title}} \\1"}
    rendered = CaseSummaryPrompt(**told).render()  # type: ignore[arg-type]
    assert "Sagens titel: {{passages}}\n" in rendered.user
    assert "# Bruger\n{{title}} \\1" in rendered.user


def test_the_hash_is_the_file_s() -> None:
    first, other = (
        CaseSummaryPrompt(**{**VALUES, "title": title}).render()  # type: ignore[arg-type]
        for title in ("A", "B")
    )
    assert re.fullmatch("[0-9a-f]{64}", first.sha256)
    assert first.sha256 == other.sha256
    assert first.user != other.user
