"""What a conversation was about before its last question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.conversation.topic import topic_of
from assistant.conversation.wording import BODY, words_of

_LONE_CASE = frozenset({"sag", "sagen"})
_ANY_BODY = frozenset({"udvalget", "udvalgene"})


@dataclass(frozen=True, slots=True)
class Before:
    """What a conversation was about until now: the last question that says it, and its parts."""

    question: str
    topic: str
    body: str
    time: str
    case_number: str

    @property
    def where(self) -> str:
        """The place of it in a sentence: *i sagen om cykelstien*."""
        if self.case_number and self.topic:
            return f"i sag {self.case_number} om {self.topic}"
        if self.case_number:
            return f"i sag {self.case_number}"
        if self.topic.startswith("»"):
            return f"i sagen {self.topic}"
        return f"i sagen om {self.topic}" if self.topic else self.meeting

    @property
    def meeting(self) -> str:
        """The body and day, as a place in a sentence: *i Byrådet den 27. maj 2025*."""
        if not self.body or self.body.lower() in _ANY_BODY:
            return ""
        return " ".join(filter(None, (f"i {self.body}", self.time)))


def what_was_before(earlier: Sequence[str]) -> Before | None:
    """Return the last question with a topic or a case number, else with a body.

    None where no question has any of them.
    """
    known = [_read(question) for question in earlier]
    for before in reversed(known):
        if before.topic or before.case_number:
            return before
    return next((before for before in reversed(known) if before.body), None)


@lru_cache(maxsize=256)
def _read(question: str) -> Before:
    words = words_of(question.strip().rstrip("? "))
    body = next((word.text for word in words if word.part == "body"), "") or next(
        (word.text[:-1] for word in words if re.fullmatch(f"{BODY}s", word.text)), ""
    )
    time = next((word.text for word in words if word.part == "time"), "")
    case = next((word.text for word in words if word.part == "case"), "")
    topic = topic_of(question.strip().rstrip("? "))
    if case and topic.lower() in _LONE_CASE:
        topic = ""
    return Before(question.strip(), topic, body, time, case)
