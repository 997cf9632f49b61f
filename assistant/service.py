"""The service: everything a person does in the UI, the API and the command line goes through it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from assistant.answering import extractive
from assistant.answering.draft import Draft
from assistant.answering.follow_ups import follow_ups
from assistant.answering.verify import Checked, check
from assistant.briefing.meeting import HELD, brief
from assistant.briefing.types import Briefing
from assistant.errors import WrongUseError
from assistant.retrieval.retriever import Retrieved, Retriever
from assistant.settings import Settings
from assistant.store.catalogue import MODEL
from assistant.store.store import Store
from assistant.store.stored import StoredItem, StoredMeeting
from assistant.summarising import extractive as extractive_summary
from assistant.summarising import keeping
from assistant.summarising.case import Case, cases_of, gather, is_put
from assistant.summarising.item_summary import ItemSummary, checked_again, shown
from assistant.summarising.topics import Topics
from assistant.types import (
    EVERYWHERE,
    Answer,
    CaseSummary,
    Document,
    Filters,
    Hit,
)

LONGEST_QUESTION = 2000
_TOP_K = 10


class Assistant:
    """Answers questions over one store. Open it once and keep it; `close` when done."""

    def __init__(self, settings: Settings) -> None:
        """Open the store that the settings name. Raises StoreError."""
        self.settings = settings
        self.store = Store(settings)
        self._retriever = Retriever(self.store)

    def close(self) -> None:
        self.store.close()

    def ask(self, question: str, filters: Filters = EVERYWHERE, top_k: int = _TOP_K) -> Answer:
        """Return the answer with its checked citations, or one of the three noes.

        Raises WrongUseError where the question is empty or too long, or the store holds nothing.
        """
        started = time.monotonic()
        return self.answer(self.retrieve(question, filters, top_k), started)

    def retrieve(
        self, question: str, filters: Filters = EVERYWHERE, limit: int = _TOP_K
    ) -> Retrieved:
        """Return what is found for a question. Raises WrongUseError as `ask` does."""
        return self._retriever.retrieve(self._question(question), filters, limit)

    def answer(self, found: Retrieved, started: float) -> Answer:
        """Return the answer that is read out of what was found; `started` is the monotonic time
        that `took_ms` is counted from."""
        draft = extractive.answer(found, self.store)
        checked = check(draft.claims, draft.citations, draft.sections)
        if draft.status == "answered" and not checked.claims:
            draft = extractive.not_found(found)
        return Answer(
            question=found.question.text,
            status=draft.status,
            engine="extractive",
            model=None,
            answer=_text(draft, checked),
            claims=checked.claims,
            citations=checked.citations,
            figures=checked.figures,
            follow_ups=follow_ups(checked.citations, self.store.catalogue),
            notes=(*found.notes, *_notes(draft, checked)),
            took_ms=round(1000 * (time.monotonic() - started)),
            provenance=self._provenance(),
        )

    def search(self, query: str, filters: Filters = EVERYWHERE, limit: int = _TOP_K) -> list[Hit]:
        """Return the passages that fit the query best. Raises WrongUseError as `ask` does."""
        return list(self.retrieve(query, filters, limit).hits)

    def meetings(self, filters: Filters = EVERYWHERE) -> list[StoredMeeting]:
        """Return the stored meetings of these bodies and days, the latest first."""
        return self.store.catalogue.meetings(filters)

    def meeting(self, meeting_id: str) -> tuple[StoredMeeting, list[StoredItem]]:
        """Return a meeting and its items in the order of the agenda, closed ones too.

        Raises WrongUseError where no such meeting is stored.
        """
        found = self.store.catalogue.meeting(meeting_id)
        if found is None:
            raise WrongUseError(
                f"Der er intet møde med id {meeting_id}. »assistant meetings« viser mødernes id."
            )
        return found, self.store.catalogue.items_of_document(found.document_id)

    def summarisable(self, items: Iterable[StoredItem]) -> list[StoredItem]:
        """Return the items that a summary can be made of.

        Those are open, and have text of their own, not a decision alone.
        """
        open_items = [item for item in items if not item.closed]
        sections = self.store.catalogue.sections_of_items(item.id for item in open_items)
        told = {one.source.item_id for one in sections.values() if is_put(one.section)}
        return [item for item in open_items if item.id in told]

    def summarise(self, item_id: str, anew: bool = False) -> ItemSummary:
        """Make the summary of an item, keep it as a draft, and return it.

        One that a person has corrected, or approved of the item's present text, is returned as it
        is, unless it is to be made `anew`. Raises WrongUseError where there is no such item, or it
        is closed or without text.
        """
        case = gather(item_id, self.store.catalogue)
        kept = keeping.find_summary(self.store.catalogue, case)
        if anew or kept is None or not keeping.is_a_persons(kept):
            kept = keeping.draft(case, self._made(case))
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

    def summarise_document(self, document: Document) -> list[ItemSummary]:
        """Return a draft for every open item with text of a document that is not stored.

        Nothing is kept. Raises WrongUseError where the document has no such item.
        """
        return [
            ItemSummary(case.item, keeping.draft(case, self._made(case)))
            for case in cases_of(document)
        ]

    def briefing(
        self, meeting_id: str, item_done: Callable[[str], None] = lambda _: None
    ) -> Briefing:
        """Return the briefing of a meeting. Raises WrongUseError where it is not stored.

        An item's question is that of the summary that a person has checked where there is one,
        else made for this.
        """
        meeting, items = self.meeting(meeting_id)
        briefed = []
        for item in items:
            briefed.append(brief(item, self.store.catalogue, self._summary_for_briefing))
            item_done(item.id)
        decided = any(item.decision for item in items)
        return Briefing(
            meeting=meeting,
            items=tuple(briefed),
            engine="extractive",
            notes=(HELD,) if decided else (),
            provenance=self._provenance(),
        )

    def status(self) -> dict[str, Any]:
        """Return what the store holds, and by which model it was made."""
        return {
            **self.store.catalogue.counts(),
            "vectors": len(self.store.vectors),
            "pending": len(self.store.catalogue.pending()),
            "embedding": self.store.catalogue.fact("embedding_model"),
            "municipalities": self.store.catalogue.municipalities(),
            "committees": self.store.catalogue.committees(),
            "home": str(self.store.home),
        }

    def _made(self, case: Case) -> CaseSummary:
        return extractive_summary.summarise(case, self.store, self._topics.of(case))

    @cached_property
    def _topics(self) -> Topics:
        return Topics(self.store, self.settings.topics)

    def _summary_for_briefing(self, item: StoredItem) -> CaseSummary:
        case = gather(item.id, self.store.catalogue)
        kept = keeping.find_summary(self.store.catalogue, case)
        if kept and not kept.stale and keeping.is_a_persons(kept):
            return checked_again(kept.summary, case)
        return extractive_summary.summarise(case, self.store)

    def _provenance(self) -> dict[str, str]:
        return {
            "embedding": self.store.catalogue.fact(MODEL) or "",
            "prompt": "",
            "index": self.store.catalogue.fingerprint(),
        }

    def _question(self, question: str) -> str:
        text = " ".join(question.split())
        if not text:
            raise WrongUseError("Spørgsmålet er tomt. Skriv, hvad du vil vide.")
        if len(text) > LONGEST_QUESTION:
            raise WrongUseError(
                f"Spørgsmålet er på {len(text)} tegn. Kort det ned til højst {LONGEST_QUESTION}."
            )
        if self.store.catalogue.is_empty():
            raise WrongUseError(
                "Der er intet materiale at svare ud fra endnu. Kør »assistant ingest MAPPE« først."
            )
        return text


def _text(draft: Draft, checked: Checked) -> str:
    claims = [
        claim.text + "".join(f" [{n}]" for n in claim.citations) for claim in checked.claims
    ]
    return "\n".join(part for part in (draft.text, *claims) if part)


def _notes(draft: Draft, checked: Checked) -> tuple[str, ...]:
    notes = list(draft.notes)
    if dropped := draft.dropped + checked.dropped:
        notes.append(f"{dropped} udsagn blev udeladt, fordi belægget ikke holdt.")
    return tuple(notes)
