"""What a block or a briefing says of itself: what fell, and what there was no room to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def fell(lines: int) -> Iterator[str]:
    """Say that lines did not hold, where any fell."""
    if lines:
        told = "1 linje" if lines == 1 else f"{lines} linjer"
        yield f"{told} blev udeladt, fordi belægget ikke holdt."


FROM_CASE = "Blokken er derfor lavet uden sprogmodel, af sagens egne sætninger."
NOTHING_HELD = "Intet af det, som sprogmodellen skrev, har belæg i sagen."
NOT_DANISH = "Sagens tekst er ikke på dansk, og sprogmodellen er derfor ikke spurgt."


def supplied(parts: Sequence[str]) -> Iterator[str]:
    """Say which parts of a block are made without the model that made the rest."""
    if parts:
        told = " og ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
        yield f"Sprogmodellens linjer slog ikke til. Lavet uden sprogmodel: {told}."


def unread(count: int, what: str) -> Iterator[str]:
    """Say how much of a long case was not read, where anything was not; `what` is in the plural."""
    if count:
        yield (
            f"Sagen er så lang, at {count} {what} ikke er læst: resumé, indstilling og økonomi er "
            "læst først."
        )
