"""The heading table: which kind of section a heading opens, in 23 municipalities' words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import get_args

import yaml

import data
from assistant.danish.dates import find_dates
from assistant.danish.words import fold
from assistant.types import SectionKind

_DECISION_BY = re.compile(
    r"^beslutning(?:er)?\s+(?:i\s+|fra\s+)?(?P<committee>[^\d,]*?)[\s,]*"
    r"(?:den|d\.)?\s*(?P<date>\d.*)$"
)
_LONGEST_HEADING = 90
_PLAIN_OTHER = {"behandling", "sagsprocedure", "fravaerende", "kommunikation"}


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """What a heading of the table says: its kind and, for `Beslutning i X den D`, who and when."""

    kind: SectionKind
    committee: str = ""
    date: date | None = None


@cache
def _table() -> tuple[dict[str, SectionKind], list[tuple[re.Pattern[str], SectionKind]]]:
    entries = yaml.safe_load(data.read_text("headings.yaml"))
    exact: dict[str, SectionKind] = {}
    patterns: list[tuple[re.Pattern[str], SectionKind]] = []
    for kind in get_args(SectionKind):
        for heading in entries.get(kind, ()):
            exact[heading.strip("* ")] = kind
            if "*" in heading:
                patterns.append((re.compile(re.escape(heading).replace(r"\*", ".+")), kind))
    return exact, patterns


def match_heading(text: str) -> HeadingMatch | None:
    """Return what the heading `text` opens, or None where the table does not know it."""
    if len(text) > _LONGEST_HEADING:
        return None
    folded = " ".join(fold(text).split()).rstrip(" .:")
    exact, patterns = _table()
    if kind := exact.get(folded):
        return HeadingMatch(kind)
    for pattern, kind in patterns:
        if pattern.fullmatch(folded):
            return HeadingMatch(kind)
    if decided := _DECISION_BY.match(folded):
        found = find_dates(text)
        if found:
            return HeadingMatch("beslutning", decided["committee"].strip(), found[0].first)
    return None


def trusted_without_tag(match: HeadingMatch, heading: str) -> bool:
    """Return whether a line without heading markup opens a section.

    Not where it may be a word of the case itself: a bold *Forslag* is no indstilling.
    """
    if match.kind in ("indstilling", "beslutning"):
        return fold(heading).startswith(match.kind)
    return match.kind != "other" or len(heading.split()) > 1 or fold(heading) in _PLAIN_OTHER
