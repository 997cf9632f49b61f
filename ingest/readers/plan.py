"""Plans and other documents by their own headings: action plans, development plans, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from assistant.danish.dates import find_dates
from assistant.types import Action, Document, DocumentKind, Section, Step
from ingest.headings import match_heading
from ingest.municipality import municipality_of
from ingest.readers.text_sections import add_block, human_written
from ingest.sections import SectionBuilder
from ingest.text import TextBlock, text_blocks

_CHAPTER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[A-ZÆØÅ][^.!?]{2,90}$")
_ACTION = re.compile(r"^\W*Handling\s*:\s*(?P<title>.*)$", re.IGNORECASE | re.DOTALL)
_STEP = re.compile(r"^(?:Step|Trin)\s*\d+$", re.IGNORECASE)
_PLAN_WORDS = re.compile(r"forandringsprogram|strategi|politik|plan\b", re.I)
_HEAD_BLOCKS = 12
_HEAD_TEXT = 300


@dataclass
class _Chapter:
    builder: SectionBuilder
    blocks: list[TextBlock] = field(default_factory=list)
    theme: str = ""
    title: str = ""


def read_plan(text: str, document_id: str, file_name: str) -> Document:
    """Return a document whose sections follow its own headings; each *Handling* is an action."""
    blocks = list(human_written(text_blocks(text)))
    title = next((block.text for block in blocks if block.text), file_name)
    sections: list[Section] = []
    actions: list[Action] = []
    places: list[int] = []
    for chapter in _chapters(blocks, title):
        if not chapter.builder:
            continue
        if action := _action(chapter):
            actions.append(action)
            places.append(len(sections))
        sections.append(chapter.builder.build())
    head = " ".join(block.text[:_HEAD_TEXT] for block in blocks[:_HEAD_BLOCKS])
    dated = [mention for mention in find_dates(head) if mention.precision == "day"]
    return Document(
        id=document_id,
        name=file_name,
        kind=_kind(f"{title} {file_name}", actions),
        title=title,
        municipality=municipality_of(file_name=file_name, text=text),
        date=dated[0].first if dated else None,
        sections=tuple(sections),
        actions=tuple(actions),
        action_sections=tuple(places),
    )


def _kind(told: str, actions: Sequence[Action]) -> DocumentKind:
    return "plan" if actions or _PLAN_WORDS.search(told) else "attachment"


def _chapters(blocks: list[TextBlock], title: str) -> Iterator[_Chapter]:
    chapter = _Chapter(SectionBuilder("other", title))
    heading = title
    numbered = 0
    for block, after in zip_longest(blocks, blocks[1:]):
        if opened := _action_title(block):
            yield chapter
            chapter = _Chapter(SectionBuilder("other", heading), theme=heading, title=opened)
            chapter.builder.add_paragraph(f"Handling: {opened}")
            if block.kind == "table":
                for beside in filter(None, block.rows[0][1:]):
                    chapter.builder.add_paragraph(beside)
                _add(chapter, TextBlock("table", rows=block.rows[1:]))
            continue
        counted = _opens_numbered(block, after, numbered + 1)
        numbered += counted
        if counted or _opens_chapter(block):
            if _continues(chapter, block):
                continue
            yield chapter
            heading = block.raw_marker + block.text
            match = match_heading(re.sub(r"^[\d.]+\s+", "", heading))
            chapter = _Chapter(SectionBuilder(match.kind if match else "other", heading))
            continue
        _add(chapter, block)
    yield chapter


def _add(chapter: _Chapter, block: TextBlock) -> None:
    chapter.blocks.append(block)
    if block.kind == "table" and chapter.theme:
        chapter.builder.add_table(block.rows, header_rows=0, caption=f"Handling: {chapter.title}")
    else:
        add_block(chapter.builder, block)


def _opens_chapter(block: TextBlock) -> bool:
    if block.kind == "heading":
        return True
    return block.kind == "paragraph" and block.alone and bool(_CHAPTER.match(block.text))


def _opens_numbered(block: TextBlock, after: TextBlock | None, number: int) -> bool:
    """Whether a line that looks like a list item is the next chapter: `2. Mål`, and body text."""
    return (
        block.kind == "list_item"
        and block.alone
        and block.raw_marker.strip() == f"{number}."
        and bool(_CHAPTER.match(block.raw_marker + block.text))
        and after is not None
        and after.kind != "list_item"
    )


def _continues(chapter: _Chapter, block: TextBlock) -> bool:
    """A heading inside an action (`## Tidshorisont`) is one of its fields, not a new chapter."""
    if not chapter.theme or block.text.strip(" :").lower() not in _FIELDS:
        return False
    _add(chapter, TextBlock("table", rows=((block.text,),)))
    return True


def _action_title(block: TextBlock) -> str:
    told = block.rows[0][0] if block.kind == "table" else block.text
    if found := _ACTION.match(told):
        return " ".join(found["title"].split())
    return ""


_FIELDS = {
    "ansvar": "responsible",
    "ansvarlig": "responsible",
    "ansvarlige": "responsible",
    "tidshorisont": "deadline",
    "tidsfrist": "deadline",
    "opmærksomhedspunkter": "attention",
}


def _action(chapter: _Chapter) -> Action | None:
    if not chapter.theme:
        return None
    texts: dict[str, str] = {}
    deadlines: dict[str, str] = {}
    told: dict[str, list[str]] = {"responsible": [], "deadline": [], "attention": []}
    current = ""
    for label, value in _labelled(chapter.blocks):
        name = label.strip(" :").lower()
        if name in _FIELDS:
            current = _FIELDS[name]
            told[current] += filter(None, (line.strip("•▶ ") for line in value.split("\n")))
        elif _STEP.match(label.strip()):
            (deadlines if current == "deadline" else texts)[label.strip()] = value
    steps = tuple(
        Step(name, text, deadlines.get(name, "")) for name, text in texts.items() if text
    )
    return Action(
        title=chapter.title,
        theme=chapter.theme,
        steps=steps,
        responsible=" ".join(told["responsible"]),
        deadline=" ".join(told["deadline"]),
        attention=tuple(told["attention"]),
    )


def _labelled(blocks: list[TextBlock]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        for row in block.rows:
            yield row[0], row[1] if len(row) > 1 else ""
