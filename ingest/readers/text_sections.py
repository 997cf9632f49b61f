"""What the readers of text share: blocks into the sections that they open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.headings import HeadingMatch, match_heading, trusted_without_tag
from ingest.machine_made import without_machine_made
from ingest.sections import SectionBuilder
from ingest.text import TextBlock

_ENDS_LIKE_TEXT = re.compile(r"[.!?:;,]$")
_LONGEST_SUBHEADING = 80
_WITHOUT_SUBHEADINGS = {"beslutning", "bilag"}


def known_heading(block: TextBlock) -> HeadingMatch | None:
    """Return what a block opens, where it is a heading of the table."""
    if block.kind not in ("heading", "paragraph"):
        return None
    match = match_heading(block.text)
    if match and (block.kind == "heading" or trusted_without_tag(match, block.text)):
        return match
    return None


def is_subheading(block: TextBlock) -> bool:
    """Return whether a block is a heading that opens no section of its own."""
    if block.kind == "heading":
        return True
    return (
        block.alone
        and len(block.text) <= _LONGEST_SUBHEADING
        and not _ENDS_LIKE_TEXT.search(block.text)
        and block.text[:1].isupper()
    )


def add_block(builder: SectionBuilder, block: TextBlock) -> None:
    """Append a block to the section it stands in."""
    if block.kind == "table":
        builder.add_table(block.rows)
    elif block.kind == "list_item":
        builder.add_list_item(block.text, raw_marker=block.raw_marker)
    elif builder.kind not in _WITHOUT_SUBHEADINGS and is_subheading(block):
        builder.add_subheading(block.text)
    else:
        builder.add_paragraph(block.text)


def human_written(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Leave out machine-made blocks."""
    return without_machine_made(
        blocks, lambda block: block.text, lambda block: known_heading(block) is not None
    )
