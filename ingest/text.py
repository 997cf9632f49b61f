"""Plain text and markdown, as converted from PDF, to blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal

from assistant.danish.dates import MONTHS

_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_BREAKS = re.compile(r"<br\s*/?>|</p>|</li>|</div>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|ul|ol|li|b|i|em|strong|u|span|div|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE
)
_EMPHASIS = re.compile(
    r"(?<!\w)(?:(?P<stars>\*{1,3})(?=\S)(?P<starred>[^*\n]+)(?<=\S)(?P=stars)"
    r"|(?P<bars>_{2,3})(?=\S)(?P<barred>[^_\n]+)(?<=\S)(?P=bars))(?!\w)"
)
_BULLETS = "[-–•▶*·◦‣]"
_BULLET = re.compile(
    rf"^\s*(?:{_BULLETS}\s+)*(?:{_BULLETS}|\d{{1,2}}[.)]|[a-z][.)])\s+(?=\S)"
)
_DATE = re.compile(rf"^\s*\d{{1,2}}\.\s+(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:.*(?:\.{3,}|\t)\s*\d{1,3}|\d{1,3}\t.*)$")
_CONTENTS_HEADING = re.compile(r"^(?:indholdsfortegnelse|indhold)$", re.IGNORECASE)
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_FINISHED = re.compile(r"[.!?:;]\W*$")
_GOES_ON = re.compile(r"^(?:[a-zæøå(,]|\d+(?:[.,]\d+)*\s+(?:mio|mia|kr|pct|%))")
_TABLE_RULE = re.compile(r"^[-:=|\s]+$")
_BROKEN_LINE = 60


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block of a text. `raw_marker` is what stood before a list item, white space included."""

    kind: Literal["heading", "paragraph", "list_item", "table"]
    text: str = ""
    level: int = 0
    raw_marker: str = ""
    alone: bool = False
    """One line between blank lines: what a heading without markup looks like."""
    after_blank: bool = True
    rows: tuple[tuple[str, ...], ...] = ()


def text_blocks(text: str) -> list[TextBlock]:
    """Return the blocks of plain text or markdown.

    Consecutive lines with tabs are one table; the contents list is left out; a sentence that a
    page break cut in two is joined again.
    """
    return list(_joined(_blocks(_without_contents(_lines(text)))))


def list_marker(line: str) -> str:
    """Return what marks a line as a list item (`- `, `2. `, `a) `), or "". A date is no marker."""
    found = _BULLET.match(line)
    return found.group() if found and not _DATE.match(line) else ""


def plain(text: str) -> str:
    """Return `text` without markdown emphasis and HTML tags, white space kept."""
    text = _TAGS.sub("", _BREAKS.sub("\n", text))
    for _ in range(2):
        text = _EMPHASIS.sub(lambda found: found["starred"] or found["barred"], text)
    return unescape(text)


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.replace("\f", "\n").split("\n")]


def _without_contents(lines: list[str]) -> Iterator[str]:
    """Leave out a contents heading with the page-numbered lines that follow it."""
    inside = False
    for line in lines:
        if _CONTENTS_HEADING.match(plain(line.lstrip("# ")).strip()):
            inside = True
        elif not inside:
            yield line
        elif line.strip() and not _CONTENTS.match(line.strip()):
            inside = False
            yield line


def _blocks(lines: Iterator[str]) -> Iterator[TextBlock]:
    table: list[str] = []
    before_blank = True
    kept = [line for line in lines if not _RULE.match(line)]
    for number, line in enumerate(kept):
        if "\t" in line.strip("\n ") and line.strip():
            if not _TABLE_RULE.match(line):
                table.append(line)
            continue
        if table:
            yield _table(table)
            table = []
        if line.strip():
            after_blank = number + 1 == len(kept) or not kept[number + 1].strip()
            alone = before_blank and after_blank
            yield replace(_block(line), alone=alone, after_blank=before_blank)
        before_blank = not line.strip()
    if table:
        yield _table(table)


def _table(lines: list[str]) -> TextBlock:
    rows = tuple(tuple(plain(cell).strip() for cell in line.split("\t")) for line in lines)
    return TextBlock("table", rows=rows)


def _block(line: str) -> TextBlock:
    if heading := _MARKDOWN_HEADING.match(line.strip()):
        return TextBlock("heading", plain(heading[2]).strip(" -–"), len(heading[1]))
    if marker := list_marker(line):
        return TextBlock("list_item", plain(line[len(marker):]).strip(), raw_marker=marker)
    return TextBlock("paragraph", plain(line).strip())


def _joined(blocks: Iterator[TextBlock]) -> Iterator[TextBlock]:
    held: TextBlock | None = None
    for block in blocks:
        if held and _broken_between(held, block):
            held = TextBlock("paragraph", f"{held.text} {block.text}", after_blank=held.after_blank)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _broken_between(first: TextBlock, second: TextBlock) -> bool:
    return (
        first.kind == second.kind == "paragraph"
        and (len(first.text) > _BROKEN_LINE or not second.after_blank)
        and not _FINISHED.search(first.text)
        and bool(_GOES_ON.match(second.text))
    )
