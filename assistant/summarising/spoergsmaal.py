"""The one neutral question that a case asks its body, made from the indstilling and the title.

The indstilling's own words stand in it: *at forslaget godkendes* becomes *Skal Byrådet godkende
forslaget?*, and what cannot be turned so is asked as *Skal Byrådet beslutte, at …?*, which fits
every clause after *at*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

import data
from assistant.answering.draft import Span, body_name
from assistant.danish.lists import word_list
from assistant.danish.sentences import sentences
from assistant.danish.words import content_stems
from assistant.store.stored import StoredSection
from assistant.summarising.case import Case
from assistant.summarising.indstilling import Point, for_body, points
from assistant.types import SectionKind

_OTHERS: tuple[SectionKind, ...] = ("oekonomi", "hoering", "tidsplan", "lovgrundlag", "other")
_FEWEST, _LONGEST = 2, 55
"""Words of one point that is asked in full."""
_TOGETHER, _POINTS = 45, 3
"""Words, and points, that are asked in one question."""
_STEM = 4
"""Letters of a stem that tells a subject."""
_NO_DECISION = re.compile(
    r"\b(?:ikke|ingen)\s+(?:\w+\s+){0,2}beslutning|beslutning(?:er|en)?\s+(?:\w+\s+)?ikke", re.I
)
_NOTED_ALONE = re.compile(r"tage (?!orienteringer)\w+ til efterretning")
_NOTED = re.compile(r"\btil (?:efterretning|orientering)\b")
_ASIDE = re.compile(
    r"\s*\((?:se |jf\.? |jævnfør |lukket )*(?:bilag|pkt)[^()]*\)"
    r"|,? (?:jf\.|jævnfør) (?:vedlagte |vedhæftede )?bilag(?:\s[\d.,\s og-]+)?(?=[\s,.;]|$)",
    re.I,
)
_END = re.compile(r"(?:[\s,;.:?]|[,;]\s*(?:og|samt)|\s(?:og|samt|herunder)(?=[\s,;.:]*$))+$")
_BREAKS_OFF = re.compile(r"\b(?:godkender|beslutter|anbefaler|vedtager|meddeler|bevilger)$", re.I)
"""A clause that breaks off before what it decides: *at Økonomiudvalg og Byråd godkender*."""
_DANGLES = re.compile(
    r"(?:\b(?:af|at|for|med|på|om|til|i|ved|fra|skal|kan|følgende|nedenstående|flg\.|hvor|herunder|dvs\.?)|[:])$"
    r"|\b(?:følgende|nedenstående|ovenstående|flg\.)\s|\b(?:heraf|hertil|herved|dertil)\b", re.I,
)
_LISTS = re.compile(r"\b(?:de )?(?:følgende|nedenstående) (?=[a-zæøå]{3,}e?r\b)", re.I)
"""What points to the lines below a point, which the question does not show."""
_REASON = re.compile(
    r", (?:idet|fordi)\b(?!.*(?:finansier|betal|afhold|\bkr\b|forud))[^,]*"
    r"(?:, (?:at|der|som)\b[^,]*)?$"
)
"""A reason at the end of a point; a neutral question does not give it. Who pays is no reason."""
_FINITE = re.compile(
    r"\b(?:er|skal|kan|vil|må|bør|har|får|sker|\w{2,}er|\w{3,}e?s|gør|går|står|består|indgår|"
    r"medgår|overgår|foregår|udgør)\b"
)
_OPENS_AT = re.compile(
    r"^det (\w+s)(?: til efterretning| endeligt)?,?(?= (?:at|om|hv\w+) )", re.I
)
_WITH_THERE = re.compile(r"^der (\w+s) (?:(?:stilling|beslutning)\b)?", re.I)
_THERE_ACTS = frozenset({
    "meddeles", "afsættes", "gives", "udpeges", "vælges", "bevilges", "frigives", "ydes", "træffes",
})  # fmt: skip
_THERE_TAKES = ("der tages stilling", "der tages beslutning")
_GENERIC_BODY = r"(?:fag)?udvalget|udvalgene|byrådet|kommunalbestyrelsen|direktionen?|magistraten"
_NO_OBJECT = re.compile(r"(?:der|det|hvis|såfremt)\b", re.I)
_COMMITTEE = re.compile(
    r"(?:(?:[A-ZÆØÅ][\w-]*,? )(?:(?:[A-ZÆØÅ][\w-]*|og),? ){0,4}?)?[\w-]+udvalget(?= \w+r )"
)
_RELATIVE = re.compile(r"(?:^|[\s,])(?:der|som|hvor|hvis|når|såfremt)\b[^,]*$")
_SUBORDINATE = re.compile(r",? (?:at|om hvorvidt|hvorvidt|som|der|hvilke\w*)\b")
_ORIENTS = re.compile(r"orientering om (?=[^,–-]*(?:\S-\S[^,–-]*)*$)", re.I)
_ACCEPTED_TITLE = re.compile(r"^(?:orientering|status|afrapportering)\b", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, what it rests on, and how many of the indstilling's points it leaves out."""

    text: str
    spans: tuple[Span, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Body:
    """The body that is asked, as a sentence names it, and what else the indstilling calls it."""

    name: str
    also: re.Pattern[str]


def ask(case: Case, *, danish: bool = True) -> Asked:
    """Return the question that the case asks its own body.

    A case that is not in Danish is asked of by its title alone.
    """
    body = _body(case)
    proposed = [section for section in case.of_kind("indstilling") if section.section.text.strip()]
    if not danish or not proposed:
        return _by_title(case, body, proposed)
    found = for_body([p for section in proposed for p in points(section)], [body.name])
    found = [point for point in found if not _for_another(point, body)]
    if not found:
        return _without_points(case, body, proposed[0])
    return _from_points(found, case, body) or _by_title(case, body, proposed)


def _from_points(found: Sequence[Point], case: Case, body: _Body) -> Asked | None:
    turned = [(point, _turned(point, case, body)) for point in found]
    usable = [(point, phrase) for point, phrase in turned if phrase]
    if not usable:
        return None
    whole = len(usable) == len(found) <= _POINTS
    if whole and sum(len(phrase.split()) for _, phrase in usable) <= _TOGETHER:
        chosen = usable
    else:
        chosen = [max(usable, key=lambda one: _weight(one[1]))]
    text = _joined([phrase for _, phrase in chosen])
    spans = tuple(point.span for point, _ in chosen)
    return Asked(_skal(body, _placed(text, case)), spans, len(found) - len(chosen))


def _weight(phrase: str) -> tuple[bool, bool]:
    """What makes a point the case's main one: it decides, and without condition.

    Among equals the first is it.
    """
    conditional = bool(re.match(r"\w+, at (?:hvis|såfremt)\b", phrase))
    return not _NOTED.search(phrase), not conditional


def _skal(body: _Body, phrase: str) -> str:
    return f"Skal {body.name} {phrase.rstrip(' ,;:')}?"


def _placed(phrase: str, case: Case) -> str:
    """Name the case where the phrase says nothing of what it is about."""
    title = case.item.title.strip(" .")
    if not _NOTED_ALONE.match(phrase) and _likeness(phrase, title):
        return phrase
    subject = _ORIENTS.match(title)
    about = f"om {title[subject.end():]}" if subject else f"i sagen »{title}«"
    if phrase.startswith("tage sagen til"):
        return phrase.replace("sagen", f"sagen »{title}«", 1)
    if phrase.startswith("tage orienteringen til"):
        return phrase.replace("orienteringen", f"orienteringen {about}", 1)
    return f"i sagen »{title}« {phrase}"


def _likeness(phrase: str, title: str) -> int:
    """How many of the title's words the phrase has, also as a part of a longer word."""
    told = set(content_stems(phrase))
    return sum(
        any(one.startswith(word) or word.startswith(one) for one in told if len(one) >= _STEM)
        for word in set(content_stems(title))
        if len(word) >= _STEM
    )


def _joined(phrases: Sequence[str]) -> str:
    """Join infinitive phrases into one that follows *Skal X*."""
    phrases = _sharing_beslutte(phrases)
    if len(phrases) == 1:
        return phrases[0]
    comma = any(_SUBORDINATE.search(phrase) for phrase in phrases[:-1])
    return ", ".join(phrases[:-1]) + (", og " if comma else " og ") + phrases[-1]


def _sharing_beslutte(phrases: Sequence[str]) -> list[str]:
    """*beslutte, at A* and *beslutte, at B* say *beslutte* once."""
    told: list[str] = []
    for phrase in phrases:
        repeats = told and phrase.startswith("beslutte, at ") and (
            told[-1].startswith(("beslutte, at ", "at "))
        )
        told.append(phrase.removeprefix("beslutte, ") if repeats else phrase)
    return told


# --- one point ---


def _for_another(point: Point, body: _Body) -> bool:
    """Whether the point says what another committee does."""
    named = _COMMITTEE.match(point.clause)
    return bool(named) and not body.also.match(point.clause)


def _turned(point: Point, case: Case, body: _Body) -> str | None:
    """Return the point as an infinitive phrase after *Skal X*, or None where that is not safe."""
    clause = _clean(point.clause)
    if point.listed:
        clause = _LISTS.sub("de i indstillingen nævnte ", clause)
    if point.listed and ":" in clause:
        return None
    if not _FEWEST <= len(clause.split()) <= _LONGEST or _DANGLES.search(clause):
        return None
    if _BREAKS_OFF.search(clause):
        return None
    phrase = (
        _with_own_subject(clause, body)
        or _with_opener(clause)
        or _with_formal_subject(clause)
        or _with_object(clause, case)
    )
    if phrase:
        return phrase
    if not _FINITE.search(clause):
        return None
    named = re.match(rf"(?:{_GENERIC_BODY})\b", clause, re.I)
    verb = "anbefale" if named and named[0][0].isupper() else "beslutte"
    return f"{verb}, at {_lowered(clause, case)}"


def _clean(clause: str) -> str:
    first = sentences(clause)
    text = clause[first[0].start:first[0].end] if first else clause
    text = re.sub(r" (?=[,;])", "", " ".join(_ASIDE.sub("", text).split()))
    bare = _REASON.sub("", _END.sub("", text))
    last = bare.rpartition(" ")[2].casefold()
    abbreviated = last in word_list("abbreviations") | word_list("abbreviations_final")
    return f"{bare}." if abbreviated and text[len(bare):].startswith(".") else bare


def _with_own_subject(clause: str, body: _Body) -> str | None:
    """*udvalget drøfter planen*: *drøfte planen*."""
    named = body.also.match(clause)
    if not named:
        return None
    verb, _, rest = clause[named.end():].strip().partition(" ")
    infinitive = _infinitive(verb.rstrip(","))
    if infinitive is None:
        return None
    comma = "," if verb.endswith(",") else ""
    return f"{infinitive}{comma} {_with_infinitives(rest)}".rstrip()


def _with_opener(clause: str) -> str | None:
    """*godkender at …*, *godkende aftalen*: what follows a lead that names the body."""
    verb, _, rest = clause.partition(" ")
    bare = verb.lower().rstrip(",")
    if bare not in _openers() or not rest:
        return None
    if re.match(r"\w+r\b", rest) and rest.partition(" ")[0] in _openers():
        return _with_opener(rest)
    infinitive = bare if bare.endswith("e") or bare == "indgå" else _infinitive(bare)
    return f"{infinitive}{',' if verb.endswith(',') else ''} {_with_infinitives(rest)}"


def _with_formal_subject(clause: str) -> str | None:
    """*det godkendes, at …* and *der meddeles anlægsbevilling …*."""
    opened = _OPENS_AT.match(clause)
    passives = _words()["passives"]
    if opened and opened[1] in passives:
        return f"{passives[opened[1]]}{clause[opened.end(1):]}"
    there = _WITH_THERE.match(clause)
    if there and (there[1] in _THERE_ACTS or there[0] in _THERE_TAKES):
        return _active_rest(f"{passives[there[1]]}{clause[there.end(1):]}")
    return None


def _with_object(clause: str, case: Case) -> str | None:
    """*forslaget godkendes med ændringer*: *godkende forslaget med ændringer*."""
    for found in re.finditer(r"\b\w+s\b", clause):
        infinitive = _words()["passives"].get(found[0])
        if infinitive is None:
            continue
        thing, tail = clause[:found.start()].strip(), clause[found.end():].strip()
        if not thing or _RELATIVE.search(thing) or _NO_OBJECT.match(thing):
            return None
        if "," in thing and _FINITE.search(thing.partition(",")[2]):
            return None
        if tail.startswith("endeligt"):
            infinitive, tail = f"endeligt {infinitive}", tail.removeprefix("endeligt").strip()
        lowered = _lowered(thing, case)
        turned = f"{infinitive} {lowered}"
        joined = f"{turned}{tail}" if tail.startswith(",") else f"{turned} {tail}".strip()
        return _active_rest(joined, after=len(turned))
    return None


def _active_rest(phrase: str, after: int = 0) -> str | None:
    """Turn further passives of the body's own acts; None where another verb is coordinated."""
    passives = _words()["passives"]
    told = phrase
    for found in reversed(list(re.finditer(r"\b(og|samt|eller)( \w+)? (\w{3,}s)\b", phrase))):
        if found.start() < after:
            continue
        if found[3] in passives and not found[2]:
            told = told[:found.start(3)] + passives[found[3]] + told[found.end(3):]
        elif found[3].endswith("es"):
            return None
    if re.search(r"\b(?:og|samt) (?:at|der) ", told[after:]):
        return None
    return told


def _with_infinitives(rest: str) -> str:
    """*… og beslutter justeringer*: coordinated acts of the same subject follow the first."""
    def turned(found: re.Match[str]) -> str:
        infinitive = _infinitive(found[2]) if found[2] in _openers() else None
        return f"{found[1]}{infinitive or found[2]}"

    coordinated = re.match(r"og (\w+r)\b", rest)
    infinitive = _infinitive(coordinated[1]) if coordinated else None
    if coordinated and infinitive:
        rest = f"og {infinitive}{rest[coordinated.end():]}"
    return re.sub(r"(\b(?:og|samt|eller) )(\w+r)\b", turned, rest)


def _infinitive(present: str) -> str | None:
    special = _words()["presents"].get(present)
    if special or not present.islower():
        return special
    return present[:-1] if re.fullmatch(r"\w+(?:er|år)", present) else None


def _lowered(clause: str, case: Case) -> str:
    """Begin small, where the case itself writes the word small or it is no name."""
    first = clause.split(maxsplit=1)[0]
    small = first[:1].lower() + first[1:]
    if first == small or not _is_common(clause):
        return clause
    text = " ".join(one.section.text for one in case.sections)
    return small + clause[len(first):] if re.search(rf"\b{re.escape(small)}\b", text) else clause


def _is_common(clause: str) -> bool:
    """Whether the first word's capital is only the line's, as far as its form tells."""
    words = clause.split()
    first = words[0]
    if first[1:2].isupper() or re.search(r"(?:udvalget|rådet|bestyrelsen|-)$", first):
        return False
    return not (len(words) > 1 and words[1][:1].isupper())


# --- the rest ---


def _without_points(case: Case, body: _Body, section: StoredSection) -> Asked:
    opening = _opening(section)
    if _NO_DECISION.search(section.section.text):
        title = case.item.title.strip(" .")
        return Asked(
            _skal(body, f"drøfte »{title}« uden at træffe beslutning"), (opening,)
        )
    return _by_title(case, body, [section])


def _by_title(case: Case, body: _Body, proposed: Sequence[StoredSection]) -> Asked:
    title = case.item.title.strip(" .")
    told = proposed or case.of_kind("resume", "sagsfremstilling") or case.of_kind(*_OTHERS)
    opening = _opening(next(one for one in told if one.section.text.strip()))
    if proposed:
        return Asked(_skal(body, f"godkende indstillingen i sagen »{title}«"), (opening,))
    acts: Mapping[str, str] = _words()["titles"]
    for start, infinitive in acts.items():
        if title.lower().startswith(f"{start} ") and "," not in title and " - " not in title:
            return Asked(_skal(body, f"{infinitive} {title[len(start) + 1:]}"), (opening,))
    if _ACCEPTED_TITLE.match(title):
        return Asked(_skal(body, f"tage sagen »{title}« til efterretning"), (opening,))
    return Asked(f"Giver punktet »{title}« {body.name} anledning til en beslutning?", (opening,))


def _opening(stored: StoredSection) -> Span:
    """The section's first sentence."""
    first = sentences(stored.section.text)[0]
    return Span(stored, first.start, first.end)


def _body(case: Case) -> _Body:
    """The item's own body; where it is not known, *udvalget*."""
    name = body_name(case.item.committee) if case.item.committee else "udvalget"
    also = [_listed_with(name), _spelled(name), _spelled(case.item.committee)]
    is_council = name.casefold() in ("byrådet", "kommunalbestyrelsen")
    also.append("byrådet|kommunalbestyrelsen" if is_council else r"(?:fag)?udvalget|direktionen?")
    if is_council or not case.item.committee:
        also.append(r"(?:[A-ZÆØÅ][\w,&-]* )?(?:[A-ZÆØÅa-z][\w,&-]* )*?[A-ZÆØÅ]?[\w-]*udvalget")
    pattern = "|".join(part for part in also if part)
    return _Body(name, re.compile(rf"(?:{pattern})(?= )", re.I))


def _spelled(name: str) -> str:
    """A pattern of the name, in which hyphens and commas may be missing."""
    return r"\W+".join(re.findall(r"\w+", name))


def _listed_with(name: str) -> str:
    """The body among others: *X og Y tager orienteringen til efterretning*."""
    own = _spelled(name)
    other = r"(?:[A-ZÆØÅ][\w, og&-]*?udvalget|Byrådet|Kommunalbestyrelsen)"
    return rf"{own},? og {other}|[A-ZÆØÅ][\w, og&-]*?(?:,| og) {own}"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = yaml.safe_load(data.read_text("proposals.yaml"))
    return read


@cache
def _openers() -> frozenset[str]:
    return frozenset(str(_words()["openers"]).split())
