"""Case summaries to an outline: the block *Prompt resultater*, one chapter an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answering.draft import body_name
from assistant.danish.dates import danish_date
from assistant.rendering import labels
from assistant.rendering.outline import (
    Chapter,
    Entry,
    Facts,
    Outline,
    Part,
    key_of,
    source_note,
    told,
    web_link,
)
from assistant.store.stored import StoredItem
from assistant.summarising.item_summary import ItemSummary
from assistant.types import Argument, CaseSummary, Line


def summary_outline(summaries: Sequence[ItemSummary]) -> Outline:
    """Return one document of the blocks, in the order that they are given."""
    made = {labels.made(one.kept) for one in summaries}
    checked = any(one.kept.status == "godkendt" for one in summaries)
    mixed = labels.PARTLY_CHECKED if checked else labels.UNCHECKED
    shared = _shared([one.item for one in summaries])
    alone = len(summaries) == 1
    return Outline(
        title=labels.SUMMARY_TITLE,
        facts=shared,
        made=made.pop() if len(made) == 1 else mixed,
        chapters=tuple(_chapter(one, shared, alone) for one in summaries),
    )


def item_facts(item: StoredItem) -> Facts:
    """Return the head of an agenda item: where, when, which punkt and which case."""
    return told(
        (labels.MUNICIPALITY, item.municipality),
        (labels.BODY, body_name(item.committee)),
        (labels.DAY, danish_date(item.meeting_date) if item.meeting_date else ""),
        (labels.ITEM, item.number),
        (labels.CASE_NUMBER, item.case_number),
    )


def _shared(items: Sequence[StoredItem]) -> Facts:
    """What all the items have in common of municipality, body and day."""
    common = {labels.MUNICIPALITY, labels.BODY, labels.DAY}
    facts = [dict(item_facts(item)) for item in items]
    first = facts[0] if facts else {}
    return tuple(
        (name, value)
        for name, value in first.items()
        if name in common and all(other.get(name) == value for other in facts)
    )


def _chapter(one: ItemSummary, shared: Facts, alone: bool) -> Chapter:
    """One item's block; what the document's head says of all of them is not told again."""
    kept, summary = one.kept, one.kept.summary
    facts = told(
        *(fact for fact in item_facts(one.item) if fact not in shared),
        (labels.STATUS, labels.STATUSES[kept.status]),
        (labels.METHOD, labels.method(summary.engine, summary.model)),
    )
    return Chapter(
        key=key_of(one.item.id),
        title=one.item.title,
        facts=facts,
        parts=tuple(_parts(summary)),
        sources=tuple(source_note(citation, one.item.id) for citation in summary.citations),
        made="" if alone else labels.made(kept),
        warnings=tuple(_warnings(one)),
        explained=(labels.DERIVED_MEANS,) if _has_derived(summary) else (),
        link=web_link(one.item.url),
    )


def _parts(summary: CaseSummary) -> Iterable[Part]:
    asked = (summary.spoergsmaal,) if summary.spoergsmaal else ()
    yield Part(labels.QUESTION, _lines(asked), "question")
    yield Part(labels.SUMMARY, _lines(summary.opsummering))
    yield Part(labels.ADVANTAGES, _arguments(summary.fordele), "points")
    yield Part(labels.DISADVANTAGES, _arguments(summary.ulemper), "points")
    yield Part(labels.KEYWORDS, _plain(summary.emneord), "words")
    yield Part(labels.NOT_TOLD, _plain(summary.ikke_belyst), "points")
    yield Part(labels.NOTES, _plain(summary.notes), "points")


def _lines(lines: Iterable[Line]) -> tuple[Entry, ...]:
    return tuple(Entry(line.text, line.citations) for line in lines)


def _arguments(arguments: Iterable[Argument]) -> tuple[Entry, ...]:
    return tuple(
        Entry(one.text, one.citations, mark=labels.DERIVED if one.basis == "afledt" else "")
        for one in arguments
    )


def _plain(texts: Iterable[str]) -> tuple[Entry, ...]:
    return tuple(Entry(text) for text in texts)


def _warnings(one: ItemSummary) -> Iterable[str]:
    if one.kept.stale:
        yield labels.STALE
    bare = [figure.text for figure in one.kept.summary.figures if not figure.supported]
    if bare:
        yield labels.UNSUPPORTED.format(figures=", ".join(bare))


def _has_derived(summary: CaseSummary) -> bool:
    return any(one.basis == "afledt" for one in (*summary.fordele, *summary.ulemper))
