"""Small documents for the store's tests."""

from datetime import date

from assistant.store.store import NewDocument, Store
from assistant.store.stored import placed_sections
from assistant.types import (
    Action,
    AgendaItem,
    Block,
    Decision,
    Document,
    Meeting,
    Participant,
    Passage,
    PointDecision,
    Section,
    Step,
    Substitute,
    Table,
    Unit,
    Vote,
)

DECISION = Decision(
    "godkendt",
    "1.-2. Godkendt. Imod stemte F og Ø. Ib var fraværende. Liv By deltog i stedet for Ib Ek.",
    (PointDecision(("1", "2"), "godkendt", "Godkendt."),),
    (Vote("against", ("F", "Ø"), "Imod stemte F og Ø."),),
    ("Ib",),
    (Substitute("Liv By", "Ib Ek"),),
)


def section(text: str, kind: str = "sagsfremstilling") -> Section:
    """One section whose text is one paragraph."""
    return Section(kind, kind.title(), text, (Block("paragraph", 0, len(text)),))  # type: ignore[arg-type]


def meeting(
    name: str = "m1", *texts: str, committee: str = "Byrådet", day: date = date(2025, 5, 27)
) -> Document:
    """A meeting with one open item for each text, and one closed item."""
    items = [
        AgendaItem(f"{name}-{n}", str(n), f"Punkt om {text.split()[0]}", f"00.01.00-P20-{n}-25",
                   sections=(section(text),),
                   decision=DECISION)
        for n, text in enumerate(texts or ("Cykelstien langs havnen koster 700.000 kr.",), start=1)
    ]  # fmt: skip
    closed = AgendaItem(f"{name}-lukket", "99", "Lukket punkt: Ejendomssalg", closed=True)
    return Document(
        name, f"{name}.json", "minutes", f"{committee} {day}", "Fjordby", day,
        meeting=Meeting(name, committee, day, "Rådhuset", (Participant("Ib", absent=True),)),
        items=(*items, closed),
    )  # fmt: skip


def plan(name: str = "plan") -> Document:
    """A plan with a table and an action."""
    text = "Tiltag\tBeløb\nSti\t700"
    table = Section(
        "oekonomi", "Økonomi", text,
        (Block("table_header", 0, 12, cells=((0, 6), (7, 12)), table=0),
         Block("table_row", 13, 20, cells=((13, 16), (17, 20)), table=0)),
        (Table("Udgifter", "1.000 kr.", ("Tiltag", "Beløb")),),
    )  # fmt: skip
    action = Action("Sti", "Trafik", (Step("1", "Tegn", "2026"),), "Teknik", "2027", ("Støj",))
    return Document(
        name, f"{name}.md", "plan", "Handleplan", "Fjordby", sections=(table,),
        actions=(action,), action_sections=(0,),
    )  # fmt: skip


def unit(section: Section, title: str = "") -> Unit:
    """The whole of a section's text as one unit."""
    return Unit("sentence", 0, len(section.text), 0, f"{title}\n{section.text}")


def new(store: Store, document: Document, source: str = "", sha256: str = "") -> NewDocument:
    """A document ready to store, one passage and one unit a section."""
    sections = [section for section, _ in placed_sections(document)]
    passages = [
        [store.new_passage(Passage(s.text, 0, len(s.text), "Fjordby", document.title, s.heading))]
        for s in sections
    ]
    units = [[store.new_unit(unit(s, document.title))] for s in sections]
    return NewDocument(
        document, source or f"/{document.name}", sha256 or document.name, passages, units
    )


def put(store: Store, *documents: NewDocument) -> None:
    """Embed and store; nothing may stand in the way."""
    store.embed([told for one in documents for told in one.embedded()])
    assert store.add(documents) == [None] * len(documents)
