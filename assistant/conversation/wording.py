"""The words of a question, each with the part that it plays in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.danish.dates import find_dates
from assistant.danish.lists import word_groups, word_list
from assistant.danish.words import CASE_NUMBER

Part = Literal[
    "question", "verb", "auxiliary", "noun", "name", "number", "preposition", "determiner",
    "pronoun", "conjunction", "clause", "adverb", "body", "time", "case", "quoted", "stop",
]  # fmt: skip
CONTENT: frozenset[Part] = frozenset({"noun", "name", "number", "quoted"})

_TOKEN = re.compile(
    rf"»[^»«]*«|{CASE_NUMBER}|\d+\.(?=\s\w)|\d[\d.,/-]*\d(?![\w-])|"
    r"\b(?:Gl|St|Sdr|Ndr|Nr|nr|kl|mio|mia|pct|ca|kr|jf|inkl|ekskl)\.(?=\s)|§+\s?\w+(?:-\w+)*|"
    r"\w+(?:[-’'/&.]\w+)*-?|[^\w\s]"
)
BODY = (
    r"(?:(?:\b[A-ZÆØÅ]\w+-, )*(?:\b[A-ZÆØÅ]\w+- og )?\b\w*udvalg(?:et|ene)?|"
    r"\b[Bb]yråd(?:et)?(?:\s+(?:19|20)\d\d-(?:19|20)\d\d)?|\b[Kk]ommunalbestyrelsen?\b|"
    r"\b[Dd]irektionen|\b[A-ZÆØÅ]{1,4}U\b)"
)
"""Pattern of a body's name or initials."""
_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    "foråret|sommeren|efteråret|vinteren"
)
_BARE_TIME = re.compile(
    rf"\b(?:i|fra|siden|inden) (?:{_MONTHS})\b(?! (?:19|20)\d\d)|"
    r"\b(?:sidste|næste|forrige) (?:år|møde|gang)\b|\bi (?:år|dag)\b",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(r"\b(?:i|den|fra|siden|inden|på)\s+(?:den\s+)?$", re.IGNORECASE)

_LISTED: tuple[Part, ...] = (
    "question", "auxiliary", "clause", "adverb", "preposition", "conjunction", "pronoun",
    "determiner",
)  # fmt: skip
_FINITE = re.compile(r"(?:[^e]r|er|te|de|s|t)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a body's, day's or quoted thing's whole name, and its place in the text."""

    text: str
    part: Part
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def words_of(text: str) -> list[Word]:
    """Return the words of a question in order, punctuation among them."""
    told: list[Word] = []
    whole = _whole_names(text)
    spans = {word.start: word for word in whole}
    place = 0
    while place < len(text):
        if place in spans:
            told.append(spans[place])
            place = spans[place].end
            continue
        stop = min((start for start in spans if start > place), default=len(text))
        found = _TOKEN.search(text, place, stop)
        if not found:
            place = stop
            continue
        told.append(Word(found.group(), "noun", found.start(), found.end()))
        place = found.end()
    return _asked_verb(_parted(told))


def _whole_names(text: str) -> list[Word]:
    """The bodies and the times, which are one word each."""
    found = [
        Word(match.group(), "body", *match.span())
        for match in re.finditer(rf"{BODY}\b", text)
        if not text[match.end():].startswith(("-", "s "))
    ]
    for mention in find_dates(text):
        if before := _BEFORE_TIME.search(text, 0, mention.start):
            start = before.start()
            found.append(Word(text[start:mention.end], "time", start, mention.end))
    found += [Word(match.group(), "time", *match.span()) for match in _BARE_TIME.finditer(text)]
    apart: list[Word] = []
    for word in sorted(found, key=lambda word: (word.start, -word.end)):
        if not apart or word.start >= apart[-1].end:
            apart.append(word)
    return apart


def _parted(words: Sequence[Word]) -> list[Word]:
    told: list[Word] = []
    for at, word in enumerate(words):
        part = word.part if word.part in ("body", "time") else _part(words, at, told)
        told.append(Word(word.text, part, word.start, word.end))
    return told


def _part(words: Sequence[Word], at: int, before: Sequence[Word]) -> Part:
    """The part of a word, from its form and from what stands beside it."""
    word, last = words[at], before[-1] if before else None
    first = last is None or last.part == "stop"
    if not word.text[0].isalnum() and word.text[0] not in "»§":
        return "stop"
    if fixed := _by_form(word):
        return fixed
    if word.low in listed("pointing"):
        return "determiner" if _determines(words, at, before) else "pronoun"
    if last and last.part == "question" and last.low == "hvor" and word.low in listed("degree"):
        return "question"
    if word.text[0].isupper() and not first:
        return "name"
    if first or (last and last.part == "question" and last.low not in listed("degree") | _NAMING):
        return "verb" if _is_verb(word) or (last and last.part == "question") else "noun"
    if last and last.part in ("preposition", "determiner"):
        return "noun"
    return "verb" if _is_verb(word) or _is_verbal(word, before) else "noun"


_NAMING = frozenset({"hvilken", "hvilket", "hvilke", "hvis"})


def _by_form(word: Word) -> Part | None:
    if word.text[0] == "»":
        return "quoted"
    if re.fullmatch(CASE_NUMBER, word.text):
        return "case"
    if word.text[0].isdigit() and not re.search(r"[^\W\d]{2}", word.text):
        return "number"
    return next((part for part in _LISTED if word.low in listed(part)), None)


def _determines(words: Sequence[Word], at: int, before: Sequence[Word]) -> bool:
    """Whether `den`, `det`, `de` stands before what it determines."""
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or after.part in ("body", "time") or not after.text[0].isalnum():
        return False
    if _by_form(after) or after.low in listed("pointing") or after.text[0].isupper():
        return False
    if not _is_verb(after) and not _is_predicate(after):
        return True
    follows = words[at + 2] if at + 2 < len(words) else None
    attributive = _is_predicate(after) or after.low.endswith(("ede", "te", "ne", "nde"))
    if not attributive or follows is None:
        return False
    return follows.text[0].isalpha() and not _by_form(follows)


def _is_predicate(word: Word) -> bool:
    """Whether it is an adjective as it stands alone after *er det*."""
    return word.low in listed("predicate") or word.low.endswith(("igt", "ligt"))




def _is_verbal(word: Word, before: Sequence[Word]) -> bool:
    """Whether it looks like an infinitive after *skal*, a participle after *har*, a passive."""
    last = before[-1]
    if last.low in _MODAL:
        return word.low.endswith(("e", "es"))
    if last.low in ("har", "havde", "have"):
        return word.low.endswith("t")
    return last.part in CONTENT and bool(_PASSIVE.search(word.low))


_MODAL = frozenset(
    {"kan", "kunne", "skal", "skulle", "vil", "ville", "må", "måtte", "bør", "burde"}
)
_PASSIVE = re.compile(r"[^n]es$")


def _is_verb(word: Word) -> bool:
    return word.low in _verbs()


@cache
def listed(part: str) -> frozenset[str]:
    """Return the words of a part of the sentence that has a list."""
    return next(frozenset(words) for name, *words in word_groups("sentence_parts") if name == part)


@cache
def _verbs() -> frozenset[str]:
    return word_list("verbs")


def _asked_verb(words: list[Word]) -> list[Word]:
    """The words, where *hvor mange N VERB* and *hvilken N VERB* have found their verb."""
    if not words or words[0].part != "question" or len(words) < 2:
        return words
    if words[0].low not in _NAMING and words[1].part != "question":
        return words
    if any(word.part in ("verb", "auxiliary") for word in words[:6]):
        return words
    nouns = [at for at, word in enumerate(words) if word.part == "noun"]
    for at in nouns[1:]:
        word = words[at]
        if words[at - 1].part == "noun" and _FINITE.search(word.low):
            words[at] = Word(word.text, "verb", word.start, word.end)
            break
    return words
