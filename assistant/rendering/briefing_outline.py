"""A briefing to an outline: one chapter an agenda item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.answering.draft import body_name
from assistant.briefing.types import BriefedItem, Briefing, BriefingLine
from assistant.danish.dates import danish_date
from assistant.rendering import labels
from assistant.rendering.outline import (
    Chapter,
    Entry,
    Outline,
    Part,
    PartForm,
    SourceNote,
    key_of,
    source_note,
    told,
    web_link,
)
from assistant.store.stored import StoredItem


def briefing_outline(briefing: Briefing) -> Outline:
    """Return the briefing as one document, its items in the order of the agenda."""
    meeting = briefing.meeting
    return Outline(
        title=labels.BRIEFING_TITLE,
        facts=told(
            (labels.MUNICIPALITY, meeting.municipality),
            (labels.BODY, body_name(meeting.committee)),
            (labels.DAY, danish_date(meeting.date) if meeting.date else ""),
            (labels.PLACE, meeting.place),
            (labels.METHOD, labels.briefing_method(briefing.engine, briefing.model)),
        ),
        made=labels.UNCHECKED,
        chapters=tuple(_chapter(one) for one in briefing.items),
        warnings=briefing.notes,
    )


def _chapter(one: BriefedItem) -> Chapter:
    item = one.item
    if item.closed:
        return Chapter(key_of(item.id), _title(item), facts=(), explained=(labels.CLOSED,))
    return Chapter(
        key=key_of(item.id),
        title=_title(item),
        facts=told((labels.CASE_NUMBER, item.case_number)),
        parts=tuple(_parts(one)) if one.citations else (_notes(one),),
        sources=tuple(_sources(one)),
        link=web_link(item.url),
    )


def _title(item: StoredItem) -> str:
    return f"{item.number}. {item.title}" if item.number else item.title


def _parts(one: BriefedItem) -> Iterable[Part]:
    """The item's parts; what a formality lacks, which raises no questions, is not remarked on."""
    asked = (one.asked,) if one.asked else ()
    lacks_proposal, lacks_money = (
        (labels.NO_RECOMMENDATION, labels.NO_ECONOMY) if one.questions else ("", "")
    )
    yield _part(labels.ASKED, asked, "question")
    yield _part(labels.RECOMMENDED, one.recommendation, silent=lacks_proposal)
    yield _part(labels.MONEY, one.money, "points", silent=lacks_money)
    yield _part(labels.DECIDED_BEFORE, one.decided_before, "points")
    yield _part(labels.QUESTIONS, one.questions, "points")
    yield _notes(one)


def _part(
    heading: str, lines: Iterable[BriefingLine], form: PartForm = "paragraphs", silent: str = ""
) -> Part:
    entries = tuple(Entry(line.text, line.citations, _label(line.label)) for line in lines)
    return Part(heading, entries, form, silent)


def _label(label: str) -> str:
    """A body's name ends with a colon; a point's own number stands as it is."""
    return f"{label}:" if label and label[-1].isalnum() else label


def _notes(one: BriefedItem) -> Part:
    return Part(labels.NOTES, tuple(Entry(note) for note in one.notes), "points")


def _sources(one: BriefedItem) -> list[SourceNote]:
    """The sources, those of one place together; a quote that stands above is not told again."""
    lines = [*one.recommendation, *one.money, *one.decided_before]
    above = "\n".join(line.text for line in lines)
    notes: list[SourceNote] = []
    for citation in one.citations:
        note = source_note(citation, one.item.id, citation.quote not in above)
        if notes and not note.quote and replace(notes[-1], numbers=note.numbers) == note:
            notes[-1] = replace(note, numbers=(*notes[-1].numbers, *note.numbers))
        else:
            notes.append(note)
    return notes
