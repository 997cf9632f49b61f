"""Summaries and briefings made by hand for the renderings' tests."""

from dataclasses import replace
from datetime import date

from assistant.briefing.types import BriefedItem, Briefing, BriefingLine
from assistant.store.stored import StoredItem, StoredMeeting
from assistant.summarising.item_summary import ItemSummary
from assistant.types import (
    Argument,
    CaseSummary,
    CheckedFigure,
    Citation,
    KeptSummary,
    Line,
    SectionKind,
)

HOSTILE = "<script>alert(1)</script> *fed* [x](javascript:alert(1)) & # | `kode`"
URL = "https://dagsordener.fjordby.dk/vis/1?a=1&b=2"
QUOTES = {
    1: "Administrationen indstiller, at der anlægges en cykelsti på Havnevej",
    2: "Cykelstien koster 700.000 kr.",
    3: f"Den giver tryggere skoleveje {HOSTILE}",
}


def item(
    identity: str = "p-1", title: str = "Cykelsti på Havnevej", closed: bool = False
) -> StoredItem:
    """An item of the council's meeting in May 2025."""
    return StoredItem(
        id=identity, number="4", title=title, case_number="25-004711", closed=closed,
        decision=None, document_id="m1", document="m1.json", municipality="Fjordby",
        committee="Byråd 2022-2025", meeting_date=date(2025, 5, 27), url=URL,
    )  # fmt: skip


def citation(n: int, kind: SectionKind = "indstilling", item_id: str = "p-1") -> Citation:
    """A citation of the item, in a section of this kind."""
    heading = {"indstilling": "Indstilling", "oekonomi": "Økonomiske konsekvenser"}.get(kind, "")
    return Citation(
        n=n, quote=QUOTES[n], document="m1.json", item_id=item_id, item_number="4",
        title="Cykelsti på Havnevej", case_number="25-004711", committee="Byråd 2022-2025",
        meeting_date="2025-05-27", section=kind, heading=heading, page=None, start=0,
        end=10, url=URL, section_id="m1/3",
    )  # fmt: skip


def summary(item_id: str = "p-1") -> CaseSummary:
    """A block with one derived advantage, no disadvantage, and a hostile quote."""
    return CaseSummary(
        item_id=item_id,
        spoergsmaal=Line("Skal Byrådet godkende, at der anlægges en cykelsti på Havnevej?", (1,)),
        opsummering=(
            Line("Der anlægges en cykelsti på Havnevej.", (1,)),
            Line("Cykelstien koster 700.000 kr.", (2, 1)),
        ),
        fordele=(
            Argument(QUOTES[3], "fra sagen", (3,)),
            Argument("Stien kan tages i brug af skolebørn.", "afledt", (3,)),
        ),
        ulemper=(),
        emneord=("Trafik", "Børn og unge"),
        ikke_belyst=("Sagen beskriver ingen alternativer.",),
        citations=(citation(1), citation(2, kind="oekonomi"), citation(3, kind="beslutning")),
        figures=(CheckedFigure("700.000 kr.", True, 2),),
        engine="extractive",
        model=None,
        provenance={"embedding": "e5"},
    )


def draft(identity: str = "p-1", title: str = "Cykelsti på Havnevej") -> ItemSummary:
    """The block as a draft."""
    kept = KeptSummary(summary(identity), "udkast", "2025-05-20T08:00:00+00:00", "v1")
    return ItemSummary(item(identity, title), kept)


def approved(identity: str = "p-1") -> ItemSummary:
    """The block as a person approved it."""
    made = draft(identity)
    kept = replace(
        made.kept, status="godkendt", approved_by="Liv By", approved_at="2025-05-21T09:30:00+00:00"
    )
    return replace(made, kept=kept)


def briefing() -> Briefing:
    """A meeting of one open and one closed item."""
    meeting = StoredMeeting(
        "m1", "Fjordby", "Byråd 2022-2025", date(2025, 5, 27), "Byrådssalen", "m1", "agenda", 1, 1
    )
    told = BriefedItem(
        item=item(),
        asked=BriefingLine("Skal Byrådet godkende, at der anlægges en cykelsti?", (1,)),
        recommendation=(BriefingLine(QUOTES[1], (1,), "1."),),
        money=(BriefingLine(QUOTES[2], (2,)),),
        decided_before=(BriefingLine(QUOTES[3], (3,), "Teknikudvalget den 13. maj 2025"),),
        questions=(BriefingLine("Hvilke andre løsninger kunne der vælges imellem?"),),
        citations=(
            citation(1), citation(2, kind="oekonomi"), citation(3, kind="beslutning", item_id="p-0")
        ),
        figures=(CheckedFigure("700.000 kr.", True, 2),),
    )  # fmt: skip
    closed = BriefedItem(item("p-2", "Lukket: Salg af grund", closed=True))
    return Briefing(meeting, (told, closed), "extractive", ("Mødet er holdt.",))
