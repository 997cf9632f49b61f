"""What a case may leave unsaid, and the Danish sentence that *Ikke belyst i sagen* has for each."""

from __future__ import annotations

from typing import Literal

Unsaid = Literal[
    "fordele", "ulemper", "økonomi", "alternativer", "høring", "høringssvar", "tidsplan"
]

SENTENCES: dict[Unsaid, str] = {
    "fordele": "Der er ikke fundet udtrykkelige fordele i sagen.",
    "ulemper": "Der er ikke fundet udtrykkelige ulemper i sagen.",
    "økonomi": "Sagen oplyser ikke om økonomi.",
    "alternativer": "Sagen beskriver ingen alternativer.",
    "høring": "Sagen oplyser ikke om høring eller inddragelse.",
    "høringssvar": "Høring eller inddragelse er planlagt eller i gang; sagen gengiver ingen svar.",
    "tidsplan": "Sagen oplyser ingen tidsplan.",
}
NO_CHOICE = "Sagen lægger ikke op til et valg med fordele og ulemper."
"""Said alone, of a case that asks for no decision: there is nothing that it leaves unsaid."""
