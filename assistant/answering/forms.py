"""Whether a text has the form that a question wants: a sum, a count, a day, a name, a reason.

What already stands in the question is no answer to it: only a figure, a day or a name that is new
gives a text its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from assistant.danish.figures import NUMBER_WORDS, Figure, find_figures, same_value
from assistant.danish.words import fold, stem, stems
from assistant.retrieval.matching import related
from assistant.retrieval.question import Question, Want, asks_for_money

_SHARE = re.compile(r"\bandel|\bprocent|\bpct\b", re.I)
_REASON = re.compile(
    r"\b(?:fordi|da|idet|eftersom|grundet|på grund af|skyldes|årsagen?|begrund\w*|for at|"
    r"således at|med henblik på|som følge af|på baggrund af|derfor|hvilket|formålet|betyder|"
    r"med det formål)\b",
    re.IGNORECASE,
)
_ASKS_HOW_OFTEN = re.compile(r"\bhvor (?:ofte|tit)\b|\bhvor mange gange\b", re.IGNORECASE)
_OFTEN = re.compile(
    r"\b(?:årligt?|månedligt?|ugentligt?|dagligt?|kvartal\w*|gange?|hver(?:t|anden|andet)?|"
    r"løbende|halvårlig\w*|\w+års(?:vis|periode)|valgperiode)\b",
    re.IGNORECASE,
)
_ASKS_HOW_LONG = re.compile(r"\bhvor (?:længe|lang tid|lange)\b", re.IGNORECASE)
_TIME_SPAN = re.compile(
    r"(?:\d|\b(?:en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|tolv))[\w.,\-– ]{0,12}"
    r"\b(?:minut(?:ter)?|timer?|dage?|uger?|måned(?:er)?|år)\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\bgrader\b|°")
_TEMPERATURE = re.compile(r"\btemperatur", re.I)
_ENUMERATION = re.compile(r"[:;][^.]+(?:[,;]| og )|,[^,.]+(?:,[^,.]+)* (?:og|samt) ")
_REFERENCE = re.compile(
    r"(?:\b(?:bilag|punkt|pkt|nr|nummer|side|kapitel|fase|trin|stk|model|lokalplan\w*|"
    r"budgetopfølgning|etape|delområde|bo|tabel|figur)\.?|[§(])[^\S\n]?\Z",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÆØÅ][\wæøå-]+(?:[ -][A-ZÆØÅ][\w-]+)*")
_FULL_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\.)?(?: [A-ZÆØÅ][a-zæøå]+)+")
_NEXT_WORD = re.compile(r"[^\S\n]([^\W\d_]{2,})")
_IN_MILLIONS = re.compile(r"mi[ol]|mia", re.IGNORECASE)
"""`5 mio.` is money where money is asked for."""
_NEAR = 45
_COUNTS_SOMETHING, _OTHER_FIGURE = 0.6, 0.3


def form_of(question: Question, text: str) -> float:
    """Return how well (0-1) `text` has the form of an answer to the question."""
    return max(
        (_FORMS[want](question, text) for want in question.wants if want in _FORMS), default=0.0
    )


def demands_form(question: Question) -> bool:
    """Return whether no text answers the question unless it has the form: a sum, a day, a share."""
    return question.want in (Want.AMOUNT, Want.DATE)


def demands_money(question: Question) -> bool:
    """Return whether nothing but a sum of money can answer the question."""
    text = question.text
    return (
        question.want is Want.AMOUNT
        and asks_for_money(text)
        and not any(other.search(text) for other in (_TEMPERATURE, _SHARE, _ASKS_HOW_LONG))
    )


def contradicts(question: Question, text: str) -> bool:
    """Return whether the text has another figure where the question has one: *over 70 år* where
    it asks for *over 80 år*, §79 where it asks for §18.
    """
    asked = _figures_of(question.text)
    if not asked:
        return False
    told = _figures_of(text)
    return any(
        told.get(what) and not any(same_value(a, b) for a in figures for b in told[what])
        for what, figures in asked.items()
    )


@lru_cache(maxsize=128)
def _figures_of(text: str) -> Mapping[str, Sequence[Figure]]:
    """The paragraphs and the counts of a text, each by what it is a figure of (*år*, *§*)."""
    found: dict[str, list[Figure]] = {}
    for figure in find_figures(text):
        after = _NEXT_WORD.match(text, figure.end)
        if figure.kind == "section":
            found.setdefault("§", []).append(figure)
        elif figure.kind == "count" and after:
            found.setdefault(stem(after[1]), []).append(figure)
    return found


def _amount(question: Question, text: str) -> float:
    figures = _new_figures(question, text)
    kinds = {figure.kind for figure in figures}
    if _TEMPERATURE.search(question.text):
        return 1.0 if _DEGREES.search(text) else 0.0
    if _SHARE.search(question.text):
        return 1.0 if "percent" in kinds else 0.4 if kinds & {"count", "amount"} else 0.0
    if _ASKS_HOW_LONG.search(question.text):
        return 1.0 if _TIME_SPAN.search(text) else 0.0
    if asks_for_money(question.text):
        if "amount" in kinds or any(_IN_MILLIONS.search(figure.text) for figure in figures):
            return 1.0
        return _OTHER_FIGURE if "count" in kinds else 0.0
    if "count" in kinds:
        return max(_counts(question, text, figure) for figure in figures if figure.kind == "count")
    return _OTHER_FIGURE if kinds & {"amount", "percent"} else 0.0


def _counts(question: Question, text: str, figure: Figure) -> float:
    """Whether what the figure counts is what the question asks the number of."""
    if not question.head:
        return _COUNTS_SOMETHING
    around = text[max(0, figure.start - _NEAR):figure.start] + text[figure.end:figure.end + _NEAR]
    return _COUNTS_SOMETHING + (1 - _COUNTS_SOMETHING) * related(question.head, stems(around))


def _date(question: Question, text: str) -> float:
    if _ASKS_HOW_OFTEN.search(question.text):
        return 1.0 if _OFTEN.search(text) else 0.0
    if _ASKS_HOW_LONG.search(question.text):
        return 1.0 if _TIME_SPAN.search(text) else 0.3 if _OFTEN.search(text) else 0.0
    kinds = {figure.kind for figure in _new_figures(question, text)}
    if "date" in kinds:
        return 1.0
    return 0.7 if "year" in kinds else 0.5 if _TIME_SPAN.search(text) else 0.0


def _new_figures(question: Question, text: str) -> list[Figure]:
    """The figures of the text that the question does not say itself, without `bilag 1`."""
    asked = _figures_asked(question.text)
    return [
        figure
        for figure in find_figures(text)
        if (figure.kind, figure.value) not in asked
        and not _REFERENCE.search(text[max(0, figure.start - 20):figure.start])
    ]


@lru_cache(maxsize=1)
def _figures_asked(text: str) -> frozenset[tuple[str, object]]:
    return frozenset((figure.kind, figure.value) for figure in find_figures(text))


def _who(question: Question, text: str) -> float:
    asked = fold(question.text)
    if any(fold(name) not in asked for name in _FULL_NAME.findall(text)):
        return 1.0
    return 0.7 if any(fold(name) not in asked for name in _NAME.findall(text)) else 0.0


def _list(question: Question, text: str) -> float:
    """An enumeration, better still one that says the number that the question says."""
    number = _number_in(question.text)
    told = 0.5 if number and number in text.casefold().split() else 0.0
    return told + (0.5 if _ENUMERATION.search(text) else 0.0)


def number_asked(question: Question) -> int:
    """Return how many things the question says that it wants (`hvilke fire …`); 0: it says none."""
    return NUMBER_WORDS.get(_number_in(question.text), 0)


def _number_in(text: str) -> str:
    return next((word for word in text.casefold().split() if word in NUMBER_WORDS), "")


def _reason(_: Question, text: str) -> float:
    return 1.0 if _REASON.search(text) else 0.0


_FORMS: Mapping[Want, Callable[[Question, str], float]] = {
    Want.AMOUNT: _amount,
    Want.DATE: _date,
    Want.WHO: _who,
    Want.REASON: _reason,
    Want.LIST: _list,
}
