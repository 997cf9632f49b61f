"""HTML to blocks: what a portal's HTML blob says, in reading order, without its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml.html import HtmlElement, HTMLParser, fragment_fromstring

from assistant.errors import UnreadableFileError
from ingest.hidden import (
    has_no_text,
    is_hidden,
    is_out_of_sight,
    is_unseen,
    may_hide,
    without_invisible,
)

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    "p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "section", "article", "blockquote",
    "dl", "dt", "dd", "pre", "hr",
}
_EMPHASIS = {"strong", "b", "u", "em", "i"}
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ITEM_NUMBER = re.compile(r"^\(?(\d{1,2}|[a-zæøå])[.)]\s")


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """One block of a page. `text` for all but tables, whose cells are in `rows`."""

    kind: Literal["heading", "paragraph", "list_item", "table"]
    text: str = ""
    level: int = 0
    marker: str = ""
    emphasised: bool = False
    opens_span: bool = False
    """A heading directly before a `<span>`: how the portal sets its own section headings."""
    inside_heading: bool = False
    """What follows the heading within one heading tag: body text that was given its style."""
    opens_field: bool = False
    """The paragraph that the portal marks as the first of what the minutes add."""
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int | None = None


def html_blocks(html: str) -> list[HtmlBlock]:
    """Return the blocks of an HTML fragment in reading order.

    A heading tag that wraps a heading and body text gives both; hidden and deleted text, scripts
    and images give nothing. Malformed HTML is read as a browser would; HTML that is nested
    hundreds of levels deep raises UnreadableFileError.
    """
    html = _CONTROL.sub(" ", html)
    if not html.strip():
        return []
    walk = _Walk(may_hide(html))
    try:
        return list(walk.run(_parsed(html)))
    except RecursionError as error:
        raise UnreadableFileError(
            "Et punkts HTML er indlejret for dybt til at kunne læses. Hent det fra portalen igen."
        ) from error


def hidden_words(html: str) -> int:
    """Return how many words an HTML fragment has that its styles keep from every reader."""
    html = _CONTROL.sub(" ", html)
    if not html.strip() or not may_hide(html):
        return 0
    return sum(
        len((text or "").split())
        for element in _parsed(html).iter()
        if isinstance(element.tag, str) and is_out_of_sight(element)
        for text in (element.text, *(child.tail for child in element))
    )


def _parsed(html: str) -> HtmlElement:
    return fragment_fromstring(html, create_parent="div", parser=HTMLParser(huge_tree=True))


class _Walk:
    """Walks the tree and gathers inline text until a block border."""

    def __init__(self, may_hide: bool) -> None:
        self._may_hide = may_hide
        self._inline: list[str] = []
        self._plain = False
        self._emphasis = 0
        self._heading: HtmlBlock | None = None

    def run(self, root: HtmlElement) -> Iterator[HtmlBlock]:
        yield from self._children(root, HtmlBlock("paragraph"))
        yield from self._flush(HtmlBlock("paragraph"))

    def _children(self, element: HtmlElement, like: HtmlBlock) -> Iterator[HtmlBlock]:
        unseen = self._may_hide and is_unseen(element)
        self._text("" if unseen else element.text)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, like)
            self._text("" if unseen else child.tail)

    def _element(self, element: HtmlElement, like: HtmlBlock) -> Iterator[HtmlBlock]:
        tag = str(element.tag).lower()
        if has_no_text(element) or (self._may_hide and is_hidden(element)):
            return
        if tag == "br":
            yield from self._flush(like)
        elif tag == "table":
            yield from self._flush(like)
            yield from self._table(element, like)
        elif tag not in _BLOCKS:
            self._emphasis += tag in _EMPHASIS
            yield from self._children(element, like)
            self._emphasis -= tag in _EMPHASIS
        else:
            yield from self._flush(like)
            inner = _like(element, tag, like)
            yield from self._children(element, inner)
            yield from self._flush(inner)

    def _table(self, table: HtmlElement, like: HtmlBlock) -> Iterator[HtmlBlock]:
        rows = _rows(table)
        if max((len(row) for row in rows), default=0) < 2:
            for cell in (cell for row in rows for cell in row if not is_hidden(cell)):
                yield from self._children(cell, like)
                yield from self._flush(like)
            return
        header = sum(all(cell.tag == "th" for cell in row) for row in rows[:3]) or None
        yield HtmlBlock("table", rows=_grid(rows, self._may_hide), header_rows=header)

    def _text(self, text: str | None) -> None:
        if text:
            self._inline.append(text)
            self._plain = self._plain or (not self._emphasis and bool(text.strip()))

    def _flush(self, like: HtmlBlock) -> Iterator[HtmlBlock]:
        text = _SPACE.sub(" ", without_invisible("".join(self._inline))).strip()
        emphasised = not self._plain
        self._inline, self._plain = [], False
        if not text:
            return
        marker = "" if _ITEM_NUMBER.match(text) else like.marker
        inside = like.kind == "heading" and like is self._heading
        if like.kind == "heading":
            self._heading = like
        yield replace(
            like, text=text, marker=marker, emphasised=emphasised, inside_heading=inside
        )


def _like(element: HtmlElement, tag: str, outer: HtmlBlock) -> HtmlBlock:
    if tag in _HEADINGS:
        after = element.getnext()
        return HtmlBlock(
            "heading", level=int(tag[1]), opens_span=after is not None and after.tag == "span"
        )
    if tag == "li":
        return HtmlBlock("list_item", marker=_marker(element))
    if tag == "p" and "xsltFirstParagraph" in element.get("class", ""):
        return replace(outer, opens_field=True)
    return outer


def _marker(item: HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    first = parent.get("start", "1")
    place = sum(1 for before in item.itersiblings("li", preceding=True))
    number = (int(first) if first.isdigit() else 1) + place
    lettered = "alpha" in parent.get("style", "") or parent.get("type", "") in ("a", "A")
    return f"{chr(96 + number)}." if lettered and number <= 26 else f"{number}."


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    rows = []
    for row in table.iter("tr"):
        if is_hidden(row):
            continue
        owner = next(row.iterancestors("table"))
        if owner is table:
            rows.append([cell for cell in row if cell.tag in ("td", "th")])
    return rows


def _grid(rows: list[list[HtmlElement]], may_hide: bool) -> tuple[tuple[str, ...], ...]:
    """Cell texts with spans resolved: a wide or tall cell holds its text once, then blanks."""
    tall: dict[int, int] = {}
    grid = []
    for row in rows:
        texts: list[str] = []
        for cell in row:
            while tall.get(len(texts), 0):
                tall[len(texts)] -= 1
                texts.append("")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(width):
                tall[len(texts)] = height - 1
                texts.append("" if offset else _cell_text(cell, may_hide))
        grid.append(tuple(texts))
    return tuple(grid)


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), 50) if value.isdigit() else 1


def _cell_text(cell: HtmlElement, may_hide: bool) -> str:
    if is_hidden(cell):
        return ""
    lines = []
    for block in _Walk(may_hide).run(cell):
        lines += [block.text] if block.text else [" ".join(filter(None, row)) for row in block.rows]
    return "\n".join(lines)
