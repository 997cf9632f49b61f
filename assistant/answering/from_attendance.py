"""Who was at a meeting, from the meeting's head."""

from __future__ import annotations

from assistant.answering.draft import Draft, Span
from assistant.answering.reading import Reading
from assistant.retrieval.retriever import Retrieved
from assistant.store.catalogue import Catalogue
from assistant.store.stored import StoredSection

_HEADING = "Mødedeltagere"


def answer_from_attendance(reading: Reading) -> Draft | None:
    """Return the lines of the meeting's head that name who was there, or None.

    The meeting is the one that the question's body and day narrow to.
    """
    found, catalogue = reading.found, reading.catalogue
    stored = _head(found, catalogue)
    if stored is None:
        return None
    draft = Draft()
    for block in stored.section.blocks:
        told = stored.section.text[block.start:block.end]
        if told.startswith(("Deltagere", "Mødedeltagere", "Medlemmer", "Afbud", "Fraværende")):
            draft.quote(Span(stored, block.start, block.end))
    return draft if draft.claims else None


def _head(found: Retrieved, catalogue: Catalogue) -> StoredSection | None:
    filters = found.filters
    if not (filters.date_from and filters.date_from == filters.date_to):
        return None
    documents = {
        document
        for document, committee, day in catalogue.meeting_days()
        if day == filters.date_from and (not filters.committee or committee in filters.committee)
    }
    if len(documents) > 1:
        hit = next((h for h in found.hits if h.source.document_id in documents), None)
        documents = {hit.source.document_id} if hit else documents
    for document_id in sorted(documents):
        for stored in catalogue.document_sections(document_id):
            if stored.section.heading == _HEADING:
                return stored
    return None
