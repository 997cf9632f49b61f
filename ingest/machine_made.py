"""Machine-made text inside a document is recognised and kept out: it is never evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from assistant.danish.words import fold

_BLOCK = "prompt resultater"
_PARTS = {"sporgsmaal", "spoergsmaal", "opsummering", "fordele", "ulemper", "emneord"}
_LONGEST_HEADING = 40

T = TypeVar("T")


def without_machine_made(
    blocks: Iterable[T], text: Callable[[T], str], is_heading: Callable[[T], bool]
) -> Iterator[T]:
    """Leave out each *Prompt resultater* block, up to the next heading that is not its own."""
    inside = False
    for block in blocks:
        told = fold(text(block)).strip(" :") if len(text(block)) <= _LONGEST_HEADING else ""
        if told == _BLOCK:
            inside = True
        elif inside and told not in _PARTS and is_heading(block):
            inside = False
        if not inside:
            yield block
