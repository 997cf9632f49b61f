"""The generative engine: a model's claims, each bound to the places that it quotes.

Whether there is an answer at all is settled before the model is called, by the extractive engine:
its three noes are this engine's too. The claims are not yet verified; that is for whoever shows
them, by the check that every answer passes.

Where the model says that it found nothing, though the extractive engine has an answer, the draft
has no claims and `SAYS_NO` among its notes. The no is not taken over: the extractive answer is
verbatim and was trusted by a measure that gives a wrong no and a wrong yes in a few of a hundred
questions, while a small model says no to what stands in its first passage. So the reader gets the
quotes, and the doubt beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, Field

from assistant.answering import extractive
from assistant.answering.draft import Draft, Span, words
from assistant.answering.reading import read
from assistant.answering.verify import folded
from assistant.generative.binding import bound, in_full
from assistant.generative.choice import heading, passages
from assistant.generative.decisions import written
from assistant.generative.lines import ReplyLine, lines_in
from assistant.generative.model import LanguageModel
from assistant.generative.passages import CHARACTERS_PER_TOKEN, keyed, room, told
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store
from assistant.types import Claim
from prompts import AnswerPrompt, Rendered

MOST_CLAIMS, MOST_WORDS = 4, 60
SAYS_NO = "Sprogmodellen fandt ikke svaret i de kilder, den fik."
SHORTENED = "Sprogmodellens svar var for langt; resten er udeladt."
_LONGEST_ANSWER = 105
"""Words after which no more claims are taken: the model is asked for fewer."""
_LONGEST_CLAIM = 60
_REPLY = 900
"""Tokens that a reply may take: four claims with two quotes each."""
_SHARE = 3
"""The passages take no more than this part of the model's context (one third): a small model finds
an answer among few passages sooner than among many, and reads them in less time."""


class AnswerReply(BaseModel):
    """The whole reply. Its JSON schema is what the model is held to; reading is more lenient."""

    fundet: bool
    udsagn: list[ReplyLine] = Field(max_length=MOST_CLAIMS)


def answer(found: Retrieved, store: Store, model: LanguageModel) -> Iterator[Draft]:
    """Yield the answer as it grows: a draft for each claim bound, and at last the complete one.

    Each draft stands for itself and has all claims so far. A no is one draft, and calls no model.
    The complete draft may have no claims: what the model said is then in its notes and `dropped`.
    Raises ModelError, perhaps after some drafts.
    """
    settled = extractive.answer(found, store)
    if settled.status != "answered":
        yield settled
        return
    prompt, given = request(found, store, model.context)
    writing = _Writing(given)
    reply: Mapping[str, Any] = {}
    for reply in model.stream(prompt, AnswerReply):
        yield from writing.take(reply, ended=False)
    yield from writing.take(reply, ended=True)
    yield writing.complete()


def request(found: Retrieved, store: Store, context: int) -> tuple[Rendered, dict[str, Span]]:
    """Return what a model of so many tokens is asked, and its passages by their keys."""
    asked = AnswerPrompt(found.question.text, "", MOST_CLAIMS, MOST_WORDS)
    share = int(context / _SHARE * CHARACTERS_PER_TOKEN)
    left = min(share, room(context, asked.render(), _REPLY))
    given = keyed(passages(read(found, store), left))
    headings = {key: heading(span) for key, span in given.items()}
    return replace(asked, passages=told(given, headings)).render(), given


class _Writing:
    """The draft of a reply that is still being written."""

    def __init__(self, given: Mapping[str, Span]) -> None:
        self._given = given
        self._draft = Draft()
        self._read = 0

    def take(self, reply: Mapping[str, Any], ended: bool) -> Iterator[Draft]:
        """Write the claims that are whole by now, and yield the draft after each."""
        if reply.get("fundet") is False:
            return
        for line in lines_in(reply.get("udsagn"), ended)[self._read:MOST_CLAIMS]:
            self._read += 1
            if line is None:
                self._draft.dropped += 1
            elif self._write(line):
                yield self.draft()

    def draft(self) -> Draft:
        """Return the draft so far, which does not change any more."""
        own = self._draft
        return replace(
            own,
            claims=list(own.claims),
            citations=list(own.citations),
            notes=list(own.notes),
            sections=dict(own.sections),
        )

    def complete(self) -> Draft:
        """Return the whole draft; that there is nothing in it is noted."""
        if not self._draft.claims and not self._draft.dropped:
            self._draft.notes.append(SAYS_NO)
        return self.draft()

    def _write(self, line: ReplyLine) -> bool:
        spans = list(dict.fromkeys(in_full(span) for span in bound(line, self._given)))
        trial = self.draft()
        if not spans or words(line.tekst) > _LONGEST_CLAIM or not written(trial, line.tekst, spans):
            self._draft.dropped += 1
            return False
        trial.claims = _once(trial.claims)
        if len(trial.claims) == len(self._draft.claims):
            return False
        if _length(trial) > _LONGEST_ANSWER and self._draft.claims:
            if SHORTENED not in self._draft.notes:
                self._draft.notes.append(SHORTENED)
            return False
        self._draft = trial
        return True


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, of those that say the same the first."""
    told: dict[str, Claim] = {}
    for claim in claims:
        told.setdefault(folded(claim.text).casefold(), claim)
    return list(told.values())


def _length(draft: Draft) -> int:
    return sum(words(claim.text) for claim in draft.claims)
