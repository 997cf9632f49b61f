"""What side the words of a sentence are on, and whether its sense turns on a condition.

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
_BEFORE = 4
"""Words in which a cause or a relative pronoun governs what follows."""
_WORD = re.compile(r"\w+|[^\w\s]")
_NOT_DONE = re.compile(
    r"(?<!end )\b(?:hvis|såfremt)\b[^.]{0,80}\b(?:ikke|ingen|undlader|afvises|aflyses|stoppes)\b"
    r"|^(?:Er|Bliver|Vælger|Besluttes|Godkendes|Sker|Vil|Skal|Kan|Ønskes)\b[^,.]*\b(?:ikke|ingen)\b"
    r"|^\w+(?:er|es) [^,.]*\b(?:ikke|ingen)\b[^.]*, (?:så )?(?:vil|kan|skal|må|er|bliver|får)\b"
    r"|\bved ikke at\b|\buden (?:dette|projektet|tiltaget|indsatsen|bevillingen)\b", re.I,
)
_UNLESS = re.compile(
    r"(?:,|;|\b(?:og|at|så)) (?:\w+s|er|bliver|sker|gør|får|vælger|har) (?:der|det|vi|man|kommunen|"
    r"byrådet|udvalget) (?:\w+ )?(?:ikke|ingen)\b", re.I,
)
"""A condition by its word order: *…, og stilles der ikke krav, kan …*."""
_LEADING = re.compile(r"^(?:[^\s,;:]+ ){1,4}dog\b,?", re.I)
"""*Dog* that sets the whole sentence against the one before, not one half of it to the other."""
_ADVISED_AGAINST = re.compile(
    r"\b(?:anbefal|foresl|indstil|tilråd)\w* (?:\w+ ){0,3}?ikke\b"
    r"|\bikke (?:at )?(?:anbefal|foresl|indstil|tilråd)\w*|\bfraråd\w*", re.I,
)
_TAKES_BACK = re.compile(
    r"(?:Men|Dog|Imidlertid|Omvendt|Modsat|Til gengæld|Heroverfor|Derimod|Alligevel|"
    r"Det forudsætter|(?:[^\s,;:.]+ ){1,4}(?:dog|imidlertid|derimod))\b"
)
_CONDITION = re.compile(r"\b(?:hvis|såfremt|om|hvorvidt|hvordan|hvilke\w*)\b", re.I)
_LATER_CONDITION = re.compile(r"(?<!^)\b(?:hvis|såfremt)\b", re.I)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:mio\.|mia\.|t\.?\s?kr|kr\b|kroner)", re.I)
_NO_OBJECTION = re.compile(
    r"\b(?:ingen|ikke|uden)\b[^.]{0,40}\b(?:indsigelse|indvend|bemærkning|protest|bekymr)", re.I
)

_OBJECTORS = re.compile(
    r"\b(?:høringssvar\w*|høring\w*|beboer\w*|nabo\w*|borger\w*|lodsejer\w*|grundejer\w*|forældre\w*|"
    r"medarbejder\w*|\w*forening\w*|\w*råd(?:et)?|\w*bestyrelse\w*|indsigere?\w*|\w*organisation\w*|"
    r"(?-i:MED|HovedMED|OmrådeMED)\w*)\b", re.I
)
_OPENING = re.compile(r"^(?:Det (?:overordnede|primære) |Hoved|Det er )?", re.I)
_MAIN_CLAUSE = re.compile(r", (?:så )?(?:vil|kan|skal|må|er|bliver|får|\w+es|\w{3,}er)\b")
_LESS_BEHIND = re.compile(
    r"reducer|mindsk|fjern|eliminer|begræns|undgå|\b(?:meget |relativt )?(?:lav|lave|lille|minimal|"
    r"ringe|bortfalde\w*)\b", re.I,
)
_WAS = re.compile(r"\b(?:har|havde) været\b|\bvar\b", re.I)
_AIM = re.compile(
    r"(?<!nødvendigt )(?<!nødvendig )\b(?:for|med henblik på) "
    r"(?:på sigt |fortsat |bedre |yderligere )?at "
    r"(?:styrke|øge|forbedre|reducere|mindske|undgå|fremme|understøtte|forebygge|nedbringe|løfte|"
    r"højne|udvide|aflaste|lette)\b", re.I,
)
"""*… for at øge trygheden*: what it is done for."""
_REASON = re.compile(r"(?:^|, )(?:da|fordi|idet|eftersom)\b", re.I)
_RELATIVE = re.compile(
    r"(?<!\bat )(?<!\bda )(?<!\bså )(?<!\bhvor )(?<!\bfordi )(?<!\bidet )\bder\b"
)
_OPENS = 40
"""Characters of a sentence in which *der* is its formal subject, not a relative pronoun."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What side a sentence is on, and how plainly its words say so (1 to 3)."""

    side: Side
    strength: float
    by: Literal["words", "purpose", "price", "objection"] = "words"


_NOTHING: Mapping[Side, Stance] = {
    "fordel": Stance("ulempe", 0.0),
    "ulempe": Stance("fordel", 0.0),
}
"""What a denied benefit or drawback states: nothing, and not the other side's arguments either."""
_COMPARISONS: Sequence[tuple[str, str, Side]] = (
    ("mere", "gode", "fordel"),
    ("bedre", "gode", "fordel"),
    ("mindre", "onde", "fordel"),
    ("opnaas", "nytte", "fordel"),
    ("opnaas", "bedre_end_nu", "fordel"),
    ("opnaas", "vaerre_end_nu", "ulempe"),
    ("mere", "onde", "ulempe"),
    ("medfoerer", "onde", "ulempe"),
    ("mindre", "gode", "ulempe"),
)
_CHANGES: Sequence[tuple[str, str, Side]] = (
    ("gode", "vokser", "fordel"),
    ("onde", "falder", "fordel"),
    ("onde", "vokser", "ulempe"),
    ("gode", "falder", "ulempe"),
)


def stances(text: str) -> list[Stance]:
    """Return every side that words of the sentence take, of strength 0 where they are denied."""
    return [*_purposes(text), *_plain(text), *_compared(text), *_objections(text), *_cost(text)]


def turns(text: str) -> bool:
    """Return whether it tells of what would be otherwise, or sets one thing against another.

    What would happen without the proposal, under a condition, or what is advised against, is no
    argument for or against what is proposed; and of a *men* only one half is.
    """
    return bool(
        _NOT_DONE.search(text)
        or _UNLESS.search(text)
        or _is_hypothetical(text)
        or _ADVISED_AGAINST.search(text)
        or _found("modsaetning", _LEADING.sub("", text))
    )


def is_set_against(following: str) -> bool:
    """Return whether the sentence opens by taking back what stands before it."""
    return bool(_TAKES_BACK.match(following))


def counts(text: str) -> dict[str, int]:
    """Return how many words of each group in `data/arguments.yaml` the text holds."""
    return {name: len(_finds(name, text)) for name in _data()}


def holds_binder(text: str) -> bool:
    """Return whether the text has a word by which the sense of what stands beside it turns."""
    return bool(_found("binder", text))


def _is_hypothetical(text: str) -> bool:
    """Whether it opens with a condition that is not the proposal's own adoption."""
    opens = re.match(r"(?:Hvis|Såfremt)\b[^,]*", text)
    return opens is not None and not _found("vedtages", opens[0])


def _purposes(text: str) -> list[Stance]:
    denied = _found("ikke_formaal", text) or _found("naegtelse", text)
    opens = _pattern("formaal").match(_OPENING.sub("", text))
    aim = _AIM.search(text)
    stated = opens or (aim and not _aside(text, aim.start()))
    if not stated or denied or _WAS.search(text):
        return []
    return [Stance("fordel", 2.0, "purpose")]


def _plain(text: str) -> list[Stance]:
    """Words that state it by themselves, unless they are denied."""
    if not _found("virkning", text):
        return []
    told = []
    sides: Sequence[Side] = ("fordel", "ulempe")
    for side in sides:
        for found in _finds(side, text):
            if _aside(text, found.start()) or (side == "ulempe" and _lessened(text, found)):
                continue
            if side == "ulempe" and _is_reason(text, found.start()):
                continue
            if side == "ulempe" and _lessened_behind(text, found.end()):
                told.append(_NOTHING[side])
                continue
            denied = _denied(text, found.start()) or _denied_behind(text, found.end())
            if not denied:
                told.append(Stance(side, 3.0))
            elif side == "ulempe" and _freed(text, found.start()):
                told.append(Stance("fordel", 1.5))
            else:
                told.append(_NOTHING[side])
    return told


def _compared(text: str) -> list[Stance]:
    """More or less of what is good or bad in itself."""
    if not _found("virkning", text):
        return []
    return [
        _NOTHING[side] if denied else Stance(side, 2.0)
        for how, thing, side in (*_COMPARISONS, *_CHANGES)
        for first in _finds(how, text)
        for other in _finds(thing, text)
        if first.end() <= other.start()
        and _is_near(text[first.end():other.start()])
        and not (how == "medfoerer" and _lessened(text, other))
        and not _aside(text, first.start())
        and not (side == "ulempe" and _is_reason(text, first.start()))
        and _is_effect(text, first)
        for denied in (_denied(text, first.start()) or _denied_behind(text, first.end()),)
    ]


def _objections(text: str) -> list[Stance]:
    if not _found("indsigelse", text) or _NO_OBJECTION.search(text):
        return []
    stated = any(not _aside(text, found.start()) for found in _finds("indsigelse", text))
    return [Stance("ulempe", 2.0, "objection")] if stated and _OBJECTORS.search(text) else []


def _cost(text: str) -> list[Stance]:
    """An amount that is to be paid."""
    for found in _finds("pris", text):
        paid = _MONEY.search(text, found.start()) and _found("vil_koste", text)
        if paid and not _denied(text, found.start()) and not _aside(text, found.start()):
            return [Stance("ulempe", 1.0, "price")]
    return []


def _aside(text: str, start: int) -> bool:
    """Whether what stands at `start` is supposed, a cause, or said of something else.

    *hvis …*, *grundet …*, and in a relative clause: *fonde, der kan bidrage til …*.
    """
    clause = re.split(r"[,;:]", text[:start])[-1]
    last = " ".join(clause.split()[-_BEFORE:])
    after_comma = clause != text[:start] and clause.split()[:1] in (["der"], ["som"])
    inside = "som" in last.split() or (bool(_RELATIVE.search(last)) and start > _OPENS)
    relative = after_comma or inside or _is_supposed(text, start)
    supposed = _CONDITION.search(clause) or _LATER_CONDITION.search(text[:start])
    return bool(supposed or _found("aarsag", last) or relative)


def _lessened_behind(text: str, end: int) -> bool:
    """Whether it is said to become less, or little: *risikoen for støj vil være reduceret*."""
    return bool(_LESS_BEHIND.search(re.split(r"[,;:]", text[end:])[0]))


def _is_reason(text: str, start: int) -> bool:
    """Whether it stands in a clause that gives the reason for the rest: *…, da der er risiko for*.

    A bad thing there is why something is proposed, not what the proposal brings.
    """
    reasons = _REASON.finditer(text[:start])
    return any(not re.search(r"[,;]", text[one.end():start]) for one in reasons)


def _is_supposed(text: str, start: int) -> bool:
    """Whether it stands in the condition that the sentence opens with, not in what follows."""
    if not re.match(r"(?:Hvis|Såfremt)\b", text):
        return False
    follows = [found.start() for found in _MAIN_CLAUSE.finditer(text)]
    return bool(follows) and start < follows[-1]


def _lessened(text: str, found: re.Match[str]) -> bool:
    """Whether less of it is spoken of: *mindre risiko for …*."""
    return _found("mindre", " ".join(text[:found.start()].split()[-_BEFORE:]))


def _is_effect(text: str, found: re.Match[str]) -> bool:
    """An adjective such as *bedre* tells an effect only behind a verb that brings it about."""
    if not _pattern("grad").fullmatch(found[0]):
        return True
    return bool(_found("giver", " ".join(text[:found.start()].split()[-_NEAR - 1:])))


def _is_near(between: str) -> bool:
    words = _WORD.findall(between)
    return len(words) <= _NEAR and not any(mark in between for mark in ",;:.")


def _denied(text: str, start: int) -> bool:
    """Whether a negation stands before it in the same clause."""
    clause = re.split(r"[,;:]", text[:start])[-1]
    return bool(_found("naegtelse", clause))


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


@cache
def _data() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(data.read_text("arguments.yaml"))
    return read
