"""Whether what a model replied is the question that was asked, made to stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.conversation.topic import is_common
from assistant.conversation.wording import words_of
from assistant.danish.words import content_stems, stem, tokenize

_LONGEST = 300
_MOST_WORDS = 40
_TURNING = frozenset({"imod", "mod", "for", "ikke", "nej", "ja", "uden", "før", "efter", "kun"})
"""Function words that turn a question into another one."""
_DENYING = frozenset({"ikke", "nej", "uden", "imod"})
_ASKING = frozenset(
    {"hvad", "hvem", "hvor", "hvornår", "hvorfor", "hvordan", "hvilken", "hvilket", "hvilke"}
)
_FRAGMENT = "med"
"""*Hvad med budgettet?* asks what was asked before, not *hvad*."""


def is_condensed(text: str, question: str, said: Sequence[str]) -> bool:
    """Return whether the text asks the question with nothing but what was said before.

    It is one short question, holds every word of content of the question, and has none that stands
    neither there nor in what was `said`.
    """
    return _is_one_question(text) and _keeps(text, question) and _adds_nothing(text, question, said)


def _is_one_question(text: str) -> bool:
    short = len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
    first = next((word for word in words_of(text)), None)
    asks = first is not None and first.part in ("question", "verb", "auxiliary", "preposition")
    return short and asks and text.endswith("?") and text.count("?") == 1


def _keeps(text: str, question: str) -> bool:
    there = _words(text)
    asked = _words(question)
    if not set(content_stems(question)) <= set(content_stems(text)):
        return False
    if not (asked & _TURNING) <= there:
        return False
    return _FRAGMENT in asked or (asked & _ASKING) <= there


def _adds_nothing(text: str, question: str, said: Iterable[str]) -> bool:
    """Words that any case has may be new; a denial may not, nor what names a subject."""
    given = [question, *said]
    known = {one for told in given for one in content_stems(told)}
    denied = {word for told in given for word in _words(told) & _DENYING}
    if not (_words(text) & _DENYING) <= denied:
        return False
    free = {stem(word.text) for word in words_of(text) if is_common(word)}
    return set(content_stems(text)) <= known | free


def _words(text: str) -> set[str]:
    return {token.text.lower() for token in tokenize(text)}
