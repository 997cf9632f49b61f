"""Decisions as fields: outcomes, votes and absentees, out of the words of the minutes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import data
from assistant.danish.sentences import sentences
from assistant.types import Decision, PointDecision, Section, Substitute, Vote, VoteSide

_OUTCOMES = (
    ("udsat", re.compile(
        r"\b(?:udsat|udsættes|udskudt|udskyd(?:es|er)|udskød|"
        r"udsatte (?:sagen|punktet|behandlingen|beslutningen))\b", re.I)),
    ("afvist", re.compile(
        r"\b(?:afvist|afviste|afvises|forkast(?:et|ede|es)|nedstemt|"
        r"ikke (?:godkend(?:t|e|es)|anbefal(?:et|es?)|vedtag(?:et|es?)|tiltr(?:ådt|ædes?))|"
        r"(?:godkendes|vedtages|anbefales|tiltrædes) ikke)\b", re.I)),
    ("godkendt", re.compile(
        r"\b(?:godkend(?:t|te|tes|es|er)|vedtog|vedtag(?:et|es)|tiltr(?:ådt\w*|ådte|ædes|æder)|"
        r"bevilge(?:t|de|des|s|r))\b", re.I)),
    ("anbefalet", re.compile(r"\b(?:anbefal(?:er|es|et|ede|edes)|indstille(?:r|s))\b", re.I)),
    ("efterretning", re.compile(r"\btil (?:efterretning|orientering)\b", re.I)),
    ("droeftet", re.compile(r"\bdrøft(?:et|ede|edes)\b", re.I)),
)

_WORD = r"[A-ZÆØÅÄÖÜÉ][\w'’]*(?:-[\w'’]+)*"
_PART = rf"(?:[A-ZÆØÅ]\.(?!\w)|{_WORD})"
_NAME = rf"{_WORD}(?: (?:(?:van|von|de|der|den|da|el|al|bin) )*{_PART})+"
_LETTER = r"[A-ZÆØÅ]{1,2}(?![\w-])"
_IN_BRACKETS = r"\((?:[A-ZÆØÅ]{1,3}(?:-?\d)?)\)"
_SEPARATOR = r"(?:\s*,\s*(?:(?:og|samt)\s+)?|\s+(?:og|samt)\s+|(?<=\)) )"
_ABSENT_LABEL = re.compile(
    r"\b(?:afbud fra|(?:Afbud|Fravær|Fraværende|Ikke til ?stede)(?: fra| er| var)?)\b"
    r"(?P<gap>[\s:•*-]*)", re.I
)
_BEFORE_NAME = re.compile(
    r"^(?:Også|Desuden|Endvidere|Herudover|Derudover|Ligeledes|"
    r"\w*borgmester|\w*formand(?:en)?|Rådmand|Byrådsmedlem) (?=\w+ )", re.I
)


def _party_names() -> str:
    lines = data.read_text("parties.txt").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _list_of(member: str, separator: str = _SEPARATOR) -> str:
    return rf"(?:{member})(?:{separator}(?:{member}))*"


_VOTER = (
    rf"(?:(?:{_party_names()})(?!\w)|{_NAME}|{_WORD}(?= \()|{_LETTER})(?:(?: fra)? {_IN_BRACKETS})?"
    rf"|{_IN_BRACKETS}"
)
_VOTER_AT = re.compile(_VOTER)
_VOTERS_AT = re.compile(_list_of(_VOTER))
_NAME_AT = re.compile(_NAME)
_PERSON = rf"{_NAME}(?: \([^()\n]{{1,20}}\))?"
_PEOPLE_AT = re.compile(_list_of(_PERSON))
_PEOPLE_BY_LINE = re.compile(_list_of(_PERSON, rf"(?:{_SEPARATOR}|\n[-•* ]*)"))
_PEOPLE_BEFORE = re.compile(rf"(?<![\w-]){_list_of(_PERSON)}\s+$")
_WERE_ABSENT = re.compile(
    r"\b(?:(?:var|er) (?:fraværende|ikke til ?stede)|havde (?:meldt )?afbud|meldte afbud)\b"
)
_LABELLED = re.compile(
    r"(?:\b(?P<side>For|Imod|Mod)\b(?: (?!stem)[^\s.:;,]+){0,5} stem(?:te|mer)(?: stemte)?"
    r"|\b(?P<lower>for|imod) stem(?:te|mer)"
    r"|\b[Ss]temte (?P<after>for|imod|blankt)(?=\s*:)"
    r"|\b[Hh]verken for eller imod(?: stemte)?(?=\s*:)"
    r"|\b[Uu]ndlod(?: at (?:stemme|tage stilling))?(?=\s*:))"
    r"[\s:•*-]*(?:\d+(?: stemmer| medlemmer)?\s*(?=[(:]))?:?\s*"
    r"(?:\((?=[A-ZÆØÅ]{1,2}(?:,| og )))?(?=[A-ZÆØÅ(])"
)
_VOTERS_BEFORE = re.compile(rf"(?<![\w-]){_list_of(_VOTER)}\s+$")
_TELLING = re.compile(
    r"\b(?:stem(?:te|mer)(?: (?!hverken)\w+)? (?P<side>imod|mod|for|blankt|hverken)"
    r"|undl(?:od|ader|ade))\b"
)
_DECIDED = r"(?:[Gg]odkend|[Aa]nbefal|[Tt]age[ts]|[Dd]røfte|[Uu]dsat|[Ii]kke|[Kk]an ikke|[Vv]edtag)"
_POINT = re.compile(
    r"(?:(?:^|(?<=[.;]\s))(?P<named>(?:Punkt(?:erne)?|Pkt\.|Ad|Indstilling(?:spunkt)?) )"
    r"|(?P<line>^)"
    r"|(?<=\s))(?P<from>\d{1,2}[a-z]?|[a-z](?![a-zæøå]))\s?[.):]{0,2}"
    r"(?:\s?(?:-|–|til|og)\s?(?P<to>\d{1,2}|[a-z](?=[.)]))\s?[.):]{0,2})?\s*"
    rf"(?(named)|(?(line)(?={_DECIDED}|(?<=[.)\s])(?<!\d\s)[A-ZÆØÅ])|(?<=[.)]\s)(?={_DECIDED})))",
    re.MULTILINE,
)
_IN_BRACKETS_AFTER = re.compile(r" \([^()\n]{1,20}\)$")
_SUBSTITUTE = re.compile(
    rf"(?<![\w'’-])(?:(?P<name>{_PERSON}),? (?:(?:deltog|mødte|som|er|var) )*"
    rf"(?:suppleant|stedfortræder|i stedet) for (?P<absent>{_PERSON}|{_WORD})"
    rf"|(?P<missing>{_PERSON})\.?\s+(?:Som )?[Ss]tedfortræder(?: (?:deltog|mødte|var))?:? "
    rf"(?P<instead>{_PERSON}))"
)
_LONGEST_LIST = 800
_AGAINST = {"imod", "mod"}


def decision_of(sections: Iterable[Section], absent: Iterable[str] = ()) -> Decision | None:
    """Return the decision that an item's `beslutning` sections tell, or None where there is none.

    `absent` are the absentees that the portal lists beside the text.
    """
    text = "\n".join(section.text for section in sections if section.kind == "beslutning")
    if not re.search(r"\w", text) or "ikke frigivet" in text:
        return None
    absentees = tuple(dict.fromkeys([*_absentees(text), *absent]))
    return Decision(
        outcome=outcome_of(text),
        text=text,
        points=tuple(_points(text)),
        votes=tuple(_votes(text)),
        absentees=absentees,
        substitutes=tuple(_substitutes(text)),
    )


def outcome_of(text: str) -> str:
    """Return the label of what the text says first: `ikke godkendt` before its `godkendt`."""
    found = (
        (match.start(), -len(match.group()), label)
        for label, pattern in _OUTCOMES
        if (match := pattern.search(text))
    )
    return min(found, default=(0, 0, "other"))[2]


def _points(text: str) -> Iterator[PointDecision]:
    """What is said of each point: from one mark (`1.-3.`, `Ad 2`, `a)`) to the next."""
    marks = list(_POINT.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        told = text[mark.end():end].strip()
        yield PointDecision(_numbers(mark["from"], mark["to"]), outcome_of(told), told)


def _numbers(first: str, last: str | None) -> tuple[str, ...]:
    """Every point of a range: `1` to `3` is 1, 2 and 3; one that cannot be counted has its ends."""
    if not last:
        return (first,)
    if first.isdigit() and last.isdigit() and int(first) < int(last):
        return tuple(map(str, range(int(first), int(last) + 1)))
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return tuple(map(chr, range(ord(first), ord(last) + 1)))
    return first, last


def _substitutes(text: str) -> Iterator[Substitute]:
    for told in _SUBSTITUTE.finditer(text):
        name, absent = told["name"] or told["instead"], told["absent"] or told["missing"]
        yield Substitute(_clean(name), _clean(absent))


def _clean(name: str) -> str:
    return " ".join(_IN_BRACKETS_AFTER.sub("", name).split())


def _absentees(text: str) -> Iterator[str]:
    for label in _ABSENT_LABEL.finditer(text):
        people = _PEOPLE_BY_LINE if "\n" in label["gap"] else _PEOPLE_AT
        if named := people.match(text, label.end()):
            yield from _NAME_AT.findall(named.group())
    for told in _WERE_ABSENT.finditer(text):
        if before := _PEOPLE_BEFORE.search(_window(text, told.start())):
            yield from _NAME_AT.findall(before.group())


def _votes(text: str) -> Iterator[Vote]:
    """Each side's voters, in the order of the text: `Imod stemte: F og Ø`, `(F) undlod …`."""
    found: list[tuple[int, int, VoteSide, str]] = []
    for label in _LABELLED.finditer(text):
        side = _side(label["side"] or label["lower"] or label["after"] or "")
        if after := _VOTERS_AT.match(text, label.end()):
            found.append((label.start(), after.end(), side, after.group()))
    labelled = {at for start, end, _, _ in found for at in range(start, end)}
    for told in _TELLING.finditer(text):
        before = _VOTERS_BEFORE.search(_window(text, told.start()))
        if before and told.start() not in labelled:
            start = told.start() - len(before.group())
            found.append((start, told.end(), _side(told["side"] or ""), before.group()))
    spans = sentences(text) if found else []
    for start, end, side, voters in sorted(found):
        names = tuple(map(_voter, _VOTER_AT.findall(voters)))
        first = bisect_right(spans, start, key=lambda span: span.start) - 1
        last = bisect_left(spans, end, key=lambda span: span.end)
        yield Vote(side, names, text[spans[first].start:spans[last].end])


def _window(text: str, end: int) -> str:
    """The text before `end`, as far back as a list of names may reach."""
    return text[max(0, end - _LONGEST_LIST):end]


def _side(word: str) -> VoteSide:
    if word.lower() in _AGAINST:
        return "against"
    return "for" if word.lower() == "for" else "abstain"


def _voter(told: str) -> str:
    """A clean voter: `Mona Lund (A)`, and a party's letter without its brackets."""
    name = _BEFORE_NAME.sub("", told.replace(" fra (", " ("))
    return " ".join(name.split()) if " " in name else name.strip("()")
