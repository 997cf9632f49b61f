"""*Hvorfor?*, *er det endeligt?*: questions that say nothing of what they ask about."""

from __future__ import annotations

import re

from assistant.conversation.before import Before
from assistant.conversation.wording import BODY, words_of
from assistant.retrieval.question import Want, read_question

QUESTION_WORD = re.compile(
    r"^(hvorfor|hvornår|hvem|hvor(?: (?:meget|mange|længe|ofte))?|hvordan|hvilke[nt]?|hvad)"
    r"(?: (?:det|ikke|dog|ikke det))?$",
    re.IGNORECASE,
)
SETTLED = re.compile(
    r"^(er|blev|bliver) (?:det|den|de)(?: nu)? (endelig[te]?|vedtaget|godkendt|afvist|udsat|"
    r"endeligt (?:vedtaget|besluttet|godkendt))$",
    re.IGNORECASE,
)
_HOW_IT_WAS = frozenset({"hvorfor", "hvornår", "hvordan", "hvor"})


def asked_alone(asked: str, before: Before) -> str:
    """Return what a question word alone asks of what came before, without its mark."""
    question = before.question.rstrip("? ")
    words = words_of(question)
    rest = question[:1].lower() + question[1:]
    if asked == "hvem" and " nogen " in rest:
        return f"hvem {rest.replace(' nogen ', ' ', 1)}"
    if words[0].part in ("verb", "auxiliary") and asked in _HOW_IT_WAS:
        return f"{asked} {rest}"
    if asked == "hvorfor":
        return _reason(question, before)
    decided = Want.DECISION in read_question(question).wants
    verb = {
        "hvornår": "blev det besluttet" if decided else "sker det",
        "hvordan": "sker det",
        "hvad": "er der besluttet",
    }.get(asked, "er det")
    return f"{asked} {verb} {before.where}"


def _reason(question: str, before: Before) -> str:
    if re.match(r"hvorfor\b", question, re.IGNORECASE):
        return question
    if voted := re.match(
        r"(?:hvem|hvilke[nt]? partie?r?) (stemte|sagde (?:nej|ja))\b(.*)", question, re.IGNORECASE
    ):
        verb = voted[1].lower().replace("stemte", "stemme").replace("sagde", "sige")
        return f"hvad er begrundelsen for at {verb}{_body_last(voted[2])}"
    return f"hvad er begrundelsen {before.where}"


def _body_last(text: str) -> str:
    """*Nej i byrådet til planen* as *nej til planen i byrådet*."""
    body = re.search(rf" i ({BODY})(?= \w)", text)
    return f"{text[:body.start()]}{text[body.end():]} i {body[1]}" if body else text


def whether_settled(found: re.Match[str], before: Before) -> str:
    """Return *er det endeligt* and the like, asked of what came before, without its mark."""
    verb, state = found[1].lower(), found[2].lower()
    if state.startswith("endelig") and " " not in state:
        state = "endeligt vedtaget"
    if before.case_number or not before.topic:
        return f"{verb} det {state} {before.where}"
    return f"{verb} {before.topic} {state}"
