"""What a language model is asked: one case as numbered, fenced passages with opaque keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Span, body_and_day
from assistant.answering.verify import folded
from assistant.danish.sentences import sentences
from assistant.store.stored import StoredSection
from assistant.summarising.case import Case
from assistant.summarising.reply import MOST_ARGUMENTS, MOST_SENTENCES
from assistant.summarising.topics import MOST_TOPICS
from assistant.summarising.unsaid import SENTENCES
from assistant.types import SectionKind
from prompts import CaseSummaryPrompt, Rendered

_ORDER: tuple[SectionKind, ...] = (
    "resume", "indstilling", "oekonomi", "sagsfremstilling", "hoering", "tidsplan", "lovgrundlag",
    "other",
)  # fmt: skip
"""The kinds of section that are given, those first that a summary can least do without."""
_LONGEST = 1200
"""Characters that a passage holds before the next sentence opens a new one."""
_MOST = 24_000
"""Characters of all passages together: about 7,000 tokens."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_KEY_LENGTH = 4
_FENCE = re.compile(r"`{3,}")


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt that asks of a case, and what an answer may use.

    `given` are the passages by their keys, in the order that the prompt has them; `left_out` is how
    many there was no room for.
    """

    case: Case
    prompt: Rendered
    given: dict[str, Span]
    topics: tuple[str, ...]
    left_out: int


def summary_request(case: Case, topics: Sequence[str]) -> Request:
    """Return what to ask a model so that it summarises the case, choosing among the topics."""
    spans = list(_spans(case))
    chosen = _chosen(spans)
    given = _keyed(chosen)
    item = case.item
    prompt = CaseSummaryPrompt(
        title=folded(item.title),
        body=body_and_day(item.committee, item.meeting_date) or "ikke oplyst",
        topics=", ".join(topics),
        passages="\n\n".join(
            _told(number, key, span) for number, (key, span) in enumerate(given.items(), start=1)
        ),
        unsaid=", ".join(SENTENCES),
        most_sentences=MOST_SENTENCES,
        most_arguments=MOST_ARGUMENTS,
        most_topics=MOST_TOPICS,
    )
    return Request(case, prompt.render(), given, tuple(topics), len(spans) - len(chosen))


def _spans(case: Case) -> Iterator[Span]:
    """The case in passages of whole sentences, in the order of its text."""
    for stored in case.of_kind(*_ORDER):
        yield from _section_spans(stored)


def _section_spans(stored: StoredSection) -> Iterator[Span]:
    start, end = 0, 0
    for sentence in sentences(stored.section.text):
        if end and sentence.end - start > _LONGEST:
            yield Span(stored, start, end)
            end = 0
        start, end = (start if end else sentence.start), sentence.end
    if end:
        yield Span(stored, start, end)


def _chosen(spans: Sequence[Span]) -> list[Span]:
    """Those that there is room for, the most needed kinds first; in the order of the text."""
    room, places = _MOST, []
    by_need = sorted(range(len(spans)), key=lambda n: _ORDER.index(spans[n].stored.section.kind))
    for place in by_need:
        length = spans[place].end - spans[place].start
        if length <= room:
            room -= length
            places.append(place)
    return [spans[place] for place in sorted(places)]


def _keyed(spans: Sequence[Span]) -> dict[str, Span]:
    keyed: dict[str, Span] = {}
    for span in spans:
        keyed[_key(span, keyed)] = span
    return keyed


def _key(span: Span, taken: Collection[str]) -> str:
    """A key that says nothing of what it stands for, so that no model can guess another's."""
    place = f"{span.stored.source.section_id}:{span.start}"
    tried = 0
    while True:
        digest = hashlib.blake2b(f"{place}:{tried}".encode(), digest_size=_KEY_LENGTH).digest()
        key = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
        if key not in taken:
            return key
        tried += 1


def _told(number: int, key: str, span: Span) -> str:
    """A passage between fences that are longer than any in its own text."""
    section = span.stored.section
    text = section.text[span.start:span.end]
    fence = "`" * (1 + max((len(run) for run in _FENCE.findall(text)), default=2))
    heading = folded(section.heading) or section.kind
    return f"Kilde {number}, nøgle {key}, {heading}:\n{fence}\n{text}\n{fence}"
