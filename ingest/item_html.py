"""One agenda item's HTML blob to sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from assistant.danish.words import fold
from assistant.types import Section, SectionKind
from ingest.decisions import outcome_of
from ingest.headings import HeadingMatch, match_heading, trusted_without_tag
from ingest.html import HtmlBlock, html_blocks
from ingest.machine_made import without_machine_made
from ingest.sections import SectionBuilder, built
from ingest.text import list_marker

_LONGEST_SUBHEADING = 90
_LONGEST_PLAIN_SUBHEADING = 60
_SHORTEST_BODY = 100
_HEADING_WORDS = re.compile(r"(?=.*[^\W\d_]{2}).*[^.!?:;,]", re.DOTALL)
_LONGEST_OPENING_DECISION = 60
_DECIDED = {"beslutning", "sagsforloeb"}
_WITHOUT_SUBHEADINGS = {"beslutning", "indstilling", "bilag"}
_WITH_PLAIN_SUBHEADINGS = {"sagsfremstilling", "oekonomi", "other"}


def item_sections(
    html: str, committee: str = "", meeting_date: date | None = None
) -> tuple[Section, ...]:
    """Return the sections of an item's HTML, in order, each with at least one block.

    A `Beslutning i X den D` of another body or day than the meeting's own is told as
    `sagsforloeb`, so that an earlier body's decision is never taken for this one's.
    """
    builders = [SectionBuilder("sagsfremstilling")]
    blocks = list(_human_written(html_blocks(html)))
    for block, after in zip_longest(blocks, blocks[1:]):
        opened = _opens(block, committee, meeting_date)
        if len(builders) == 1 and _decides_without_heading(block):
            opened = SectionBuilder("beslutning")
            opened.add_paragraph(block.text)
        if opened is not None:
            builders.append(opened)
        else:
            _add(builders[-1], block, after)
    return built(builders)


def _human_written(blocks: list[HtmlBlock]) -> Iterator[HtmlBlock]:
    return without_machine_made(
        blocks,
        lambda block: block.text,
        lambda block: block.kind == "heading" and match_heading(block.text) is not None,
    )


def open_section(
    heading: str, match: HeadingMatch, committee: str, meeting_date: date | None
) -> SectionBuilder:
    """Start the section that a known heading opens, in the meeting of `committee`."""
    elsewhere = match.committee and committee and match.committee[:8] not in fold(committee)
    earlier = match.date and meeting_date and match.date != meeting_date
    kind = "sagsforloeb" if match.kind == "beslutning" and (elsewhere or earlier) else match.kind
    return SectionBuilder(kind, heading)


def _opens(block: HtmlBlock, committee: str, meeting_date: date | None) -> SectionBuilder | None:
    if block.kind == "paragraph" and not block.emphasised:
        return None
    if block.kind not in ("heading", "paragraph"):
        return None
    heading = block.text.rstrip(" :")
    match = match_heading(block.text)
    if match and (block.kind == "heading" or trusted_without_tag(match, heading)):
        return open_section(heading, match, committee, meeting_date)
    if block.kind == "heading" and block.opens_span and len(heading) <= _LONGEST_SUBHEADING:
        return SectionBuilder("other", heading)
    return None


def _decides_without_heading(block: HtmlBlock) -> bool:
    """Whether a blob's opening paragraph is the decision: some minutes leave its heading out."""
    short = len(block.text.split()) <= _LONGEST_OPENING_DECISION
    return block.opens_field and short and outcome_of(block.text) != "other"


def _add(builder: SectionBuilder, block: HtmlBlock, after: HtmlBlock | None) -> None:
    if block.kind == "table":
        builder.add_table(block.rows, block.header_rows)
    elif block.kind == "list_item":
        builder.add_list_item(block.text, block.marker)
    elif _is_subheading(builder.kind, block) or _stands_over(builder.kind, block, after):
        builder.add_subheading(block.text)
    elif builder.kind not in _DECIDED and (marker := list_marker(block.text)):
        builder.add_list_item(block.text[len(marker):], raw_marker=marker)
    else:
        builder.add_paragraph(block.text)


def _is_subheading(kind: SectionKind, block: HtmlBlock) -> bool:
    marked = block.kind == "heading" or block.emphasised
    return (
        marked
        and kind not in _WITHOUT_SUBHEADINGS
        and not block.inside_heading
        and _reads_like_heading(block.text)
    )


def _reads_like_heading(text: str) -> bool:
    return len(text) <= _LONGEST_SUBHEADING and bool(_HEADING_WORDS.fullmatch(text))


def _stands_over(kind: SectionKind, block: HtmlBlock, after: HtmlBlock | None) -> bool:
    """Whether a short line without any markup is the heading of the body text after it."""
    return (
        kind in _WITH_PLAIN_SUBHEADINGS
        and not block.inside_heading
        and len(block.text) <= _LONGEST_PLAIN_SUBHEADING
        and block.text[0].isupper()
        and _reads_like_heading(block.text)
        and after is not None
        and after.kind == "paragraph"
        and not after.emphasised
        and len(after.text) >= _SHORTEST_BODY
    )
