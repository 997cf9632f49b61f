"""What a block or a briefing says of itself: what fell, and what there was no room to read."""

from __future__ import annotations

from collections.abc import Iterator


def fell(lines: int) -> Iterator[str]:
    """Say that lines did not hold, where any fell."""
    if lines:
        told = "1 linje" if lines == 1 else f"{lines} linjer"
        yield f"{told} blev udeladt, fordi belægget ikke holdt."


def unread(count: int, what: str) -> Iterator[str]:
    """Say how much of a long case was not read, where anything was not; `what` is in the plural."""
    if count:
        yield (
            f"Sagen er så lang, at {count} {what} ikke er læst: resumé, indstilling og økonomi er "
            "læst først."
        )
