"""What a case is about, by the stems of its title and of what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.danish.words import content_stems
from assistant.summarising.case import Case
from assistant.summarising.indstilling import points

_COMPLEMENT = re.compile(
    r"(?<!^)\b(?:for|til|om|i|på|ved|vedr|vedrørende|hos|mellem|under|frem|jf)\b", re.I
)
_MONEY = (
    "udgift udgifter udgiften årlig årligt drift vedligehold omkostning omkostninger mio kr kroner "
    "finansiere finansieret finansiering bevilling tillægsbevilling anlægsbevilling rådighedsbeløb "
    "budget budgettet afsætte afsættes kommune kommunen administrationen samlet"
)
"""Words that tell nothing of what money is spent on."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The stems of all that title and indstilling name, and of what they ask for itself.

    *Kvalitetsstandard for akutpladser* is about both, but asks for the first.
    """

    about: frozenset[str]
    itself: frozenset[str]


def subject(case: Case) -> Subject:
    """Return what the case is about."""
    proposed = case.of_kind("indstilling")
    asked = [point.clause for section in proposed for point in points(section)]
    about = " . ".join([case.item.title, *(one.section.text for one in proposed)])
    itself = " . ".join(_COMPLEMENT.split(text)[0] for text in (case.item.title, *asked))
    of_money = frozenset(content_stems(_MONEY))
    return Subject(
        frozenset(content_stems(about)) - of_money, frozenset(content_stems(itself)) - of_money
    )
