"""The service: everything a person does in the UI, the API and the command line goes through it."""

from __future__ import annotations

import time
from typing import Any

from assistant.answering import extractive
from assistant.answering.draft import Draft
from assistant.answering.follow_ups import follow_ups
from assistant.answering.verify import Checked, check
from assistant.errors import WrongUseError
from assistant.retrieval.retriever import Retrieved, Retriever
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.types import EVERYWHERE, Answer, Filters, Hit

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
            provenance={
                "embedding": self.store.embedder.name,
                "prompt": "",
                "index": self.store.catalogue.fingerprint(),
            },
        )

    def search(self, query: str, filters: Filters = EVERYWHERE, limit: int = _TOP_K) -> list[Hit]:
        """Return the passages that fit the query best. Raises WrongUseError as `ask` does."""
        return list(self.retrieve(query, filters, limit).hits)

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
    if checked.dropped:
        notes.append(f"{checked.dropped} udsagn blev udeladt, fordi belægget ikke holdt.")
    return tuple(notes)
