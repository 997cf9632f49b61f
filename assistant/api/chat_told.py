"""What a chat client gets: an answer as a `chat.completion`, whole or in chunks.

Citations stand in three places: as footnotes in the text, for whoever reads it; as the API's own
objects in the message's `citations`; and in `sources`, as Open WebUI shows sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sse_starlette import ServerSentEvent

from assistant.api.openai_form import openai_error
from assistant.api.problems import Problem
from assistant.rendering.answer_markdown import (
    BREAK,
    answer_markdown,
    claim_paragraph,
    last_paragraphs,
    lead_paragraphs,
    place_of,
)
from assistant.rendering.outline import web_link
from assistant.types import Answer, Citation, ClaimShown


@dataclass(frozen=True, slots=True)
class Message:
    """The answer."""

    content: str
    citations: tuple[Citation, ...]
    role: Literal["assistant"] = "assistant"
    refusal: None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The one answer that there is."""

    message: Message
    index: int = 0
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the language model; 0 where none was asked."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as Open WebUI shows it: the n-th is what `[n]` opens."""

    source: dict[str, str]
    document: list[str]
    metadata: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer as OpenAI's API gives it."""

    id: str
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    sources: list[ShownSource]
    object: Literal["chat.completion"] = "chat.completion"


@dataclass(frozen=True, slots=True)
class Heading:
    """What every chunk of one answer has in common."""

    id: str
    created: int
    model: str


def completion(heading: Heading, answer: Answer) -> Completion:
    """Return the whole answer."""
    message = Message(answer_markdown(answer), answer.citations)
    return Completion(
        **asdict(heading),
        choices=[Choice(message)],
        usage=_usage(answer),
        sources=[_shown(one) for one in answer.citations],
    )


def text_completion(heading: Heading, text: str) -> Completion:
    """Return a text that is no answer of the material as one."""
    return Completion(**asdict(heading), choices=[Choice(Message(text, ()))],
                      usage=Usage(0, 0, 0), sources=[])  # fmt: skip


@dataclass
class Chunks:
    """An answer in chunks: a paragraph each, then the sources, and how it ended.

    With `as_it_comes` claims are told as soon as they stand, else when the answer is there, in the
    order of `answer_markdown`: without a model both come at once.
    """

    heading: Heading
    as_it_comes: bool
    with_usage: bool
    _claims_told: bool = field(default=False, init=False)
    _begun: bool = field(default=False, init=False)

    def events_of(self, told: ClaimShown | Answer) -> Iterator[ServerSentEvent]:
        """Yield the chunks of a claim, or of what is left to tell of the answer."""
        if isinstance(told, ClaimShown):
            if self.as_it_comes:
                self._claims_told = True
                yield from self._paragraph(claim_paragraph(told.claim))
            return
        for lead in lead_paragraphs(told):
            yield from self._paragraph(lead)
        for claim in () if self._claims_told else told.claims:
            yield from self._paragraph(claim_paragraph(claim))
        for last in last_paragraphs(told):
            yield from self._paragraph(last)
        if told.citations:
            yield self._chunk({"citations": [asdict(one) for one in told.citations]})
        yield from self._end(_usage(told), [_shown(one) for one in told.citations])

    def text(self, text: str) -> Iterator[ServerSentEvent]:
        """Yield the chunks of a text that is no answer of the material."""
        yield from self._paragraph(text)
        yield from self._end(Usage(0, 0, 0), [])

    def _paragraph(self, text: str) -> Iterator[ServerSentEvent]:
        if not self._begun:
            yield self._chunk({"role": "assistant", "content": ""})
        yield self._chunk({"content": f"{BREAK if self._begun else ''}{text}"})
        self._begun = True

    def _end(self, usage: Usage, sources: list[ShownSource]) -> Iterator[ServerSentEvent]:
        """The last chunk's delta is empty: so Open WebUI hands it on, `sources` and all."""
        shown = {"sources": [asdict(one) for one in sources]} if sources else {}
        yield self._chunk({}, "stop", **shown)
        if self.with_usage:
            yield _event({**self._common(), "choices": [], "usage": asdict(usage)})
        yield ServerSentEvent("[DONE]")

    def _chunk(
        self, delta: dict[str, Any], finish_reason: str | None = None, **more: Any
    ) -> ServerSentEvent:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return _event({**self._common(), "choices": [choice], **more})

    def _common(self) -> dict[str, Any]:
        return {"object": "chat.completion.chunk", **asdict(self.heading)}


def error_event(told: Problem) -> ServerSentEvent:
    """Return the last event of a stream that fails."""
    return _event(openai_error(told))


def _event(told: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(told, ensure_ascii=False))


def _usage(answer: Answer) -> Usage:
    given = int(answer.provenance.get("tokens_in", 0))
    written = int(answer.provenance.get("tokens_out", 0))
    return Usage(given, written, given + written)


def _shown(citation: Citation) -> ShownSource:
    """Open WebUI takes sources of one id for one: each has its own, so that `[n]` is the n-th."""
    key = f"{citation.section_id}#{citation.start}-{citation.end}"
    place, link = place_of(citation), web_link(citation.url)
    source = {"id": key, "name": place, **({"url": link} if link else {})}
    return ShownSource(source, [citation.quote], [{"source": key, "name": place}])
