"""What an item asks of its body, and what a member might ask of it, by a language model.

Every question is held to what it cites.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from assistant.answering.draft import Draft, Span
from assistant.answering.verify import check, folded
from assistant.generative.binding import bound
from assistant.generative.lines import ReplyLine
from assistant.generative.model import LanguageModel
from assistant.generative.passages import keyed
from assistant.summarising.case import Case
from assistant.summarising.reply import line_or_none, read_reply, those_that_fit
from assistant.summarising.request import Request, parts_of, told_passages, where
from assistant.summarising.wording import asks_the_body, is_well_worded
from prompts import MemberQuestionsPrompt

MOST = 2
_LONGEST = 30
"""Words of a member's question."""
Question = tuple[str, tuple[Span, ...]]
"""A question, and the places that it rests on."""


class QuestionsReply(BaseModel):
    """The whole reply."""

    spoergsmaal: Annotated[ReplyLine | None, BeforeValidator(line_or_none)]
    medlemmet: Annotated[list[ReplyLine], those_that_fit(ReplyLine, MOST), Field(max_length=MOST)]


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of one item that hold: what it asks of the body, and up to two of a member."""

    asked: Question | None = None
    of_member: tuple[Question, ...] = ()


def questions_request(case: Case, context: int) -> Request:
    """Return what to ask a model so that it writes the questions of a case.

    Of a long case it is given what can least be done without.
    """
    spans = parts_of(case, (), context, most_parts=1).parts[0]
    given = keyed(spans)
    prompt = MemberQuestionsPrompt(
        title=folded(case.item.title),
        body=where(case),
        passages=told_passages(given),
        most_questions=MOST,
    )
    return Request(case, prompt.render(), given)


def questions_by(model: LanguageModel, case: Case) -> Questions:
    """Return those of the model's questions that hold.

    A question holds where it asks, in neutral Danish, and where its quotes and figures do as any
    other line's. Raises ModelError.
    """
    request = questions_request(case, model.context)
    reply = read_reply(model.reply(request.prompt, QuestionsReply), QuestionsReply)
    asked = [reply.spoergsmaal] if reply.spoergsmaal else []
    to_body = _holding(asked, request, asks_the_body)
    return Questions(
        to_body[0] if to_body else None, tuple(_holding(reply.medlemmet, request, _asks))
    )


def _holding(
    lines: Sequence[ReplyLine], request: Request, asks: Callable[[str], bool]
) -> list[Question]:
    draft = Draft()
    places = {}
    for line in lines:
        spans = bound(line, request.given)
        quoted = " ".join(span.quote for span in spans)
        if spans and asks(line.tekst) and is_well_worded(line.tekst, quoted):
            draft.claim(line.tekst, "statement", *spans)
            places[line.tekst] = spans
    checked = check(draft.claims, draft.citations, draft.sections)
    return [(text, places[text]) for text in dict.fromkeys(one.text for one in checked.claims)]


def _asks(text: str) -> bool:
    return text.endswith("?") and len(text.split()) <= _LONGEST
