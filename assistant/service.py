"""The service: everything a person does in the UI, the API and the command line goes through it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, cast

from assistant.access import Level, Role
from assistant.briefing.asked_by_model import Questions, questions_by
from assistant.briefing.meeting import HELD, brief
from assistant.briefing.types import Briefing
from assistant.chain.answered import provenance
from assistant.chain.asked import TOP_K, Asked, Found
from assistant.chain.steps import Steps, checked_question
from assistant.errors import ClosedItemError, ModelError, NotFoundError, WrongUseError
from assistant.generative.engine_choice import Models, chosen
from assistant.generative.model import LanguageModel
from assistant.generative.models import LanguageModels
from assistant.retrieval.retriever import Retrieved, Retriever
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.store.stored import StoredItem, StoredMeeting, StoredSection
from assistant.summarising import extractive as extractive_summary
from assistant.summarising import generative as generative_summary
from assistant.summarising import keeping
from assistant.summarising.case import (
    Case,
    case_of,
    cases_of,
    gather,
    is_put,
    items_of,
    unstored,
)
from assistant.summarising.completing import instead
from assistant.summarising.item_summary import (
    ItemSummary,
    NoSummary,
    checked_again,
    shown,
)
from assistant.summarising.topics import Topics
from assistant.types import (
    EVERYWHERE,
    AgendaItem,
    Answer,
    CaseSummary,
    ClaimShown,
    Document,
    EngineName,
    Filters,
    Hit,
    KeptSummary,
    Turn,
)

if TYPE_CHECKING:
    from assistant.chain.answer_chain import AnswerChain


class Assistant:
    """Answers questions over one store. Open it once and keep it; `close` when done."""

    def __init__(
        self,
        settings: Settings,
        store: Store | None = None,
        models: Models | None = None,
    ) -> None:
        """Answer from `store` by `models`; what is not given is what the settings name.

        What is told is what the store lets see: what is open to all, until `seen_by` is called.
        Raises StoreError.
        """
        self.settings = settings
        self.store = store or Store(settings)
        self._retriever = Retriever(self.store)
        self._models = models or (LanguageModels(settings) if settings.llm else None)
        self._steps = Steps(self.store, self._retriever, self._models)
        self._views: dict[tuple[Level, ...], Assistant] = {}

    def seen_by(self, role: Role) -> Assistant:
        """Return the assistant that tells what this role may see, made once and then kept.

        It shares the store's files and the model with this one; `close` closes them for all.
        """
        if role.levels not in self._views:
            self._views[role.levels] = Assistant(
                self.settings, self.store.seen_by(role), self._models
            )
        return self._views[role.levels]

    def close(self) -> None:
        self.store.close()

    def ask(
        self,
        question: str,
        filters: Filters = EVERYWHERE,
        top_k: int = TOP_K,
        *,
        history: Sequence[Turn] = (),
        engine: EngineName | None = None,
    ) -> Answer:
        """Return the answer with its checked citations, or one of the three noes.

        Without an engine the model of ASSISTANT_LLM answers where it is set, else the extractive
        engine. Raises WrongUseError where the question is empty or too long, the store holds
        nothing, or there is no model for the generative engine.
        """
        asked = Asked(question, tuple(history), filters, top_k, engine)
        return cast(Answer, self.chain.invoke(asked))

    def stream(
        self,
        question: str,
        filters: Filters = EVERYWHERE,
        top_k: int = TOP_K,
        *,
        history: Sequence[Turn] = (),
        engine: EngineName | None = None,
    ) -> Generator[ClaimShown | Answer]:
        """Return an iterator of each claim as soon as it stands, then exactly one answer.

        Close it to stop the model. Raises WrongUseError as `ask` does, before anything is yielded.
        """
        asked = self._steps.checked(Asked(question, tuple(history), filters, top_k, engine))
        return cast(Generator[ClaimShown | Answer], self.chain.stream(asked))

    @cached_property
    def chain(self) -> AnswerChain:
        """The chain that `ask` and `stream` run, for whoever wants it as a LangChain Runnable."""
        from assistant.chain.answer_chain import answer_chain  # LangChain: only asking waits for it

        return answer_chain(self._steps)

    def retrieve(
        self, question: str, filters: Filters = EVERYWHERE, limit: int = TOP_K
    ) -> Retrieved:
        """Return what is found for a question. Raises WrongUseError as `ask` does."""
        return self._retriever.retrieve(checked_question(question, self.store), filters, limit)

    def answer(
        self, found: Retrieved, started: float, engine: EngineName | None = None
    ) -> Answer:
        """Return the answer that is given of what was found; `started` is the monotonic time
        that `took_ms` is counted from."""
        from assistant.chain.answer_chain import verified_answer

        standalone = self._steps.condense(Asked(found.question.text, engine=engine))
        given = Found(replace(standalone, started=started), found)
        return cast(Answer, verified_answer(self._steps).invoke(given))

    def search(self, query: str, filters: Filters = EVERYWHERE, limit: int = TOP_K) -> list[Hit]:
        """Return the passages that fit the query best. Raises WrongUseError as `ask` does."""
        return list(self.retrieve(query, filters, limit).hits)

    def meetings(self, filters: Filters = EVERYWHERE) -> list[StoredMeeting]:
        """Return the stored meetings of these bodies and days, the latest first."""
        return self.store.catalogue.meetings(filters)

    def meeting(self, meeting_id: str) -> tuple[StoredMeeting, list[StoredItem]]:
        """Return a meeting and its items in the order of the agenda, closed ones too.

        Raises NotFoundError where no such meeting is stored.
        """
        found = self.store.catalogue.meeting(meeting_id)
        if found is None:
            raise NotFoundError(
                f"Der er intet møde med id {meeting_id}. »assistant meetings« viser mødernes id."
            )
        return found, self.store.catalogue.items_of_document(found.document_id)

    def item(self, item_id: str) -> tuple[StoredItem, list[StoredSection]]:
        """Return an item and its sections in order; of a closed one there are none.

        Raises NotFoundError where no such item is stored.
        """
        found = self.store.catalogue.items([item_id]).get(item_id)
        if found is None:
            raise NotFoundError(
                f"Der er intet punkt med id {item_id}. Mødets punkter viser deres id."
            )
        return found, self.store.catalogue.sections_of_item(item_id)

    def case(self, case_number: str) -> list[StoredItem]:
        """Return the items that have this case number, the earliest first, closed ones too.

        Some numbers are reused for items that are no one case. Raises NotFoundError where none has
        it.
        """
        found = self.store.catalogue.items_of_case(case_number.strip())
        if not found:
            raise NotFoundError(
                f"Der er ingen sag med nummer {case_number}. Søg efter sagen; fundene har numre."
            )
        return found

    def warm_up(self) -> None:
        """Load the models' libraries and what is known of the material: a first question waits for
        them otherwise."""
        self.store.embedder.question("")
        if not self.store.catalogue.is_empty():
            self.ask("møde", engine="extractive")

    def summarisable(self, items: Iterable[StoredItem]) -> list[StoredItem]:
        """Return the items that a summary can be made of.

        Those are open, and have text of their own, not a decision alone.
        """
        open_items = [item for item in items if not item.closed]
        sections = self.store.catalogue.sections_of_items(item.id for item in open_items)
        told = {one.source.item_id for one in sections.values() if is_put(one.section)}
        return [item for item in open_items if item.id in told]

    def summarise(
        self,
        item_id: str,
        anew: bool = False,
        engine: EngineName | None = None,
        keep: bool = True,
    ) -> ItemSummary:
        """Make the summary of an item, keep it as a draft, and return it.

        Without `keep` nothing is changed: a kept one is returned only where it is approved of the
        item's present text.

        One that a person has corrected, or approved of the item's present text, is returned as it
        is, unless it is to be made `anew`. Without an engine the model of ASSISTANT_LLM writes it
        where it is set, else the extractive engine. Raises WrongUseError where there is no such
        item, it is closed or without text, or there is no model for the generative engine.
        """
        models = chosen(engine, self._models)
        case = gather(item_id, self.store.catalogue)
        kept = keeping.find_summary(self.store.catalogue, case)
        if not keep:
            if kept is None or kept.stale or kept.status != "godkendt":
                kept = keeping.draft(case, self._made(case, models))
            return shown(case, kept)
        if anew or kept is None or not keeping.is_a_persons(kept):
            kept = keeping.draft(case, self._made(case, models))
            self.store.catalogue.keep_summary(kept)
        return shown(case, kept)

    def summary(self, item_id: str) -> ItemSummary:
        """Return the kept summary of an item, its quotes checked again.

        Raises WrongUseError where the item is unknown, closed or without text, or none was made.
        """
        case = gather(item_id, self.store.catalogue)
        return shown(case, keeping.kept_summary(self.store.catalogue, case))

    def correct_summary(self, corrected: CaseSummary) -> ItemSummary:
        """Put a person's corrected summary in place of the kept one, and return it as a draft.

        Raises WrongUseError where none is kept, or a line of it does not stand on its sources.
        """
        case = gather(corrected.item_id, self.store.catalogue)
        return shown(case, keeping.correct_summary(self.store.catalogue, case, corrected))

    def approve_summary(self, item_id: str, name: str) -> ItemSummary:
        """Note that a person has checked the kept summary, and return it.

        Raises WrongUseError where none is kept, the name is empty, or the item has changed since.
        """
        case = gather(item_id, self.store.catalogue)
        return shown(case, keeping.approve_summary(self.store.catalogue, case, name))

    def summarise_document(
        self, document: Document, engine: EngineName | None = None
    ) -> list[ItemSummary]:
        """Return a draft for every open item with text of a document that is not stored.

        Nothing is kept. The engine is chosen as `summarise` does. Raises WrongUseError where the
        document has no such item, or there is no model for the generative engine.
        """
        models = chosen(engine, self._models)
        return [
            ItemSummary(case.item, keeping.draft(case, self._made(case, models)))
            for case in cases_of(document)
        ]

    def summarise_posted(
        self, document: Document, engine: EngineName | None = None
    ) -> list[ItemSummary | NoSummary]:
        """Return a draft, or why there is none, for every item of a document that is not stored.

        Nothing is kept. An item that is stored as closed is closed here too, whatever the document
        says. Raises WrongUseError where there is no model for the generative engine.
        """
        models = chosen(engine, self._models)
        items = items_of(document)
        stored = self.store.seen_by(Role.PUBLIC).catalogue.items(item.id for item in items)
        closed = {identity for identity, item in stored.items() if item.closed}
        return [
            self._posted(document, replace(one, closed=one.closed or one.id in closed), models)
            for one in items
        ]

    def _posted(
        self, document: Document, item: AgendaItem, models: Models | None
    ) -> ItemSummary | NoSummary:
        try:
            case = case_of(document, item)
        except ClosedItemError as error:
            return NoSummary(unstored(document, item), "closed", str(error))
        except WrongUseError as error:
            return NoSummary(unstored(document, item), "no_text", str(error))
        return ItemSummary(case.item, keeping.draft(case, self._made(case, models)))

    def kept_summary(self, item_id: str) -> KeptSummary | None:
        """Return what is kept of an item as it is kept, or None. Raises WrongUseError where no
        summary could be made of it."""
        return keeping.find_summary(
            self.store.catalogue, gather(item_id, self.store.catalogue)
        )

    def briefing(
        self,
        meeting_id: str,
        item_done: Callable[[str], None] = lambda _: None,
        engine: EngineName | None = None,
        drafts: bool = True,
    ) -> Briefing:
        """Return the briefing of a meeting.

        An item's question is that of the summary that a person has checked where there is one,
        else made for this; without `drafts`, that is one that is approved. The engine is chosen
        as `summarise` does; what the model cannot give is given without it. Raises WrongUseError
        where the meeting is not stored, or there is no model for the generative engine.
        """
        model, trouble = self._model(chosen(engine, self._models))
        asked = partial(self._questions, model, drafts) if model else None
        summarised = partial(self._summary_for_briefing, drafts)
        meeting, items = self.meeting(meeting_id)
        briefed = []
        for item in items:
            briefed.append(brief(item, self.store.catalogue, summarised, asked))
            item_done(item.id)
        decided = any(item.decision for item in items)
        return Briefing(
            meeting=meeting,
            items=tuple(briefed),
            engine="generative" if model else "extractive",
            model=model.name if model else None,
            notes=tuple(filter(None, (trouble, HELD if decided else ""))),
            provenance=provenance(self.store),
        )

    def status(self) -> dict[str, Any]:
        """Return what the store holds, and by which model it was made."""
        return {
            **self.store.catalogue.counts(),
            "vectors": self.store.vector_count(),
            "pending": len(self.store.catalogue.pending()),
            "embedding": self.store.catalogue.fact("embedding_model"),
            "municipalities": self.store.catalogue.municipalities(),
            "committees": self.store.catalogue.committees(),
            "home": str(self.store.home),
        }

    def _model(self, models: Models | None) -> tuple[LanguageModel | None, str]:
        """Return a model of these; where it cannot be had, None and why."""
        try:
            return models and models(), ""
        except ModelError as error:
            return None, str(error)

    def _questions(self, model: LanguageModel, drafts: bool, item: StoredItem) -> Questions:
        """The model's questions of an item; what it asks of the body is a person's, if any."""
        case = gather(item.id, self.store.catalogue)
        found = questions_by(model, case, self.store.embedder)
        return replace(found, asked=None) if self._by_a_person(case, drafts) else found

    def _made(self, case: Case, models: Models | None) -> CaseSummary:
        """Return the case's summary by a model of these; without any, the extractive one."""
        model, trouble = self._model(models)
        if model:
            return generative_summary.summarise(case, self.store, model, self._topics)
        own = extractive_summary.summarise(case, self.store, self._topics.of(case))
        return instead(own, trouble) if trouble else own

    @cached_property
    def _topics(self) -> Topics:
        return Topics(self.store, self.settings.topics)

    def _summary_for_briefing(self, drafts: bool, item: StoredItem) -> CaseSummary:
        case = gather(item.id, self.store.catalogue)
        kept = self._by_a_person(case, drafts)
        if kept:
            return checked_again(kept.summary, case)
        return extractive_summary.summarise(case, self.store)

    def _by_a_person(self, case: Case, drafts: bool) -> KeptSummary | None:
        """The kept summary of the case as it stands, where a person has checked it; without
        `drafts`, one that is approved."""
        kept = keeping.find_summary(self.store.catalogue, case)
        if kept is None or kept.stale or not keeping.is_a_persons(kept):
            return None
        return kept if drafts or kept.status == "godkendt" else None
