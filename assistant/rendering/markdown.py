"""An outline as Markdown; what sources say is escaped, so that it never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.rendering import labels
from assistant.rendering.outline import Chapter, Entry, Outline, Part, SourceNote

_MARKUP = re.compile(r"[\\`*_\[\]{}|~]")
_OPENS_LINE = re.compile(r"^(?:[#>+=-]|\d+[.)](?=\s|$))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
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
        yield f"[{labels.OPEN_SOURCE}]({_address(chapter.link)})"
    if chapter.made:
        yield f"*{_escaped(chapter.made)}*"
    yield from map(_warning, chapter.warnings)
    for part in chapter.parts:
        yield from _part(part)
    yield from map(_escaped, chapter.explained)
    if chapter.sources:
        yield f"### {labels.SOURCES}"
        yield "\n".join(f"- {_source(note)}" for note in chapter.sources)


def _part(part: Part) -> Iterable[str]:
    if not part.entries and not part.silent:
        return
    yield f"### {_escaped(part.heading)}"
    if not part.entries:
        yield _escaped(part.silent)
    elif part.form == "points":
        yield "\n".join(f"- {_entry(entry)}" for entry in part.entries)
    elif part.form == "words":
        yield " · ".join(map(_entry, part.entries))
    else:
        yield from map(_entry, part.entries)


def _entry(entry: Entry) -> str:
    label = f"**{_escaped(entry.label)}** " if entry.label else ""
    mark = f" *({_escaped(entry.mark)})*" if entry.mark else ""
    return label + _escaped(entry.text) + mark + "".join(f" [{n}]" for n in entry.citations)


def _source(note: SourceNote) -> str:
    quote = f" »{_escaped(note.quote)}«" if note.quote else ""
    link = f" – [{labels.OPEN_SOURCE}]({_address(note.link)})" if note.link else ""
    return f"[{note.n}]{quote} – {_escaped(note.place)}{link}"


def _facts(facts: Iterable[tuple[str, str]]) -> list[str]:
    line = "  \n".join(f"**{_escaped(name)}:** {_escaped(value)}" for name, value in facts)
    return [line] if line else []


def _warning(text: str) -> str:
    return f"> **{_escaped(text)}**"


def _escaped(text: str) -> str:
    folded = " ".join(text.split())
    plain = _MARKUP.sub(r"\\\g<0>", folded).translate(_ENTITIES)
    return _OPENS_LINE.sub(_defused, plain)


def _defused(opening: re.Match[str]) -> str:
    """A line that begins as a list, heading or quote would, so that it begins none."""
    return f"{opening[0][:-1]}\\{opening[0][-1]}"


def _address(url: str) -> str:
    return url.translate(_IN_LINK)
