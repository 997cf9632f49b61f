"""What a sentence states by its words: a benefit, a drawback, or neither.

The words stand in `data/arguments.yaml`. A good thing that is denied is no benefit; freedom from a
bad one is; more of something bad, or less of something good, is a drawback.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import yaml

import data

Side = Literal["fordel", "ulempe"]

_NEAR = 5
"""Words between *more* or *less* and what there is more or less of."""
_DENIED = 4
"""Words that a negation reaches forward."""
_WORD = re.compile(r"\w+|[^\w\s]")
_SUBCLAUSE = re.compile(r"\b(?:fordi|selvom|selv om|at|der|som|hvor|hvis)\b")
_PAST = re.compile(
    r"\b(?:blev|var|havde|har (?:\w+ ){0,3}?(?:\w+et|\w+t|været|fået|givet)|er (?:\w+ )?blevet|"
    r"\w{3,}ede|medførte|betød|gav|lå)\b", re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:hvis|såfremt)\b[^.]{0,80}\b(?:ikke|ingen|undlader|afvises|aflyses|stoppes)\b"
    r"|\bved ikke at\b|\buden (?:dette|projektet|tiltaget|indsatsen|bevillingen)\b", re.I,
)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:mio\.|mia\.|t\.?\s?kr|kr\b|kroner)", re.I)
_INDSIGELSE_NONE = re.compile(
    r"\b(?:ingen|ikke|uden)\b[^.]{0,40}\b(?:indsigelse|bemærkning|protest|bekymr)", re.I
)


@dataclass(frozen=True, slots=True)
class Stance:
    """What side a sentence is on, and how plainly its words say so (1 to 3)."""

    side: Side
    strength: float


def stance(text: str) -> Stance | None:
    """Return what the sentence states, or None where it states neither, or both at once."""
    if _NOT_DONE.search(text) or _found("andet", text):
        return None
    if _PAST.search(text) and not _found("virkning", text):
        return None
    told = [*_purposes(text), *_plain(text), *_compared(text), *_objections(text), *_cost(text)]
    sides = {one.side for one in told}
    if len(sides) != 1:
        return None
    return max(told, key=lambda one: one.strength)


def holds_binder(text: str) -> bool:
    """Return whether the text has a word by which the sense of what stands beside it turns."""
    return bool(_found("binder", text))


def _purposes(text: str) -> list[Stance]:
    if _found("formaal", text) and not _found("ikke_formaal", text) and not _found("naegtelse", text):
        return [Stance("fordel", 2.0)]
    return []


def _plain(text: str) -> list[Stance]:
    """Words that state it by themselves, unless they are denied."""
    if not _found("virkning", text):
        return []
    told = []
    for side in ("fordel", "ulempe"):
        for found in _finds(side, text):
            if not _denied(text, found.start()) and not _denied_behind(text, found.end()):
                told.append(Stance(side, 3.0))
            elif side == "fordel":
                told.append(Stance("ulempe", 0.0))
            elif _freed(text, found.start()):
                told.append(Stance("fordel", 1.5))
            else:
                told.append(Stance("fordel", 0.0))
    return told


def _compared(text: str) -> list[Stance]:
    """More or less of what is good or bad in itself."""
    if not _found("virkning", text):
        return []
    told = []
    for how, thing, side in (
        ("mere", "gode", "fordel"), ("mindre", "onde", "fordel"),
        ("mere", "onde", "ulempe"), ("mindre", "gode", "ulempe"),
    ):  # fmt: skip
        for first in _finds(how, text):
            for other in _finds(thing, text):
                between = text[first.end():other.start()]
                if other.start() >= first.end() and _is_near(between):
                    denied = _denied(text, first.start()) or _denied_behind(text, first.end())
                    told.append(Stance(side, 0.0 if denied else 2.0))  # type: ignore[arg-type]
    return told


def _objections(text: str) -> list[Stance]:
    if _found("indsigelse", text) and not _INDSIGELSE_NONE.search(text):
        return [Stance("ulempe", 2.0)]
    return []


def _cost(text: str) -> list[Stance]:
    """An amount that is to be paid."""
    for found in _finds("pris", text):
        if _MONEY.search(text, found.start()) and not _denied(text, found.start()):
            return [Stance("ulempe", 1.0)]
    return []


def _is_near(between: str) -> bool:
    words = _WORD.findall(between)
    return len(words) <= _NEAR and not any(mark in between for mark in ",;:.")


def _denied(text: str, start: int) -> bool:
    """Whether a negation stands a few words before, in the same clause."""
    before = re.split(r"[,;:]", text[:start])[-1]
    last = " ".join(before.split()[-_DENIED:])
    return bool(_found("naegtelse", last))


def _denied_behind(text: str, end: int) -> bool:
    """Whether a negation stands right behind: *forbedrer ikke*."""
    following = text[end:].split()[:2]
    return any(word.strip(",.").casefold() in ("ikke", "ingen", "næppe") for word in following)


def _freed(text: str, start: int) -> bool:
    return bool(_found("fri_for", " ".join(text[:start].split()[-2:])))


def _found(name: str, text: str) -> bool:
    return bool(_pattern(name).search(text))


def _finds(name: str, text: str) -> list[re.Match[str]]:
    return list(_pattern(name).finditer(text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    entries: Sequence[str] = _data()[name]
    told = [
        re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for entry in sorted(entries, key=len, reverse=True)
    ]
    return re.compile(rf"\b(?:{'|'.join(told)})\b", re.I)


def anchors() -> Mapping[str, Sequence[str]]:
    """Return sentences that read like a benefit, a drawback, and neither."""
    told: Mapping[str, Sequence[str]] = _data()["anker"]
    return told


@cache
def _data() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(data.read_text("arguments.yaml"))
    return read
