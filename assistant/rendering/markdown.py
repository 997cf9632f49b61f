"""An outline as Markdown; what sources say is escaped, so that it never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.rendering import labels
from assistant.rendering.outline import Chapter, Entry, Outline, Part, SourceNote

_MARKUP = re.compile(r"[\\`*_\[\]{}|~]")
_OPENS_LINE = re.compile(r"^(?:[#>+=-]|\d+[.)](?=\s|$))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAGS = str.maketrans({"<": "&lt;", ">": "&gt;"})
_IN_LINK = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"})


def to_markdown(outline: Outline) -> str:
    """Return the document as Markdown that any reader of it shows alike."""
    blocks = [f"# {_escaped(outline.title)}", *_facts(outline.facts)]
    blocks += [f"*{_escaped(outline.made)}*", *map(_warning, outline.warnings)]
    for chapter in outline.chapters:
        blocks += _chapter(chapter)
    return "\n\n".join(blocks) + "\n"


def _chapter(chapter: Chapter) -> Iterable[str]:
    yield f"## {_escaped(chapter.title)}"
    yield from _facts(chapter.facts)
    if chapter.link:
        yield _link(chapter.link, labels.OPEN_ITEM)
    if chapter.made:
        yield f"*{_escaped(chapter.made)}*"
    yield from map(_warning, chapter.warnings)
    for part in chapter.parts:
        yield from _part(part)
    yield from map(_line, chapter.explained)
    if chapter.sources:
        yield f"### {labels.SOURCES}"
        yield "\n".join(f"- {_source(note)}" for note in chapter.sources)


def _part(part: Part) -> Iterable[str]:
    if not part.entries and not part.silent:
        return
    yield f"### {_escaped(part.heading)}"
    if not part.entries:
        yield _line(part.silent)
    elif part.form == "points":
        yield "\n".join(f"- {_entry(entry)}" for entry in part.entries)
    elif part.form == "words":
        yield " · ".join(map(_entry, part.entries))
    else:
        yield from map(_entry, part.entries)


def _entry(entry: Entry) -> str:
    text = f"**{_escaped(entry.label)}** {_escaped(entry.text)}" if entry.label else ""
    mark = f" *({_escaped(entry.mark)})*" if entry.mark else ""
    return (text or _line(entry.text)) + mark + "".join(f" [{n}]" for n in entry.citations)


def _source(note: SourceNote) -> str:
    numbers = " ".join(f"[{n}]" for n in note.numbers)
    quote = f" »{_escaped(note.quote)}« –" if note.quote else ""
    link = f" – {_link(note.link, labels.OPEN_SOURCE)}" if note.link else ""
    return f"{numbers}{quote} {_escaped(note.place)}{link}"


def _facts(facts: Iterable[tuple[str, str]]) -> list[str]:
    line = "  \n".join(f"**{_escaped(name)}:** {_escaped(value)}" for name, value in facts)
    return [line] if line else []


def _link(url: str, text: str) -> str:
    return f"[{text}]({url.translate(_IN_LINK)})"


def _warning(text: str) -> str:
    return f"> **{_escaped(text)}**"


def _escaped(text: str) -> str:
    told = _ENTITY.sub("&amp;", " ".join(text.split()))
    return _MARKUP.sub(r"\\\g<0>", told).translate(_TAGS)


def _line(text: str) -> str:
    """Escaped text that opens a line, where it must begin no list, heading or quote."""
    return _OPENS_LINE.sub(lambda opening: f"{opening[0][:-1]}\\{opening[0][-1]}", _escaped(text))
