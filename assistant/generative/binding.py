"""From a model's line to the places it quotes: what was not given, or is altered, binds nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.answering.draft import Span
from assistant.generative.lines import ReplyLine, ReplySource

_SHORTEST_QUOTE = 3
"""Words: fewer would bear out any line at all."""
_QUOTED = re.compile(r"^[\s»«\"”“'’…]+|[\s»«\"”“'’…]+$")


def bound(line: ReplyLine, given: Mapping[str, Span]) -> tuple[Span, ...]:
    """Return where the line's quotes stand in the passages given; nothing where one does not."""
    spans = [_span(source, given) for source in line.kilder]
    return tuple(span for span in spans if span) if all(spans) else ()


def _span(source: ReplySource, given: Mapping[str, Span]) -> Span | None:
    """Where the quote stands, white space folded, in the passage of that key."""
    passage = given.get(source.kilde)
    words = _QUOTED.sub("", source.citat).split()
    if passage is None or len(words) < _SHORTEST_QUOTE:
        return None
    text = passage.stored.section.text
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    found = pattern.search(text, passage.start, passage.end)
    return Span(passage.stored, found.start(), found.end()) if found else None
