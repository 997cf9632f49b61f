"""The generative engine: a language model writes the block, and the case bears out every line.

What the model cannot give, the extractive engine does, and the block's notes say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.wording import Rule, wording_rules
from assistant.errors import ModelError
from assistant.generative.model import LanguageModel
from assistant.store.store import Store
from assistant.summarising import extractive
from assistant.summarising.case import Case
from assistant.summarising.completing import completed, instead
from assistant.summarising.from_reply import held_lines, to_summary
from assistant.summarising.material import is_danish
from assistant.summarising.notes import NOT_DANISH, NOTHING_HELD
from assistant.summarising.reply import PartReply, SummaryReply, read_reply
from assistant.summarising.request import (
    HeldLine,
    Request,
    merge_request,
    part_request,
    parts_of,
    summary_request,
)
from assistant.summarising.topics import Topics
from assistant.types import CaseSummary


def summarise(case: Case, store: Store, model: LanguageModel, topics: Topics) -> CaseSummary:
    """Return the case's summary by the model, each line verified.

    Parts that the model lacks are the extractive engine's; all of it where the model fails or
    nothing that it wrote holds. The notes say which, and why.
    """
    own = extractive.summarise(case, store, topics.of(case))
    if not is_danish(one.section.text for one in case.sections):
        return instead(own, NOT_DANISH)
    try:
        made = _made(case, model, topics, wording_rules(store.embedder))
    except ModelError as error:
        return instead(own, str(error))
    if not made.citations:
        return instead(own, NOTHING_HELD)
    return completed(made, own, case)


def _made(
    case: Case, model: LanguageModel, topics: Topics, rules: Sequence[Rule]
) -> CaseSummary:
    """What holds of what the model replies. Raises ModelError."""
    told = parts_of(case, topics.names, model.context)
    if len(told.parts) == 1:
        request = summary_request(case, topics.names, told.parts[0], told.left_out)
        return to_summary(_reply(request, model), request, model.name, rules)
    lines: list[HeldLine] = []
    fallen = 0
    for number, spans in enumerate(told.parts, start=1):
        asked = part_request(case, spans, number, len(told.parts))
        reply = read_reply(model.reply(asked.prompt, PartReply), PartReply)
        held, fell = held_lines(reply, asked, rules)
        lines += held
        fallen += fell
    if not lines:
        raise ModelError(NOTHING_HELD)
    request = merge_request(case, topics.names, lines, model.context, told.left_out)
    return to_summary(_reply(request, model), request, model.name, rules, fallen)


def _reply(request: Request, model: LanguageModel) -> SummaryReply:
    return read_reply(model.reply(request.prompt, SummaryReply), SummaryReply)
