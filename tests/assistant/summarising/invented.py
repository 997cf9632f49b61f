"""An invented case, as it would be gathered from the store."""

from datetime import date

from assistant.store.stored import StoredItem, StoredSection
from assistant.summarising.case import Case
from assistant.types import Section, SectionKind, Source

RESUME = "Klima- og Teknikudvalget skal tage stilling til en cykelsti langs Havnevej."
INDSTILLING = "Administrationen indstiller, at cykelstien anlægges i 2026."
OEKONOMI = "Cykelstien koster 700.000 kr. Driften koster 20.000 kr. om året."


def case(*told: tuple[SectionKind, str], case_number: str = "22-000001", title: str = "") -> Case:
    """A case with these sections, or with three of its own."""
    title = title or "Cykelsti langs Havnevej"
    sections = told or (("resume", RESUME), ("indstilling", INDSTILLING), ("oekonomi", OEKONOMI))
    item = StoredItem(
        "p1", "4", title, case_number, False, None, "m1", "m1.json", "Fjordby",
        "Klima- og Teknikudvalget", date(2025, 5, 13),
    )  # fmt: skip
    return Case(
        item,
        tuple(
            StoredSection(
                Section(kind, kind.title(), text),
                Source(
                    f"m1/{n}", "m1", "m1.json", "minutes", "Fjordby", kind, kind.title(), "p1",
                    "4", title, case_number, "Klima- og Teknikudvalget", date(2025, 5, 13),
                ),
            )
            for n, (kind, text) in enumerate(sections)
        ),
    )  # fmt: skip
