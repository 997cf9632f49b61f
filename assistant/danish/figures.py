"""Figures in Danish text: found, normalised, and compared with what stands in the evidence.

Values: `amount` in kroner, `percent`, `year` and `count` are decimals. A `date` is ISO text
(`2024-08-28`, `2024-08`, `2024-Q3`, first/last for a longer time; `--08-28`, `--Q3`, `--W42`
without a year), a `time` is `12:30`, a `section` is `13b stk. 2-4`, a `case_number` is folded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Literal

from assistant.danish.dates import DateMention, PartialDate, find_all_dates
from assistant.danish.spans import longest_first
from assistant.danish.words import CASE_NUMBER, fold

Kind = Literal["amount", "percent", "date", "year", "count", "section", "case_number", "time"]

_FACTORS = {
    "mio": 6, "mill": 6, "million": 6, "millioner": 6, "mia": 9, "milliard": 9, "milliarder": 9,
    "t": 3, "tusind": 3, "tusinde": 3,
}  # fmt: skip
NUMBER_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10,
    "elleve": 11, "tolv": 12, "tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60,
    "halvfjerds": 70, "firs": 80, "halvfems": 90,
}  # fmt: skip
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NUMBER = _compiled(
    r"(?<!\w)(?<![0-9][.,])(?:[1-9][0-9]{0,2}(?: [0-9]{3}){1,3}(?= ?(?:kr(?!\w)|kroner|dkk|,-))"
    r"|[0-9]+(?:[.,][0-9]+|[\u00a0\u202f][0-9]{3}(?![0-9]))*+[½¼¾]?|[½¼¾])"
)
_GAP = r"(?:[^\S\n\t]{0,12}|[^\S\n\t]?\n[^\S\n\t]?)"
_KR = r"(?:kr(?![^\W\d_])\.?|kroner(?!\w)|dkk(?!\w))"
_FACTOR = r"(?P<factor>mio|mill|mia|million(?:er)?|milliard(?:er)?|tusinde?)(?!\w)\.?"
_THOUSAND = r"(?P<thousand>t)(?:\.|\b)?[^\S\n\t]{0,2}(?=kr)"
_FACTOR_ALONE = _FACTOR.replace("factor", "bare")
_UNIT = _compiled(rf"{_GAP}(?:(?:(?:{_FACTOR}|{_THOUSAND}){_GAP})?(?P<kr>{_KR})|{_FACTOR_ALONE})")
_UNIT_IN_BRACKETS = _compiled(
    r"[^\S\n\t]?\((?:i |beløb i )?(?:(?P<heading>1\.?000|mio|mill|mia|t|tusinde?)\.?[^\S\n\t]?)?"
    r"(?:kr\.?|kroner)\)"
)
_DASHES = _compiled(r",[-–](?![0-9])")
_PERCENT = _compiled(
    rf"{_GAP}(?:%(?:-?point)?|pct(?!\w)\.?(?:-?point(?!\w))?|procent(?:point|s)?(?!\w))"
)
_UNIT_BEFORE = _compiled(
    r"(?<!\w)(?:(?P<factor>mio|mill|mia|t)\.?[^\S\n\t]?)?(?:kr\.?|dkk)[^\S\n\t]?[-−–]?\Z"
)
_YEAR_LIKE = re.compile(r"(?:19|20)[0-9]{2}\Z")
_RANGE = _compiled(r"[^\S\n\t]{0,2}(?:[-–—−/]|til|eller)[^\S\n\t]{0,2}\Z")
_LIST = _compiled(r"[^\S\n\t]{0,2}(?:,|og|,? ?samt)[^\S\n\t]{0,2}\Z")
_LIST_OPENING = _compiled(
    r"(?<!\w)(?:mellem|hhv\.?|henholdsvis)[^\S\n\t]{1,3}(?:(?:ca\.?|omkring)[^\S\n\t])?"
    r"(?:[0-9.,]{1,14}[^\S\n\t]{0,2}(?:,|og)[^\S\n\t]{0,2}){0,3}\Z"
)
_MINUS = re.compile(r"(?:^|[\s(\[:;/])[-−–]\Z")
_NUMBER_THEN_SPACE = re.compile(r"[0-9][^\S\n\t]{1,2}[-−–]\Z")
_WORD_NUMBER = _compiled(rf"(?<![\w-])(?:{'|'.join(NUMBER_WORDS)})(?!\w)(?!-[^\W\d_])")

_CLOCK = r"[0-2]?[0-9](?:[.:][0-5][0-9])?(?![0-9])"
_TIME = _compiled(
    rf"(?<!\w)kl(?:okken)?\.?[^\S\n\t]{{0,3}}(?P<from>{_CLOCK})"
    rf"(?:[^\S\n\t]{{0,2}}(?:[-–]|til)[^\S\n\t]{{0,2}}(?:kl\.?[^\S\n\t]{{0,2}})?(?P<to>{_CLOCK}))?"
    r"|(?<![0-9:])(?P<plain>[0-2]?[0-9]:[0-5][0-9])(?![0-9:])"
)
_PARAGRAPH = (
    r"[0-9]{1,4}(?:\.[0-9]{1,3}){0,3}"
    r"(?:[a-z](?!\w)|[^\S\n\t][a-hj-z](?![\w.]|[^\S\n\t]?-)|[^\S\n\t][a-hj-z](?=\.(?:\s|\Z)))?"
)
_SUBSECTION = (
    r"(?:,?[^\S\n\t]{0,2}stk\.?[^\S\n\t]{0,2}"
    r"(?P<stk>[0-9]{1,2}(?:[^\S\n\t]?(?:[-–]|og|eller)[^\S\n\t]?1?[0-9](?![0-9])){0,3}))?"
    r"(?:,?[^\S\n\t]{0,2}nr\.?[^\S\n\t]{0,2}(?P<nr>[0-9]{1,2})(?![0-9]))?"
)
_SECTION = _compiled(
    rf"(?:§{{1,3}}|(?<!\w)(?:paragraf|pgf\.?))[^\S\n\t]{{0,3}}(?P<base>{_PARAGRAPH}"
    rf"(?:[^\S\n\t]?[-–][^\S\n\t]?(?=[0-9]){_PARAGRAPH})?){_SUBSECTION}"
)
_MORE_SECTIONS = _compiled(
    rf"(?:,|,?[^\S\n\t](?:og|eller|samt))[^\S\n\t]{{1,2}}(?:§[^\S\n\t]?)?(?P<base>{_PARAGRAPH}"
    rf"(?:[^\S\n\t]?[-–][^\S\n\t]?(?=[0-9]){_PARAGRAPH})?)(?![.,]?[0-9]|[^\S\n\t]?(?:%|pct|kr|mio))"
    rf"{_SUBSECTION}"
)
_CASE = re.compile(CASE_NUMBER)
_NO_FIGURE = _compiled(
    r"(?:https?://|www\.)\S{1,2000}+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
    r"|(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)"
)
_SCALE = _compiled(
    r"(?<![\w.,])(?:(?<![0-9] )(?P<factor>1[. ]?000|mio|mill|mia|t|tusinde?|millioner|milliarder)"
    r"\.?[^\S\n\t]{0,3}(?:kr(?!\w)|kroner)|i (?P<bare>mio|mill|mia|tusinde|millioner)(?!\w)"
    r"|hele[^\S\n\t](?P<whole>kr|kroner|1))"
)
_TURNED = _compiled(
    r"mindre(?:udgift|forbrug|indtægt)|(?<!\w)(?:negativ|minus|spar|reduc|reduktion|nedsæt|nedjust|"
    r"nedskriv|sænk|fald|lavere|færre|mindsk|lettelse|nedgang|rabat|refusion|tilskud|tilbagefør)|"
    r"besparelse|underskud|overskud|indtægt|fratræk"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text: its place, its kind, and its normalised value."""

    text: str
    start: int
    end: int
    kind: Kind
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a text, before and after its unit is known (`factor` is a power of ten)."""

    digits: str
    start: int
    end: int
    value: Decimal | str
    kind: Literal["amount", "percent", "count"] = "count"
    factor: int = 0
    has_unit: bool = False


@dataclass(frozen=True, slots=True)
class _Blocked:
    """A place that holds no figure: an address, an identifier."""

    start: int
    end: int


def find_figures(text: str, *, scale: Decimal = Decimal(1)) -> list[Figure]:
    """The figures of the text in order, without overlaps.

    `scale` is what a bare number is worth in kroner, in a table headed `1.000 kr.`: with it, bare
    numbers come back as amounts.
    """
    found: Iterator[Figure | _Blocked] = chain(
        (_Blocked(*match.span()) for match in _NO_FIGURE.finditer(text)),
        (
            _figure(text, m.start(), m.end(), "case_number", fold(m[0]))
            for m in _CASE.finditer(text)
        ),
        _sections(text),
        _times(text),
        chain.from_iterable(_dates(text, item) for item in find_all_dates(text)),
        _numbers(text, scale),
    )
    kept = longest_first(found, len(text))
    return [item for item in kept if isinstance(item, Figure)]


def unit_scale(text: str) -> Decimal:
    """What one unit is worth in kroner under a heading: 1000 for `1.000 kr.`, 1 if it says none."""
    match = _SCALE.search(text)
    if match is None or match["whole"]:
        return Decimal(1)
    name = (match["factor"] or match["bare"]).lower()
    return Decimal(10) ** (3 if name[0] == "1" else _FACTORS[name])


def same_value(claimed: Figure, found: Figure) -> bool:
    """Whether `found` says what `claimed` says; a date in a year, or a stk. of a §, will do."""
    kinds = {claimed.kind, found.kind}
    if claimed.kind == "section" and found.kind == "section":
        return _same_section(str(claimed.value), str(found.value))
    if claimed.kind in ("date", "year") and found.kind == "date":
        year_stands = str(claimed.value) in re.findall(r"[0-9]{4}", found.text)
        return year_stands or _date_within(str(claimed.value), str(found.value))
    if kinds == {"time", "count"}:
        return _clock(claimed.text) == _clock(found.text)
    if len(kinds) == 1 or kinds in ({"amount", "count"}, {"year", "count"}):
        return claimed.value == found.value
    return False


def unsupported(
    claim: str, evidence: str, *, evidence_scale: Decimal = Decimal(1), context: str = ""
) -> list[Figure]:
    """The figures of the claim that stand neither in the evidence nor in the context.

    Under a scale, bare numbers of the evidence are read both as they stand and scaled; an amount
    in the claim is borne out by the scaled ones only. A negative figure in the evidence bears out
    a positive one where the claim says the sign in words (`mindreforbrug`, `besparelse`).
    """
    raw = [*find_figures(evidence), *find_figures(context)]
    scaled = [] if evidence_scale == 1 else find_figures(evidence, scale=evidence_scale)
    turned = bool(_TURNED.search(claim))
    return [
        figure
        for figure in find_figures(claim)
        if not _is_supported(figure, raw, scaled, turned=turned)
    ]


def _is_supported(figure: Figure, raw: list[Figure], scaled: list[Figure], *, turned: bool) -> bool:
    with_unit = scaled and figure.kind == "amount"
    found = [*(item for item in raw if not with_unit or item.kind != "count"), *scaled]
    if any(same_value(figure, item) for item in found):
        return True
    if not turned or not isinstance(figure.value, Decimal) or figure.value <= 0:
        return False
    opposite = replace(figure, value=-figure.value)
    return any(same_value(opposite, item) for item in found)


def _figure(text: str, start: int, end: int, kind: Kind, value: Decimal | str) -> Figure:
    return Figure(text[start:end], start, end, kind, value)


def _dates(text: str, item: DateMention | PartialDate) -> Iterator[Figure]:
    if isinstance(item, DateMention) and item.precision == "year":
        yield from _years(text, item)
    else:
        value = _partial_value(item) if isinstance(item, PartialDate) else _date_value(item)
        yield _figure(text, item.start, item.end, "date", value)


def _years(text: str, item: DateMention) -> Iterator[Figure]:
    written = list(re.finditer(r"[0-9]+", item.text))
    for match, year in zip(written, (item.first.year, item.last.year), strict=False):
        start = item.start + match.start()
        yield _figure(text, start, item.start + match.end(), "year", Decimal(year))


def _date_value(item: DateMention) -> str:
    first, last = item.first, item.last
    if first == last:
        return first.isoformat()
    if item.precision == "month":
        return f"{first:%Y-%m}"
    if item.precision == "quarter" and last.month - first.month == 2:
        return f"{first.year}-Q{last.month // 3}"
    if "uge" in item.text.lower() and (last - first).days == 6:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _partial_value(item: PartialDate) -> str:
    marks = {"day": "--{:02}-{:02}", "quarter": "--Q{}", "week": "--W{:02}"}
    mark = marks[item.kind]
    low, high = mark.format(*item.first), mark.format(*item.last)
    return low if low == high else f"{low}/{high}"


def _date_within(claimed: str, found: str) -> bool:
    """Whether the found date is the claimed one, an end of it, or a day or month inside it."""
    ends = [found, *found.split("/")]
    if claimed.startswith("--"):
        return any(end.endswith(claimed[1:]) for end in ends)
    if len(claimed) == 4 or re.fullmatch(r"[0-9]{4}-[0-9]{2}", claimed):
        return all(end.startswith(claimed) for end in found.split("/"))
    return claimed in ends


def _times(text: str) -> Iterator[Figure]:
    for match in _TIME.finditer(text):
        group = "plain" if match["plain"] else "from"
        start = match.start("plain") if match["plain"] else match.start()
        yield _figure(text, start, match.end(group), "time", _clock(match[group]))
        if match["to"]:
            yield _figure(text, *match.span("to"), "time", _clock(match["to"]))


def _clock(written: str) -> str:
    hours, minutes, *_ = [*re.findall(r"[0-9]+", written), "00", "00"]
    return f"{hours:0>2}:{minutes}"


def _sections(text: str) -> Iterator[Figure]:
    for match in _SECTION.finditer(text):
        yield _figure(text, *match.span(), "section", _section_value(match))
        end = match.end()
        while match[0].startswith("§§") and (more := _MORE_SECTIONS.match(text, end)):
            yield _figure(text, more.start("base"), more.end(), "section", _section_value(more))
            end = more.end()


def _section_value(match: re.Match[str]) -> str:
    base = re.sub(r"\s", "", match["base"].lower()).replace("–", "-")
    stk = re.sub(r"\s", "", match["stk"] or "").replace("–", "-").lower()
    parts = [base, f"stk. {stk}" if stk else "", f"nr. {match['nr']}" if match["nr"] else ""]
    return " ".join(part for part in parts if part)


def _same_section(claimed: str, found: str) -> bool:
    wanted, given = _section_parts(claimed), _section_parts(found)
    return all(not want or _in_range(want, got) for want, got in zip(wanted, given, strict=True))


def _section_parts(value: str) -> tuple[str, str, str]:
    base, _, rest = value.partition(" ")
    stk = re.search(r"stk\. (\S+)", rest)
    number = re.search(r"nr\. (\S+)", rest)
    return base, stk[1] if stk else "", number[1] if number else ""


def _in_range(wanted: str, given: str) -> bool:
    if wanted == given or wanted in re.split("og|eller|-", given):
        return True
    ends = re.fullmatch(r"([0-9]{1,4})-([0-9]{1,4})", given)
    if not ends or not wanted.isdecimal():
        return False
    return int(ends[1]) <= int(wanted) <= int(ends[2])


def _numbers(text: str, scale: Decimal) -> Iterator[Figure]:
    matches = [*_NUMBER.finditer(text), *_WORD_NUMBER.finditer(text)]
    numbers = [_with_unit(text, match) for match in sorted(matches, key=re.Match.start)]
    for number in _shared_units(text, numbers):
        yield _as_figure(text, number, scale)


def _as_figure(text: str, number: _Number, scale: Decimal) -> Figure:
    value, kind = number.value, number.kind
    if isinstance(value, Decimal) and len(number.digits) <= 24:
        if number.factor:
            value = Decimal(f"{value.scaleb(number.factor):f}")
        if not number.has_unit and scale != 1 and not number.digits.isalpha():
            value, kind = value * scale, "amount"
    return _figure(text, number.start, number.end, kind, value)


def _with_unit(text: str, match: re.Match[str]) -> _Number:
    start, end = match.span()
    signed = _signed_start(text, start)
    value = _read(match[0])
    if signed < start and isinstance(value, Decimal):
        value = -value
    number = _Number(match[0], signed, end, value)
    return _unit_after(text, number) or _unit_before(text, number) or number


def _signed_start(text: str, start: int) -> int:
    before = text[max(0, start - 4) : start]
    is_minus = _MINUS.search(before) and not _NUMBER_THEN_SPACE.search(before)
    return start - 1 if is_minus else start


def _unit_after(text: str, number: _Number) -> _Number | None:
    percent = _PERCENT.match(text, number.end)
    if percent:
        return replace(number, end=percent.end(), kind="percent", has_unit=True)
    match = _UNIT.match(text, number.end) or _UNIT_IN_BRACKETS.match(text, number.end)
    if match and not _is_heading_year(number.digits, match):
        return _in_kroner(number, match)
    dashes = _DASHES.match(text, number.end)
    if dashes:
        kroner = re.compile(rf"[^\S\n\t]?{_KR}", re.I).match(text, dashes.end())
        end = kroner.end() if kroner else dashes.end()
        return replace(number, end=end, kind="amount", has_unit=True)
    return None


def _is_heading_year(digits: str, unit: re.Match[str]) -> bool:
    """Whether it is a year above a table and the unit of the table, not an amount."""
    alone = unit.groupdict().get("kr") and not unit["factor"] and "\n" not in unit[0]
    return bool(_YEAR_LIKE.match(digits)) and not alone


def _in_kroner(number: _Number, match: re.Match[str]) -> _Number:
    groups = match.groupdict()
    name = (groups.get("factor") or groups.get("thousand") or groups.get("bare") or "").lower()
    heading = (groups.get("heading") or "").lower()
    factor = 3 if heading.startswith("1") else _FACTORS.get(name or heading, 0)
    kind: Literal["amount", "count"] = "count" if groups.get("bare") else "amount"
    return replace(number, end=match.end(), kind=kind, factor=factor, has_unit=True)


def _unit_before(text: str, number: _Number) -> _Number | None:
    if _YEAR_LIKE.match(number.digits):
        return None
    low = max(0, number.start - 14)
    match = _UNIT_BEFORE.search(text[low : number.start])
    if not match or re.search(r"[0-9½¼¾][\s.]*\Z", text[max(0, low - 4) : low + match.start()]):
        return None
    factor = _FACTORS.get((match["factor"] or "").lower(), 0)
    start = low + match.start()
    return replace(number, start=start, kind="amount", factor=factor, has_unit=True)


def _shared_units(text: str, numbers: list[_Number]) -> Iterable[_Number]:
    """The numbers; the first of `200-250 mio. kr.` gets the unit of the second."""
    shared = list(numbers)
    for index in range(len(shared) - 1, 0, -1):
        left, right = shared[index - 1], shared[index]
        if right.has_unit and not left.has_unit and _shares(text, left, right):
            shared[index - 1] = _like(left, right)
    return shared


def _shares(text: str, left: _Number, right: _Number) -> bool:
    if _YEAR_LIKE.match(left.digits) or not 0 < right.start - left.end <= 12:
        return False
    between = text[left.end : right.start]
    if _RANGE.match(between):
        return True
    window = text[max(0, left.start - 60) : left.start]
    return bool(_LIST.match(between) and _LIST_OPENING.search(window))


def _like(left: _Number, right: _Number) -> _Number:
    value = left.value
    if isinstance(value, Decimal) and _is_short_for_thousands(left, right):
        value *= 1000
    return replace(left, value=value, kind=right.kind, factor=right.factor, has_unit=True)


def _is_short_for_thousands(left: _Number, right: _Number) -> bool:
    """Whether `20` in `20-25.000 kr.` means 20.000."""
    if (
        not left.digits.isdecimal()
        or len(left.digits) > 3
        or not re.fullmatch(r"[0-9]{1,3}\.000", right.digits)
    ):
        return False
    return right.start - left.end == 1 and int(left.digits) * 1000 < Decimal(right.value)


def _read(digits: str) -> Decimal | str:
    """The value of a number written in Danish; the text itself where it has none (`1.2.3`)."""
    if digits.isalpha():
        return Decimal(NUMBER_WORDS[digits.lower()])
    fraction = _FRACTIONS.get(digits[-1], Decimal(0))
    bare = re.sub(r"[ \u00a0\u202f½¼¾]", "", digits) or "0"
    plain = _plain(bare)
    return digits if plain is None else Decimal(plain) + fraction if fraction else Decimal(plain)


def _plain(digits: str) -> str | None:
    if digits.isdecimal():
        return digits
    last = "," if digits.rfind(",") > digits.rfind(".") else "."
    other = "." if last == "," else ","
    whole, _, decimals = digits.rpartition(last)
    if other in whole:
        return f"{_ungrouped(whole, other)}.{decimals}" if _ungrouped(whole, other) else None
    if last in whole or (last == "." and _is_grouped(whole, decimals)):
        return _ungrouped(digits, last)
    return f"{whole}.{decimals}"


def _is_grouped(whole: str, decimals: str) -> bool:
    return len(decimals) == 3 and len(whole) <= 3 and not whole.startswith("0")


def _ungrouped(digits: str, mark: str) -> str | None:
    first, *groups = digits.split(mark)
    fits = (
        first.isdecimal()
        and 1 <= len(first) <= 3
        and all(len(group) == 3 and group.isdecimal() for group in groups)
    )
    return first + "".join(groups) if fits else None
