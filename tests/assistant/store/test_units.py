"""Sections to units: what an answer may quote."""

from collections.abc import Callable

import pytest

from assistant.store.units import section_units
from assistant.types import AgendaItem, Document, Section, Unit
from ingest.sections import SectionBuilder

Sections = Callable[[Document], list[tuple[AgendaItem | None, Section]]]
PROSE = "Stien anlægges i to etaper, og den første begynder ved skolen, hvor børnene går. " * 3


def made(fill: Callable[[SectionBuilder], None], heading: str = "Økonomi") -> Section:
    builder = SectionBuilder("oekonomi", heading)
    fill(builder)
    return builder.build()


def told(section: Section, title: str = "Cykelsti") -> list[tuple[str, str]]:
    return [(u.kind, section.text[u.start:u.end]) for u in section_units(section, title)]


def words_of(unit: Unit) -> str:
    return unit.told.partition("\n")[2]


def test_a_paragraph_gives_its_sentences() -> None:
    section = made(lambda b: b.add_paragraph("Det koster 2 mio. kr. Det er dyrt."))
    assert told(section) == [("sentence", "Det koster 2 mio. kr."), ("sentence", "Det er dyrt.")]


def test_a_unit_is_told_under_its_title_and_heading() -> None:
    (unit,) = section_units(made(lambda b: b.add_paragraph("Det er dyrt.")), "Cykelsti")
    assert unit.told == "Cykelsti · Økonomi\nDet er dyrt."
    (bare,) = section_units(made(lambda b: b.add_paragraph("Det er dyrt."), heading=""), "Cykelsti")
    assert bare.told == "Cykelsti\nDet er dyrt."


def test_a_list_item_is_one_unit_without_its_marker() -> None:
    section = made(lambda b: b.add_list_item("en sti. En bro", raw_marker="1. "))
    assert told(section) == [("list_item", "en sti. En bro")]


def test_a_list_item_of_running_text_gives_its_sentences() -> None:
    section = made(lambda b: b.add_list_item(PROSE))
    assert {kind for kind, _ in told(section)} == {"sentence"}
    assert len(told(section)) == 3


def test_a_table_row_is_told_with_its_column_names_and_the_tables_unit() -> None:
    rows = [["Tiltag", "2024", "2025"], ["Sti", "700", ""], ["Bro", "50", "60"]]
    section = made(lambda b: b.add_table(rows, caption="Udgifter i 1.000 kr."))
    first, second = section_units(section, "Cykelsti")
    assert section.text[second.start:second.end] == "Bro\t50\t60"
    assert words_of(second) == "Udgifter i 1.000 kr. | Tiltag: Bro; 2024: 50; 2025: 60 | 1.000 kr."
    assert "2024: 700" in words_of(first)
    assert "2025" not in words_of(first), "an empty cell is not told"


def test_a_row_without_column_names_is_told_by_its_cells() -> None:
    section = made(lambda b: b.add_table([["Sti", "700"], ["Bro", "50"]], header_rows=0))
    assert [words_of(unit) for unit in section_units(section, "")] == ["Sti; 700", "Bro; 50"]


def test_a_cell_of_running_text_gives_its_sentences_beside_the_row() -> None:
    rows = [["Step", "Frist", "Indhold"], ["1", "2025", PROSE], ["2", "2026", "Kort"]]
    section = made(lambda b: b.add_table(rows, header_rows=1))
    first, *rest = section_units(section, "")
    assert first.kind == "row"
    assert words_of(first) == "Step: 1; Frist: 2025"
    assert [unit.kind for unit in rest] == ["sentence"] * 3 + ["row"]
    assert section.text[rest[0].start:rest[0].end] in PROSE


def test_the_names_of_columns_are_no_unit() -> None:
    rows = [["Tiltag", "Kroner"], ["Sti", "700"]]
    section = made(lambda b: b.add_table(rows, header_rows=1))
    assert [text for _, text in told(section)] == ["Sti\t700"]


def test_an_empty_section_has_no_units() -> None:
    assert section_units(Section("other", "", ""), "Cykelsti") == []


@pytest.fixture
def sections(sample: dict[str, Document], all_sections: Sections) -> list[Section]:
    """Every section of the sample corpus."""
    return [section for document in sample.values() for _, section in all_sections(document)]


def test_every_unit_lies_in_its_block_in_the_order_of_the_text(sections: list[Section]) -> None:
    for section in sections:
        units = section_units(section, "")
        for unit in units:
            block = section.blocks[unit.block]
            assert block.start <= unit.start < unit.end <= block.end
            assert section.text[unit.start:unit.end].strip()
        assert [unit.block for unit in units] == sorted(unit.block for unit in units)


def test_what_is_told_of_a_sentence_or_list_item_is_what_is_quoted(
    sections: list[Section],
) -> None:
    for section in sections:
        for unit in section_units(section, "Titel"):
            if unit.kind != "row":
                assert words_of(unit) == section.text[unit.start:unit.end]


def test_units_cover_the_sample_but_headings_and_rows_of_a_single_cell(
    sections: list[Section],
) -> None:
    for section in sections:
        covered = {unit.block for unit in section_units(section, "")}
        left = [block for n, block in enumerate(section.blocks) if n not in covered]
        assert {b.kind for b in left} <= {"subheading", "table_header", "table_row"}
        for block in left:
            filled = [cell for cell in block.cells if section.text[slice(*cell)]]
            assert block.kind != "table_row" or len(filled) == 1


def test_sentences_leave_out_no_word_of_a_paragraph(sections: list[Section]) -> None:
    for section in sections:
        units = section_units(section, "")
        for place, block in enumerate(section.blocks):
            if block.kind == "paragraph":
                quoted = [section.text[u.start:u.end] for u in units if u.block == place]
                assert " ".join(" ".join(quoted).split()) == " ".join(
                    section.text[block.start:block.end].split()
                )


def test_a_long_row_takes_no_time() -> None:
    cells = [str(n) for n in range(5000)]
    section = made(lambda b: b.add_table([cells, cells], header_rows=1))
    (unit,) = section_units(section, "")
    assert words_of(unit).endswith("4999: 4999")
