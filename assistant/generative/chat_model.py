"""A LangChain chat model as the engines see it: a prompt in, a reply's JSON object out."""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from typing import Any, cast

from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
)
from langchain_core.messages.ai import UsageMetadata, add_usage
from langchain_core.runnables import RunnableSequence
from pydantic import BaseModel
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from assistant.generative.failures import (
    TRANSIENT,
    Cause,
    ModelCallError,
    cause_of,
    retry_after,
)
from assistant.generative.json_reply import (
    BrokenOffError,
    OffFormError,
    object_so_far,
    whole_object,
)
from assistant.generative.model import Usage
from assistant.generative.provider import Provider
from prompts import JsonReplyPrompt, Rendered

log = logging.getLogger(__name__)

_ATTEMPTS = 3
_LONGEST_WAIT = 20.0
_CALLS_KEPT = 100
_CLOSERS = frozenset("}]")
_BACK_OFF = wait_exponential_jitter(multiplier=0.5, max=8, jitter=0.5)


class ChatModel:
    """The LanguageModel of one question or summary: its `usage` is that of this one alone."""

    def __init__(self, provider: Provider, sleep: Callable[[float], None] = time.sleep) -> None:
        self.name = provider.name
        self.context = provider.context
        self._provider = provider
        self._sleep = sleep
        self._usage: deque[Usage] = deque(maxlen=_CALLS_KEPT)

    def reply(self, prompt: Rendered, schema: type[BaseModel]) -> Mapping[str, Any]:
        """Return the reply's JSON object, whole; one that is off form is asked for once more."""
        *_, written = self._written(_messages(prompt), schema, prompt.sha256)
        try:
            return whole_object(written, schema)
        except OffFormError as fault:
            return self._asked_again(prompt, schema, written, fault)

    def stream(self, prompt: Rendered, schema: type[BaseModel]) -> Generator[Mapping[str, Any]]:
        """Yield the reply's JSON object each time something of it was finished, then whole.

        A reply that is off form is asked for once more only while nothing of it was yielded.
        """
        written = ""
        yielded: Mapping[str, Any] = {}
        with closing(self._written(_messages(prompt), schema, prompt.sha256)) as grown:
            for written in grown:
                told = object_so_far(written, schema)
                if told and told != yielded:
                    yielded = told
                    yield told
        try:
            whole = whole_object(written, schema)
        except OffFormError as fault:
            if yielded:
                broken = isinstance(fault, BrokenOffError)
                raise self._failure(Cause.CUT_OFF if broken else Cause.OFF_FORM) from fault
            whole = self._asked_again(prompt, schema, written, fault)
        if whole != yielded:
            yield whole

    def usage(self) -> tuple[Usage, ...]:
        """Return what the calls took so far, in order."""
        return tuple(self._usage)

    def _asked_again(
        self, prompt: Rendered, schema: type[BaseModel], written: str, fault: OffFormError
    ) -> Mapping[str, Any]:
        """The repair round: the model is told what was wrong with its reply."""
        told = JsonReplyPrompt(_schema_text(schema), str(fault)).render()
        messages = [*_messages(prompt), AIMessage(written), HumanMessage(told.user)]
        *_, written = self._written(messages, schema, prompt.sha256)
        try:
            return whole_object(written, schema)
        except OffFormError as error:
            raise self._failure(Cause.OFF_FORM) from error

    def _written(
        self, messages: Sequence[BaseMessage], schema: type[BaseModel], prompt: str
    ) -> Generator[str]:
        """One call: the reply's text so far, each time something was finished, and at last."""
        started = time.monotonic()
        written, used = "", None
        try:
            with self._provider.breaker.call():
                with closing(self._chunks(messages, schema, started)) as chunks:
                    for chunk in chunks:
                        used = add_usage(used, chunk.usage_metadata)
                        text = _text(chunk)
                        written += text
                        if _CLOSERS.intersection(text):
                            yield written
                yield written
        except ModelCallError as failure:
            log.warning("%s: %s", self.name, failure.cause.name)
            raise
        finally:
            self._record(used, time.monotonic() - started, prompt)

    def _chunks(
        self, messages: Sequence[BaseMessage], schema: type[BaseModel], started: float
    ) -> Generator[AIMessageChunk]:
        """The chunks of one reply; what fails before the first is tried again in the budget."""
        deadline = started + self._provider.timeout
        retrying = Retrying(
            stop=stop_after_attempt(_ATTEMPTS) | stop_before_delay(self._provider.timeout),
            wait=_wait,
            retry=retry_if_exception(_worth_retrying),
            sleep=self._sleep,
            reraise=True,
        )
        chunks, first = retrying(self._begun, messages, schema, deadline)
        with closing(chunks):
            yield first
            while (chunk := self._next(chunks, deadline, begun=True)) is not None:
                yield chunk

    def _begun(
        self, messages: Sequence[BaseMessage], schema: type[BaseModel], deadline: float
    ) -> tuple[Generator[AIMessageChunk], AIMessageChunk]:
        """A reply's stream, and the first chunk of it."""
        try:
            return self._opened(messages, schema, deadline)
        except ModelCallError as failure:
            if failure.cause is not Cause.REJECTED or not self._provider.structured:
                raise
            self._provider.structured = False  # a server that cannot keep to a schema
            return self._opened(messages, schema, deadline)

    def _opened(
        self, messages: Sequence[BaseMessage], schema: type[BaseModel], deadline: float
    ) -> tuple[Generator[AIMessageChunk], AIMessageChunk]:
        chunks = self._stream_of(messages, schema)
        first = self._next(chunks, deadline)
        if first is None:
            raise self._failure(Cause.OFF_FORM)
        return chunks, first

    def _stream_of(
        self, messages: Sequence[BaseMessage], schema: type[BaseModel]
    ) -> Generator[AIMessageChunk]:
        """The reply's stream, its form kept to by the server where that can do it."""
        chat = self._provider.chat
        if self._provider.structured:
            try:
                made = chat.with_structured_output(
                    schema.model_json_schema(), method="json_schema"
                )
            except (NotImplementedError, ValueError):
                self._provider.structured = False
            else:
                # What follows in the sequence parses; here the text itself is wanted.
                bound = cast(RunnableSequence[Any, Any], made).first
                return cast(Generator[AIMessageChunk], bound.stream(list(messages)))
        form = JsonReplyPrompt(_schema_text(schema)).render()
        system, *others = messages
        told = SystemMessage(f"{system.text}\n\n{form.system}")
        return cast(Generator[AIMessageChunk], chat.stream([told, *others]))

    def _next(
        self, chunks: Generator[AIMessageChunk], deadline: float, begun: bool = False
    ) -> AIMessageChunk | None:
        """The next chunk, None after the last."""
        try:
            chunk = next(chunks, None)
        except Exception as error:
            # A provider raises its SDK's errors and its HTTP library's, and over a garbled answer
            # any error at all; they have no base in common. All of it means: no more from here.
            cause = cause_of(error)
            lost = begun and cause in TRANSIENT - {Cause.SLOW}
            raise self._failure(Cause.CUT_OFF if lost else cause, retry_after(error)) from error
        if time.monotonic() > deadline:
            raise self._failure(Cause.SLOW)
        return chunk

    def _failure(self, cause: Cause, wait: float | None = None) -> ModelCallError:
        return ModelCallError(cause, self.name, self._provider.timeout, retry_after=wait)

    def _record(self, used: UsageMetadata | None, seconds: float, prompt: str) -> None:
        tokens_in, tokens_out = (
            (used["input_tokens"], used["output_tokens"]) if used else (0, 0)
        )
        self._usage.append(Usage(tokens_in, tokens_out, seconds, prompt))
        log.info(
            "%s: %d tokens in, %d tokens out, %.1f s", self.name, tokens_in, tokens_out, seconds
        )


def _messages(prompt: Rendered) -> list[BaseMessage]:
    return [SystemMessage(prompt.system), HumanMessage(prompt.user)]


def _schema_text(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), ensure_ascii=False)


def _text(chunk: AIMessageChunk) -> str:
    """What a chunk adds to the reply: its text, or a tool call's arguments where those carry it."""
    return chunk.text or "".join(call["args"] or "" for call in chunk.tool_call_chunks)


def _worth_retrying(error: BaseException) -> bool:
    if not isinstance(error, ModelCallError) or error.cause not in TRANSIENT:
        return False
    return (error.retry_after or 0) <= _LONGEST_WAIT


def _wait(state: RetryCallState) -> float:
    """Seconds until the next attempt: as the server asked, else exponential with jitter."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ModelCallError) else None
    return float(asked) if asked is not None else _BACK_OFF(state)
