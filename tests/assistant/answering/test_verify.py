from dataclasses import replace

import pytest

from assistant.answering.draft import Draft, Span
from assistant.answering.verify import check, quote_stands
from assistant.store.stored import StoredSection
from assistant.types import Block, Section, Source, Table

TEXT = "Udgiften er 1,2 mio. kr.\ni 2026. Den 28. august 2024 besluttede rådet § 50."
ROW = "Vejdrift\t1.260"


def stored(text: str = TEXT, unit: str = "") -> StoredSection:
    block = Block("table_row", 0, len(text), cells=((0, 8), (9, len(text))), table=0)
    tables = (Table(unit=unit, columns=("Område", "Afvigelse")),) if unit else ()
    section = Section("oekonomi", "Økonomi", text, (block,) if unit else (), tables)
    source = Source("d/0", "d", "sag.json", "minutes", "Fjordby", "oekonomi", "Økonomi")
    return StoredSection(section, source)


def draft_of(text: str, quoted: StoredSection, start: int = 0, end: int | None = None) -> Draft:
    draft = Draft()
    end = len(quoted.section.text) if end is None else end
    draft.claim(text, "statement", Span(quoted, start, end))
    return draft


def checked(draft: Draft):
    return check(draft.claims, draft.citations, draft.sections)


@pytest.mark.parametrize(
    "claim",
    [
        "Det koster 1,2 mio. kr.",
        "Det koster 1.200.000 kr.",
        "Det koster 1.200 t.kr.",
        "Det er fra 2026.",
        "Besluttet 28-08-2024 efter § 50.",
        "Uden tal.",
    ],
)
def test_figures_that_stand_in_the_quote_hold_in_any_danish_form(claim: str) -> None:
    result = checked(draft_of(claim, stored()))
    assert [kept.text for kept in result.claims] == [claim]
    assert all(figure.supported and figure.citation == 1 for figure in result.figures)


@pytest.mark.parametrize(
    "claim",
    [
        "Det koster 1,3 mio. kr.",
        "Det koster 12 mio. kr.",
        "Det koster 1,2 pct.",
        "Det er fra 2027.",
        "Besluttet 29-08-2024.",
        "Efter § 51.",
    ],
)
def test_a_claim_with_a_figure_that_does_not_stand_there_falls(claim: str) -> None:
    result = checked(draft_of(claim, stored()))
    assert result.claims == ()
    assert result.citations == ()
    assert result.dropped == 1


def test_a_right_figure_from_outside_the_quote_falls_too() -> None:
    first_line = TEXT.index("\n")
    result = checked(draft_of("Besluttet i 2024.", stored(), 0, first_line))
    assert result.dropped == 1


def test_a_table_scales_its_cells() -> None:
    assert checked(draft_of("Vejdrift: 1.260.000 kr.", stored(ROW, "1.000 kr."))).claims
    assert checked(draft_of("Vejdrift: 1.260", stored(ROW, "1.000 kr."))).claims
    assert not checked(draft_of("Vejdrift: 1.260 kr.", stored(ROW, "1.000 kr."))).claims


def test_white_space_is_folded_in_quotes() -> None:
    draft = draft_of("Uden tal.", stored())
    assert "mio. kr. i 2026" in draft.citations[0].quote
    assert quote_stands(draft.citations[0], draft.sections)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Udgiften er 1,3 mio. kr."},
        {"start": 3},
        {"quote": ""},
        {"section_id": "another"},
    ],
)
def test_a_quote_that_is_not_at_its_place_takes_its_claim_with_it(change: dict) -> None:
    draft = draft_of("Uden tal.", stored())
    moved = replace(draft.citations[0], **change)
    result = check(draft.claims, [moved], draft.sections)
    assert result.claims == ()
    assert result.dropped == 1


def test_a_claim_without_citation_falls() -> None:
    draft = Draft()
    draft.claim("Det er sådan.", "statement")
    assert checked(draft).dropped == 1


def test_a_claim_may_name_its_own_place() -> None:
    quoted = stored()
    source = replace(quoted.source, committee="Byråd 2022-2025", item_number="12")
    draft = draft_of("Byråd, punkt 12: uden tal.", StoredSection(quoted.section, source))
    assert checked(draft).claims
