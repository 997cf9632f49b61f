"""The points of an indstilling: what the body is asked to do, for whom, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Span
from assistant.store.stored import StoredSection

_LINE = re.compile(r"[^\n]+")
_INTRO = re.compile(
    r"^.{0,200}?\b(?:indstiller|indstilles|foreslår|anbefaler)\b"
    r"(?P<to>.*?)(?:(?P<at>\bat\b)[:;,]?\s*|$)",
    re.I,
)
_MARKER = re.compile(r"^(?:(?:ad\s+)?\d{1,2}\s*[.):]+|[a-zæøå]\)|[-–•*])\s*", re.I)
_SUB = re.compile(r"^(?:\d{1,2}\.?[a-zæøå][.)]?|[a-zæøå][.)]|[-–•*])\s", re.I)
_PRESENT = re.compile(r"\w+r\b")
_AT = re.compile(r"^at\b[:,;]?\s*", re.I)
_BODY = re.compile(
    r"(?:[A-ZÆØÅ][\w-]*(?:-,?|,)?\s+(?:(?:[A-ZÆØÅ&][\w-]*-?,?|og|&)\s+)*?)?"
    r"[A-ZÆØÅ]?\w*(?:udvalget|råd(?:et)?|bestyrelsen|Magistraten|Direktionen)\b"
)
_TRAILING = re.compile(r"(?:[\s,;.:]|\b(?:og|samt)\s*$)+$")
_LONGEST_LEAD = 14


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is asked: a clause without its `at`, and where it stands with it.

    `bodies` are those that it is put to, as the text names them (empty: no one is named).
    `listed` says that lines follow which belong to it, so that the clause alone is not all.
    """

    clause: str
    span: Span
    bodies: tuple[str, ...] = ()
    listed: bool = False


def points(stored: StoredSection) -> list[Point]:
    """Return the points of a section of kind `indstilling`, in order; empty where it has none."""
    found: list[Point] = []
    bodies: tuple[str, ...] = ()
    lead = ""
    lines = list(_lines(stored))
    for number, (start, end, line) in enumerate(lines):
        intro = _INTRO.match(line)
        if intro and not _AT.match(_MARKER.sub("", line)):
            bodies, lead = _bodies(intro["to"]), ""
            rest = line[intro.end():]
            opens = number + 1 < len(lines) and _opens(rest, lines[number + 1][2])
            if intro["at"] and opens:
                lead = _TRAILING.sub("", rest) or "at"
            elif intro["at"]:
                found.append(_point(rest, Span(stored, start, end), bodies))
            continue
        bare = _MARKER.sub("", line)
        if _SUB.match(line) and found and not _AT.match(bare) and lead != "at":
            found[-1] = _with_list(found[-1])
        elif _AT.match(bare):
            clause = _AT.sub("", bare)
            whole = f"{lead}, at {clause}" if lead not in ("", "at") else clause
            found.append(_point(whole, Span(stored, start, end), bodies))
        elif lead:
            clause = bare[:1].lower() + bare[1:] if _PRESENT.match(bare) else bare
            found.append(
                _point(clause if lead == "at" else f"{lead} {clause}",
                       Span(stored, start, end), bodies)
            )
        elif found:
            found[-1] = _with_list(found[-1])
    return [point for point in found if point.clause]


def for_body(found: Sequence[Point], names: Sequence[str]) -> list[Point]:
    """Return the points that are put to one of the named bodies; all where none of them is."""
    wanted = {_letters(name) for name in names}
    own = [one for one in found if wanted & {_letters(body) for body in one.bodies}]
    return own or list(found)


def _letters(name: str) -> str:
    """A body's name without the hyphens, commas and blanks that are set in many ways."""
    return re.sub(r"\W+", "", name.casefold())


def _lines(stored: StoredSection) -> Iterator[tuple[int, int, str]]:
    for match in _LINE.finditer(stored.section.text):
        line = match[0].strip()
        if line:
            start = match.start() + match[0].index(line[0])
            yield start, start + len(line), line


def _opens(rest: str, following: str) -> bool:
    """Whether what stands after *indstiller, at* only opens the lines that follow."""
    bare = _MARKER.sub("", _TRAILING.sub("", rest))
    if not bare:
        return True
    is_item = any(one.match(following) for one in (_MARKER, _AT, _PRESENT))
    is_item = is_item or bare.endswith(" at")
    closed = rest.rstrip().endswith((".", ";"))
    return is_item and not closed and len(bare.split()) <= _LONGEST_LEAD and _is_lead(bare)


def _is_lead(bare: str) -> bool:
    ends = r"(?:udvalget|rådet|bestyrelsen|\b(?!herunder|efter)\w+er(?: at)?)$"
    return bool(re.search(ends, bare))


def _bodies(to: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in _BODY.findall(to)))


def _point(clause: str, span: Span, bodies: tuple[str, ...]) -> Point:
    text = " ".join(_MARKER.sub("", clause).split())
    return Point(_AT.sub("", text), span, bodies)


def _with_list(point: Point) -> Point:
    return Point(point.clause, point.span, point.bodies, listed=True)
