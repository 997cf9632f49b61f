"""What a language model is asked of a case: numbered, fenced passages with opaque keys.

A case that its context has no room for is asked of in parts, and then of the lines of the parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Span, body_and_day
from assistant.answering.verify import folded
from assistant.generative.passages import fenced, fitted, keyed, room, section_passages, told
from assistant.summarising.case import Case
from assistant.summarising.reply import MOST_ARGUMENTS, MOST_LINES, MOST_SENTENCES, LineKind
from assistant.summarising.topics import MOST_TOPICS
from assistant.types import SectionKind
from prompts import CaseMergePrompt, CasePartPrompt, CaseSummaryPrompt, Rendered

_ORDER: tuple[SectionKind, ...] = (
    "resume", "indstilling", "oekonomi", "sagsfremstilling", "hoering", "tidsplan", "lovgrundlag",
    "other",
)  # fmt: skip
"""The kinds of section that are given, those first that a summary can least do without."""
_REPLY = 1800
"""Tokens that are kept free for the reply, and for its form where it is told in the prompt."""
_AROUND = 80
"""Characters of number, key, heading and fences around a passage."""
_LEAST_ROOM = 1500
_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt that asks of a case, and what an answer may use.

    `given` are the passages by their keys, in the order that the prompt has them; `left_out` is how
    many there was no room for.
    """

    case: Case
    prompt: Rendered
    given: dict[str, Span]
    topics: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class PartsOfCase:
    """A case's passages as one call has room for them; one part where all of them fit."""

    parts: tuple[tuple[Span, ...], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line that a part of a case gave and that holds, and where its quotes stand."""

    text: str
    kind: LineKind
    spans: tuple[Span, ...]


def parts_of(
    case: Case, topics: Sequence[str], context: int, most_parts: int = _MOST_PARTS
) -> PartsOfCase:
    """Return the case in parts that a model of so many tokens has room for.

    Of a case that would need too many, what a summary can least do without.
    """
    spans = passages_of(case)
    bare = _summary_prompt(case, topics, {})
    most = max(_LEAST_ROOM, room(context, bare, _REPLY))
    chosen = spans if _cost(spans) <= most else [
        span for span in fitted(spans, needs(spans), most_parts * most - _AROUND * len(spans))
        if _cost([span]) <= most
    ]
    parts: list[list[Span]] = [[]]
    for span in chosen:
        if parts[-1] and _cost([*parts[-1], span]) > most:
            parts.append([])
        parts[-1].append(span)
    kept = parts[:most_parts]
    return PartsOfCase(tuple(map(tuple, kept)), len(spans) - sum(map(len, kept)))


def summary_request(
    case: Case, topics: Sequence[str], spans: Sequence[Span], left_out: int = 0
) -> Request:
    """Return what to ask a model so that it summarises the case, choosing among the topics."""
    given = keyed(spans)
    return Request(case, _summary_prompt(case, topics, given), given, tuple(topics), left_out)


def part_request(case: Case, spans: Sequence[Span], part: int, parts: int) -> Request:
    """Return what to ask a model of one part of a long case; `part` is counted from 1."""
    given = keyed(spans)
    prompt = CasePartPrompt(
        title=folded(case.item.title),
        part=part,
        parts=parts,
        passages=told_passages(given),
        most_lines=MOST_LINES,
    )
    return Request(case, prompt.render(), given)


def merge_request(
    case: Case, topics: Sequence[str], lines: Sequence[HeldLine], context: int, left_out: int = 0
) -> Request:
    """Return what to ask a model of the lines that the parts gave, as far as there is room.

    Its keys are those of the lines' quotes: nothing else can be cited.
    """
    most = max(_LEAST_ROOM, room(context, _merge_prompt(case, topics, ""), _REPLY))
    kept = _first_of_each(lines, most)
    given = keyed([span for line in kept for span in line.spans])
    keys = iter(given)
    shown = "\n\n".join(
        _told_line(number, line, [next(keys) for _ in line.spans])
        for number, line in enumerate(kept, start=1)
    )
    return Request(case, _merge_prompt(case, topics, shown), given, tuple(topics), left_out)


def passages_of(case: Case) -> list[Span]:
    """Return the case as it is put to the body, in passages, in the order of its text."""
    return [span for stored in case.of_kind(*_ORDER) for span in section_passages(stored)]


def needs(spans: Sequence[Span]) -> list[int]:
    """Return for each passage how well a summary can do without it; 0 is least."""
    return [_ORDER.index(span.stored.section.kind) for span in spans]


def told_passages(given: dict[str, Span]) -> str:
    """Return the passages as a prompt has them."""
    return told(given, {key: _heading(span) for key, span in given.items()})


def where(case: Case) -> str:
    """Return the body and the day as a prompt has them."""
    return body_and_day(case.item.committee, case.item.meeting_date) or "ikke oplyst"


def _summary_prompt(case: Case, topics: Sequence[str], given: dict[str, Span]) -> Rendered:
    return CaseSummaryPrompt(
        title=folded(case.item.title),
        body=where(case),
        topics=", ".join(topics),
        passages=told_passages(given),
        most_sentences=MOST_SENTENCES,
        most_arguments=MOST_ARGUMENTS,
        most_topics=MOST_TOPICS,
    ).render()


def _merge_prompt(case: Case, topics: Sequence[str], lines: str) -> Rendered:
    return CaseMergePrompt(
        title=folded(case.item.title),
        body=where(case),
        topics=", ".join(topics),
        lines=lines,
        most_sentences=MOST_SENTENCES,
        most_arguments=MOST_ARGUMENTS,
        most_topics=MOST_TOPICS,
    ).render()


def _cost(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start + _AROUND for span in spans)


def _heading(span: Span) -> str:
    section = span.stored.section
    return folded(section.heading) or section.kind


def _first_of_each(lines: Sequence[HeldLine], left: int) -> list[HeldLine]:
    """The lines that there is room for, the first of every kind before the second of any."""
    rank: dict[LineKind, int] = {}
    ranked = []
    for place, line in enumerate(lines):
        rank[line.kind] = rank.get(line.kind, 0) + 1
        ranked.append((rank[line.kind], place))
    places = []
    for _, place in sorted(ranked):
        left -= len(_told_line(place, lines[place], ["    "] * len(lines[place].spans)))
        if left < 0:
            break
        places.append(place)
    return [lines[place] for place in sorted(places)]


def _told_line(number: int, line: HeldLine, keys: Sequence[str]) -> str:
    return "\n".join(_line_parts(number, line, keys))


def _line_parts(number: int, line: HeldLine, keys: Sequence[str]) -> Iterator[str]:
    yield f"Linje {number}, {line.kind}:\n{fenced(line.text)}"
    for key, span in zip(keys, line.spans, strict=True):
        yield f"Citat, nøgle {key}:\n{fenced(span.quote)}"
