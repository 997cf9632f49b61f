"""Whether a text has the form that a question wants: an amount, a date, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.danish.figures import find_figures
from assistant.danish.lists import word_list
from assistant.danish.words import fold
from assistant.retrieval.question import Question, Want

_MONEY = re.compile(
    r"\bkoste|\bpenge\b|\bbeløb|\bprisen?\b|\budgift|\bkroner\b|\bafsat\b|\bbevilling",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\bandel|\bprocent|\bpct\b", re.I)
_REASON = re.compile(
    r"\b(?:fordi|da|idet|eftersom|grundet|på grund af|skyldes|årsagen?|begrund\w*|for at|"
    r"således at|med henblik på|som følge af|på baggrund af|derfor|hvilket|formålet|betyder|"
    r"med det formål)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:årligt?|månedligt?|ugentligt?|dagligt?|kvartal\w*|gange?|hvert?|løbende|halvårlig\w*)\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\bgrader\b|°")
_TEMPERATURE = re.compile(r"\btemperatur", re.I)
_ENUMERATION = re.compile(r"[:;][^.]+(?:[,;]| og )|,[^,.]+(?:,[^,.]+)* (?:og|samt) ")
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÆØÅ][\wæøå-]+(?:[ -][A-ZÆØÅ][\w-]+)*")
_FULL_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\.)?(?: [A-ZÆØÅ][a-zæøå]+)+")


def form_of(question: Question, text: str) -> float:
    """Return how well (0-1) `text` has the form of an answer to the question."""
    return max(
        (_FORMS[want](question, text) for want in question.wants if want in _FORMS), default=0.0
    )


def demands_form(question: Question) -> bool:
    """Return whether no text answers the question unless it has the form: a sum, a day, a share."""
    return bool({Want.AMOUNT, Want.DATE} & set(question.wants[:1]))


def _amount(question: Question, text: str) -> float:
    kinds = {figure.kind for figure in find_figures(text)}
    if _MONEY.search(question.text):
        return 1.0 if "amount" in kinds else 0.6 if "count" in kinds else 0.0
    if _TEMPERATURE.search(question.text):
        return 1.0 if _DEGREES.search(text) else 0.0
    if _SHARE.search(question.text):
        return 1.0 if "percent" in kinds else 0.4 if kinds & {"count", "amount"} else 0.0
    return 1.0 if kinds & {"count", "amount", "percent"} else 0.0


def _date(question: Question, text: str) -> float:
    if re.search(r"\bhvor (?:ofte|længe)\b", question.text, re.IGNORECASE):
        return 1.0 if _OFTEN.search(text) else 0.0
    kinds = {figure.kind for figure in find_figures(text)}
    return 1.0 if "date" in kinds else 0.7 if "year" in kinds else 0.0


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


def _number_in(text: str) -> str:
    return next((word for word in text.casefold().split() if word in word_list("number_words")), "")


def _reason(_: Question, text: str) -> float:
    return 1.0 if _REASON.search(text) else 0.0


_FORMS: Mapping[Want, Callable[[Question, str], float]] = {
    Want.AMOUNT: _amount,
    Want.DATE: _date,
    Want.WHO: _who,
    Want.REASON: _reason,
    Want.LIST: _list,
}
