"""`meetings`: the meetings that are stored, and the items of one, with the ids to ask for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from assistant.access import Level
from assistant.cli.app import (
    As,
    AsJson,
    Committee,
    From,
    Municipality,
    To,
    app,
    filters_of,
    opened,
)
from assistant.cli.output import out, print_json
from assistant.store.stored import StoredItem, StoredMeeting


@app.command()
def meetings(
    meeting_id: Annotated[
        str, typer.Argument(help="Et mødes id: vis dets punkter.", metavar="[MØDE]")
    ] = "",
    committee: Committee = None,
    date_from: From = None,
    date_to: To = None,
    municipality: Municipality = "",
    role: As = None,
    as_json: AsJson = False,
) -> int:
    """Vis møderne med deres id, eller punkterne på ét møde."""
    with opened(role) as assistant:
        if meeting_id:
            meeting, items = assistant.meeting(meeting_id)
            if as_json:
                told = [_told_item(item) for item in items]
                print_json({**asdict(meeting), "items": told})
            else:
                _print_items(meeting, items)
            return 0
        filters = filters_of(committee, date_from, date_to, municipality=municipality)
        found = assistant.meetings(filters)
    print_json([asdict(one) for one in found]) if as_json else _print_meetings(found)
    return 0


def _told_item(item: StoredItem) -> dict[str, object]:
    return {
        "item_id": item.id,
        "item_number": item.number,
        "title": item.title,
        "case_number": item.case_number,
        "closed": item.closed,
        "level": item.level,
        "decided": item.decision is not None,
    }


def _print_meetings(found: list[StoredMeeting]) -> None:
    if not found:
        out.print("Der er ingen møder, der passer. »assistant status« viser, hvad der er indlæst.")
        return
    for one in found:
        place = " · ".join(filter(None, (_day(one), one.committee, one.municipality)))
        counts = f"{one.items} åbne, {one.closed} lukkede"
        out.print(f"{escape(place)} [dim]({counts})[/]\n  {escape(one.id)}", soft_wrap=True)


_MARKS = {
    Level.OPEN: "",
    Level.INTERNAL: " [yellow](internt)[/]",
    Level.CLOSED: " [yellow](lukket)[/]",
}


def _print_items(meeting: StoredMeeting, items: list[StoredItem]) -> None:
    out.print(f"[bold]{escape(meeting.committee)}[/] {_day(meeting)}")
    for item in items:
        mark = _MARKS[Level.CLOSED if item.closed else item.level]
        case = f" [dim]· sag {escape(item.case_number)}[/]" if item.case_number else ""
        title = escape(f"{item.number} {item.title}".strip())
        out.print(f"{title}{mark}{case}\n  {escape(item.id)}", soft_wrap=True)


def _day(meeting: StoredMeeting) -> str:
    return meeting.date.isoformat() if meeting.date else ""
