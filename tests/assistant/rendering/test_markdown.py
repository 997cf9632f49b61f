"""Markdown: what sources say never becomes markup."""

import re
from dataclasses import replace

from assistant.rendering.briefing_outline import briefing_outline
from assistant.rendering.markdown import to_markdown
from assistant.rendering.outline import Entry, Part
from assistant.rendering.summary_outline import summary_outline
from tests.assistant.rendering.made import HOSTILE, URL, briefing, draft


def test_the_block_in_the_portals_order() -> None:
    told = to_markdown(summary_outline([draft()]))
    headings = re.findall(r"^#+ (.+)$", told, re.MULTILINE)
    assert headings == [
        "Prompt resultater", "Cykelsti på Havnevej", "Spørgsmål", "Opsummering", "Fordele",
        "Emneord", "Ikke belyst i sagen", "Kilder",
    ]  # fmt: skip
    assert "Cykelstien koster 700.000 kr. [2] [1]\n" in told
    assert "- Stien kan tages i brug af skolebørn. *(afledt)* [3]\n" in told
    assert f"– [Åbn kilden]({URL})" in told
    assert "*Udarbejdet maskinelt – ikke kontrolleret af en person*" in told


def test_hostile_text_is_escaped() -> None:
    told = to_markdown(summary_outline([draft(title=HOSTILE)]))
    assert "<script" not in told
    assert not re.search(r"(?<!\\)\]\(javascript:", told)
    assert r"\*fed\*" in told


def test_a_line_that_looks_like_a_list_or_heading_is_text() -> None:
    one = briefing_outline(briefing())
    told = to_markdown(one)
    assert "**1.** Administrationen indstiller" in told
    part = Part("Punkter", tuple(map(Entry, ("1. et", "- to", "# tre", "2025 er et år"))))
    chapter = replace(one.chapters[0], parts=(part,))
    lines = to_markdown(replace(one, chapters=(chapter,))).splitlines()
    assert {r"1\. et", r"\- to", r"\# tre", "2025 er et år"} <= set(lines)


def test_an_entity_in_the_text_is_shown_as_it_is_written() -> None:
    told = to_markdown(summary_outline([draft(title="Teknik & Miljø &lt;b&gt;")]))
    assert "## Teknik & Miljø &amp;lt;b&amp;gt;" in told
