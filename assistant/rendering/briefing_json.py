"""A briefing as the API and `--json` give it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.briefing.types import BriefedItem, Briefing


def briefing_json(briefing: Briefing) -> dict[str, Any]:
    """Return the briefing as plain data; of a closed item its number and title only."""
    meeting = briefing.meeting
    return {
        "meeting_id": meeting.id,
        "municipality": meeting.municipality,
        "committee": meeting.committee,
        "meeting_date": meeting.date.isoformat() if meeting.date else None,
        "place": meeting.place,
        "engine": briefing.engine,
        "model": briefing.model,
        "items": [_item(one) for one in briefing.items],
        "notes": list(briefing.notes),
        "provenance": briefing.provenance,
    }


def _item(one: BriefedItem) -> dict[str, Any]:
    item = one.item
    if item.closed:
        return {"item_number": item.number, "title": item.title, "closed": True}
    return {
        "item_id": item.id,
        "item_number": item.number,
        "title": item.title,
        "case_number": item.case_number,
        "closed": False,
        "asked": asdict(one.asked) if one.asked else None,
        "recommendation": [asdict(line) for line in one.recommendation],
        "money": [asdict(line) for line in one.money],
        "decided_before": [asdict(line) for line in one.decided_before],
        "questions": [asdict(line) for line in one.questions],
        "notes": list(one.notes),
        "citations": [asdict(citation) for citation in one.citations],
        "figures": [asdict(figure) for figure in one.figures],
    }
