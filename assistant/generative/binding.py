"""From a model's line to the places it quotes: what was not given, or is altered, binds nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.answering.draft import Span
from assistant.danish.sentences import sentences
from assistant.generative.lines import LONGEST_QUOTE, ReplyLine, ReplySource
from assistant.types import Block

_SHORTEST_QUOTE = 3
"""Words: fewer would bear out any line at all."""
_LONGEST_ROW = 400
"""Characters up to which a table row is quoted whole."""
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{1,5}"
"""What may stand between two words of a quote: its spaces, points and dashes are often retold."""


def bound(line: ReplyLine, given: Mapping[str, Span]) -> tuple[Span, ...]:
    """Return where the line's quotes stand in the passages given; nothing where one does not."""
    spans = [_span(source, given) for source in line.kilder]
    return tuple(span for span in spans if span) if all(spans) else ()


def _span(source: ReplySource, given: Mapping[str, Span]) -> Span | None:
    """Where the quote stands in the passage of that key: word for word, what is shown being the
    passage's own characters."""
    passage = given.get(source.kilde)
    words = _words(source.citat)
    if passage is None or not words:
        return None
    text = passage.stored.section.text
    pattern = re.compile(
        r"(?<!\w)" + _BETWEEN.join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE
    )
    for found in pattern.finditer(text, passage.start, passage.end):
        span = Span(passage.stored, found.start(), found.end())
        if len(source.citat.split()) >= _SHORTEST_QUOTE or _is_whole(span):
            return span
    return None


def _words(quote: str) -> list[str]:
    """The words of a quote; of one that its server cut off, without the last."""
    words = _WORD.findall(quote)
    return words[:-1] if len(quote) >= LONGEST_QUOTE and len(words) > _SHORTEST_QUOTE else words


def _is_whole(span: Span) -> bool:
    """Whether the span is all of a sentence, or of a table's cell."""
    section = span.stored.section
    cells = {cell for block in section.blocks for cell in block.cells}
    lines = {
        part for block in section.blocks if not block.cells for part in _parts(section.text, block)
    }
    inside = section.text[span.start:span.end].rstrip(".!?")
    return any(
        start <= span.start and span.end <= end
        and section.text[start:end].strip().rstrip(".!?") == inside
        for start, end in cells | lines
    )


def in_full(span: Span) -> Span:
    """Return the whole sentences or table rows that a span stands in.

    So no quote leaves out the *ikke* beside it, and a row is quoted with its name.
    """
    section = span.stored.section
    blocks = [one for one in section.blocks if one.start < span.end and one.end > span.start]
    parts = [part for block in blocks for part in _parts(section.text, block)]
    touched = [(start, end) for start, end in parts if start < span.end and end > span.start]
    if not touched:
        return span
    return Span(span.stored, min(touched)[0], max(end for _, end in touched))


def _parts(text: str, block: Block) -> list[tuple[int, int]]:
    if block.kind == "table_row" and block.end - block.start <= _LONGEST_ROW:
        return [(block.start, block.end)]
    whole = block.cells if block.kind == "table_row" else ((block.start, block.end),)
    return [
        (start + one.start, start + one.end)
        for start, end in whole
        for one in sentences(text[start:end])
    ]
