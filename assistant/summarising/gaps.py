"""*Ikke belyst i sagen*: what a case does not say, told by its sections and by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.summarising.arguments import decides
from assistant.summarising.case import Case
from assistant.summarising.unsaid import NO_CHOICE, SENTENCES, Unsaid
from assistant.types import SectionKind

_ONE_SIDED = 3
"""How many arguments on one side, and none on the other, are said to be one-sided."""
_LOOKED_FOR: Sequence[tuple[Unsaid, tuple[SectionKind, ...], re.Pattern[str]]] = (
    (
        "økonomi",
        ("oekonomi",),
        re.compile(r"økonomi|\bkr\.|kroner|udgift|finansier|bevilling|budget|besparelse", re.I),
    ),
    (
        "alternativer",
        (),
        re.compile(
            r"alternativ|\bscenari|\bmodel(?:ler)? (?:\d|[a-e]\b)|\b(?:to|tre|fire|fem|flere) "
            r"(?:mulig|løsnings|model|scenari|forslag)\w*|\bmuligheder(?:ne)? for|i stedet for|"
            r"\boption|\bvariant", re.I,
        ),
    ),
    (
        "høring",
        ("hoering",),
        re.compile(r"høring|hørt\b|inddrage|borgermøde|dialogmøde|partshør|workshop", re.I),
    ),
    (
        "tidsplan",
        ("tidsplan",),
        re.compile(
            r"tidsplan|\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|"
            r"november|december)\b|\b(?:1|2|3|4)\. (?:kvartal|halvår)|\b(?:forår|sommer|efterår|"
            r"vinter)\w*\b|\buge \d|\b20\d\d\b|snarest|ikrafttræde|træder i kraft", re.I,
        ),
    ),
)  # fmt: skip
_PUT: tuple[SectionKind, ...] = (
    "resume", "indstilling", "sagsfremstilling", "oekonomi", "hoering", "tidsplan", "other",
)  # fmt: skip


def gaps(case: Case, fordele: int, ulemper: int) -> list[str]:
    """Return a short Danish sentence for everything that the case does not state.

    A case that asks for no decision has nothing to state for or against one.
    """
    if not decides(case):
        return [NO_CHOICE]
    told = [] if fordele else [SENTENCES["fordele"]]
    if not ulemper:
        told.append(SENTENCES["ulemper"])
    text = "\n".join(one.section.text for one in case.of_kind(*_PUT))
    told += [
        SENTENCES[unsaid]
        for unsaid, kinds, words in _LOOKED_FOR
        if not (kinds and _has_text(case, kinds)) and not words.search(text)
    ]
    return told


def balance(fordele: int, ulemper: int) -> str:
    """Return a note where the case speaks for one side only; empty where it does not."""
    if fordele >= _ONE_SIDED and not ulemper:
        return (
            f"Sagen nævner {fordele} fordele og ingen ulemper: materialet taler kun for den ene "
            "side."
        )
    if ulemper >= _ONE_SIDED and not fordele:
        return (
            f"Sagen nævner {ulemper} ulemper og ingen fordele: materialet taler kun for den ene "
            "side."
        )
    return ""


def _has_text(case: Case, kinds: tuple[SectionKind, ...]) -> bool:
    return any(one.section.text.strip() for one in case.of_kind(*kinds))
