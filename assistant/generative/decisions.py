"""Decided is not recommended: what a model's claim says of either, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.draft import Draft, Span, body_and_day, words
from assistant.store.stored import StoredSection

_SHORT_DECISION = 60
"""Words up to which a decision is quoted whole."""
_DECIDING = ("beslutning", "sagsforloeb")
_PARTICIPLE = (
    r"(?:godkendt|vedtaget|besluttet|tiltrådt|afvist|forkastet|udsat|bevilget|stadfæstet|afslået|"
    r"imødekommet|bestemt|afgjort|nedstemt|taget til efterretning|givet afslag|anbefalet)(?:e|s)?"
)
_DECIDED = re.compile(
    r"\b(?:blev|blevet|er|har|havde|var)\b(?:\W+\w+){0,5}?\W+" + _PARTICIPLE + r"\b|"
    r"\b(?:besluttede|godkendte|vedtog|tiltrådte|afviste|forkastede|udsatte|bevilgede|"
    r"bestemte|afgjorde|afslog|imødekom|nedstemte|anbefalede|stadfæstede|tilsluttede sig|"
    r"tog til efterretning)\b|\A\W*" + _PARTICIPLE + r"\b",
    re.IGNORECASE,
)
_BEING_DECIDED = re.compile(
    r"\b(?:godkendes|vedtages|besluttes|tiltrædes|afvises|bevilges|godkender|vedtager|beslutter|"
    r"tiltræder|afviser|bevilger)\b",
    re.IGNORECASE,
)
_RECOMMENDED = re.compile(
    r"\b(?:indstill(?:er|es|et|ede|ing(?:en)?)|anbefal(?:er|es|ing(?:en)?)|foreslå(?:r|s|et)|"
    r"foreslog|forslag(?:et)?)\b|\b(?:skal|bør|vil|kan|ønsker at) \w*(?:beslutte|godkende|vedtage)",
    re.IGNORECASE,
)


def says_decided(text: str) -> bool:
    """Return whether the text says that something is decided: *blev godkendt*, *vedtog*.

    *Godkendes* says so only where nothing is recommended; *skal beslutte* never does.
    """
    if _DECIDED.search(text):
        return True
    return bool(_BEING_DECIDED.search(text)) and not _RECOMMENDED.search(text)


def written(draft: Draft, text: str, spans: Sequence[Span]) -> bool:
    """Write a model's claim into the draft; return whether it may be written.

    One that rests on a decision, or on the course of the case, is written as their quotes. One that
    says something is decided is so where its quotes say so, written as those quotes; it falls where
    they do not, or are of a recommendation. One that rests on a recommendation says that it does.
    """
    kinds = {span.stored.section.kind for span in spans}
    if kinds & {*_DECIDING}:
        for span in spans:
            _quote(draft, span)
        return True
    recommended = "indstilling" in kinds
    if says_decided(text):
        if recommended or not any(says_decided(span.quote) for span in spans):
            return False
        for span in spans:
            _quote(draft, span)
        return True
    mark = "Indstilling: " if recommended and not _RECOMMENDED.search(text) else ""
    draft.claim(f"{mark}{text}", "statement", *spans)
    return True


def _quote(draft: Draft, span: Span) -> None:
    """Quote a span, after who decided, or that it is only recommended."""
    source = span.stored.source
    if source.kind == "beslutning":
        before = body_and_day(source.committee, source.meeting_date)
        draft.quote(_decision(span), f"{before}: " if before else "Beslutning: ", "decision")
    elif source.kind == "indstilling":
        draft.quote(span, "Indstilling: ", "statement")
    elif source.kind == "sagsforloeb":
        draft.quote(span, "Sagens forløb: ")
    else:
        draft.quote(span, "I sagen står: ")


def _decision(span: Span) -> Span:
    """The whole decision where it is short: what a sentence grants, the next may take back."""
    whole = _whole(span.stored)
    return whole if words(whole.quote) <= _SHORT_DECISION else span


def _whole(stored: StoredSection) -> Span:
    return Span(stored, 0, len(stored.section.text))
