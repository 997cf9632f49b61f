"""The money of a case."""

from assistant.answering.verify import check
from assistant.briefing.money import Money, money_of
from assistant.store.stored import StoredSection
from assistant.types import Citation, Claim, Section, Source
from ingest.sections import SectionBuilder

SOURCE = Source("s", "d", "d.json", "agenda", "Fjordby", "oekonomi", "Økonomi")
Row = tuple[str, ...]


def economy(*paragraphs: str, table: tuple[Row, ...] = ()) -> StoredSection:
    builder = SectionBuilder("oekonomi", "Økonomi")
    for text in paragraphs:
        builder.add_paragraph(text)
    if table:
        builder.add_table([list(row) for row in table])
    return stored(builder.build())


def stored(section: Section) -> StoredSection:
    return StoredSection(section, SOURCE)


def holds(line: Money) -> bool:
    """Whether the line passes the check that every answer passes."""
    citations = [
        Citation(
            n, span.quote, "d.json", "p", "1", "Sti", "", "", None, "oekonomi", "Økonomi", None,
            span.start, span.end, "", "s",
        )
        for n, span in enumerate(line.spans, start=1)
    ]  # fmt: skip
    claim = Claim(line.text, "quote", tuple(one.n for one in citations))
    return not check([claim], citations, {"s": line.spans[0].stored}).dropped


def test_only_sentences_with_amounts_are_told() -> None:
    section = economy("Stien koster 700.000 kr. Den er smuk. Driften er 10.000 kr. om året i 2026.")
    lines, more = money_of([section])
    assert [line.text for line in lines] == [
        "Stien koster 700.000 kr.", "Driften er 10.000 kr. om året i 2026."
    ]  # fmt: skip
    assert not more
    assert all(map(holds, lines))


def test_of_a_table_the_totals_are_told_by_column_and_unit() -> None:
    section = economy(
        "Udgifterne fordeler sig sådan:",
        table=(
            ("Mio. kr.", "2025", "2026"),
            ("Anlæg", "3,0", "6,8"),
            ("Drift", "0,1", "0,2"),
            ("I alt", "3,1", "7,0"),
        ),
    )
    lines, _ = money_of([section])
    assert [line.text for line in lines] == ["I alt (Mio. kr.): 2025: 3,1; 2026: 7,0"]
    assert holds(lines[0])


def test_negative_totals_side_by_side_are_no_range() -> None:
    section = economy(
        "Budgettet i kr.:",
        table=(
            ("Kr.", "2025", "2026"),
            ("Sti", "-1.000", "-2.000"),
            ("I alt", "-500.551", "-810.551"),
        ),
    )
    (line,), _ = money_of([section])
    assert line.text.endswith("2025: -500.551; 2026: -810.551")
    assert [span.quote for span in line.spans] == ["I alt -500.551", "-810.551"]
    assert holds(line)


def test_that_there_are_no_costs_is_told_in_the_cases_words() -> None:
    lines, more = money_of([economy("Sagen har ingen økonomiske konsekvenser.")])
    assert [line.text for line in lines] == ["Sagen har ingen økonomiske konsekvenser."]
    assert not more


def test_what_there_is_no_room_for_is_said_to_be_there() -> None:
    lines, more = money_of([economy(" ".join(f"Del {n} koster {n}.000 kr." for n in range(1, 9)))])
    assert len(lines) == 5
    assert more


def test_no_economy_is_no_line() -> None:
    assert money_of([]) == ([], False)
