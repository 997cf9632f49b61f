"""What a question is about, in its own words: the phrase that a follow-up points back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assistant.conversation.wording import BODY, CONTENT, Word, words_of
from assistant.danish.lists import word_list
from assistant.danish.words import is_function_word, stem
from assistant.retrieval.question import asks_for_money

_INSTEAD = frozenset({"stedet", "modsætning", "forhold", "stand"})
_TAKING_SIDES = frozenset({"stemme", "sige"})
_SIDES = frozenset({"imod", "mod", "for", "til"})
_INSIDE = CONTENT | {"preposition", "determiner", "conjunction"}
_ITS = frozenset({"sin", "sit", "sine"})
_PLACE = frozenset({"på", "i", "ved", "langs", "fra", "til", "for", "hos", "mellem"})
_WORTH = {"name": 2.0, "quoted": 5.0, "number": 0.5, "noun": 1.0}
_ASKED = 0.5
"""What is counted or chosen (*hvor mange N*) is less what the question is about."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that belong together, with the preposition that it stands after."""

    text: str
    preposition: str
    worth: float
    start: int
    end: int
    asked: bool


def topic_of(text: str) -> str:
    """Return the phrase that the question is about, in its own words; empty where it has none."""
    found = phrases(words_of(text))
    best = max(found, key=lambda phrase: phrase.worth, default=None)
    if best is None or best.worth <= 0:
        return ""
    before = [one for one in found if one.end <= best.start and not one.asked and one.worth > 0]
    if best.preposition in _PLACE and before and not before[-1].preposition:
        return f"{before[-1].text} {best.preposition} {best.text}"
    return best.text


def phrases(words: Sequence[Word]) -> list[Phrase]:
    """Return the phrases of a question that hold something, in order."""
    found: list[Phrase] = []
    run: list[Word] = []
    asked = False
    for at, word in enumerate(words):
        if _goes_on(words, at, run):
            run.append(word)
            continue
        found += _phrase(run, asked)
        run = [word] if word.part == "determiner" else []
        asked = (word.part == "question" and word.low != "hvad") or (
            asked and word.part == "determiner"
        )
    return found + _phrase(run, asked)


def own_words(words: Sequence[Word]) -> list[Word]:
    """Return the words that say what a question is about, and not any case's words."""
    return [word for word in words if word.part in CONTENT and not is_common(word)]


def is_common(word: Word) -> bool:
    """Return whether any case has this word: it does not say which one is meant."""
    if re.fullmatch(f"{BODY}s", word.text):
        return True
    if word.part in ("name", "quoted"):
        return False
    return is_function_word(word.text) or stem(word.text) in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in word_list("case_words") | word_list("cue_words"))


def _goes_on(words: Sequence[Word], at: int, run: Sequence[Word]) -> bool:
    """Whether the word belongs to the run: also *ønske om at hæve beløbet*."""
    word = words[at]
    after = words[at + 1].low if at + 1 < len(words) else ""
    if word.low in _INSTEAD or (word.low == "i" and after in _INSTEAD):
        return False
    if word.part == "determiner" and run and run[-1].part in CONTENT:
        return False
    if word.part in _INSIDE:
        return True
    if not run:
        return False
    if word.text == ",":
        return _lists(words, at)
    return (word.low == "at" and run[-1].part == "preposition") or (
        word.part == "verb" and run[-1].low == "at"
    )


def _lists(words: Sequence[Word], at: int) -> bool:
    """Whether the comma stands in a list of names: *Elmevej, Askevej og Pilevej*."""
    after = words[at + 1:at + 4]
    return len(after) > 2 and after[0].part == words[at - 1].part == "name" and (
        after[1].low == "og" or after[1].text == ","
    )


def _phrase(run: Sequence[Word], asked: bool) -> list[Phrase]:
    """The phrase that the run is, without what it begins and ends with that bears nothing."""
    words = [word for word in run if word.part == "quoted"][-1:] or list(run)
    for at in range(len(words) - 2, 0, -1):
        if words[at].low == "om" and words[at - 1].low in ("sagen", "sag"):
            words = words[at:]
            break
    while words and words[-1].part in ("preposition", "determiner", "conjunction", "clause"):
        words.pop()
    preposition = ""
    while words and (words[0].part in ("preposition", "conjunction") or words[0].low in _ITS):
        first = words.pop(0)
        preposition = preposition if first.low in _ITS else first.low
    while len(words) > 2 and words[1].part == "preposition" and _says_only_what(words[0]):
        preposition = words[1].low
        words = words[2:]
    if len(words) > 2 and words[0].low == "at" and words[1].low in _TAKING_SIDES:
        sides = (at for at, word in enumerate(words) if word.low in _SIDES)
        words = words[next(sides, -1) + 1:]
    if not words:
        return []
    worth = sum(0.0 if is_common(word) else _WORTH.get(word.part, 0.0) for word in words)
    first, last = words[0], words[-1]
    text = _between(words)
    weight = _ASKED if asked else 1.0
    return [Phrase(text, preposition, worth * weight, first.start, last.end, asked)]


def _says_only_what(word: Word) -> bool:
    """Whether the topic is what stands after it: *udgiften til cykelstien*, *sagen om skolen*."""
    return is_common(word) or (word.part == "noun" and asks_for_money(word.text))


def _between(words: Sequence[Word]) -> str:
    parts = [words[0].text]
    for before, word in pairwise(words):
        parts.append((" " if word.start > before.end else "") + word.text)
    return "".join(parts)
