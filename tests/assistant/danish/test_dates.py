"""The days that Danish dates stand for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.danish.dates import find_all_dates, find_dates

CASES = [
    ("28. august 2024", "2024-08-28", "2024-08-28", "day"),
    ("28. AUGUST 2024", "2024-08-28", "2024-08-28", "day"),
    ("28.august 2024", "2024-08-28", "2024-08-28", "day"),
    ("28. aug. 2024", "2024-08-28", "2024-08-28", "day"),
    ("28/8 2024", "2024-08-28", "2024-08-28", "day"),
    ("28/8-24", "2024-08-28", "2024-08-28", "day"),
    ("28-08-2024", "2024-08-28", "2024-08-28", "day"),
    ("28.08.2024", "2024-08-28", "2024-08-28", "day"),
    ("28.8.24", "2024-08-28", "2024-08-28", "day"),
    ("2024-08-28", "2024-08-28", "2024-08-28", "day"),
    ("26. januar\n2023", "2023-01-26", "2023-01-26", "day"),
    ("18.-19. november 2024", "2024-11-18", "2024-11-19", "day"),
    ("14. til den 17. marts 2022", "2022-03-14", "2022-03-17", "day"),
    ("august 2024", "2024-08-01", "2024-08-31", "month"),
    ("1. kvartal 2025", "2025-01-01", "2025-03-31", "quarter"),
    ("tredje kvartal 2025", "2025-07-01", "2025-09-30", "quarter"),
    ("1.-2. kvartal 2024", "2024-01-01", "2024-06-30", "quarter"),
    ("Q3 2024", "2024-07-01", "2024-09-30", "quarter"),
    ("foråret 2023", "2023-03-01", "2023-05-31", "season"),
    ("efteråret 2022", "2022-09-01", "2022-11-30", "season"),
    ("vinteren 2023/24", "2023-12-01", "2024-02-29", "season"),
    ("primo maj 2024", "2024-05-01", "2024-05-10", "part"),
    ("medio december 2019", "2019-12-11", "2019-12-20", "part"),
    ("ultimo februar 2024", "2024-02-21", "2024-02-29", "part"),
    ("ultimo 2024", "2024-09-01", "2024-12-31", "part"),
    ("medio 2025", "2025-05-01", "2025-08-31", "part"),
    ("starten af 2024", "2024-01-01", "2024-04-30", "part"),
    ("første halvår 2024", "2024-01-01", "2024-06-30", "part"),
    ("uge 42 2023", "2023-10-16", "2023-10-22", "part"),
    ("uge 7-8, 2024", "2024-02-12", "2024-02-25", "part"),
    ("2022", "2022-01-01", "2022-12-31", "year"),
    ("2024-2028", "2024-01-01", "2028-12-31", "year"),
    ("2023 - 2026", "2023-01-01", "2026-12-31", "year"),
    ("2022-25", "2022-01-01", "2025-12-31", "year"),
    ("2023/24", "2023-01-01", "2024-12-31", "year"),
]


@pytest.mark.parametrize(("written", "first", "last", "precision"), CASES)
@pytest.mark.parametrize("frame", ["{}", "Sagen fra {}.", "I den {} (bilag 1) er det sket"])
def test_dates(written: str, first: str, last: str, precision: str, frame: str) -> None:
    text = frame.format(written)
    (found,) = find_dates(text)
    assert found.text == written == text[found.start : found.end]
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "22-011409",
        "00.01.00-P20-99-15",
        "2022 kr.",
        "2022 mio. kr.",
        "31-02-2024",
        "2.022",
        "1980'erne",
        "12. behandling",
        "4. maj",
        "sidste år",
        "Step 2\tApril",
        "lokalplan 14.58",
    ],
)
def test_no_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("18. og 19. november 2024", ["2024-11-18", "2024-11-19"]),
        ("7., 14. og 21. marts 2023", ["2023-03-07", "2023-03-14", "2023-03-21"]),
        ("28. august - 3. september 2024", ["2024-08-28", "2024-09-03"]),
        ("marts-maj 2022", ["2022-03-01", "2022-05-01"]),
        ("3. kvartal 2020-2.kvartal 2021", ["2020-07-01", "2021-04-01"]),
        ("i 2017 til 44 personer", ["2017-01-01"]),
        ("i 2018 og 2019", ["2018-01-01", "2019-01-01"]),
    ],
)
def test_several_dates(text: str, days: list[str]) -> None:
    assert [found.first.isoformat() for found in find_dates(text)] == days


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("i dag", date(2025, 1, 15)),
        ("i går", date(2025, 1, 14)),
        ("sidste år", date(2024, 1, 1)),
        ("næste måned", date(2025, 2, 1)),
        ("den 3. maj", date(2025, 5, 3)),
        ("den 20. december", date(2024, 12, 20)),
    ],
)
def test_dates_seen_from_today(text: str, first: date) -> None:
    (found,) = find_dates(text, today=date(2025, 1, 15))
    assert found.first == first


@given(st.text() | st.text(alphabet="0123456789./- majQuge§"))
def test_dates_stand_in_the_text(text: str) -> None:
    end = 0
    for found in find_all_dates(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.text
        end = found.end


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read(day: date) -> None:
    for written in (
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day}/{day.month} {day.year}",
    ):
        (found,) = find_dates(written)
        assert found.first == found.last == day
