"""Places in a text, and the choice between places that overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: `text[start:end]`."""

    start: int
    end: int


class Placed(Protocol):
    """Anything that has a place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def longest_first(found: Iterable[P], length: int) -> list[P]:
    """The finds that do not overlap, in text order; of two, the longer stays, then the first."""
    taken = bytearray(length)
    kept: list[P] = []
    for item in sorted(found, key=lambda item: item.start - item.end):
        if any(taken[item.start : item.end]):
            continue
        taken[item.start : item.end] = b"\x01" * (item.end - item.start)
        kept.append(item)
    return sorted(kept, key=lambda item: item.start)
