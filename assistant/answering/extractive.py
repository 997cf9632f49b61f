"""The extractive engine: answers are sentences, cells and decisions of the material, verbatim."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.closed import closed_answer
from assistant.answering.decided import answer_from_item
from assistant.answering.draft import Draft
from assistant.answering.from_action import answer_from_action
from assistant.answering.from_attendance import answer_from_attendance
from assistant.answering.from_text import answer_from_text
from assistant.retrieval.question import Want
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store

Way = Callable[[Retrieved, Store], Draft | None]

_WAYS: dict[Want, Sequence[Way]] = {
    Want.DECISION: (answer_from_item,),
    Want.HISTORY: (answer_from_item,),
    Want.VOTES: (answer_from_item,),
    Want.RECOMMENDATION: (answer_from_item,),
    Want.ATTENDANCE: (answer_from_attendance,),
    Want.RESPONSIBLE: (answer_from_action,),
    Want.DATE: (answer_from_action,),
}
"""How an answer of each form is sought first; running text answers where none of these does."""


def answer(found: Retrieved, store: Store) -> Draft:
    """Return the answer that the material gives, as claims with citations, or one of three noes."""
    if closed := closed_answer(found, store):
        return closed
    question = found.question
    ways = _WAYS.get(question.want, ())
    if question.want is Want.REASON and Want.DECISION in question.wants:
        ways = _WAYS[Want.DECISION]
    drafts = (way(found, store) for way in (*ways, answer_from_text))
    return next(filter(None, drafts), None) or not_found(found)


def not_found(found: Retrieved) -> Draft:
    """Return the no of a question whose answer is not in the material."""
    place = f" fra {found.question.municipality}" if found.question.municipality else ""
    return Draft(
        status="not_found",
        text=f"Det står ikke i det materiale{place}, der er indlæst.",
    )
