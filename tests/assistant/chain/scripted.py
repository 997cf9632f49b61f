"""A generative engine and a model that do as a test tells them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answering.draft import Draft, Span
from assistant.errors import ModelError
from assistant.generative.model import LanguageModel, Usage
from assistant.retrieval.retriever import Retrieved
from assistant.store.store import Store

QUESTION = "Hvad koster skybrudssikring af Nørrevang?"
STANDS, FALLS = "stands", "falls"


@dataclass
class ScriptedModel:
    """A model that is only named and counted: the scripted engine does not ask it."""

    name: str = "test:model"
    context: int = 8192
    calls: list[Usage] = field(default_factory=list)

    def reply(self, *_: object) -> Mapping[str, Any]:
        raise NotImplementedError

    def stream(self, *_: object) -> Iterator[Mapping[str, Any]]:
        raise NotImplementedError

    def usage(self) -> tuple[Usage, ...]:
        return tuple(self.calls)


@dataclass
class ScriptedEngine:
    """Writes these claims one by one, then fails as told. `closed` when nobody reads on."""

    claims: Sequence[str]
    fails: str = ""
    written: int = 0
    closed: bool = False
    before_each: Callable[[], None] = lambda: None

    def __call__(self, found: Retrieved, store: Store, model: LanguageModel) -> Iterator[Draft]:
        draft = Draft()
        self.closed = False
        hit = found.hits[0]
        stored = store.catalogue.sections([hit.source.section_id])[hit.source.section_id]
        try:
            for number, kind in enumerate(self.claims):
                self.before_each()
                span = Span(stored, hit.start + number, min(hit.end, hit.start + 60 + number))
                text = f"Sagen siger: {span.quote}" if kind == STANDS else "Det koster 123.456 kr."
                draft.claim(text, "statement", span)
                self.written += 1
                yield draft
            if isinstance(model, ScriptedModel):
                model.calls.append(Usage(100, 20, 1.5, "sha-of-the-prompt"))
            if self.fails:
                raise ModelError(self.fails)
            yield draft
        finally:
            self.closed = True
