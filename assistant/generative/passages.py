"""The passages that a language model is given: whole sentences, keyed, fenced, as room allows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.answering.draft import Span
from assistant.danish.sentences import sentences
from assistant.store.stored import StoredSection
from prompts import Rendered

CHARACTERS_PER_TOKEN = 2.3
"""Of the Danish of agendas, by the tokenizer of Qwen2.5: one section in twenty has fewer (tables of
figures as few as 2.0), the median is 2.9."""
LONGEST = 1200
"""Characters that a passage holds before the next sentence opens a new one."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 4
_FENCE = re.compile(r"`{3,}")


def room(context: int, prompt: Rendered, reply: int) -> int:
    """Return how many characters of passages a model has room for.

    `context` and `reply` are tokens: all that the model reads and writes, and what it may write;
    `prompt` is the prompt without passages. At least 0.
    """
    asked = len(prompt.system) + len(prompt.user)
    return max(0, int((context - reply) * CHARACTERS_PER_TOKEN) - asked)


def section_passages(stored: StoredSection) -> Iterator[Span]:
    """Yield the section in passages of whole sentences, in the order of its text."""
    start, end = 0, 0
    for sentence in sentences(stored.section.text):
        if end and sentence.end - start > LONGEST:
            yield Span(stored, start, end)
            end = 0
        start, end = (start if end else sentence.start), sentence.end
    if end:
        yield Span(stored, start, end)


def fitted(spans: Sequence[Span], need: Sequence[int], room: int) -> list[Span]:
    """Return the spans that `room` characters hold, those of least `need` first to be taken.

    They stand in the order that they were given in.
    """
    places = []
    for place in sorted(range(len(spans)), key=need.__getitem__):
        length = spans[place].end - spans[place].start
        if length <= room:
            room -= length
            places.append(place)
    return [spans[place] for place in sorted(places)]


def keyed(spans: Sequence[Span]) -> dict[str, Span]:
    """Return the spans by opaque keys: the same from run to run, and told by nothing else."""
    given: dict[str, Span] = {}
    for span in spans:
        given[_key(span, given)] = span
    return given


def fenced(text: str) -> str:
    """Return the text between fences that are longer than any in it."""
    fence = "`" * (1 + max((len(run) for run in _FENCE.findall(text)), default=2))
    return f"{fence}\n{text}\n{fence}"


def told(given: Mapping[str, Span], headings: Mapping[str, str]) -> str:
    """Return the passages as a prompt has them: number, key and heading over the fenced text."""
    return "\n\n".join(
        f"Kilde {number}, nøgle {key}, {headings[key]}:\n"
        + fenced(span.stored.section.text[span.start:span.end])
        for number, (key, span) in enumerate(given.items(), start=1)
    )


def _key(span: Span, taken: Collection[str]) -> str:
    """A key that says nothing of what it stands for, so that no model can guess another's."""
    place = f"{span.stored.source.section_id}:{span.start}"
    tried = 0
    while True:
        digest = hashlib.blake2b(f"{place}:{tried}".encode(), digest_size=KEY_LENGTH).digest()
        key = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
        if key not in taken:
            return key
        tried += 1
