"""Which municipality a document comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

import data
from assistant.danish.words import fold

_NAMED = re.compile(r"\b([A-ZÆØÅ][a-zæøå]+(?:-[A-ZÆØÅ][a-zæøå]+)?)s? Kommune\b")
_HEAD = 600


def municipality_of(urls: Iterable[str] = (), file_name: str = "", text: str = "") -> str:
    """Return the municipality's name, or "" where nothing tells it.

    Asked in turn: the portal's host, the file's name, the document's head, and the municipality
    (`X Kommune`) that its text names most often.
    """
    for url in urls:
        if name := _from_host(urlsplit(url).hostname or ""):
            return name
    return _known_in(file_name) or _from_text(text)


@cache
def _known() -> dict[str, str]:
    return {fold(name): name for name in data.read_text("municipalities.txt").split()}


def _from_host(host: str) -> str:
    labels = host.split(".")
    if len(labels) < 2:
        return ""
    label = labels[-2].removesuffix("kommune")
    return _known().get(label) or _known_in(label) or label.capitalize()


def _known_in(file_name: str) -> str:
    folded = fold(file_name)
    found = [key for key in _known() if re.search(rf"(?<![a-z]){re.escape(key)}(?![a-z])", folded)]
    return _known()[max(found, key=len)] if found else ""


def _from_text(text: str) -> str:
    for part in (text[:_HEAD], text):
        if named := Counter(_NAMED.findall(part)).most_common(1):
            return str(named[0][0])
    first_line = text.strip().split("\n", 1)[0].strip()
    return _known().get(fold(first_line), "")
