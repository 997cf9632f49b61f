"""The rules that make a follow-up stand alone, from the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.bare import QUESTION_WORD, SETTLED, asked_alone, whether_settled
from assistant.conversation.before import Before, what_was_before
from assistant.conversation.elsewhere import Elsewhere
from assistant.conversation.topic import own_words, phrases
from assistant.conversation.wording import CONTENT, Word, listed, words_of
from assistant.danish.words import stem, stems
from assistant.retrieval.question import Want, read_question

_OPENING = re.compile(r"^(?:(?:og|men|ok|okay|nå|så|jamen|tak|ja|nej)\b[ ,.!]*)+", re.IGNORECASE)
_CLOSING = re.compile(r"(?:[ ,]+(?:så|saa|nu|egentlig|da|mon))+$", re.IGNORECASE)
_WHAT_OF = re.compile(r"^(?:hvad|hvordan|hva)\s+(?:så\s+|nu\s+)?med\s+", re.IGNORECASE)
_MORE = re.compile(
    r"^(?:(?:kan|vil|kunne) du )?(?:uddybe?|fortæl(?:le)? mere|forklare?)(?: det)?(?: nærmere)?$",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:sagde|siger|sagt|mente|mener|ment|beslutte(?:de|t|r)|anbefal(?:ede|er|et)|foresl(?:og|år)|"
    r"foreslået|indstil(?:lede|ler|let)|stemte|stemme|stemmer|stemt|skrev|skriver|svarede|svarer|vide|"
    r"fortalte|nævnes|står)$"
)
_HAPPENING = re.compile(
    r"\b(?:sket|skete|ske|sker|gik|går|gået|endte|ender|endt)"
    r"(?: der| det)?(?: siden)?$"
)
_OUTCOME = re.compile(r"\bblev det til\b|\bendt?e[rt]?\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:imod|for|mod|nej til|ja til)$")
_SAYING_VERB = re.compile(
    r"\b(?:sagde|siger|sagt|stem(?:te|mer|me|t)|(?:men|beslut|anbefal|foresl|indstil|skr[ei]v|svar|"
    r"vedt[oa]g|godkend|afvis)\w*)\b",
    re.IGNORECASE,
)
_IDIOM = re.compile(
    r"\b(?:er|var|bliver|blev|drejer|handler|gælder|gjaldt|sker|skete|skal|tager|tog|haster|gør|"
    r"bliver der|har) (?:\w+ )?det\b",
    re.IGNORECASE,
)
_DUMMY = re.compile(
    r"\bdet\b,?(?: \w+){0,2},? (?:at|der|som)\b|\bdet (?:\w+ )?(?:med|til med|for nogle?t?)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)+")
_OF_A_MEETING = {Want.DECISION, Want.VOTES, Want.ATTENDANCE}
_PEOPLE = frozenset({"de", "dem"})
_LONGEST = 400
_MANY_WORDS = 3
_LONG = 10
"""Words of a question that says what it is about, whatever it points to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question made to stand alone; `sure` where the rules leave nothing for a model to see."""

    text: str
    sure: bool


def stand_alone(question: str, earlier: Sequence[str], answer: str = "") -> Reading:
    """Return the question as it stands alone after the earlier ones, which stand alone already.

    `answer` is what the last of them was answered. The same text comes back where nothing is
    missing from it.
    """
    before = what_was_before(earlier)
    if before is None:
        return Reading(question, True)
    follow_up = FollowUp(question, before, f"{before.question} {answer}")
    text = follow_up.completed()
    return Reading(text, follow_up.sure) if text else Reading(question, follow_up.sure)


class FollowUp:
    """One question read beside what came before it."""

    def __init__(self, question: str, before: Before, said: str) -> None:
        self.question = question
        self.before = before
        self.said = said
        core = question.strip().rstrip("?.! ")
        self.opened = bool(_OPENING.match(core))
        core = _OPENING.sub("", core)
        self.core = _CLOSING.sub("", core) or core
        self.words = words_of(self.core)
        self.own = own_words(self.words)
        self.named = any(word.part in ("name", "quoted", "case") for word in self.words)
        self.pointer = self._pointer()
        self.sure = self.named or len(self.own) >= _MANY_WORDS or not self.own

    def completed(self) -> str:
        """Return the question with what it lacked, or nothing where it lacks nothing."""
        if len(self.core) > _LONGEST or self._is_no_question():
            return ""
        if fragment := self._fragment():
            return _sentence(Elsewhere(fragment, self.before, self._is_inside()).asked())
        if _MORE.match(self.core) and self.before.topic:
            return f"Hvad står der ellers om {self.before.topic}?"
        if bare := QUESTION_WORD.match(self.core):
            return _sentence(asked_alone(bare[1].lower(), self.before))
        if self._stands_alone():
            return ""
        if settled := SETTLED.match(self.core):
            return _sentence(whether_settled(settled, self.before))
        return _sentence(self._in_place() or self._with_topic(self.core))

    def _is_no_question(self) -> bool:
        """Whether it only thanks or nods, or breaks off."""
        if re.fullmatch(r"(?:hvad|hvordan)(?: så)? med", self.core, re.IGNORECASE):
            return True
        asking = CONTENT | {"question", "verb", "auxiliary", "body", "time"}
        return not any(word.part in asking for word in self.words)

    def _stands_alone(self) -> bool:
        if any(word.part == "case" for word in self.words) or self._is_long():
            return True
        if self.pointer and self._points_hard(self.pointer):
            return False
        if self.named or len(self.own) >= _MANY_WORDS:
            return True
        if not self.own:
            return self._asks_of_a_meeting_of_its_own()
        if self.pointer:
            return self.pointer.low == "de"
        return not self._is_part_of_what_was_said()

    def _is_long(self) -> bool:
        spoken = [word for word in self.words if word.part not in ("stop", "body", "time")]
        return len(spoken) > _LONG

    def _asks_of_a_meeting_of_its_own(self) -> bool:
        """*Hvem deltog i Byrådet den 27. maj?* lacks nothing; so does a question of a meeting."""
        parts = {word.part for word in self.words}
        return {"body", "time"} <= parts

    def _is_inside(self) -> bool:
        return not self.named and self._is_part_of_what_was_said()

    def _is_part_of_what_was_said(self) -> bool:
        """Whether all that it names was said before, or is a lone noun that was."""
        said = set(stems(self.said))
        return all(stem(word.text) in said for word in self.own)

    def _pointer(self) -> Word | None:
        """The pronoun that points back, not at what this question itself says first."""
        if _DUMMY.search(self.core):
            return None
        before: list[Word] = []
        for word in self.words:
            if word.part == "pronoun" and word.low in _pointing() and not _own_antecedent(before):
                return word
            before.append(word)
        last = self.words[-1] if self.words else None
        return last if last and last.low in _pointing() and last.part == "pronoun" else None

    def _points_hard(self, pointer: Word) -> bool:
        """Whether the pronoun ends the question after a preposition: *til det*, *om den*."""
        at = self.words.index(pointer)
        return at > 0 and at == len(self.words) - 1 and (
            self.words[at - 1].part == "preposition"
        )

    def _fragment(self) -> str:
        """What *og X?*, *hvad med X?* and *X?* ask of, where they have no verb of their own."""
        if _WHAT_OF.match(self.core):
            rest = _WHAT_OF.sub("", self.core)
            return "" if rest.lower() in _pointing() else rest
        if any(word.part in ("verb", "auxiliary", "question") for word in self.words):
            return ""
        short = self.opened or len(self.words) <= _MANY_WORDS
        return self.core if short and not self._is_nothing() else ""

    def _is_nothing(self) -> bool:
        return not self.own and not any(
            word.part in ("body", "time", "noun") or re.fullmatch(r"(?:19|20)\d\d", word.text)
            for word in self.words
        )

    def _in_place(self) -> str:
        """The question with the topic where its pronoun stood, where that is good Danish."""
        pointer, topic = self.pointer, self.before.topic
        if pointer is None or not topic or self.before.case_number:
            return ""
        if pointer.low in _PEOPLE and (not _is_plural(topic) or _SAYING_VERB.search(self.core)):
            return ""
        if pointer.low in ("dens", "dets", "deres"):
            return self._replaced(pointer, _genitive(topic))
        if pointer.low == "det" and not self._points_hard(pointer) and (
            _IDIOM.search(self.core) or _HAPPENING.search(self.core)
        ) and not self._ends_in_verb():
            return ""
        if topic.startswith("at ") and not self._points_hard(pointer):
            topic = f"det {topic}"
        return self._placed(self._replaced(pointer, topic))

    def _ends_in_verb(self) -> bool:
        """*Hvornår skal det vedtages*, *blev det godkendt*: there the topic is the subject."""
        inner = [
            word
            for word in self.words
            if word.part not in ("body", "time", "adverb", "preposition")
        ]
        return bool(inner) and inner[-1].part == "verb" and inner[-1] is not self.pointer

    def _replaced(self, word: Word, by: str) -> str:
        return self.core[:word.start] + by + self.core[word.end:]

    def _with_topic(self, core: str) -> str:
        """The question with the topic as a phrase of its own, before a body or a time."""
        core = self._by_body(core)
        tail = [word for word in words_of(core) if word.part in ("body", "time")]
        head, rest = core, ""
        if tail and tail[-1].end == len(core):
            cut = tail[-1].start
            if before := re.search(r"\b(?:i|på|hos)\s+$", core[:cut]):
                cut = before.start()
            if (cut and tail[-1].part == "time") or before:
                head, rest = core[:cut].rstrip(), core[cut:]
        return self._placed(" ".join(filter(None, (head, self._linked(head), rest))))

    def _by_body(self, core: str) -> str:
        """*Hvad besluttede de* with the body that they are."""
        pointer = self.pointer
        body = self.before.body
        if pointer and pointer.low == "de" and body and not _AGAINST.search(core) and (
            _SAYING_VERB.search(core)
        ):
            return self._replaced(pointer, self.before.body)
        person = _PERSON.search(self.said) if re.search(r"\b(?:han|hun)\b", core) else None
        return re.sub(r"\b(?:han|hun)\b", person.group(), core) if person else core

    def _linked(self, head: str) -> str:
        """The topic with the words that tie it to what the question's last word is."""
        topic, low = self.before.topic, head.lower()
        of_meeting = read_question(head).want is Want.ATTENDANCE and self.before.time
        if of_meeting and self.before.meeting:
            return self.before.meeting
        if not topic or self.before.case_number:
            return self.before.where
        if _AGAINST.search(low):
            return topic
        if _HAPPENING.search(low) or re.search(r"\bblev det til$", low):
            return f"med {topic}"
        if _SAYING.search(low) or self._says(head):
            return f"om {topic}"
        return self.before.where

    def _says(self, head: str) -> bool:
        """Whether somebody said something: *hvad sagde forvaltningen*, *hvad besluttede de*."""
        words = words_of(head)
        return len(words) > 2 and words[0].low == "hvad" and not own_words(words) and bool(
            _SAYING_VERB.search(head)
        )

    def _placed(self, core: str) -> str:
        """The question with the body and day of the one before, where it asks of a meeting."""
        words = words_of(core)
        if not _OF_A_MEETING & set(read_question(core).wants[:1]):
            return core
        if any(word.part == "body" for word in words) or _OUTCOME.search(core):
            return core
        meeting = self.before.meeting
        return f"{core} {meeting}" if meeting and meeting not in core else core


def _own_antecedent(before: Sequence[Word]) -> bool:
    """Whether what this question said until here is what a pronoun after it means.

    What is counted or chosen (*hvor mange børn*) is not.
    """
    found = phrases(before)
    return any(phrase.worth > 0 and not phrase.asked for phrase in found)


def _pointing() -> frozenset[str]:
    return listed("pointing") | {"dem", "dens", "dets", "deres"}


def _is_plural(topic: str) -> bool:
    first = words_of(topic)[0]
    if first.part == "determiner":
        return first.low == "de"
    return first.part == "noun" and first.low.endswith("ne")


def _genitive(topic: str) -> str:
    return topic + ("'" if topic.endswith(("s", "x", "z")) else "s")


def _sentence(core: str) -> str:
    core = " ".join(core.split())
    return f"{core[:1].upper()}{core[1:]}?" if core else ""
