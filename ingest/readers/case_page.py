"""The captured case page: a portal's page saved as text, with the item's JSON tree at its end.

The page tells the case twice (as text, and as HTML inside the tree) under a machine-made block.
The tree is read; it is the portal's own item, tables and all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.types import AgendaItem, Document, Meeting
from ingest.closed import is_closed_title
from ingest.municipality import municipality_of
from ingest.readers.first_agenda import hidden_words_of, read_closed_item, read_item

_ENTRY = re.compile(r"^(?P<indent> *)(?:•|\d+\.) (?P<told>.*)$")
_FIELD = re.compile(r"^(?P<key>[A-Za-z]+) (?P<value>.*)$", re.DOTALL)
_COUNT = re.compile(r"^\d+ items$")
_BODY = re.compile(
    r"\b(?P<body>(?:[A-ZÆØÅ][a-zæøå]+-?(?:,\s|\s(?:og\s)?)?)*?[A-ZÆØÅ]?[a-zæøå]*udvalget|Byrådet|"
    r"Kommunalbestyrelsen|Magistraten|Borgerrepræsentationen|Direktionen)\b"
)


def is_case_page(text: str) -> bool:
    """Return whether a text is a captured case page."""
    return bool(re.search(r"^\s+• (?:SagsNummer|CaseNumber) ", text, re.MULTILINE)) and bool(
        re.search(r"^\s+• Html ", text, re.MULTILINE)
    )


def read_case_page(
    text: str, document_id: str, file_name: str, with_closed: bool = False
) -> Document:
    """Return the page's one item as a document.

    An item marked as closed keeps only its title and case number, but for `with_closed`.
    Raises UnreadableFileError where the tree has no item.
    """
    point = _tree(text)
    if not point.get("Caption") and not point.get("Navn"):
        raise UnreadableFileError(
            "Siden indeholder ingen sag. Gem hele siden fra portalen, også listen i bunden."
        )
    title = str(point.get("Caption") or point.get("Navn"))
    meeting = Meeting(str(point.get("AgendaUid") or document_id), "", None)
    closed = is_closed_title(title)
    known = read_closed_item(point, meeting) if closed else read_item(point, meeting)
    item = replace(read_item(point, meeting), closed=True) if closed and with_closed else known
    meeting = Meeting(meeting.id, _committee(known), None)
    links = [str(field.get("Link") or "") for field in point.get("Felter") or ()]
    return Document(
        id=document_id,
        name=file_name,
        kind="case",
        title=item.title,
        municipality=municipality_of(links, file_name, text),
        meeting=meeting,
        items=(item,),
        hidden_words=0 if item.closed else hidden_words_of(point),
    )


def _tree(text: str) -> dict[str, Any]:
    """The page's bulleted dump back to the object it was made from."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(r"^\s+• Lydfiler\b", line)), None)
    if start is None:
        start = next(n for n, line in enumerate(lines) if re.match(r"^\s+• \w+ (?:null|\")", line))
    entries: list[tuple[int, str]] = []
    for line in lines[start:]:
        if entry := _ENTRY.match(line):
            entries.append((len(entry["indent"]), entry["told"]))
        elif entries and line.strip():
            entries[-1] = (entries[-1][0], f"{entries[-1][1]}\n{line}")
    fields, _ = _object(entries, 0, entries[0][0])
    return fields


def _object(
    entries: list[tuple[int, str]], at: int, indent: int
) -> tuple[dict[str, Any], int]:
    fields: dict[str, Any] = {}
    while at < len(entries) and entries[at][0] >= indent:
        found = _FIELD.match(entries[at][1])
        at += 1
        if not found:
            continue
        if _COUNT.match(found["value"]):
            fields[found["key"]], at = _list(entries, at, indent)
        else:
            fields[found["key"]] = _scalar(found["value"])
    return fields, at


def _list(
    entries: list[tuple[int, str]], at: int, indent: int
) -> tuple[list[dict[str, Any]], int]:
    members = []
    while at < len(entries) and entries[at][0] > indent:
        inner = entries[at][0]
        member, at = _object(entries, at + 1, inner + 1)
        members.append(member)
    return members, at


def _scalar(told: str) -> str | bool | None:
    words: dict[str, bool | None] = {"null": None, "true": True, "false": False}
    if told in words:
        return words[told]
    return told.removeprefix('"').removesuffix('"')


def _committee(item: AgendaItem) -> str:
    """The body that decides: named first in the decision, else in the recommendation."""
    for kind in ("beslutning", "indstilling"):
        for section in item.sections:
            if section.kind == kind and (found := _BODY.search(section.text)):
                return " ".join(found["body"].split())
    return ""
