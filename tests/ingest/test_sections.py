"""Text that grows block by block, with exact offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Section
from ingest.sections import SectionBuilder, built


def table(*rows: str, before: str = "") -> Section:
    builder = SectionBuilder("oekonomi")
    builder.add_paragraph(before)
    builder.add_table([row.split("|") for row in rows])
    return builder.build()


def headers(section: Section) -> int:
    return sum(block.kind == "table_header" for block in section.blocks)


LINES = st.text(alphabet="aå 1.\t\n|-", max_size=12)


@given(st.lists(st.one_of(
    st.tuples(st.sampled_from(["paragraph", "subheading", "list_item"]), LINES),
    st.tuples(st.just("table"), st.lists(st.lists(LINES, min_size=1, max_size=4), max_size=4)),
), max_size=6))
def test_offsets_always_lie_in_the_text(parts: list[tuple[str, object]]) -> None:
    builder = SectionBuilder("other")
    for kind, content in parts:
        getattr(builder, f"add_{kind}")(content)
    section = builder.build()
    at = 0
    for block in section.blocks:
        assert at <= block.start <= block.end <= len(section.text)
        assert all(block.start <= start <= end <= block.end for start, end in block.cells)
        at = block.end
    assert section.text.splitlines() == [line for line in section.text.splitlines() if line]


def test_a_list_item_leaves_its_marker_outside_the_block() -> None:
    builder = SectionBuilder("other")
    builder.add_list_item("at A", raw_marker="1. ")
    builder.add_list_item("at B", marker="-")
    section = builder.build()
    assert section.text == "1. at A\nat B"
    assert [(b.marker, section.text[b.start:b.end]) for b in section.blocks] == [
        ("1.", "at A"), ("-", "at B")
    ]


def test_empty_builders_give_no_sections() -> None:
    empty, full = SectionBuilder("resume", "Resume"), SectionBuilder("bilag")
    empty.add_paragraph("  \n ")
    full.add_paragraph("x")
    assert [section.kind for section in built([empty, full])] == ["bilag"]


HEADED = [
    ("Mio. kr.|2025|2026", "Drift|1,2|3"),
    ("|B-2024|R-2024", "Drift|1|2"),
    ("|Udgift, kr.", "Maling|56.000 kr."),
    ("Type|<60 m2|60-80 m2|I alt", "Rækkehus|1|2|3"),
    ("Emne|Svar", "Vej|Ja"),
    ("1. prioritet|2. prioritet", "91,8 %|3,8 %"),
    ("Tema||3. kvartal 2025|4. kvartal 2025", "Kultur|Mål|a|b"),
]


@pytest.mark.parametrize("rows", HEADED)
def test_rows_that_name_columns_are_headers(rows: tuple[str, ...]) -> None:
    section = table(*rows)
    assert headers(section) == 1
    assert section.tables[0].columns == tuple(rows[0].split("|"))


@pytest.mark.parametrize(
    "rows",
    [
        ("Distrikt Nord|3.828.727", "Distrikt Syd|4.399.704"),
        ("Tilskud|374.396 kr.", "Salg|33.276 kr."),
        ("2021|65,41", "2017|71,31"),
        ("1. juni 2023|Åbning", "14. august 2023|Møde"),
        ("Marts 2025|Åbning", "Maj 2025|Møde"),
        ("Udvalget møder|15. august 2023", "Regler træder i kraft|1. januar 2024"),
        ("Maj/juni|Behandles", "Maj/juni|Behandles igen"),
        ("Ansvar:|Skolen", "Frist:|Maj"),
        ("Kun én række|2025",),
        ("Tema|", "UNGE|Tekst"),
    ],
)
def test_data_is_no_header(rows: tuple[str, ...]) -> None:
    section = table(*rows)
    assert headers(section) == 0
    assert section.tables[0].columns == ()


def test_a_title_row_is_the_caption() -> None:
    section = table("Boligprogram||", "Status|2023-2028|2029-2034", "Planlagte|1.334|0")
    assert headers(section) == 2
    assert section.tables[0].caption == "Boligprogram"
    assert section.tables[0].columns == ("Status", "2023-2028", "2029-2034")


def test_two_rows_of_names_are_joined() -> None:
    section = table("Bygning|Ejet||Lejet", "|Brugt|Udlejet|", "Skole|1|2|3")
    assert section.tables[0].columns == ("Bygning", "Ejet Brugt", "Udlejet", "Lejet")


@pytest.mark.parametrize(
    ("rows", "before", "unit"),
    [
        (("1.000 kr.|2025", "Drift|7"), "", "1.000 kr."),
        (("Beløb i 1.000 kr.|2025", "Drift|7"), "", "1.000 kr."),
        (("Nr.|Udgifter i mio. kr.|2025", "1|Drift|7"), "", "mio. kr."),
        (("Post|2025|2026", "Drift|7|8"), "Tabel 1. Drift (mio. kr.)", "mio. kr."),
        (("Post|2025 i t.kr.|2026 i t.kr.", "Drift|7|8"), "", "t.kr."),
        (("Bygning|m2|Udgift i mio. kr.", "Skole|700|8,1"), "", ""),
        (("Post|I mio. kr.|I 1.000 kr.", "Drift|7|8"), "", ""),
        (("Post|2025", "Drift|7"), "Det kostede 1.823 kr. i alt", ""),
        (("Post|2025", "Drift|7"), "Det koster 1,2 mio. kr. i alt", ""),
        (("Post|2025", "Drift|7"), "Prisen er 821.000 kr.", ""),
        (("Post|Antal", "Drift|7"), "", ""),
    ],
)
def test_the_unit_is_one_that_holds_for_every_figure(
    rows: tuple[str, ...], before: str, unit: str
) -> None:
    assert table(*rows, before=before).tables[0].unit == unit


def test_the_caption_is_the_last_sentence_of_a_long_paragraph() -> None:
    section = table("A|B", "1|2", before="Ord og flere ord. " * 30 + "Det ses i tabel 2.")
    assert section.tables[0].caption == "Det ses i tabel 2."


def test_a_list_item_is_no_caption() -> None:
    builder = SectionBuilder("other")
    builder.add_list_item("et punkt")
    builder.add_table([["A", "B"], ["1", "2"]])
    assert builder.build().tables[0].caption == ""
