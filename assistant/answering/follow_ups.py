"""Questions that the item behind an answer can answer next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.store.catalogue import Catalogue
from assistant.types import Citation, SectionKind

_MOST = 3
_LONGEST_TITLE = 90
_ASKED: tuple[tuple[SectionKind, str], ...] = (
    ("beslutning", "Hvad blev der besluttet om »{title}«?"),
    ("indstilling", "Hvad indstilles der i sagen »{title}«?"),
    ("oekonomi", "Hvad er de økonomiske konsekvenser af »{title}«?"),
    ("tidsplan", "Hvad er tidsplanen for »{title}«?"),
)


def follow_ups(citations: Sequence[Citation], catalogue: Catalogue) -> tuple[str, ...]:
    """Return up to three questions on the first cited item, only such as its sections answer."""
    cited = next((citation for citation in citations if citation.item_id), None)
    if cited is None or len(cited.title) > _LONGEST_TITLE:
        return ()
    used = {citation.section for citation in citations}
    held = {stored.section.kind for stored in catalogue.sections_of_item(cited.item_id)}
    asked = (text for kind, text in _ASKED if kind in held - used)
    return tuple(text.format(title=cited.title) for text in asked)[:_MOST]
