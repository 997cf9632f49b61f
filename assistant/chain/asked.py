"""What flows from step to step: what was asked, what is found for it, what is drafted of that."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.draft import Draft
from assistant.generative.model import LanguageModel
from assistant.retrieval.retriever import Retrieved
from assistant.types import EVERYWHERE, EngineName, Filters, Turn

TOP_K = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The input of the chain. Without an engine the model answers, where there is one."""

    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = EVERYWHERE
    top_k: int = TOP_K
    engine: EngineName | None = None


@dataclass(frozen=True, slots=True)
class Standalone:
    """What was asked as a question that stands alone, and what it is answered with.

    `started` is the monotonic time that the answer's `took_ms` is counted from. `model` is None
    where the extractive engine answers; `trouble` says why, where a model was to.
    """

    asked: Asked
    question: str
    started: float
    model: LanguageModel | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was retrieved for the question."""

    standalone: Standalone
    retrieved: Retrieved


@dataclass(frozen=True, slots=True)
class Drafted:
    """An answer as far as it is written, not verified yet; the last is `complete`.

    `engine` is the one that wrote it. `trouble` says what went wrong with the model, if anything,
    and `fallen` how many of its claims fell before this engine wrote instead.
    """

    found: Found
    draft: Draft
    engine: EngineName
    complete: bool
    trouble: str = ""
    fallen: int = 0
