"""An outline as HTML that brings everything with it: no script, no font, no picture from elsewhere.

Every text is escaped by the template engine; only addresses that `web_link` let through are links.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from assistant.rendering import labels
from assistant.rendering.outline import Chapter, Outline

_PAGE = """<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
html { color-scheme: light dark; } body { margin: 0; }
@media (prefers-color-scheme: dark) { body { background: #14181e; } }
@media print { body { background: #fff; } @page { margin: 2cm; } }
</style>
</head>
<body>
{{ fragment }}</body>
</html>
"""


def to_html(outline: Outline) -> str:
    """Return the document as a whole page."""
    names = [chapter.title for chapter in outline.chapters]
    title = f"{outline.title}: {names[0]}" if len(names) == 1 else outline.title
    page = _environment().from_string(_PAGE)
    return page.render(title=title, fragment=Markup(to_fragment(outline)))  # noqa: S704


def to_fragment(outline: Outline) -> str:
    """Return the document as one `<article>` with its own style, to stand inside another page."""
    return _fragment().render(
        outline=outline,
        labels=labels,
        cited_first=_cited_first,
        css=Markup(_css()),  # noqa: S704
    )


def _cited_first(chapter: Chapter) -> dict[int, str]:
    """Where each source is cited first: the number of the part and of the entry in it."""
    first: dict[int, str] = {}
    shown = [part for part in chapter.parts if part.entries or part.silent]
    for number, part in enumerate(shown, start=1):
        for place, entry in enumerate(part.entries, start=1):
            for n in entry.citations:
                first.setdefault(n, f"{number}-{place}")
    return first


@cache
def _fragment() -> Template:
    return _environment().from_string(_text("fragment.html.jinja"))


@cache
def _css() -> str:
    return _text("fragment.css")


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined)


def _text(name: str) -> str:
    return (files("assistant.rendering") / name).read_text(encoding="utf-8")
