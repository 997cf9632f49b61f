"""Minutes and agendas as text or markdown, converted from PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.danish.dates import find_dates
from assistant.types import AgendaItem, Document, Meeting, Participant
from ingest.closed import is_closed_title, opens_closed_part
from ingest.decisions import decision_of
from ingest.item_html import open_section
from ingest.municipality import municipality_of
from ingest.readers.text_sections import add_block, human_written, known_heading
from ingest.sections import SectionBuilder, built
from ingest.text import TextBlock, text_blocks

_ITEM = re.compile(
    r"^(?:dagsordenspunkt|punkt|pkt\.?)\s*(?:nr\.?\s*)?(?P<number>\d{1,3})\s*[:.)–-]?\s+(?P<title>\S.*)$",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(r"^(?P<number>\d{1,3})\s*[:.)]\s+(?P<title>\S.*)$")
_CASE_NUMBER = re.compile(
    r"^(?:(?:sags?(?:nr|nummer|id)\.?|journalnr\.?)\s*:?\s*)?"
    r"(?P<number>\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d+-\d+|\d{2,4}[-/]\d{3,6}[A-Z]?)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?P<kind>referat|beslutningsprotokol|dagsorden)\b\W*(?:fra|for|til)?\s*"
    r"(?P<committee>\D*?)\W*(?:\b(?:d|den)\b\.?\s*)?(?=\d|$)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?P<name>Mødedato|Dato|Mødested|Sted|Mødedeltagere|Deltagere|Medlemmer|Til stede|"
    r"Fraværende|Afbud|Udvalg)\b\s*:?\s*(?P<value>.*)$"
)
_ABSENT = re.compile(r"\s*\((?:afbud|fraværende|ikke til stede)[^)]*\)", re.IGNORECASE)


@dataclass
class _Head:
    """What stands before the first item."""

    committee: str = ""
    kind: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def get(self, *names: str) -> str:
        return next((self.fields[name] for name in names if self.fields.get(name)), "")


@dataclass
class _Group:
    """One item's title line and the blocks under it."""

    number: str
    title: str
    closed: bool
    blocks: list[TextBlock] = field(default_factory=list)


def is_minutes(text: str) -> bool:
    """Return whether a text looks like an agenda or minutes: a head or numbered punkter."""
    blocks = text_blocks(text)
    opening = any(_HEAD.match(block.text) for block in blocks[:8])
    points = sum(bool(_ITEM.match(block.text)) for block in blocks if block.kind != "table")
    return points >= 2 or (opening and _item_pattern(blocks) is not None)


def read_minutes(
    text: str, document_id: str, file_name: str, with_closed: bool = False
) -> Document:
    """Return the meeting as a document: head, items with sections and decisions.

    Closed items are bare, but for `with_closed`.
    """
    blocks = list(human_written(text_blocks(text)))
    pattern = _item_pattern(blocks)
    head_blocks, groups = _by_item(blocks, pattern)
    head = _head(head_blocks)
    meeting = _meeting(head, document_id)
    items = tuple(_item(group, meeting, document_id, with_closed) for group in groups)
    return Document(
        id=document_id,
        name=file_name,
        kind="agenda" if head.kind == "dagsorden" else "minutes",
        title=f"{meeting.committee} {meeting.date or ''}".strip(),
        municipality=municipality_of(file_name=file_name, text=text),
        date=meeting.date,
        meeting=meeting,
        items=items,
        sections=built([_head_section(head)]),
    )


def _item_pattern(blocks: list[TextBlock]) -> re.Pattern[str] | None:
    if any(_ITEM.match(block.text) for block in blocks if block.kind != "table"):
        return _ITEM
    headings = [block for block in blocks if block.kind == "heading"]
    if any(_NUMBERED_HEADING.match(block.text) for block in headings):
        return _NUMBERED_HEADING
    return None


def _by_item(
    blocks: list[TextBlock], pattern: re.Pattern[str] | None
) -> tuple[list[TextBlock], list[_Group]]:
    """The blocks before the first item, and each item with its own."""
    head: list[TextBlock] = []
    groups: list[_Group] = []
    closed = False
    for block in blocks:
        is_title = block.kind == "heading" or (pattern is _ITEM and block.kind == "paragraph")
        part = opens_closed_part(block.text) if block.kind == "heading" or block.alone else None
        if pattern and is_title and (opened := pattern.match(block.text)):
            title = " ".join(opened["title"].split())
            groups.append(_Group(opened["number"], title, closed or is_closed_title(title)))
        elif part is not None:
            closed = part
        else:
            (groups[-1].blocks if groups else head).append(block)
    return head, groups


def _head(blocks: list[TextBlock]) -> _Head:
    head = _Head()
    last = ""
    for block in blocks:
        told = block.text
        if named := _FIELD.match(told):
            last = named["name"]
            head.fields[last] = named["value"]
            head.lines.append(told)
        elif not head.kind and (opening := _HEAD.match(told)):
            head.kind, head.committee = opening["kind"].lower(), opening["committee"].strip()
            head.lines.append(told)
        elif last and told:
            head.fields[last] += f" {told}"
            head.lines[-1] += f" {told}"
    return head


def _meeting(head: _Head, document_id: str) -> Meeting:
    told = head.get("Mødedato", "Dato") or " ".join(head.lines)
    found = [mention for mention in find_dates(told) if mention.precision == "day"]
    people = head.get("Mødedeltagere", "Deltagere", "Medlemmer", "Til stede")
    absent = head.get("Afbud", "Fraværende")
    return Meeting(
        id=document_id,
        committee=head.committee or head.get("Udvalg"),
        date=found[0].first if found else None,
        place=head.get("Mødested", "Sted"),
        participants=(
            *(_participant(name) for name in _names(people)),
            *(Participant(name, absent=True) for name in _names(absent)),
        ),
    )


def _names(people: str) -> list[str]:
    parts = re.split(r",|;|\sog\s", people)
    return [" ".join(part.split()) for part in parts if part.strip(" .-")]


def _participant(name: str) -> Participant:
    return Participant(_ABSENT.sub("", name), bool(_ABSENT.search(name)))


def _head_section(head: _Head) -> SectionBuilder:
    builder = SectionBuilder("other", "Mødedeltagere")
    for line in head.lines:
        builder.add_paragraph(line)
    return builder


def _item(group: _Group, meeting: Meeting, document_id: str, with_closed: bool) -> AgendaItem:
    case_number, body = _case_number(group.blocks)
    identity = f"{document_id}-{group.number}"
    if group.closed and not with_closed:
        return AgendaItem(identity, group.number, group.title, case_number, closed=True)
    builders = [SectionBuilder("sagsfremstilling")]
    for block in body:
        if match := known_heading(block):
            heading = block.text.rstrip(" :")
            builders.append(open_section(heading, match, meeting.committee, meeting.date))
        else:
            add_block(builders[-1], block)
    sections = built(builders)
    attachments = tuple(
        section.text[block.start:block.end]
        for section in sections
        if section.kind == "bilag"
        for block in section.blocks
    )
    return AgendaItem(
        identity,
        group.number,
        group.title,
        case_number,
        closed=group.closed,
        sections=sections,
        decision=decision_of(sections),
        attachments=attachments,
    )


def _case_number(body: list[TextBlock]) -> tuple[str, list[TextBlock]]:
    for place, block in enumerate(body[:3]):
        if found := _CASE_NUMBER.match(block.text):
            return found["number"], body[:place] + body[place + 1:]
    return "", body
