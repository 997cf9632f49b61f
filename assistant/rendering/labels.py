"""Every Danish word that the renderings themselves say."""

from __future__ import annotations

from datetime import datetime

from assistant.danish.dates import danish_date
from assistant.types import EngineName, KeptSummary, SectionKind, SummaryStatus

SUMMARY_TITLE = "Prompt resultater"
BRIEFING_TITLE = "Mødeforberedelse"
QUESTION = "Spørgsmål"
SUMMARY = "Opsummering"
ADVANTAGES = "Fordele"
DISADVANTAGES = "Ulemper"
KEYWORDS = "Emneord"
NOT_TOLD = "Ikke belyst i sagen"
NOTES = "Bemærkninger"
SOURCES = "Kilder"
ASKED = "Hvad der spørges om"
RECOMMENDED = "Indstilling (foreslået – ikke besluttet)"
MONEY = "Økonomi"
DECIDED_BEFORE = "Tidligere beslutninger i sagen"
QUESTIONS = "Spørgsmål, et medlem kan stille"
CLOSED = "Lukket"
CONTENTS = "Punkter"
NO_ECONOMY = "Sagen har ikke et afsnit om økonomi."
NO_RECOMMENDATION = "Sagen har ikke en indstilling."
DERIVED = "afledt"
DERIVED_MEANS = "»afledt« betyder, at linjen er sluttet af sagens oplysninger og ikke står i den."
STALE = (
    "Forældet: Sagens tekst er ændret, siden denne blok blev lavet. "
    "Få den lavet om, før den bruges."
)
UNSUPPORTED = "Tal uden belæg i kilden: {figures}. Kontrollér dem, før teksten bruges."
OPEN_SOURCE = "Åbn kilden"
OPEN_ITEM = "Åbn punktet i portalen"
BACK = "Kilde {number}: tilbage til teksten"
SEE_SOURCE = "Se kilde {number}"
PAGE = "Side"
OF_PAGES = "af"

MUNICIPALITY = "Kommune"
BODY = "Udvalg"
DAY = "Mødedato"
PLACE = "Sted"
ITEM = "Punkt"
CASE_NUMBER = "Sagsnummer"
STATUS = "Status"
METHOD = "Metode"

_QUOTED = "ordrette uddrag af sagens egen tekst"
_METHODS = {
    "extractive": f"{_QUOTED}, uden sprogmodel",
    "generative": "skrevet af en sprogmodel og kontrolleret mod sagens tekst",
}
STATUSES: dict[SummaryStatus, str] = {"udkast": "Udkast", "godkendt": "Godkendt"}
_SECTIONS: dict[SectionKind, str] = {
    "resume": "Resume",
    "indstilling": "Indstilling (foreslået – ikke besluttet)",
    "sagsfremstilling": "Sagsfremstilling",
    "beslutning": "Beslutning (truffet på mødet)",
    "oekonomi": "Økonomi",
    "lovgrundlag": "Lovgrundlag",
    "hoering": "Høring",
    "tidsplan": "Tidsplan",
    "sagsforloeb": "Sagens forløb (tidligere behandling)",
    "bilag": "Bilag",
    "other": "",
}

UNCHECKED = "Udarbejdet maskinelt – ikke kontrolleret af en person"
PARTLY_CHECKED = "Udarbejdet maskinelt – kun kontrolleret af en person, hvor det står ved punktet"


def made(kept: KeptSummary) -> str:
    """Return the label of what a machine made, and whether a person has checked it."""
    if kept.status != "godkendt" or not kept.approved_by:
        return UNCHECKED
    day = moment(kept.approved_at) if kept.approved_at else ""
    return f"Udarbejdet maskinelt – kontrolleret af {kept.approved_by}{day and f' den {day}'}"


def method(engine: EngineName, model: str | None) -> str:
    """Return how an engine works, in words that a reader needs no explanation of."""
    return _METHODS[engine] + (f" ({model})" if model else "")


def briefing_method(engine: EngineName, model: str | None) -> str:
    """Return how a briefing was made: whichever engine, most of it is the material's own words."""
    if engine == "extractive":
        return method(engine, model)
    return f"{_QUOTED}; spørgsmålene er {method(engine, model)}"


def section(kind: SectionKind, heading: str) -> str:
    """Return a section by its kind and its own heading; recommended and decided by these words."""
    name = _SECTIONS[kind]
    if not name:
        return heading
    known = name.partition(" (")[0].casefold()
    return name if not heading or heading.casefold() == known else f"{name}, »{heading}«"


def moment(written: str) -> str:
    """Return the day of an ISO date or time as a Danish date; what is neither, as it is."""
    try:
        return danish_date(datetime.fromisoformat(written).date())
    except ValueError:
        return written
