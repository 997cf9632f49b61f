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
_BEFORE = 4
"""Words in which a cause or a relative pronoun governs what follows."""
_WORD = re.compile(r"\w+|[^\w\s]")
_PAST = re.compile(
    r"\b(?:blev|var|havde|har (?:\w+ ){0,3}?(?:\w+et|\w+t|været|fået|givet)|er (?:\w+ )?blevet|"
    r"\w{3,}ede|medførte|betød|gav|lå)\b", re.I,
)
_NOT_DONE = re.compile(
    r"(?<!end )\b(?:hvis|såfremt)\b[^.]{0,80}\b(?:ikke|ingen|undlader|afvises|aflyses|stoppes)\b"
    r"|^(?:Er|Bliver|Vælger|Besluttes|Godkendes|Sker|Vil|Skal|Kan|Ønskes)\b[^,.]*\b(?:ikke|ingen)\b"
    r"|\bved ikke at\b|\buden (?:dette|projektet|tiltaget|indsatsen|bevillingen)\b", re.I,
)
_UNLESS = re.compile(
    r"(?:,|;|\b(?:og|at|så)) (?:\w+s|er|bliver|sker|gør|får|vælger|har) (?:der|det|vi|man|kommunen|"
    r"byrådet|udvalget) (?:\w+ )?(?:ikke|ingen)\b", re.I,
)
"""A condition by its word order: *…, og stilles der ikke krav, kan …*."""
_LEADING = re.compile(r"^(?:[^\s,;:]+ ){1,4}dog\b,?", re.I)
"""*Dog* that sets the whole sentence against the one before, not one half of it to the other."""
_INTENT = re.compile(r"For (?:\w+ )?at\b")
_CONDITION = re.compile(r"\b(?:hvis|såfremt|om|hvorvidt|hvordan|hvilke\w*)\b", re.I)
_LATER_CONDITION = re.compile(r"(?<!^)\b(?:hvis|såfremt)\b", re.I)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:mio\.|mia\.|t\.?\s?kr|kr\b|kroner)", re.I)
_ACCOUNTS = re.compile(
    r"indtægt|overskud|regnskab|budgettet for|tilskud|refusion|afsættes|netto|mindreforbrug|"
    r"mindreudgift|budget på|konto\b", re.I,
)
_TODAY = re.compile(
    r"\b(?:i dag|på nuværende tidspunkt|opleves|opstår løbende|de seneste år|aktuelt|"
    r"gennem (?:flere|mange|en) år\w*|har (?:\w+ )?(?:medført|været|vist)|vist sig|opstår)\b"
    r"|\b(?:svært|vanskeligt)\b[^.,]{0,25}\bat (?:vurdere|forudsige|generalisere|sige|fastslå)\b",
    re.I,
)
"""What is bad today is why something is proposed, not what the proposal brings."""
_TO_COME = re.compile(
    r"\b(?:vil|kan|forventes|forventer|vurderes|vurderer|anslås|skønnes|bliver|risiko\w*|må|"
    r"skal (?:bidrage|sikre|understøtte|styrke|skabe|øge)|er med til at|giver mulighed)\b", re.I,
)
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
_NONE_OF = re.compile(r"\b(?:ikke|ingen|hverken)\b[^.;]*,[^.;]*\beller\b", re.I)
"""A negation of several things: *ikke nedsætter sikkerheden, medfører gener eller …*."""
_LESS_BEHIND = re.compile(
    r"reducer|mindsk|fjern|eliminer|begræns|undgå|\b(?:meget |relativt )?(?:lav|lave|lille|minimal|"
    r"ringe|bortfalde\w*)\b", re.I,
)
_BRINGS_LESS = re.compile(
    r"\b(?:giver?|medfører?|betyder?)\b[^.,;]{0,40}"
    r"\b(?:mindre og|dårligere|ringere|reduceret|reducerede)\b",
    re.I,
)
_BRINGS_COST = re.compile(
    r"\b(?:medføre|indebære|kræve|give|udløse)r?\b"
    r"(?:(?!lavere|mindre|færre|reduce)[^.,;]){0,40}(?:udgift|omkostning)", re.I
)
_WAS = re.compile(r"\b(?:har|havde) været\b|\bvar\b", re.I)
_AIM = re.compile(
    r"(?<!nødvendigt )(?<!nødvendig )\b(?:for|med henblik på) "
    r"(?:på sigt |fortsat |bedre |yderligere )?at "
    r"(?:styrke|øge|forbedre|reducere|mindske|undgå|fremme|understøtte|forebygge|nedbringe|løfte|"
    r"højne|udvide|aflaste|lette)\b", re.I,
)
"""*… for at øge trygheden*: what it is done for."""
_ALLOWS = re.compile(
    r"\b(?:\w*lokalplan|\w*kommuneplan\w*|\w*loven|lovgivning|regler|bekendtgørelse|bestemmelse|"
    r"byggeret|lovforslag|miljøklasse|delområde|byggefelt|planforslag)\w*\b[^.]{0,40}"
    r"\bmulighed|\bgiver kommunerne\b", re.I,
)
"""What a plan or a law lets be done is a rule, not what is gained."""
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
_GOOD = ("fordel", "gode", "mere", "bedre")
_BAD = ("ulempe", "onde", "pris", "indsigelse")
_BAD_PLAINLY = ("ulempe", "pris")
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


def stance(text: str) -> Stance | None:
    """Return what the sentence states, or None where it states neither, or both at once."""
    if not may_state(text):
        return None
    told = [*_purposes(text), *_plain(text), *_compared(text), *_objections(text), *_cost(text)]
    if len({one.side for one in told}) != 1:
        return None
    if told[0].side == "ulempe" and (_TODAY.search(text) or _NONE_OF.search(text)):
        return None
    if told[0].side == "fordel" and _BRINGS_LESS.search(text):
        return None
    if told[0].side == "fordel" and (_BRINGS_COST.search(text) or _ALLOWS.search(text)):
        return None
    surest = max(told, key=lambda one: one.strength)
    return surest if surest.strength else None


def is_to_come(text: str) -> bool:
    """Return whether it speaks of what will or may be, so not of how things are."""
    return bool(_TO_COME.search(text))


def contradicts(before: str, side: Side) -> bool:
    """Return whether the sentence before it has plain words of the other side."""
    return _found("ulempe" if side == "fordel" else "fordel", before)


def leans(text: str, side: Side) -> bool:
    """Return whether words of that side stand in the sentence, and none denies or supposes them."""
    words, others = (_GOOD, _BAD) if side == "fordel" else (_BAD_PLAINLY, _GOOD)
    return (
        may_state(text)
        and any(_found(name, text) for name in words)
        and not any(_found(name, text) for name in others)
        and not _found("naegtelse", text)
        and not _found("aarsag", text)
        and not (side == "ulempe" and (_found("mindre", text) or _TODAY.search(text)))
        and not _ACCOUNTS.search(text)
        and bool(_found("virkning", text))
    )


def may_state(text: str) -> bool:
    """Return whether the sentence could speak of what the proposal does.

    Not of what has been, of what would happen without it, of another proposal, or of both sides.
    """
    if _NOT_DONE.search(text) or _UNLESS.search(text):
        return False
    if _INTENT.match(text) or _is_hypothetical(text):
        return False
    if _found("andet", text) or _found("modsaetning", _LEADING.sub("", text)):
        return False
    return not _PAST.search(text) or _found("virkning", text) or _found("indsigelse", text)


def purpose_of(text: str) -> str:
    """Return what a sentence that opens with a purpose names it of; empty where it names nothing.

    *Formålet med stien er at …* names the path; *Formålet er at …* nothing.
    """
    aim = _AIM.search(text)
    if aim:
        return text[:aim.start()]
    named = re.match(
        r".*?\b(?:formål|mål|hensigt|intention)\w* (?:med|bag)\b(.*?)\ber\b", text, re.I
    )
    own = re.match(r"(.*?)\w*[ei]ts? (?:\w+ )?(?:formål|mål) er\b", text, re.I)
    return named[1] if named else own[0] if own else ""


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
        if _ACCOUNTS.search(text):
            return []
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
