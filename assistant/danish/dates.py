"""Dates as Danish municipal texts write them, read as the days from first to last.

A season is its three whole months (winter begins in December of the year named). In a month
`primo` is day 1-10, `medio` 11-20, `ultimo` 21 to the end; in a year they are its three thirds of
four months. A week is Monday to Sunday (ISO 8601) and has the precision `part`, like a half year.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal

from assistant.danish.spans import longest_first

Precision = Literal["day", "month", "quarter", "season", "year", "part"]

MONTHS = {
    "januar": 1, "februar": 2, "marts": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7,
    "august": 8, "september": 9, "oktober": 10, "november": 11, "december": 12,
}  # fmt: skip
_SHORT_MONTHS = {
    "jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_SEASONS = {"forår": 3, "sommer": 6, "efterår": 9, "vinter": 12}
_THIRDS = {
    "primo": 0, "start": 0, "starten af": 0, "begyndelsen af": 0, "medio": 1, "midt": 1,
    "midten af": 1, "ultimo": 2, "slut": 2, "slutningen af": 2,
}  # fmt: skip
_ORDINALS = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}

_S = r"[^\S\n\t]{1,3}"
_S0 = r"[^\S\n\t]{0,3}"
_WS = r"(?:[^\S\n\t]{1,3}|[^\S\n\t]?\n[^\S\n\t]?)"
_YEAR = r"(?P<year>(?:1[89]|20)[0-9]{2})(?![0-9]|['’]?erne)"
_CLEAR = r"(?<![0-9])(?<![0-9][.,/:–-])"
_MONTH = (
    "(?P<month>" + "|".join(MONTHS) + r")(?!\w)"
    r"|(?P<short>" + "|".join(sorted(_SHORT_MONTHS, key=len, reverse=True)) + r")(?!\w)\.?"
)
_DAY = r"[0-9]{1,2}(?![0-9])"
_DASH = r"[-–—]"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DAY_MONTH = _compiled(
    rf"{_CLEAR}(?<!§)(?<!§ )(?P<day>{_DAY})"
    rf"(?:\.?{_S0}(?:{_DASH}|til(?!\w)){_S0}(?:den{_S}|d\.{_S0})?(?P<until>{_DAY}))?"
    rf"(?:\.|(?={_S}))(?:{_S0}|\n(?-i:(?=[a-z])))(?:{_MONTH})(?:,?(?:{_WS}|(?<=\.))(?:i{_S})?{_YEAR})?"
)
_BARE_DAY = _compiled(rf"{_CLEAR}(?P<day>{_DAY})\.?{_S0}(?:,|og|eller|samt)?{_S0}(?:den{_S})?\Z")
_NUMERIC = _compiled(
    rf"{_CLEAR}(?P<day>{_DAY})(?P<sep>[./-])(?P<num>{_DAY})(?:(?P=sep)|[-./]|(?<=/[0-9])\s|"
    rf"(?<=/[0-9][0-9])\s){_YEAR}(?![.,]?[0-9])"
)
_NUMERIC_SHORT = _compiled(
    rf"{_CLEAR}(?P<day>[0-9]{{1,2}})(?:/(?P<m1>[0-9]{{1,2}})[-/ ]|\.(?P<m2>[0-9]{{1,2}})\.|"
    rf"-(?P<m3>[0-9]{{2}})-)(?P<yy>[0-9]{{2}})(?![0-9]|[.,/:-][0-9A-Z])(?!{_S0}(?:kr|mio|pct|%))"
)
_NUMERIC_BARE = _compiled(
    rf"(?<!\w)(?:den|d\.|til|fra|pr\.|fredag|mandag|tirsdag|onsdag|torsdag|lørdag|søndag)"
    rf"(?:{_S}d(?:en|\.))?{_S0}(?P<day>{_DAY})/(?P<num>{_DAY})(?![./-]?[0-9])"
)
_ISO = _compiled(
    r"(?<![0-9.,/-])(?P<year>(?:1[89]|20)[0-9]{2})-(?P<num>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?![0-9]|[.-][0-9])"
)
_MONTH_YEAR = _compiled(
    rf"(?<!\w)(?:(?P<third>{'|'.join(_THIRDS)}){_S})?(?:{_MONTH}),?{_WS}(?:i{_S})?{_YEAR}"
)
_MONTH_ALONE = _compiled(rf"(?<!\w)(?:(?P<third>{'|'.join(_THIRDS)}){_S})?(?:{_MONTH})")
_THIRD_YEAR = _compiled(rf"(?<!\w)(?P<third>{'|'.join(_THIRDS)}){_S}(?:år(?:et)?{_S})?{_YEAR}")
_QUARTER = (
    rf"(?:(?:(?<![0-9])(?<![0-9][.,/:])(?P<q1>[1-4])(?:\.?{_S0}{_DASH}{_S0}(?P<q2>[1-4]))?\.?"
    rf"|(?<!\w)(?P<qw>{'|'.join(_ORDINALS)})){_S0}(?:kvartal|kvt)(?!\w)\.?"
    r"|(?<!\w)Q(?P<q>[1-4])(?![0-9]))"
)
_QUARTER_YEAR = _compiled(rf"{_QUARTER}[-,/]?{_S0}(?:i{_S})?{_YEAR}")
_QUARTER_ALONE = _compiled(_QUARTER)
_HALF_YEAR = _compiled(
    rf"(?:{_CLEAR}(?P<h1>[12])\.?|(?<!\w)(?P<hw>første|andet)){_S0}halvår{_S}(?:af{_S}|i{_S})?{_YEAR}"
)
_SEASON = _compiled(
    rf"(?<!\w)(?P<season>{'|'.join(_SEASONS)})(?:et|en|s)?{_S}(?:i{_S})?{_YEAR}(?:/[0-9]{{2,4}})?"
)
_WEEK_NUMBER = rf"(?<!\w)uge{_S0}(?P<w1>[0-9]{{1,2}})(?:{_S0}{_DASH}{_S0}(?P<w2>[0-9]{{1,2}}))?"
_WEEK = _compiled(rf"{_WEEK_NUMBER}(?:,|{_S}i|/|{_S}-)?{_S0}{_YEAR}")
_WEEK_ALONE = _compiled(rf"{_WEEK_NUMBER}(?![0-9])")
_UNIT_AFTER = (
    rf"(?!{_S0}(?:kr\b|kroner|mio\b|mia\b|mill|tkr|t\.{_S0}kr|dkk|pct|procent|%|m2|m²|kvm|stk\b"
    r"|,-))"
)
_BARE = r"(?:199|20[0-9])[0-9]"
_YEARS = _compiled(
    rf"{_CLEAR}(?<![\w§])(?<!kl\. )(?P<from>{_BARE})"
    rf"(?:(?:{_S0}(?:{_DASH}|/|til(?!\w)){_S0}(?P<to>{_BARE})|[-–/](?P<short>[0-9]{{2}}))"
    rf"(?![0-9]|[.,/-][0-9]))?(?![.,]?[0-9]|\w|['’]erne){_UNIT_AFTER}"
)
_RELATIVE = _compiled(
    r"(?<!\w)(?:i (?P<day>dag|går|morgen)|(?P<which>i|sidste|næste|forrige|indeværende) år"
    r"|(?P<past>sidste|denne|næste|forrige) måned)(?!\w)"
)
_JOIN = _compiled(
    rf"\.?{_S0}(?:{_DASH}|/|,|,?{_S0}(?:og|til|eller|samt)(?!\w)){_S0}(?:(?:den|d\.|fra|til){_S0})?\Z"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: its place, its first and last day, and how exactly it was given."""

    text: str
    start: int
    end: int
    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date without its year: a day (or days) in a month, or a quarter, or a week."""

    text: str
    start: int
    end: int
    kind: Literal["day", "quarter", "week"]
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """A date found; without a year it still waits for one."""

    start: int
    end: int
    precision: Precision
    year: int | None
    month: int
    day: int | None = None
    until: int | None = None
    third: int | None = None

    def days(self, year: int) -> tuple[date, date] | None:
        try:
            if self.day is not None:
                return date(year, self.month, self.day), date(
                    year, self.month, self.until or self.day
                )
            first, last = _month_days(year, self.month)
            return _third_of_month(first, last, self.third)
        except ValueError:
            return None


def danish_date(day: date) -> str:
    """Return `12. december 2022`."""
    return f"{day.day}. {tuple(MONTHS)[day.month - 1]} {day.year}"


def find_dates(text: str, *, today: date | None = None) -> list[DateMention]:
    """The dates of the text in order, without overlaps.

    With `today`, `i går`, `sidste år` and the like are read too, and a day without a year becomes
    the one nearest to today. Without it they are left out.
    """
    days = _with_years(text, list(_day_months(text)))
    found = chain(_with_days(text, days, today), _named(text), _relative(text, today))
    return longest_first(found, len(text))


def find_all_dates(text: str) -> list[DateMention | PartialDate]:
    """The dates of the text in order, and the days, quarters and weeks that have no year."""
    days = _with_years(text, list(_day_months(text)))
    whole = chain(_with_days(text, days, None), _named(text))
    partial = (_partial_day(text, item) for item in days if item.year is None and item.day)
    found: Iterator[DateMention | PartialDate] = chain(whole, partial, _partial_numbers(text))
    return longest_first(found, len(text))


def _partial_day(text: str, item: _Found) -> PartialDate:
    first, last = (item.month, item.day or 1), (item.month, item.until or item.day or 1)
    return PartialDate(text[item.start : item.end], item.start, item.end, "day", first, last)


def _partial_numbers(text: str) -> Iterator[PartialDate]:
    for match in _QUARTER_ALONE.finditer(text):
        first, last = _quarters(match)
        yield PartialDate(match[0], *match.span(), "quarter", (first, 0), (last, 0))
    for match in _WEEK_ALONE.finditer(text):
        first, last = _weeks(match)
        yield PartialDate(match[0], *match.span(), "week", (first, 0), (last, 0))


def _day_months(text: str) -> Iterator[_Found]:
    """Days and months, with or without a year."""
    for match in _DAY_MONTH.finditer(text):
        year = int(match["year"]) if match["year"] else None
        until = int(match["until"]) if match["until"] else None
        yield _Found(*match.span(), "day", year, _month(match), int(match["day"]), until)
    for match in _NUMERIC.finditer(text):
        yield _Found(*match.span(), "day", int(match["year"]), int(match["num"]), int(match["day"]))
    for match in _ISO.finditer(text):
        yield _Found(*match.span(), "day", int(match["year"]), int(match["num"]), int(match["day"]))
    for match in _NUMERIC_SHORT.finditer(text):
        month = int(match["m1"] or match["m2"] or match["m3"])
        yield _Found(*match.span(), "day", 2000 + int(match["yy"]), month, int(match["day"]))
    for match in _NUMERIC_BARE.finditer(text):
        place = match.start("day"), match.end()
        yield _Found(*place, "day", None, int(match["num"]), int(match["day"]))
    yield from _months(text)


def _months(text: str) -> Iterator[_Found]:
    taken: set[int] = set()
    for match in _MONTH_YEAR.finditer(text):
        taken.add(match.end("month") if match["month"] else match.end("short"))
        precision: Precision = "part" if match["third"] else "month"
        third = _third(match)
        yield _Found(*match.span(), precision, int(match["year"]), _month(match), third=third)
    for match in _MONTH_ALONE.finditer(text):
        if match["month"] and match.end("month") not in taken:
            precision = "part" if match["third"] else "month"
            yield _Found(*match.span(), precision, None, _month(match), third=_third(match))


def _with_years(text: str, found: list[_Found]) -> list[_Found]:
    """The valid finds; one that is joined to a dated one (`3. og 4. maj 2024`) gets its year."""
    valid = [item for item in found if item.days(item.year or 2024)]
    kept: list[_Found] = []
    for item in reversed(longest_first(valid, len(text))):
        if item.year is None and kept and _joins(text, item.end, kept[-1].start):
            item = _in_year(item, kept[-1].year)
        kept.append(item)
        kept.extend(_bare_days(text, item))
    return kept


def _joins(text: str, end: int, start: int) -> bool:
    return start - end <= 16 and bool(_JOIN.match(text, end, start))


def _in_year(item: _Found, year: int | None) -> _Found:
    place = (item.start, item.end, item.precision)
    return _Found(*place, year, item.month, item.day, item.until, item.third)


def _bare_days(text: str, item: _Found) -> list[_Found]:
    """The days that stand before a day and share its month: `3.`, `4.` in `3., 4. og 5. maj`."""
    days: list[_Found] = []
    start = item.start
    while item.day is not None and len(days) < 12:
        match = _day_before(text, start)
        if match is None:
            break
        start = match.start("day")
        end = match.end("day") + 1
        days.append(_Found(start, end, "day", item.year, item.month, int(match["day"])))
    return [day for day in days if day.days(day.year or 2024)]


def _day_before(text: str, start: int) -> re.Match[str] | None:
    window = text[max(0, start - 16) : start]
    match = _BARE_DAY.search(window)
    if not match or not re.search(r"\.\s*(?:,|og|eller|samt)\s*(?:den\s*)?\Z", window, re.I):
        return None
    return _BARE_DAY.search(text, start - len(window) + match.start(), start)


def _with_days(text: str, found: list[_Found], today: date | None) -> Iterator[DateMention]:
    for item in found:
        days = item.days(item.year) if item.year is not None else _nearest(item, today)
        if days and days[0] <= days[1]:
            yield _mention(text, item.start, item.end, days, item.precision)


def _nearest(item: _Found, today: date | None) -> tuple[date, date] | None:
    if today is None or item.day is None:
        return None
    years = (today.year, today.year - 1, today.year + 1)
    found = [days for days in map(item.days, years) if days]
    return min(found, key=lambda days: abs(days[0] - today), default=None)


def _named(text: str) -> Iterator[DateMention]:
    """Quarters, half years, seasons, weeks, parts of years, and years."""
    for match in _QUARTER_YEAR.finditer(text):
        low, high = _quarters(match)
        days = _months_from(int(match["year"]), 3 * low - 2, 3 * (high - low + 1))
        yield _mention(text, *match.span(), days, "quarter")
    for match in _HALF_YEAR.finditer(text):
        half = int(match["h1"] or _ORDINALS[match["hw"].lower()])
        days = _months_from(int(match["year"]), 6 * half - 5, 6)
        yield _mention(text, *match.span(), days, "part")
    for match in _SEASON.finditer(text):
        days = _months_from(int(match["year"]), _SEASONS[match["season"].lower()], 3)
        yield _mention(text, *match.span(), days, "season")
    for match in _THIRD_YEAR.finditer(text):
        days = _months_from(int(match["year"]), 4 * (_third(match) or 0) + 1, 4)
        yield _mention(text, *match.span(), days, "part")
    yield from _weeks_of_year(text)
    yield from _years(text)


def _weeks_of_year(text: str) -> Iterator[DateMention]:
    for match in _WEEK.finditer(text):
        low, high = _weeks(match)
        try:
            first = date.fromisocalendar(int(match["year"]), low, 1)
            last = date.fromisocalendar(int(match["year"]), high, 7)
        except ValueError:
            continue
        yield _mention(text, *match.span(), (first, last), "part")


def _years(text: str) -> Iterator[DateMention]:
    for match in _YEARS.finditer(text):
        low = int(match["from"])
        high = _range_end(low, match["to"] or match["short"])
        if high is not None:
            yield _mention(text, *match.span(), _whole_years(low, high), "year")
            continue
        yield _mention(text, *match.span("from"), _whole_years(low, low), "year")
        if match["to"]:
            other = int(match["to"])
            yield _mention(text, *match.span("to"), _whole_years(other, other), "year")


def _whole_years(low: int, high: int) -> tuple[date, date]:
    return date(low, 1, 1), date(high, 12, 31)


def _range_end(low: int, written: str | None) -> int | None:
    """The last year of a range such as `2022-25`; nothing where it does not go forward."""
    if not written:
        return None
    high = int(written) if len(written) == 4 else low - low % 100 + int(written)
    return high if high > low else None


def _relative(text: str, today: date | None) -> Iterator[DateMention]:
    if today is None:
        return
    for match in _RELATIVE.finditer(text):
        days, precision = _relative_days(match, today)
        yield _mention(text, *match.span(), days, precision)


def _relative_days(
    match: re.Match[str], today: date
) -> tuple[tuple[date, date], Literal["day", "month", "year"]]:
    if match["day"]:
        shift = {"dag": 0, "går": -1, "morgen": 1}[match["day"].lower()]
        day = today + timedelta(days=shift)
        return (day, day), "day"
    shifts = {"sidste": -1, "forrige": -1, "næste": 1}
    if match["which"]:
        year = today.year + shifts.get(match["which"].lower(), 0)
        return (date(year, 1, 1), date(year, 12, 31)), "year"
    month = today.year * 12 + today.month - 1 + shifts.get(match["past"].lower(), 0)
    return _month_days(month // 12, month % 12 + 1), "month"


def _mention(
    text: str, start: int, end: int, days: tuple[date, date], precision: Precision
) -> DateMention:
    return DateMention(text[start:end], start, end, days[0], days[1], precision)


def _month(match: re.Match[str]) -> int:
    if match["month"]:
        return MONTHS[match["month"].lower()]
    return _SHORT_MONTHS[match["short"].lower()]


def _third(match: re.Match[str]) -> int | None:
    return _THIRDS[" ".join(match["third"].lower().split())] if match["third"] else None


def _quarters(match: re.Match[str]) -> tuple[int, int]:
    low = int(match["q1"] or match["q"] or _ORDINALS[(match["qw"] or "første").lower()])
    high = int(match["q2"] or low)
    return min(low, high), max(low, high)


def _weeks(match: re.Match[str]) -> tuple[int, int]:
    low = int(match["w1"])
    return low, int(match["w2"] or low)


def _month_days(year: int, month: int) -> tuple[date, date]:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months_from(year: int, month: int, count: int) -> tuple[date, date]:
    end = year * 12 + month - 2 + count
    return date(year, month, 1), _month_days(end // 12, end % 12 + 1)[1]


def _third_of_month(first: date, last: date, third: int | None) -> tuple[date, date]:
    if third is None:
        return first, last
    starts = (first, first.replace(day=11), first.replace(day=21))
    ends = (first.replace(day=10), first.replace(day=20), last)
    return starts[third], ends[third]
