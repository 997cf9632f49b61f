"""What a language model is asked: one case as numbered, fenced passages with opaque keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Span, body_and_day
from assistant.answering.verify import folded
from assistant.generative.passages import fitted, keyed, section_passages, told
from assistant.summarising.case import Case
from assistant.summarising.reply import MOST_ARGUMENTS, MOST_SENTENCES
from assistant.summarising.topics import MOST_TOPICS
from assistant.summarising.unsaid import SENTENCES
from assistant.types import SectionKind
from prompts import CaseSummaryPrompt, Rendered

_ORDER: tuple[SectionKind, ...] = (
    "resume", "indstilling", "oekonomi", "sagsfremstilling", "hoering", "tidsplan", "lovgrundlag",
    "other",
)  # fmt: skip
"""The kinds of section that are given, those first that a summary can least do without."""
_MOST = 24_000
"""Characters of all passages together: about 7,000 tokens."""


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt that asks of a case, and what an answer may use.

    `given` are the passages by their keys, in the order that the prompt has them; `left_out` is how
    many there was no room for.
    """

    case: Case
    prompt: Rendered
    given: dict[str, Span]
    topics: tuple[str, ...]
    left_out: int


def summary_request(case: Case, topics: Sequence[str]) -> Request:
    """Return what to ask a model so that it summarises the case, choosing among the topics."""
    spans = list(_spans(case))
    chosen = fitted(spans, [_need(span) for span in spans], _MOST)
    given = keyed(chosen)
    item = case.item
    prompt = CaseSummaryPrompt(
        title=folded(item.title),
        body=body_and_day(item.committee, item.meeting_date) or "ikke oplyst",
        topics=", ".join(topics),
        passages=told(given, {key: _heading(span) for key, span in given.items()}),
        unsaid=", ".join(SENTENCES),
        most_sentences=MOST_SENTENCES,
        most_arguments=MOST_ARGUMENTS,
        most_topics=MOST_TOPICS,
    )
    return Request(case, prompt.render(), given, tuple(topics), len(spans) - len(chosen))


def _spans(case: Case) -> Iterator[Span]:
    """The case in passages of whole sentences, in the order of its text."""
    for stored in case.of_kind(*_ORDER):
        yield from section_passages(stored)


def _need(span: Span) -> int:
    return _ORDER.index(span.stored.section.kind)


def _heading(span: Span) -> str:
    section = span.stored.section
    return folded(section.heading) or section.kind
