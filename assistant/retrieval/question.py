"""Reading a question: what form of answer it wants, and what it says of where to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from itertools import pairwise

from assistant.danish.dates import DateMention, danish_date, find_dates
from assistant.danish.figures import NUMBER_WORDS
from assistant.danish.lists import word_list
from assistant.danish.words import CASE_NUMBER, content_stems, fold, stem, tokenize
from assistant.types import Filters


class Want(Enum):
    """The form of the answer that a question asks for."""

    DECISION = "decision"
    HISTORY = "history"
    RECOMMENDATION = "recommendation"
    VOTES = "votes"
    ATTENDANCE = "attendance"
    RESPONSIBLE = "responsible"
    AMOUNT = "amount"
    DATE = "date"
    WHO = "who"
    REASON = "reason"
    LIST = "list"
    WHETHER = "whether"
    """Whether something was to be: asked with the verb first (*Måtte …?*, *Skal …?*)."""
    OTHER = "other"


_MONEY = (
    r"\b(?:koste(?:r|t|de)?|penge|\w*beløb(?:et)?|\w*pris(?:en|er)?|\w*udgift(?:en|er|erne)?|kroner|"
    r"millioner|afsat|\w*bevilling(?:en)?|betale[rt]?|betalte|\w*gebyr(?:et)?|\w*takst(?:en|er)?|"
    r"\w*afgift(?:en)?|\w*tilskud(?:det)?|\w*leje(?:n)?|låne[rt]?|(?:mer|mindre)forbrug(?:et)?|"
    r"overskud|underskud|\w*indtægt(?:en|er)?|\w*løn(?:nen)?|erstatning|besparelse[rn]?|spare[rs]?|"
    r"\w*budget(?:tet)?|vederlag(?:et)?|i timen|søgte .*om|(?:ende|endte) (?:med|på) at bruge|"
    r"afvigelse\w*)\b"
)
_ACTED = (
    r"(?:beslutte(?:de|t)?|godkendte|vedtog|afviste|anbefalede|sagde|svarede|mente|gjorde|ønskede|"
    r"ville|vil|bad|valgte|udpegede|pegede|bestemte|afgjorde|lod|kom|endte|fik|krævede|foreslog|"
    r"syntes|fandt|føjede|tilføjede|understregede)"
)
_ADMINISTRATION = r"(?:\w*forvaltningen|administrationen)"
_NAMED_THING = (
    r"(?:leder|fond|firma\w*|virksomhed|person\w*|enkeltperson|leverandør|rådgiver|forening|klub|"
    r"organisation|myndighed|styrelse|minister|medlem|borger|direktør)"
)
_WHETHER = r"^(?:må|måtte|skal|skulle|blev|bliver|fik|får|vil|ville|gik|gav|sagde)\b"
_CUES: tuple[tuple[Want, re.Pattern[str]], ...] = tuple(
    (want, re.compile(pattern, re.IGNORECASE))
    for want, pattern in (
        (Want.DATE, r"^hvorn(?:år|aar)\b"),
        (Want.VOTES,
         r"\b(?<!hvorfor )stem(?:te|mer|t|merne|me|metal\w*)\b|\bundlod\b|\bmindretal|"
         r"\bafstemning|"
         r"\b(?:hvem|hvilke[tn]? \w+)(?: \w+){0,4} sagde (?:nej|ja)\b|"
         r"\b(?:hvem|hvilke[tn]? parti\w*)\b.*\bimod\b|\bhvilke[tn]? partier? ville\b|"
         r"\b(?:var|gik) (?:\w+ )?(?:imod|for)\b(?= at|\?)|\b(?:var|gik) imod\b|"
         r"\b(?:tog|tager) ikke stilling\b"),
        (Want.ATTENDANCE,
         r"\bafbud\b|\bfraværende\b|\bdeltog\b|\bmødedeltager|\btil stede\b|\bstedfortræder|"
         r"\bhvem var (?:ikke )?med\b|\bhvem (?:sad|mødte|trådte)\b.*\b(?:sted|for)\b"),
        (Want.HISTORY,
         r"\bhvordan\b.*\b(?:behandlet|gik|gået|endte|nået|forløb)\b|\bsagsforløb|\bforløbet\b|\bhistorik|"
         r"\bhvad skete der\b|\bhvor langt (?:nåede|er)\b|"
         r"\bhvad er der (?:\w+ )?(?:besluttet|sket)\b|\bgennem udvalgene\b"),
        (Want.DECISION, rf"\bhvad {_ACTED} (?:de i )?udvalget\b"),
        (Want.RESPONSIBLE, r"\bansvar(?:lig|lige|et)?\b"),
        (Want.DATE,
         r"\bhvorn(?:år|aar)\b|\bhvor (?:ofte|tit|længe|lang tid)\b|"
         r"\bhvilke[tn]? (?:\w+ )?(?:dato(?:er)?|år|dag|måned|frist|periode)\b|"
         r"\bhvad (?:er|var|bliver) (?:\w+ )?(?:\w*frist(?:en)?|deadline|datoen)"),
        (Want.AMOUNT,
         r"\bhvor (?:mange|meget|stor|store|stort|høj|højt|høje|lang|lange|lavt?)\b|"
         r"\bhvilket (?:beløb|antal)\b|\bhvilken (?:temperatur|andel|sum|pris)\b|"
         rf"\bhvad\b.*(?:{_MONEY})|"
         r"\bhva(?:d|r)\b.*\b(?:antallet|procent(?:en)?|andelen|gennemsnit|nummer\w*)"),
        (Want.REASON,
         r"\bhvorfor\b|\bårsag|\bbegrundelse|\bhvad er (?:grunden|forklaringen|baggrunden)\b"),
        (Want.RECOMMENDATION,
         r"\bindstill(?:er|ede|es|et|ingen)\b|\banbefal(?:er|ede|es|et)\b|"
         r"\bforeslå(?:r|s|et)?\b|\bforeslog\b|\b\w*forvaltningens? forslag|"
         r"\badministrationens? forslag|\bifølge (?:forslaget|indstillingen)\b|"
         rf"\b(?:{_ACTED}|peger|mener|siger) {_ADMINISTRATION}\b|"
         rf"\b{_ADMINISTRATION} (?:peger|mener|siger|vil|ønsker)\b|"
         rf"\bst(?:od|år) til {_ADMINISTRATION}\b"),
        (Want.DECISION,
         rf"\bbeslutte(?:de|t|r|s)\b|\bhva(?:d|dan)\b.*\bbeslutning|\bhvilken beslutning|"
         rf"\bhvad blev (?:resultatet|udfaldet|det til|der af|bestemt)|"
         r"\bst(?:od|år) til udvalget\b|"
         rf"\bhvad (?:endte|gjorde|mente|sagde)\b|"
         rf"\b{_ACTED} (?:de i )?udvalget\b|\budvalget (?:\w+ ){{0,2}}{_ACTED}\b|"
         r"\b(?:blev|er) (?:\w+ )*(?:godkendt|vedtaget|afvist|udsat)\b|\bsagt (?:ja|nej)\b|"
         r"\bgodkendte\b|\bvedtog\b|\bafviste\b|\bstemte\b.*\bned\b|"
         r"\b(?:fik|får|sagde|gav)\b.*\b(?:nej|ja|afslag|lov)\b|" + _WHETHER),
        (Want.WHETHER, _WHETHER),
        (Want.WHO,
         rf"\bhvem\b|\bhvilke[nt]? (?:\w+ )?{_NAMED_THING}\b|"
         r"\bhvilke (?:kommuner|parter|aktører|partier)\b"),
        (Want.LIST,
         r"\bhvilke\b|^nævn\b|\bhvad (?:er|handler|hedder)\b.*\b(?:to|tre|fire|fem|seks|syv|otte|"
         r"ni|ti)\b|\bhvad er\b.*\b\w+(?:områder|punkter|mål|temaer)\b"),
    )
)
_HEAD = re.compile(
    r"\bhvor (?:mange|stor|stort|store|højt?|meget)\b(?: (?:er|en|et|var|blev|af de|af))*|"
    r"\bhvilke[tn]?\b|\bhvad (?:er|var|blev|bliver|koster)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LAST_MEETING = re.compile(
    r"\b(?:på |ved )?(?:(?:det|deres) )?(?:sidste|seneste) (?:\w+s)?møde\b", re.IGNORECASE
)
_BODY_ACTED = re.compile(rf"\b{_ACTED} udvalget\b", re.IGNORECASE)
_ASKS_FOR_MONEY = re.compile(_MONEY, re.IGNORECASE)
_ANY_BODY = "udvalget"
"""What stands for a named body's name where a question is read for its form."""
_ABOUT_A_BODY = {Want.DECISION, Want.VOTES, Want.ATTENDANCE}
_TERM = re.compile(r"\s*\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: its text, its subject's stems, and its hints."""

    text: str
    wants: tuple[Want, ...]
    subject: tuple[str, ...]
    """The stems of what it is about: no function words, bodies, dates or words of form."""
    head: str = ""
    """The stem of what is counted, named or priced: `møder` in *hvor mange møder*."""
    phrases: tuple[tuple[str, str], ...] = ()
    """The pairs of subject words that stand next to each other in the question."""
    committees: tuple[str, ...] = ()
    """Bodies that it names, as the catalogue spells them."""
    municipality: str = ""
    """A municipality of the store that it names."""
    case_number: str = ""
    dates: tuple[DateMention, ...] = ()
    last_meeting: str = ""
    """The words by which it means the latest meeting: *sidste møde*."""

    @property
    def want(self) -> Want:
        return self.wants[0]


def read_question(
    text: str,
    committees: Iterable[str] = (),
    municipalities: Iterable[str] = (),
    today: date | None = None,
) -> Question:
    """Return what the question says; `committees` and `municipalities` are the store's names.

    With `today`, *sidste år* and the like are dates too.
    """
    rest = text
    case_number = ""
    if found := re.search(CASE_NUMBER, text):
        case_number = found.group()
        rest = rest.replace(case_number, " ")
    named, rest = _committees(rest, sorted(committees, key=len, reverse=True))
    wants = _wants(rest, bool(named))
    municipality, rest = _municipality(rest, municipalities)
    dates = tuple(find_dates(text, today=today))
    last = _LAST_MEETING.search(rest)
    if last:
        rest = rest.replace(last.group(), " ")
    for mention in dates:
        if mention.precision != "year" or not _DIGIT.search(mention.text):
            rest = rest.replace(mention.text, " ")
    subject = [word for word in content_stems(rest) if word not in _cue_stems()]
    return Question(
        text=text,
        wants=wants,
        subject=tuple(dict.fromkeys(subject)),
        phrases=tuple(pairwise(subject)),
        head=_head(rest),
        committees=named,
        municipality=municipality,
        case_number=case_number,
        dates=dates,
        last_meeting=last.group() if last else "",
    )


def narrowed(
    question: Question, given: Filters, meetings: Sequence[tuple[str, str, date]]
) -> Filters:
    """Return the caller's filters, narrowed by what the question itself says for certain.

    A case number and a municipality always narrow. A body and a day narrow where the question asks
    what that body did or who was there, and such a meeting is in the store.
    """
    filters = given
    if question.case_number and not given.case_number:
        filters = replace(filters, case_number=question.case_number)
    if question.municipality and not given.municipality:
        filters = replace(filters, municipality=question.municipality)
    if not _ABOUT_A_BODY & set(question.wants) and not question.last_meeting:
        return filters
    if question.committees and not given.committee:
        filters = replace(filters, committee=question.committees)
    if given.date_from or given.date_to:
        return filters
    return _narrowed_in_time(question, filters, meetings)


def _narrowed_in_time(
    question: Question, filters: Filters, meetings: Sequence[tuple[str, str, date]]
) -> Filters:
    """To the time that the question names, where a meeting that fits was held in it.

    A year never narrows: it is as often the budget's as the meeting's.
    """
    held = [day for _, body, day in meetings if not filters.committee or body in filters.committee]
    if question.last_meeting and held:
        return replace(filters, date_from=max(held), date_to=max(held))
    for mention in question.dates:
        exact = mention.precision == "day" or (mention.precision != "year" and filters.committee)
        if exact and any(mention.first <= day <= mention.last for day in held):
            return replace(filters, date_from=mention.first, date_to=mention.last)
    return filters


def understood(question: Question, filters: Filters) -> tuple[str, ...]:
    """Return how the words of time that need it were understood, to be said with the answer."""
    told = [
        f"»{mention.text}« er forstået som {_days(mention.first, mention.last)}."
        for mention in question.dates
        if mention.precision in ("season", "quarter", "part") or not _DIGIT.search(mention.text)
    ]
    if question.last_meeting and filters.date_to:
        told.append(
            f"»{question.last_meeting}« er forstået som mødet den {danish_date(filters.date_to)}."
        )
    return tuple(told)


def _days(first: date, last: date) -> str:
    if first == last:
        return danish_date(first)
    return f"{danish_date(first)} til {danish_date(last)}"


def asks_for_money(text: str) -> bool:
    """Return whether a question of an amount means kroner."""
    return bool(_ASKS_FOR_MONEY.search(text))


def committee_key(name: str) -> str:
    """Return a body's name without case, accents, period (`2022-2025`) and the article."""
    key = _TERM.sub("", fold(name)).strip()
    return key.removesuffix("et")


def abbreviation(name: str) -> str:
    """Return the initials that a body is known by: `Social- og Handicapudvalget` is `SHU`."""
    words = [word for word in re.split(r"[\s,-]+", _TERM.sub("", name)) if word[:1].isupper()]
    initials = "".join(word[0] for word in words)
    return initials + "U" if name.lower().rstrip("et 0123456789-").endswith("udvalg") else ""


def _wants(text: str, names_body: bool) -> tuple[Want, ...]:
    """The forms that the question asks for, the likeliest first.

    What a body that is named *anbefalede* is that body's decision, not the administration's
    recommendation.
    """
    found = [want for want, cue in _CUES if cue.search(text)]
    if names_body and Want.RECOMMENDATION in found and _BODY_ACTED.search(text):
        found = [Want.DECISION if want is Want.RECOMMENDATION else want for want in found]
    return (*dict.fromkeys(found), Want.OTHER)


def _head(text: str) -> str:
    """The first word of subject after the question word."""
    if cue := _HEAD.search(text):
        after = [s for s in content_stems(text[cue.end():]) if s not in _number_stems()]
        return after[0] if after else ""
    return ""


def _committees(text: str, names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The named bodies, and the text without their names."""
    found: list[str] = []
    rest = text
    for name in names:
        key = committee_key(name)
        short = abbreviation(name)
        hit = (
            _find_folded(rest, key)
            or (short and re.search(rf"\b{short}\b", rest))
            or _find_part(rest, name, names)
        )
        if not hit and key in {committee_key(other) for other in found}:
            found.append(name)
        elif hit:
            found.append(name)
            start, end = hit.span() if isinstance(hit, re.Match) else hit
            rest = f"{rest[:start]} {_ANY_BODY} {rest[end:]}"
    return tuple(found), " ".join(rest.split())


def _find_part(text: str, name: str, names: Sequence[str]) -> re.Match[str] | None:
    """Where the body stands by one of its parts: `kulturudvalget` for Kultur- og Fritidsudvalget.

    A part that more than one body has names none of them.
    """
    parts = _parts(name)
    others = [_parts(other) for other in names if committee_key(other) != committee_key(name)]
    for found in re.finditer(r"\b(\w{4,})udvalget\b", text, re.IGNORECASE):
        asked = fold(found[1]).rstrip("s")
        if asked in parts and not any(asked in other for other in others):
            return found
    return None


def _parts(name: str) -> set[str]:
    """What a body is for, a word each: `Social- og Handicapudvalget` gives social and handicap."""
    key = committee_key(name).removesuffix("udvalg")
    words = re.split(r"[\s,-]+", key)
    return {word.rstrip("s") for word in words if len(word) > 3}


def _find_folded(text: str, key: str) -> tuple[int, int] | None:
    """Where the folded key stands in the text as whole words, in the text's own offsets."""
    if not key:
        return None
    tokens = tokenize(text)
    wanted = [token.text for token in tokenize(key)]
    folded = [fold(token.text) for token in tokens]
    for start in range(len(tokens) - len(wanted) + 1):
        run = folded[start:start + len(wanted)]
        last = run[-1] if run else ""
        if run[:-1] == wanted[:-1] and last in (wanted[-1], wanted[-1] + "et", wanted[-1] + "ets"):
            return tokens[start].start, tokens[start + len(wanted) - 1].end
    return None


def _municipality(text: str, stored: Iterable[str]) -> tuple[str, str]:
    """The municipality of the store that the text names, and the text without it.

    One that the store does not have stays in the text: it is part of what is asked about.
    """
    for name in sorted(filter(None, stored), key=len, reverse=True):
        if found := re.search(rf"\b{re.escape(name)}s?\b(?:\s+Kommunes?\b)?", text):
            return name, text[:found.start()] + " " + text[found.end():]
    return "", text


@cache
def _cue_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in word_list("cue_words"))


@cache
def _number_stems() -> frozenset[str]:
    return frozenset(map(stem, NUMBER_WORDS))
