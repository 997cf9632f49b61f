"""Plans by their own headings."""

from datetime import date
from pathlib import Path

from assistant.types import Action, Document, Step
from ingest.read import read_document

ACTION_PLAN = """# Handleplan 2025

Fjordby Kommune

## TRIVSEL

**Handling:** Åben rådgivning

Step 1	Lokaler findes.
Step 2	Rådgivere oplæres.
Ansvar	Liv By
## Tidshorisont
Step 1	Maj 2025
Step 2	Juni 2025
Opmærksomhedspunkter	<ul><li>• Uden navn.</li> <li>Busserne</li></ul>

## OPFØLGNING

Status i december.
"""
DEVELOPMENT_PLAN = """Udviklingsplan 2025-2028

20. februar 2025

Indledning

Planen koster 2 mio. kr.

1. Baggrund

Flere år er gået.

1.1 Inddragelse af ledere

Ledere blev spurgt.

2. Økonomi

Tabel 1:

Nr.	Udgifter i 1.000 kr.	Budget 2025	Budget 2026
1	Drift	7	8

Der er tre mål:

1. Bedre

2. Hurtigere

3. Billigere
"""


def read(text: str) -> Document:
    return read_document(Path("plan.md"), text.encode())


def test_an_action_as_fields() -> None:
    document = read(ACTION_PLAN)
    assert document.actions == (
        Action(
            title="Åben rådgivning",
            theme="TRIVSEL",
            steps=(
                Step("Step 1", "Lokaler findes.", "Maj 2025"),
                Step("Step 2", "Rådgivere oplæres.", "Juni 2025"),
            ),
            responsible="Liv By",
            attention=("Uden navn.", "Busserne"),
        ),
    )


def test_an_action_knows_its_section() -> None:
    document = read(ACTION_PLAN)
    (place,) = document.action_sections
    section = document.sections[place]
    assert section.heading == "TRIVSEL"
    assert section.text.startswith("Handling: Åben rådgivning\nStep 1\tLokaler findes.")
    assert {table.caption for table in section.tables} == {"Handling: Åben rådgivning"}


def test_numbered_chapters_without_markup_open_sections() -> None:
    document = read(DEVELOPMENT_PLAN)
    assert [(section.kind, section.heading) for section in document.sections] == [
        ("other", "Udviklingsplan 2025-2028"),
        ("sagsfremstilling", "1. Baggrund"),
        ("other", "1.1 Inddragelse af ledere"),
        ("oekonomi", "2. Økonomi"),
    ]
    assert (document.kind, document.date) == ("plan", date(2025, 2, 20))


def test_a_spaced_list_is_no_row_of_chapters() -> None:
    section = read(DEVELOPMENT_PLAN).sections[-1]
    assert [section.text[b.start:b.end] for b in section.blocks if b.kind == "list_item"] == [
        "Bedre", "Hurtigere", "Billigere"
    ]


def test_the_table_keeps_unit_and_years() -> None:
    (table,) = read(DEVELOPMENT_PLAN).sections[-1].tables
    assert (table.caption, table.unit) == ("Tabel 1:", "1.000 kr.")
    assert table.columns == ("Nr.", "Udgifter i 1.000 kr.", "Budget 2025", "Budget 2026")


def test_any_other_text_is_an_attachment() -> None:
    text = "Notat om vejen\n\nDet koster 2 mio. kr."
    document = read_document(Path("notat.md"), text.encode())
    assert (document.kind, document.actions) == ("attachment", ())


def test_the_sample_plan(sample: dict[str, Document]) -> None:
    plan = sample["handleplan_sundhed_og_trivsel_2025.md"]
    assert plan.date == date(2025, 2, 20)
    assert len(plan.actions) == len(plan.action_sections) == 5
    assert [len(action.steps) for action in plan.actions] == [3, 3, 3, 4, 2]
    assert all(action.responsible for action in plan.actions)
    assert all(step.deadline for action in plan.actions for step in action.steps)
    assert plan.actions[1].attention[0].startswith("Værkstederne må ikke kaldes")
