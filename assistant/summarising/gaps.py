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
        "tidsplan",
        ("tidsplan",),
        re.compile(
            r"tidsplan|\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|"
            r"november|december)\b|\b(?:1|2|3|4)\. (?:kvartal|halvår)|\b(?:forår|sommer|efterår|"
            r"vinter)\w*\b|\buge \d|\b20\d\d\b|snarest|ikrafttræde|træder i kraft", re.I,
        ),
    ),
)  # fmt: skip
_HELD = re.compile(
    r"\b(?:har været|været|blev|var|er blevet)\b[^.]{0,60}\bi (?:\w+ ){0,3}?\w*høring"
    r"|\b(?:indkom\w*|modtaget|modtog|afgivet|afgav)\b[^.]{0,80}(?:høringssvar|bemærkning|indsigelse)"
    r"|høringssvar\w*\b[^.]{0,60}\b(?:indkom\w*|modtaget|afgivet|behandlet|givet anledning|"
    r"viser|peger)"
    r"|\bi (?:\w+ )?høringssvar|\b(?:er|blevet|været|har) (?:\w+ ){0,3}?hørt\b(?! op)"
    r"|(?<!blive )\b(?:afholdt|holdt|gennemført|foretaget|foretog|udsendte|afviklet)\b[^.]{0,60}"
    r"(?:\w*høring|inddragelse|borgermøde|dialogmøde|workshop|naboorientering)"
    r"|(?:høring|borgermøde|dialogmøde|workshop|naboorientering)\w*\b[^.]{0,60}"
    r"\b(?:blev|er) (?:afholdt|holdt|gennemført)"
    r"|\b(?:er|blevet|været) (?:\w+ ){0,2}?inddraget\b|\bhar (?:\w+ ){0,3}?inddraget\b"
    r"|\bværet en (?:\w+ )?inddragelse|\bhøringen (?:viste|gav|har)", re.I,
)
"""That somebody has been heard."""
_PLANNED = re.compile(
    r"\b(?:sendes|udsendes|sende|udsende|sendt|skal|kommer|fremsendes|vil)\b[^.]{0,80}\b\w*høring\b"
    r"|\boffentlig høring\b|\bhøring\w*\b[^.]{0,60}\b(?:vil|skal|løber|forventes|afholdes|sker)\b"
    r"|\bsker en høring|\b(?:skal|vil blive) (?:\w+ ){0,2}?hørt?\b|\bskal høres\b"
    r"|\b(?:borger|bruger|interessent|forældre|medarbejder)\w* (?:\w+ ){0,2}?inddrages"
    r"|\b(?:vil|skal|afholdes|holdes)\b[^.]{0,60}(?:borgermøde|dialogmøde|inddragelse af (?:borger|"
    r"bruger|nabo|forældre|interessent|medarbejder|beboer)|(?:borger|bruger)inddragelse)"
    r"|(?:borgermøde|dialogmøde)\w* (?:afholdes|holdes)", re.I,
)
"""That somebody is to be heard; a mention of the word is neither."""
_NOT_NEEDED = re.compile(r"\bikke\b[^.]{0,60}\b(?:høring\b|høres\b)", re.I)
"""That nobody is to be heard, which is stated too."""
_PUT: tuple[SectionKind, ...] = (
    "resume", "indstilling", "sagsfremstilling", "oekonomi", "hoering", "tidsplan", "other",
)  # fmt: skip


def gaps(case: Case, fordele: int, ulemper: int) -> list[str]:
    """Return a short Danish sentence for everything that the case does not state.

    A case that asks for no decision has nothing to state for or against one.
    """
    if not decides(case):
        return [NO_CHOICE]
    text = "\n".join(one.section.text for one in case.of_kind(*_PUT))
    unsaid: list[Unsaid] = [] if fordele else ["fordele"]
    unsaid += [] if ulemper else ["ulemper"]
    unsaid += _hearing(text, _has_text(case, ("hoering",)))
    unsaid += [
        of
        for of, kinds, words in _LOOKED_FOR
        if not (kinds and _has_text(case, kinds)) and not words.search(text)
    ]
    return [SENTENCES[of] for of in unsaid]


def _hearing(text: str, has_section: bool) -> list[Unsaid]:
    """Whether nothing is said of a hearing, or only that there will be one."""
    if _HELD.search(text) or _NOT_NEEDED.search(text):
        return []
    if _PLANNED.search(text):
        return ["høringssvar"]
    return [] if has_section else ["høring"]


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
