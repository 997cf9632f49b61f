"""What the tools found, as text for a model to read: each piece with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering.draft import body_name
from assistant.api.material import ItemTold
from assistant.danish.dates import danish_date
from assistant.mcp.case_told import CaseItem, CaseTold
from assistant.rendering import labels
from assistant.rendering.markdown import to_markdown
from assistant.rendering.summary_outline import summary_outline
from assistant.summarising.item_summary import ItemSummary
from assistant.types import Hit

_STATES = {"undecided": "Ikke besluttet i det, der er indlæst.", "closed": "Lukket punkt."}
_NOTHING = "Intet fundet."


def hits_text(hits: Sequence[Hit]) -> str:
    """Return the hits, the best first."""
    return "\n\n".join(map(_hit, hits)) or _NOTHING


def case_text(case: CaseTold) -> str:
    """Return a case's course, item by item."""
    return "\n\n".join([f"Sag {case.case_number}", *map(_case_item, case.items)])


def item_text(item: ItemTold) -> str:
    """Return an item with its sections; what is recommended and what is decided by those words."""
    return "\n\n".join(_item(item))


def summary_text(summary: ItemSummary) -> str:
    """Return the block with its sources, as Markdown."""
    return to_markdown(summary_outline([summary]))


def _hit(hit: Hit) -> str:
    source = hit.source
    place = _place(source.committee, source.meeting_date, source.item_number, source.title)
    told = (
        labels.section(source.kind, hit.heading),
        place,
        f"sag {source.case_number}" if source.case_number else "",
        f"item_id {source.item_id}" if source.item_id else source.document,
    )
    return f"{' · '.join(filter(None, told))}\n{hit.text.strip()}"


def _case_item(item: CaseItem) -> str:
    place = _place(item.committee, item.meeting_date, item.item_number, item.title)
    told = f"Beslutning: »{item.decision}«" if item.decision else _STATES.get(item.state, "")
    return f"{place} · item_id {item.item_id}\n{told}"


def _item(item: ItemTold) -> Iterator[str]:
    yield _place(item.committee, item.meeting_date, item.item_number, item.title)
    if item.case_number:
        yield f"Sag {item.case_number}"
    if item.closed:
        yield _STATES["closed"]
    for section in item.sections:
        yield f"## {labels.section(section.kind, section.heading)}\n{section.text.strip()}"
    if item.attachments:
        yield "Bilag: " + "; ".join(item.attachments)


def _place(committee: str, day: date | None, number: str, title: str) -> str:
    told = (
        body_name(committee),
        danish_date(day) if day else "",
        f"punkt {number}" if number else "",
        f"»{title}«" if title else "",
    )
    return " · ".join(filter(None, told))
