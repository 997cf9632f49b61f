"""Which figures stand in a text, what they are worth, and which bear each other out."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.danish.figures import Figure, find_figures, same_value, unit_scale, unsupported

ONE = [
    ("1,2 mio. kr.", "amount", "1200000"),
    ("1,2 mio.kr.", "amount", "1200000"),
    ("1,2 mio kr", "amount", "1200000"),
    ("6,825   mio. kr.", "amount", "6825000"),
    ("62,964 mio. kr.", "amount", "62964000"),
    ("0,390 mio. kr.", "amount", "390000"),
    ("1,2 millioner kroner", "amount", "1200000"),
    ("0,2 mia. kr.", "amount", "200000000"),
    ("1.200.000 kr.", "amount", "1200000"),
    ("1 200 000 kr.", "amount", "1200000"),
    ("1\u00a0200\u00a0000 kr.", "amount", "1200000"),
    ("1.200 t.kr.", "amount", "1200000"),
    ("1.200 tkr", "amount", "1200000"),
    ("500 t. kr.", "amount", "500000"),
    ("1.200 (1.000 kr.)", "amount", "1200000"),
    ("5.416,67 kr.", "amount", "5416.67"),
    ("295 kr.", "amount", "295"),
    ("6.424.971kr.", "amount", "6424971"),
    ("144.000\nkr.", "amount", "144000"),
    ("40 kroner", "amount", "40"),
    ("kr. 500", "amount", "500"),
    ("kr. 1.200.000", "amount", "1200000"),
    ("DKK 500", "amount", "500"),
    ("500,-", "amount", "500"),
    ("16.000,- kr.", "amount", "16000"),
    ("-1,5 mio. kr.", "amount", "-1500000"),
    ("−250.000 kr.", "amount", "-250000"),
    ("½ mio. kr.", "amount", "500000"),
    ("1½ mio. kr.", "amount", "1500000"),
    ("to mio. kr.", "amount", "2000000"),
    ("2022 kr.", "amount", "2022"),
    ("5,5 pct.", "percent", "5.5"),
    ("81%", "percent", "81"),
    ("14,9 %", "percent", "14.9"),
    ("12 procent", "percent", "12"),
    ("0,5 procentpoint", "percent", "0.5"),
    ("-2,5 %", "percent", "-2.5"),
    ("28. august 2024", "date", "2024-08-28"),
    ("28-08-2024", "date", "2024-08-28"),
    ("28. august", "date", "--08-28"),
    ("august 2024", "date", "2024-08"),
    ("1. kvartal 2025", "date", "2025-Q1"),
    ("4. kvartal", "date", "--Q4"),
    ("uge 42", "date", "--W42"),
    ("uge 4 2024", "date", "2024-W04"),
    ("medio 2025", "date", "2025-05-01/2025-08-31"),
    ("2022", "year", "2022"),
    ("§ 50", "section", "50"),
    ("§108", "section", "108"),
    ("§§ 83-85", "section", "83-85"),
    ("§ 13 b, stk. 2-4", "section", "13b stk. 2-4"),
    ("§ 29e", "section", "29e"),
    ("§ 20, stk. 1, nr. 2", "section", "20 stk. 1 nr. 2"),
    ("§ 6.14", "section", "6.14"),
    ("00.01.00-P20-99-15", "case_number", "00.01.00-p20-99-15"),
    ("22-011409", "case_number", "22-011409"),
    ("20-072985K", "case_number", "20-072985k"),
    ("22/23184", "case_number", "22/23184"),
    ("kl. 12:30", "time", "12:30"),
    ("kl. 12.30", "time", "12:30"),
    ("kl. 8", "time", "08:00"),
    ("19:00", "time", "19:00"),
    ("1.430", "count", "1430"),
    ("33,2", "count", "33.2"),
    ("0,5 mio.", "count", "500000"),
    ("5 tusinde", "count", "5000"),
    ("14.58", "count", "14.58"),
    ("4.1.2", "count", "4.1.2"),
    ("tolv", "count", "12"),
    ("halvtreds", "count", "50"),
    ("-158", "count", "-158"),
]

SEVERAL = [
    ("200-250 mio.kr.", [("amount", "200000000"), ("amount", "250000000")]),
    ("4-4,5 mio. kr.", [("amount", "4000000"), ("amount", "4500000")]),
    ("8.500 til 25.000 kr.", [("amount", "8500"), ("amount", "25000")]),
    ("20-25.000 kr.", [("amount", "20000"), ("amount", "25000")]),
    ("500-1000 kr.", [("amount", "500"), ("amount", "1000")]),
    ("mellem 5 og 10 mio. kr.", [("amount", "5000000"), ("amount", "10000000")]),
    ("mellem fem og ti mio. kr.", [("amount", "5000000"), ("amount", "10000000")]),
    ("hhv. 5, 6 og 7 mio. kr.", [("amount", f"{n}000000") for n in (5, 6, 7)]),
    ("punkt 3 og 5 mio. kr.", [("count", "3"), ("amount", "5000000")]),
    ("i 2022 og 5 mio. kr.", [("year", "2022"), ("amount", "5000000")]),
    ("fra 55.000 kr. til 30.000 kr.", [("amount", "55000"), ("amount", "30000")]),
    ("1 mio. kr. i 2022", [("amount", "1000000"), ("year", "2022")]),
    ("35-40%", [("percent", "35"), ("percent", "40")]),
    ("2024-2028", [("year", "2024"), ("year", "2028")]),
    ("budget 2022-25", [("year", "2022"), ("year", "2025")]),
    ("i 2017 til 44 personer", [("year", "2017"), ("count", "44")]),
    ("2023\nmio. kr.", [("year", "2023")]),
    ("5-14 år", [("count", "5"), ("count", "14")]),
    ("18-64 årige", [("count", "18"), ("count", "64")]),
    ("§§ 83, 84, stk. 1 og 86", [("section", "83"), ("section", "84 stk. 1"), ("section", "86")]),
    ("kl. 16-17.30", [("time", "16:00"), ("time", "17:30")]),
    ("17. og 24. maj 2022", [("date", "2022-05-17"), ("date", "2022-05-24")]),
    ("https://greve.dk/12/2022", []),
    ("CO2, P20 og m2", []),
    ("Han sagde to-go", []),
    ("1.000\t2.000\t-300", [("count", "1000"), ("count", "2000"), ("count", "-300")]),
    ("Step 2\tApril 2020", [("count", "2"), ("date", "2020-04")]),
    ("1.200,50 og 1,200.50", [("count", "1200.50"), ("count", "1200.50")]),
]


def seen(figures: list[Figure]) -> list[tuple[str, str]]:
    return [(figure.kind, str(figure.value)) for figure in figures]


@pytest.mark.parametrize(("written", "kind", "value"), ONE)
@pytest.mark.parametrize("frame", ["{}", "Der er {} i sagen", "(jf. {})", "Det er {}, og"])
def test_one_figure(written: str, kind: str, value: str, frame: str) -> None:
    text = frame.format(written)
    (found,) = find_figures(text)
    assert (found.kind, found.value) == (kind, Decimal(value) if _is_decimal(found) else value)
    assert found.text == text[found.start : found.end] == written


def _is_decimal(figure: Figure) -> bool:
    return isinstance(figure.value, Decimal)


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_several_figures(text: str, wanted: list[tuple[str, str]]) -> None:
    assert seen(find_figures(text)) == wanted


def test_scale_makes_amounts_of_bare_numbers() -> None:
    found = find_figures("Husleje 304 i 2024, 5 pct. og 2 mio. kr.", scale=Decimal(1000))
    assert seen(found) == [
        ("amount", "304000"),
        ("year", "2024"),
        ("percent", "5"),
        ("amount", "2000000"),
    ]


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("1.000 kr.", 1000),
        ("(i 1.000 kr.)", 1000),
        ("Beløb i 1000 kr. (2022-priser)", 1000),
        ("t.kr.", 1000),
        ("Budget, tkr.", 1000),
        ("mio. kr.", 1_000_000),
        ("Mio.kr.", 1_000_000),
        ("i millioner kroner", 1_000_000),
        ("hele kr.", 1),
        ("kr.", 1),
        ("Antal", 1),
        ("Tilskud på 11.000 kr.", 1),
        ("Pulje på 5 mio. kr.", 1),
    ],
)
def test_unit_scale(heading: str, scale: int) -> None:
    assert unit_scale(heading) == scale


SUPPORTED = [
    ("1,2 mio. kr.", "1.200.000 kr."),
    ("1.200 t.kr.", "1,2 millioner kroner"),
    ("700.000 kr.", "700.000"),
    ("700.000", "700.000 kr."),
    ("i 2024", "den 28. august 2024"),
    ("i august 2024", "den 28-08-2024"),
    ("den 28. august", "28/8 2024"),
    ("den 28. august 2024", "28.08.2024"),
    ("i 2025", "budget 2022-25"),
    ("19. november 2024", "18.-19. november 2024"),
    ("2. kvartal", "2. kvartal 2024"),
    ("§ 13 b", "§ 13 b, stk. 2"),
    ("§ 84", "§§ 83-85"),
    ("§ 17, stk. 3", "§17 stk. 2-4"),
    ("12 pct.", "12 %"),
    ("kl. 12.30", "12:30"),
    ("tre skoler", "3 skoler"),
    ("et mindreforbrug på 1,5 mio. kr.", "-1,5 mio. kr."),
    ("ingen tal", ""),
]

UNSUPPORTED = [
    ("1,2 mio. kr.", "1,3 mio. kr."),
    ("1,2 mio. kr.", "1,2"),
    ("700 kr.", "700.000 kr."),
    ("12 kr.", "12 pct."),
    ("12 pct.", "12"),
    ("28. august 2024", "i 2024"),
    ("28. august 2024", "29. august 2024"),
    ("28. august 2024", "28. august"),
    ("medio 2025", "2025"),
    ("i 2026", "2024-2028"),
    ("§ 13 b, stk. 5", "§ 13 b, stk. 2-4"),
    ("§ 14", "§ 13"),
    ("§ 50", "50"),
    ("22-011409", "22-011410"),
    ("en udgift på 1,5 mio. kr.", "-1,5 mio. kr."),
    ("8 skoler", "den 8. maj 2024"),
]


@pytest.mark.parametrize(("claim", "evidence"), SUPPORTED)
def test_supported(claim: str, evidence: str) -> None:
    assert unsupported(claim, evidence) == []


@pytest.mark.parametrize(("claim", "evidence"), UNSUPPORTED)
def test_unsupported(claim: str, evidence: str) -> None:
    (figure,) = unsupported(claim, evidence)
    assert figure in find_figures(claim)


def test_scaled_evidence() -> None:
    thousand = Decimal(1000)
    assert unsupported("304.000 kr. og 304", "Husleje\t304", evidence_scale=thousand) == []
    assert unsupported("304 kr.", "Husleje\t304", evidence_scale=thousand)
    assert unsupported("295 kr.", "Takst 295 kr.\t304", evidence_scale=thousand) == []


def test_context_bears_figures_out() -> None:
    assert unsupported("Mødet i 2024", "uden årstal")
    assert unsupported("Mødet i 2024", "uden årstal", context="Møde 28-08-2024") == []


def test_a_year_does_not_bear_out_a_date() -> None:
    (year,), (day,) = find_figures("2024"), find_figures("28. august 2024")
    assert same_value(year, day)
    assert not same_value(day, year)


def danish(value: int, decimals: str = "") -> str:
    grouped = f"{value:,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped


@given(st.integers(0, 10**12), st.sampled_from(["", "5", "50", "075"]))
def test_danish_amounts_round_trip(kroner: int, decimals: str) -> None:
    (found,) = find_figures(f"i alt {danish(kroner, decimals)} kr. om året")
    assert found.kind == "amount"
    assert found.value == Decimal(f"{kroner}.{decimals or 0}")


@given(st.integers(1, 999_999_999))
def test_the_same_amount_in_every_form(thousands: int) -> None:
    kroner = Decimal(thousands) * 1000
    millions = f"{kroner / 1_000_000:f}".replace(".", ",")
    forms = [f"{millions} mio. kr.", f"{danish(thousands)} t.kr.", f"{danish(int(kroner))} kr."]
    assert {figure.value for form in forms for figure in find_figures(form)} == {kroner}
    assert unsupported(forms[0], forms[2]) == []


@given(st.text() | st.text(alphabet="0123456789.,-/ krmio§%½stæ:\n\t"))
def test_figures_stand_in_the_text(text: str) -> None:
    end = 0
    for found in find_figures(text, scale=Decimal(1000)):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        end = found.end


@given(st.text(alphabet="0123456789.,-/ krmio§%stæ:\n\t"))
def test_a_text_bears_itself_out(text: str) -> None:
    assert unsupported(text, text) == []


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1,", "1.111", "12-", "1 ", "2022-", "1. og ", "1/", "§ 1, ", "kl. 1", "½"]
)
def test_long_runs_take_linear_time(piece: str) -> None:
    started = time.perf_counter()
    find_figures(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 5
