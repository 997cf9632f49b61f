"""*Og i 2022?*, *hvad med Økonomiudvalget?*: what was asked before, of something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.conversation.before import Before
from assistant.conversation.wording import CONTENT, Word, words_of
from assistant.retrieval.question import Want, read_question

_LOCAL = frozenset({"på", "i", "ved", "hos"})
_YEAR = r"\b(?:19|20)\d\d\b"


class Elsewhere:
    """The question before, and the fragment that takes the place of a part of it.

    `inside` says that the fragment is a part of what the question before was about.
    """

    def __init__(self, fragment: str, before: Before, inside: bool) -> None:
        self.fragment = fragment
        self.before = before
        self.inside = inside
        self.words = words_of(fragment)
        self.asked_before = self.before.question.rstrip("? ")
        self.words_before = words_of(self.asked_before)

    def asked(self) -> str:
        """Return the question, without its mark."""
        content = [word for word in self.words if word.part in CONTENT]
        bodies = [word for word in self.words if word.part == "body"]
        if bodies and not content:
            return self._of_body(bodies[0].text)
        if all(word.part in ("time", "number", "preposition") for word in self.words):
            return self._of_time()
        if self.fragment.casefold() in _parties():
            return self._of_party()
        if self.words[0].part == "preposition":
            return self._of_place()
        return self._like_named() or self._of_thing()

    def _of_body(self, body: str) -> str:
        old = next((word for word in self.words_before if word.part == "body"), None)
        if old:
            text = self.asked_before[:old.start] + body + self.asked_before[old.end:]
            days = [word for word in words_of(text) if word.part == "time"]
            return _without(text, days)
        if read_question(self.asked_before).want is Want.VOTES:
            return f"{self.asked_before} i {body}"
        if not self.before.topic and self.before.body in self.asked_before:
            text = self.asked_before.replace(self.before.body, body, 1)
            return _without(text, [word for word in words_of(text) if word.part == "time"])
        return f"Hvad besluttede {body} {self._about()}"

    def _about(self) -> str:
        before = self.before
        return f"om {before.topic}" if before.topic and not before.case_number else before.where

    def _of_time(self) -> str:
        new = self.fragment
        year = re.search(_YEAR, new)
        old = next((word for word in self.words_before if word.part == "time"), None)
        if old:
            new = new if self.words[0].part == "time" or not year else f"i {year.group()}"
            return self.asked_before[:old.start] + new + self.asked_before[old.end:]
        if year and re.search(_YEAR, self.asked_before):
            return re.sub(rf"{_YEAR}(?!-)", year.group(), self.asked_before, count=1)
        return f"{self.asked_before} {new if not year or ' ' in new else 'i ' + new}"

    def _of_place(self) -> str:
        """The phrase after the same preposition, or after another of place, gives way."""
        preposition = self.words[0].low
        here = {preposition} | (_LOCAL if preposition in _LOCAL else set())
        for at in range(len(self.words_before) - 1, 0, -1):
            word = self.words_before[at]
            if word.low in here and word.part == "preposition":
                end = _phrase_end(self.words_before, at + 1)
                if end:
                    rest = self.asked_before[end:]
                    return self.asked_before[:word.start] + self.fragment + rest
        return f"{self.asked_before} {self.fragment}"

    def _like_named(self) -> str:
        """*Løsning B* in the place of *løsning A*, *Greve Bygade 66* in that of number 64."""
        first, size = self.words[0], len(self.words)
        if size < 2:
            return ""
        for at, word in enumerate(self.words_before):
            old = self.words_before[at:at + size]
            if word.low == first.low and len(old) == size and all(
                one.part in CONTENT for one in old
            ):
                return self.asked_before[:word.start] + self.fragment + (
                    self.asked_before[old[-1].end:]
                )
        return ""

    def _of_thing(self) -> str:
        """The new thing where the old topic stood; a part of the old topic is asked of in it."""
        thing = self.fragment
        if self.inside:
            thing = f"{thing} {self.before.where}"
        topic = self.before.topic
        if not topic or topic not in self.asked_before:
            return f"Hvad er der besluttet om {thing}"
        case = f"i sagen {topic}"
        if case in self.asked_before:
            return self.asked_before.replace(case, f"i sagen om {thing}")
        text = self.asked_before.replace(topic, thing, 1)
        days = [word for word in words_of(text) if word.part == "time" and not _is_year(word)]
        return _without(text, days)

    def _of_party(self) -> str:
        """What a party stood for in what was asked of before."""
        side = re.search(r"\bstemte (imod|for)\b", self.asked_before, re.IGNORECASE)
        if side and self.before.topic:
            return f"Stemte {self.fragment} {side[1]} {self.before.topic}"
        return f"Hvad mente {self.fragment} {self._about()}"


@cache
def _parties() -> frozenset[str]:
    """What a party is called: by its name, its letter or letters."""
    names = files("data").joinpath("parties.txt").read_text(encoding="utf-8").splitlines()
    told = (name.strip() for name in names if name.strip() and not name.startswith("#"))
    return frozenset(name.casefold() for name in told) | set("abcfivøåæmo") | {"sf"}


def _is_year(word: Word) -> bool:
    return bool(re.fullmatch(r"i (?:19|20)\d\d", word.text))


def _phrase_end(words: Sequence[Word], start: int) -> int:
    """Where the phrase that begins at a word ends; 0 where there is none."""
    end = 0
    for word in words[start:]:
        if word.part in CONTENT or (word.part == "determiner" and not end):
            end = word.end
        else:
            break
    return end


def _without(text: str, words: Sequence[Word]) -> str:
    for word in reversed(words):
        text = text[:word.start].rstrip() + text[word.end:]
    return text
