"""First Agenda's JSON: one meeting with its items, as the portal's API gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.types import AgendaItem, Document, Meeting, Participant, Section
from ingest.closed import is_closed_title
from ingest.decisions import decision_of
from ingest.html import hidden_words
from ingest.item_html import item_sections
from ingest.municipality import municipality_of
from ingest.sections import SectionBuilder, built

_ZERO = "00000000-0000-0000-0000-000000000000"
_OTHER_ANSWERS = ({"Dagsordner", "AntalResultater"}, {"Udvalg"})

Json = dict[str, Any]


def is_meeting(content: object) -> bool:
    """Return whether decoded JSON is a First Agenda meeting."""
    return isinstance(content, dict) and isinstance(content.get("Dagsordenpunkter"), list)


def is_item(content: object) -> bool:
    """Return whether decoded JSON is one item of a First Agenda meeting, alone."""
    return (
        isinstance(content, dict)
        and isinstance(content.get("Felter"), list)
        and bool(content.get("Caption") or content.get("Navn"))
    )


def is_other_answer(content: object) -> bool:
    """Return whether decoded JSON is another of the portal's answers: a search or a list."""
    return isinstance(content, dict) and any(keys <= content.keys() for keys in _OTHER_ANSWERS)


def read_first_agenda(content: Json, file_name: str, with_closed: bool = False) -> Document:
    """Return the meeting as a document.

    Closed items keep their number, title and case number, and nothing else but `with_closed`.
    Raises UnreadableFileError where the meeting has no id, body or date to know it by.
    """
    meeting = _meeting(content)
    points: list[Json] = content["Dagsordenpunkter"]
    closed = _closed(points)
    items = tuple(
        _read_point(point, meeting, is_closed, with_closed)
        for point, is_closed in zip(points, closed, strict=True)
    )
    minutes = any(item.decision for item in items if not item.closed)
    return Document(
        id=meeting.id,
        name=file_name,
        kind="minutes" if minutes else "agenda",
        title=f"{meeting.committee} {meeting.date}",
        municipality=municipality_of(_links(points), file_name),
        date=meeting.date,
        meeting=meeting,
        items=items,
        sections=_attendance(meeting),
        hidden_words=sum(
            hidden_words_of(point)
            for point, is_closed in zip(points, closed, strict=True) if not is_closed
        ),
    )


def read_first_agenda_item(point: Json, file_name: str) -> Document:
    """Return an item alone as a document of one item: nothing tells of its meeting.

    It is closed by its title only: what `IsOpen` says depends on the meeting's other items.
    Raises UnreadableFileError where it has neither id nor number.
    """
    meeting = Meeting(str(point.get("AgendaUid") or _ZERO), "", None)
    item = _read_point(point, meeting, is_closed_title(_title(point)), with_closed=False)
    return Document(
        id=item.id,
        name=file_name,
        kind="case",
        title=item.title,
        municipality=municipality_of(_links([point]), file_name),
        items=(item,),
        hidden_words=0 if item.closed else hidden_words_of(point),
    )


def _meeting(content: Json) -> Meeting:
    head = content.get("Moede") or {}
    committee = ((content.get("Udvalg") or {}).get("Navn") or "").strip()
    begins = head.get("Dato") or head.get("MeetingBeginUtc") or ""
    identity = next(
        (i for i in (content.get("Id"), head.get("Id")) if i and i != _ZERO), ""
    )
    if not (identity and committee and begins):
        raise UnreadableFileError(
            "Mødet mangler id, udvalg eller dato. Hent dagsordenen fra portalen igen."
        )
    participants = tuple(
        Participant(
            " ".join(person["Name"].split()),
            bool(person.get("Absent") or person.get("ParticipationCancelled")),
        )
        for person in head.get("Moededeltagere") or ()
        if (person.get("Name") or "").strip()
    )
    return Meeting(
        identity, committee, _date(begins), (head.get("Sted") or "").strip(), participants
    )


def _date(begins: str) -> date:
    try:
        return datetime.fromisoformat(begins).date()
    except ValueError as error:
        raise UnreadableFileError(f"Mødets dato »{begins}« kan ikke læses.") from error


def _closed(points: list[Json]) -> list[bool]:
    """Closed by title, and by `IsOpen` in meetings where that field is ever true."""
    marked_open = [str(point.get("IsOpen")).lower() == "true" for point in points]
    return [
        is_closed_title(_title(point)) or (any(marked_open) and not is_open)
        for point, is_open in zip(points, marked_open, strict=True)
    ]


def _title(point: Json) -> str:
    return " ".join((point.get("Caption") or point.get("Navn") or "").split())


def _number(point: Json) -> str:
    return str(point.get("Number") or point.get("Punktnummer") or "").strip()


def _case_number(point: Json) -> str:
    return (point.get("CaseNumber") or point.get("SagsNummer") or "").strip()


def _read_point(point: Json, meeting: Meeting, is_closed: bool, with_closed: bool) -> AgendaItem:
    if is_closed and not with_closed:
        return read_closed_item(point, meeting)
    return replace(read_item(point, meeting), closed=is_closed)


def read_closed_item(point: Json, meeting: Meeting) -> AgendaItem:
    """Return a closed item: its number, title and case number, nothing of its content."""
    return AgendaItem(
        _identity(point, meeting), _number(point), _title(point), _case_number(point), closed=True
    )


def _identity(point: Json, meeting: Meeting) -> str:
    """The portal's own id, or where it gave none the meeting's with the item's number."""
    identity = point.get("Id") or ""
    if identity and identity != _ZERO:
        return str(identity)
    if not _number(point):
        raise UnreadableFileError("Et punkt har hverken id eller nummer. Hent dagsordenen igen.")
    return f"{meeting.id}-{_number(point)}"


def read_item(point: Json, meeting: Meeting) -> AgendaItem:
    """Return one item with its content, as the portal's JSON has it: sections and decision."""
    fields = point.get("Felter") or ()
    sections = tuple(
        section
        for field in fields
        for section in item_sections(field.get("Html") or "", meeting.committee, meeting.date)
    )
    attachments = tuple(
        " ".join(name.split()) for entry in point.get("Bilag") or () if (name := entry.get("Navn"))
    )
    absent = tuple(
        " ".join(person["Name"].split())
        for person in point.get("ExternalAgendaItemAttendees") or ()
        if person.get("Reason") == "Fraværende" and person.get("Name")
    )
    return AgendaItem(
        id=_identity(point, meeting),
        number=_number(point),
        title=_title(point),
        case_number=_case_number(point),
        sections=(*sections, *_attachment_list(attachments)),
        decision=decision_of(sections, absent),
        attachments=attachments,
        url=next((field["Link"] for field in fields if field.get("Link")), ""),
    )


def hidden_words_of(point: Json) -> int:
    """Return how many words of an item no reader of its page sees."""
    return sum(hidden_words(field.get("Html") or "") for field in point.get("Felter") or ())


def _attachment_list(names: tuple[str, ...]) -> tuple[Section, ...]:
    builder = SectionBuilder("bilag", "Bilag")
    for name in names:
        builder.add_list_item(name, "-")
    return built([builder])


def _attendance(meeting: Meeting) -> tuple[Section, ...]:
    """The meeting's head as text, so that who was there can be quoted."""
    builder = SectionBuilder("other", "Mødedeltagere")
    if meeting.place:
        builder.add_paragraph(f"Mødested: {meeting.place}")
    present = [person.name for person in meeting.participants if not person.absent]
    absent = [person.name for person in meeting.participants if person.absent]
    if present:
        builder.add_paragraph("Deltagere: " + ", ".join(present))
    if absent:
        builder.add_paragraph("Afbud: " + ", ".join(absent))
    return built([builder])


def _links(points: list[Json]) -> Iterator[str]:
    for point in points:
        for entry in point.get("Felter") or ():
            if entry.get("Link"):
                yield entry["Link"]
