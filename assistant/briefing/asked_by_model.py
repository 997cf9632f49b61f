"""What an item asks of its body, and what a member might ask of it, by a language model.

Every question is held to what it cites.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from assistant.answering.draft import Span
from assistant.answering.verify import folded
from assistant.answering.wording import Embeds, Rule, wording_rules
from assistant.generative.lines import ReplyLine
from assistant.generative.model import LanguageModel
from assistant.generative.passages import keyed
from assistant.summarising.case import Case
from assistant.summarising.from_reply import Drafted
from assistant.summarising.reply import line_or_none, read_reply, those_that_fit
from assistant.summarising.request import Request, parts_of, told_passages, where
from assistant.summarising.wording import asks_the_body
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


def questions_by(model: LanguageModel, case: Case, embedder: Embeds) -> Questions:
    """Return those of the model's questions that hold.

    A question holds where it asks, in neutral Danish, and where its quotes and figures do as any
    other line's. Raises ModelError.
    """
    request = questions_request(case, model.context)
    reply = read_reply(model.reply(request.prompt, QuestionsReply), QuestionsReply)
    asked = [reply.spoergsmaal] if reply.spoergsmaal else []
    rules = wording_rules(embedder)
    to_body = _holding(asked, request, rules, asks_the_body)
    of_member = _holding(reply.medlemmet, request, rules, _asks)
    return Questions(to_body[0] if to_body else None, tuple(of_member))


def _holding(
    lines: Sequence[ReplyLine],
    request: Request,
    rules: Sequence[Rule],
    asks: Callable[[str], bool],
) -> list[Question]:
    drafted = Drafted(request.given, rules)
    drafted.claims(line for line in lines if asks(line.tekst))
    texts = dict.fromkeys(claim.text for claim in drafted.checked().claims)
    return [(text, drafted.spans[text]) for text in texts if asks(text)]


def _asks(text: str) -> bool:
    return text.endswith("?") and len(text.split()) <= _LONGEST
