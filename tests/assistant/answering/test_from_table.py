"""A figure out of a table is told with what it is a figure of."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answering.from_table import over_table
from assistant.service import Assistant
from assistant.store.stored import StoredSection
from assistant.types import AgendaItem, Answer, Document, Meeting, Section, Source
from ingest.sections import SectionBuilder

DAY = date(2025, 4, 8)
SCHOOLS = [["Skole", "Antal klasser", "Antal elever"], ["Åskolen", "3", "71"],
           ["Fjordskolen", "2", "44"], ["I alt", "5", "115"]]  # fmt: skip
SPENT = [["1.000 kr.", "2024", "2025", "I alt"], ["Drift"], ["Løn", "410", "520", "930"],
         ["Anlæg"], ["Løn", "35", "60", "95"]]  # fmt: skip
LEAD = "Resultatet af indskrivningen fremgår nedenfor:"


def section(*blocks: str | list[list[str]], subheading: str = "") -> Section:
    builder = SectionBuilder("sagsfremstilling", "Sagsbeskrivelse")
    if subheading:
        builder.add_subheading(subheading)
    for block in blocks:
        if isinstance(block, str):
            builder.add_paragraph(block)
        else:
            builder.add_table(block)
    return builder.build()


def over(told: Section) -> str:
    stored = StoredSection(
        told, Source("d/0", "d", "d.json", "minutes", "Fjordby", told.kind, told.heading)
    )
    last = next(block for block in reversed(told.blocks) if block.table is not None)
    span = over_table(stored, last)
    return span.quote if span else ""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (section("Byrådet vedtog planen i 2023. " + LEAD, SCHOOLS), LEAD),
        (section("Indskrivning til 0. klasse", SCHOOLS), "Indskrivning til 0. klasse"),
        (section([["Indskrivning 2025"], *SCHOOLS]), "Indskrivning 2025"),
        (section(LEAD, "Pengene er givet tidligere.", SCHOOLS), LEAD),
        (section("Pengene er givet.", SCHOOLS, subheading="Elevtal"), "Elevtal"),
        (section("Pengene er givet.", SCHOOLS), ""),
        (section(LEAD, SCHOOLS, "Tallene er fra marts.", SPENT), ""),
    ],
)
def test_what_is_quoted_over_a_table_leads_to_it(told: Section, expected: str) -> None:
    assert over(told) == expected


@pytest.fixture(scope="module")
def made(assistant_over: Callable[..., Assistant]) -> Assistant:
    cases = [
        ("Indskrivning til børnehaveklasse", section(LEAD, SCHOOLS)),
        ("Budget for Havnebadet", section("Forbrug på badet fremgår af tabel 1:", SPENT)),
        ("Ny belysning på Mosevej", section("Mosevej får 14 nye lamper. De skal spare strøm.")),
        ("Støtte til væresteder", section(
            "Værestedet for borgere over 70 år har 31 brugere om ugen.",
            "Værestedet for borgere over 80 år har 12 brugere om ugen.")),
    ]  # fmt: skip
    items = tuple(
        AgendaItem(f"t-{n}", str(n), title, f"25-2{n:05}", sections=(told,))
        for n, (title, told) in enumerate(cases)
    )
    meeting = Meeting("t", "Børneudvalget", DAY)
    return assistant_over(
        Document("t", "t.json", "minutes", "Møde", "Fjordby", DAY, meeting=meeting, items=items)
    )


def test_a_cell_is_told_with_its_column_and_what_the_table_is_about(made: Assistant) -> None:
    answer = made.ask("Hvor mange elever er der på Åskolen?")
    assert answer.claims[0].text.startswith("Åskolen: Antal klasser: 3; Antal elever: 71")
    assert f"»{LEAD}«" in answer.claims[0].text
    assert "»Indskrivning til børnehaveklasse«" in answer.claims[0].text
    assert LEAD in cited(answer)
    assert all(figure.supported for figure in answer.figures)


def test_what_the_table_is_about_is_told_once(made: Assistant) -> None:
    answer = made.ask("Hvor mange elever er der på Fjordskolen og Åskolen i alt?")
    assert len([one for one in answer.claims if "Antal elever" in one.text]) > 1, answer.answer
    assert answer.answer.count("over tabellen") == 1


def test_a_row_whose_name_is_not_alone_is_told_with_its_group(made: Assistant) -> None:
    answer = made.ask("Hvor mange kroner bruger Havnebadet på løn til anlæg?")
    told = {claim.text.split(":")[0] for claim in answer.claims}
    assert {"Drift, Løn", "Anlæg, Løn"} & told
    assert "Løn" not in told


def test_a_row_over_years_is_told_with_its_total(made: Assistant) -> None:
    answer = made.ask("Hvor mange kroner bruger Havnebadet på løn?")
    row = next(claim.text for claim in answer.claims if "Drift, Løn" in claim.text)
    assert "2024: 410 (1.000 kr.); 2025: 520 (1.000 kr.); I alt: 930 (1.000 kr.)" in row
    asked = made.ask("Hvor mange kroner bruger Havnebadet på løn i 2025?")
    assert "2024" not in next(one.text for one in asked.claims if "Drift, Løn" in one.text)


def test_money_is_not_answered_with_another_figure(made: Assistant) -> None:
    assert made.ask("Hvor mange nye lamper får Mosevej?").status == "answered"
    priced = made.ask("Hvad koster de nye lamper på Mosevej?")
    assert "14" not in priced.answer


def test_another_figure_than_the_one_asked_of_speaks_against(made: Assistant) -> None:
    for age, users in ((70, "31"), (80, "12")):
        answer = made.ask(f"Hvor mange brugere har værestedet for borgere over {age} år om ugen?")
        assert f"{users} brugere" in answer.claims[0].text


def cited(answer: Answer) -> set[str]:
    return {citation.quote for citation in answer.citations}


def test_a_figure_under_a_money_word_is_money(assistant_over: Callable[..., Assistant]) -> None:
    costs = [["Opgave", "Forventet udgift"], ["Analyse af kystsikring", "345.000"],
             ["Høring om kystsikring", "20.000"]]  # fmt: skip
    item = AgendaItem("k", "1", "Plan for kysten", "25-300001", sections=(section(LEAD, costs),))
    meeting = Meeting("k", "Miljøudvalget", DAY)
    over = assistant_over(
        Document("k", "k.json", "minutes", "Møde", "Fjordby", DAY, meeting=meeting, items=(item,))
    )
    assert "345.000" in over.ask("Hvad koster analysen af kystsikring?").answer


def test_the_year_in_an_abbreviated_column_is_read(
    assistant_over: Callable[..., Assistant],
) -> None:
    result = [["1.000 kr.", "B2023", "R2023", "B2024", "R2024"],
              ["Falck kontrakt", "310", "325", "340", "352"],
              ["Husleje", "71", "72", "73", "74"]]  # fmt: skip
    told = section("Tabel 1: Resultatopgørelse", result)
    item = AgendaItem("b", "1", "Beredskabets regnskab", "25-300002", sections=(told,))
    meeting = Meeting("b", "Miljøudvalget", DAY)
    over = assistant_over(
        Document("b", "b.json", "minutes", "Møde", "Fjordby", DAY, meeting=meeting, items=(item,))
    )
    answer = over.ask("Hvor mange kroner betalte beredskabet til Falck i 2024?").answer
    assert "R2024: 352" in answer
    assert "2023" not in answer
