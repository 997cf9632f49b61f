"""An answer as text for a chat: what it says with its marks, then notes, then its sources.

It reads as plain text too, so no more is escaped than would become a link, a picture or a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.rendering import labels
from assistant.rendering.outline import source_note
from assistant.types import Answer, Citation, Claim

BREAK = "\n\n"
"""What stands between two paragraphs."""
_SOURCES = f"**{labels.SOURCES}**"
_LIVE = re.compile(r"\](?=[(:\[])|<(?=[a-zA-Z/!?])")
"""What makes a link or a picture out of brackets, or a tag out of a word."""


def answer_markdown(answer: Answer) -> str:
    """Return the whole answer."""
    claims = map(claim_paragraph, answer.claims)
    return BREAK.join([*lead_paragraphs(answer), *claims, *last_paragraphs(answer)])


def claim_paragraph(claim: Claim) -> str:
    """Return a claim with the numbers of its sources."""
    return inert(claim.text) + "".join(f" [{n}]" for n in claim.citations)


def lead_paragraphs(answer: Answer) -> Iterator[str]:
    """Yield what the answer says before its claims, if anything."""
    claims = "\n".join(claim.marked for claim in answer.claims)
    lead = answer.answer.removesuffix(claims).strip() if claims else answer.answer.strip()
    if lead:
        yield inert(lead)


def last_paragraphs(answer: Answer) -> Iterator[str]:
    """Yield what follows the claims: the notes, the sources, and by what all of it was made."""
    yield from (f"*{inert(note)}*" for note in answer.notes)
    if answer.citations:
        yield _SOURCES
        yield "\n".join(f"- {_source(one)}" for one in answer.citations)
        yield f"*{labels.UNCHECKED}: {labels.method(answer.engine, answer.model)}.*"


def said_alone(text: str) -> str:
    """Return what an earlier answer said, without what `last_paragraphs` put after it."""
    paragraphs = text.split(BREAK)
    said = paragraphs[:paragraphs.index(_SOURCES)] if _SOURCES in paragraphs else paragraphs
    while said and said[-1].startswith("*") and not said[-1].startswith("**"):
        said.pop()
    return BREAK.join(said)


def inert(text: str) -> str:
    """Return text of the material so that no reader of Markdown fetches or runs anything of it."""
    return _LIVE.sub(r"\\\g<0>", text)


def place_of(citation: Citation) -> str:
    """Return where a citation stands: section, body, day, item, title, case and document."""
    return source_note(citation, "").place


def _source(citation: Citation) -> str:
    note = source_note(citation, "")
    link = f" – <{note.link}>" if note.link else ""
    return f"[{citation.n}] {inert(note.place)}: »{inert(note.quote)}«{link}"
