"""`/meetings` and `/items`: the material as data."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from assistant.api.caller import Seen
from assistant.api.examples import ITEM, MEETING, MEETINGS
from assistant.api.media import NOT_MODIFIED, as_json
from assistant.api.schemas import MeetingFilters, example
from assistant.api.work import Work
from assistant.store.stored import StoredItem, StoredMeeting, StoredSection
from assistant.types import Decision, DocumentKind, SectionKind

router = APIRouter(tags=["materiale"])

Id = Annotated[str, Path(min_length=1, max_length=200)]


class MeetingsQuery(MeetingFilters):
    """Which meetings, and which part of them."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting; `items` counts those that are open to the caller, `closed` the others."""

    id: str
    municipality: str
    committee: str
    date: datetime.date | None
    place: str
    document_id: str
    document_kind: DocumentKind
    items: int
    closed: int
    url: str


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """A part of the meetings that fit; `total` counts them all."""

    total: int
    offset: int
    limit: int
    meetings: list[ListedMeeting]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item as its meeting lists it."""

    item_id: str
    item_number: str
    title: str
    case_number: str
    closed: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """A meeting with its items in the order of the agenda, closed ones too."""

    id: str
    municipality: str
    committee: str
    date: datetime.date | None
    place: str
    document_id: str
    document_kind: DocumentKind
    url: str
    items: list[ListedItem]


@dataclass(frozen=True, slots=True)
class SectionTold:
    """A section's text as it stands: what citations' `start` and `end` are counted in."""

    section_id: str
    kind: SectionKind
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemTold:
    """An item with its text. Of one that is closed to the caller there is only what names it."""

    item_id: str
    item_number: str
    title: str
    case_number: str
    closed: bool
    municipality: str
    committee: str
    meeting_date: datetime.date | None
    document: str
    url: str
    sections: list[SectionTold]
    decision: Decision | None
    attachments: list[str]


@router.get("/meetings", responses=example(MEETINGS))
async def meetings(
    query: Annotated[MeetingsQuery, Query()], assistant: Seen, work: Work
) -> MeetingsPage:
    """Møderne, det seneste først."""
    found = await work.run(lambda: assistant.meetings(query.filters()))
    shown = found[query.offset:query.offset + query.limit]
    part = [ListedMeeting(**asdict(one)) for one in shown]
    return MeetingsPage(len(found), query.offset, query.limit, part)


@router.get(
    "/meetings/{meeting_id}",
    response_model=MeetingTold,
    responses=example(MEETING) | NOT_MODIFIED,
)
async def meeting(meeting_id: Id, assistant: Seen, work: Work, request: Request) -> Response:
    """Ét møde med dets punkter."""
    found, items = await work.run(lambda: assistant.meeting(meeting_id))
    return as_json(request, _told_meeting(found, items))


@router.get(
    "/items/{item_id}", response_model=ItemTold, responses=example(ITEM) | NOT_MODIFIED
)
async def item(item_id: Id, assistant: Seen, work: Work, request: Request) -> Response:
    """Ét punkt: afsnit, beslutning, stemmer og bilagenes navne."""
    found, sections = await work.run(lambda: assistant.item(item_id))
    return as_json(request, item_told(found, [] if found.closed else sections))


def _told_meeting(found: StoredMeeting, items: list[StoredItem]) -> MeetingTold:
    return MeetingTold(
        id=found.id,
        municipality=found.municipality,
        committee=found.committee,
        date=found.date,
        place=found.place,
        document_id=found.document_id,
        document_kind=found.document_kind,
        url=found.url,
        items=[_listed(item) for item in items],
    )


def _listed(item: StoredItem) -> ListedItem:
    return ListedItem(
        item_id=item.id,
        item_number=item.number,
        title=item.title,
        case_number=item.case_number,
        closed=item.closed,
        decided=item.decision is not None and not item.closed,
    )


def item_told(item: StoredItem, sections: list[StoredSection]) -> ItemTold:
    """Return an item as data; of a closed one nothing but what names it."""
    return ItemTold(
        item_id=item.id,
        item_number=item.number,
        title=item.title,
        case_number=item.case_number,
        closed=item.closed,
        municipality=item.municipality,
        committee=item.committee,
        meeting_date=item.meeting_date,
        document=item.document,
        url=item.url,
        sections=[
            SectionTold(
                one.source.section_id, one.section.kind, one.section.heading, one.section.text
            )
            for one in ([] if item.closed else sections)
        ],
        decision=None if item.closed else item.decision,
        attachments=[] if item.closed else list(item.attachments),
    )
