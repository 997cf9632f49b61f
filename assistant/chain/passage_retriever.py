"""Our retrieval as a LangChain retriever, for chains of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.types import EVERYWHERE, Filters, Hit

Search = Callable[[str, Filters, int], Sequence[Hit]]


class PassageRetriever(BaseRetriever):
    """Gives the passages that fit a question best, each with where it stands as metadata.

    `search` is `Assistant.search`.
    """

    search: Search
    filters: Filters = EVERYWHERE
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [_document(hit) for hit in self.search(query, self.filters, self.limit)]


def _document(hit: Hit) -> Document:
    source = hit.source
    metadata: dict[str, Any] = {
        "document": source.document,
        "item_id": source.item_id,
        "item_number": source.item_number,
        "title": source.title,
        "case_number": source.case_number,
        "committee": source.committee,
        "meeting_date": source.meeting_date.isoformat() if source.meeting_date else None,
        "section": source.kind,
        "heading": hit.heading,
        "page": None,
        "start": hit.start,
        "end": hit.end,
        "url": source.url,
        "section_id": source.section_id,
        "municipality": source.municipality,
        "score": hit.score,
    }
    return Document(page_content=hit.text, id=str(hit.passage_id), metadata=metadata)
