"""Sections to passages."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import AgendaItem, Document, Meeting, Passage, Section
from ingest.passages import LONGEST, section_passages
from ingest.sections import SectionBuilder

DOCUMENT = Document(
    "d", "d.json", "minutes", "Udvalg 2025", "Fjordby", date(2025, 3, 11),
    meeting=Meeting("d", "Teknikudvalget", date(2025, 3, 11)),
)
ITEM = AgendaItem("i", "4", "Cykelsti", "25-000001")


def passages(
    fill: Callable[[SectionBuilder], None], item: AgendaItem | None = ITEM
) -> list[Passage]:
    builder = SectionBuilder("oekonomi", "Økonomi")
    fill(builder)
    return section_passages(builder.build(), DOCUMENT, item)


def uncovered(section: Section, found: list[Passage]) -> str:
    left = list(section.text)
    for passage in found:
        left[passage.start:passage.end] = " " * len(passage.text)
    return "".join(
        "".join(left[block.start:block.end]).strip()
        for block in section.blocks
        if block.kind != "table_header"
    )


def test_the_context_stands_beside_the_text() -> None:
    (passage,) = passages(lambda b: b.add_paragraph("Det koster 2 mio. kr."))
    assert passage.text == "Det koster 2 mio. kr."
    assert passage.place == "Fjordby · Teknikudvalget · 2025-03-11 · punkt 4"
    assert passage.topic == "Cykelsti · Økonomi"
    assert passage.heading == "Økonomi"


def test_a_documents_own_section_is_told_under_its_title() -> None:
    (passage,) = passages(lambda b: b.add_paragraph("Tekst."), None)
    assert passage.topic == "Udvalg 2025 · Økonomi"
    assert "punkt" not in passage.place


def test_long_text_is_cut_between_sentences() -> None:
    found = passages(lambda b: b.add_paragraph("Det koster 2 mio. kr. jf. pkt. 4. " * 60))
    assert len(found) > 1
    assert all(len(passage.text) <= LONGEST for passage in found)
    assert all(passage.text.endswith("4.") for passage in found)


def test_a_subheading_is_told_and_kept_with_what_follows() -> None:
    def fill(builder: SectionBuilder) -> None:
        builder.add_paragraph("Indledning. " * 30)
        builder.add_subheading("Drift")
        builder.add_paragraph("Driften koster 1 mio. kr.")

    assert passages(fill)[-1].text == "Drift\nDriften koster 1 mio. kr."
    assert passages(fill)[-1].heading == "Økonomi › Drift"


def test_no_subheading_is_lost_among_others() -> None:
    def fill(builder: SectionBuilder) -> None:
        for line in ("Fjordby Kommune", "Februar 2025"):
            builder.add_subheading(line)
        builder.add_paragraph("Tekst.")
        for line in ("Mål", "Midler"):
            builder.add_subheading(line)

    assert " ".join(p.text for p in passages(fill)).split() == (
        ["Fjordby", "Kommune", "Februar", "2025", "Tekst.", "Mål", "Midler"]
    )


def test_rows_carry_caption_columns_and_unit() -> None:
    def fill(builder: SectionBuilder) -> None:
        builder.add_paragraph("Tabel 1. Drift")
        builder.add_table([["1.000 kr.", "2025"], ["Vej", "1"], ["Park", "2"]])

    text, rows = passages(fill)
    assert text.text == "Tabel 1. Drift"
    assert rows.text == "Vej\t1\nPark\t2"
    assert rows.topic == "Cykelsti · Økonomi\nTabel 1. Drift\n1.000 kr. | 2025\n1.000 kr."


@given(st.lists(st.tuples(
    st.sampled_from(["paragraph", "subheading", "list_item", "table"]),
    st.text(alphabet="Aå. 1", min_size=1, max_size=900),
), max_size=12))
def test_passages_cover_everything_but_headers(parts: list[tuple[str, str]]) -> None:
    builder = SectionBuilder("other", "X")
    for kind, text in parts:
        if kind == "table":
            builder.add_table([["Post", "2025"], [text, "1"]])
        else:
            getattr(builder, f"add_{kind}")(text)
    section = builder.build()
    found = section_passages(section, DOCUMENT, None)
    assert all(section.text[p.start:p.end] == p.text for p in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert uncovered(section, found) == ""
