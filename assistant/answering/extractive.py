"""The extractive engine: answers are sentences, cells and decisions of the material, verbatim."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.closed import closed_answer
from assistant.answering.decided import answer_from_item
from assistant.answering.draft import Draft
from assistant.answering.from_action import answer_from_action
from assistant.answering.from_attendance import answer_from_attendance
from assistant.answering.from_text import answer_from_text
from assistant.answering.reading import Reading, read
from assistant.retrieval.question import Question, Want
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store

Way = Callable[[Reading], Draft | None]

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
    reading = read(found, store)
    drafts = (way(reading) for way in (*_ways(found.question), answer_from_text))
    if told := next(filter(None, drafts), None):
        return told
    return closed_answer(found, store, nothing_open=True) or not_found(found)


def _ways(question: Question) -> Sequence[Way]:
    """How the answer is sought before running text is."""
    if question.want is Want.REASON and Want.DECISION in question.wants:
        return _WAYS[Want.DECISION]
    if question.want is Want.RECOMMENDATION and Want.LIST in question.wants:
        return ()
    return _WAYS.get(question.want, ())


def not_found(found: Retrieved) -> Draft:
    """Return the no of a question whose answer is not in the material."""
    place = f" fra {found.question.municipality}" if found.question.municipality else ""
    return Draft(
        status="not_found",
        text=f"Det står ikke i det materiale{place}, der er indlæst.",
    )
