"""Made cases: an item with sections of given kinds, not stored."""

from datetime import date

from assistant.summarising.case import Case, case_of
from assistant.types import AgendaItem, Document, Meeting, Section, SectionKind
from ingest.sections import SectionBuilder


def section(kind: SectionKind, text: str) -> Section:
    """A section of one paragraph a line; `- ` before a list item, `# ` before a subheading."""
    builder = SectionBuilder(kind, kind.title())
    for line in text.strip().splitlines():
        if line.startswith("# "):
            builder.add_subheading(line[2:])
        elif line.startswith("- "):
            builder.add_list_item(line[2:], "-")
        else:
            builder.add_paragraph(line)
    return builder.build()


def document(
    *items: AgendaItem, committee: str = "Byråd 2022-2025", sections: tuple[Section, ...] = ()
) -> Document:
    """A meeting of the made municipality with the items."""
    day = date(2025, 5, 27)
    return Document(
        "m1", "m1.json", "agenda", f"{committee} {day}", "Fjordby", day,
        meeting=Meeting("m1", committee, day), items=items, sections=sections,
    )  # fmt: skip


def case(
    title: str = "Cykelsti langs Havnevej",
    committee: str = "Byråd 2022-2025",
    case_number: str = "05.01.00-P20-1-25",
    **texts: str,
) -> Case:
    """An open item whose sections have the given texts, by their kind."""
    sections = tuple(section(kind, text) for kind, text in texts.items())  # type: ignore[arg-type]
    item = AgendaItem("i1", "7", title, case_number, sections=sections)
    return case_of(document(item, committee=committee), item)
