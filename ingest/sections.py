"""Building sections: text grows block by block, and every block knows its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.danish.dates import find_dates
from assistant.danish.sentences import sentences
from assistant.danish.words import fold
from assistant.types import Block, BlockKind, Section, SectionKind, Table

_SPACE = re.compile(r"[^\S\n]+")
_UNIT = re.compile(
    r"(?P<thousands>(?<![\d.,])1\.?000\s*kr\b\.?)"
    r"|(?P<figure>\d[\d.,]*\s*)?(?P<unit>(?:\b(?:mio|mia|t|hele)\.?\s*)?\bkr\b\.?|\btkr\b\.?)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[-+–(]*\d[\d.,]*\)?\s*(?:%|pct\.?|procent|,-|(?:mio|mia|t)?\.?\s*kr\.?)?\*?|[-–]",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?")
_LONGEST_COLUMN = 120
_LONGEST_CAPTION = 250


def clean(text: str) -> str:
    """Fold white space to single spaces, keeping line ends, without touching anything else."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass
class SectionBuilder:
    """Collects one section. Each `add_…` appends a line to the text and a block that covers it."""

    kind: SectionKind
    heading: str = ""
    _lines: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def add_paragraph(self, text: str) -> None:
        self._add("paragraph", text)

    def add_subheading(self, text: str) -> None:
        self._add("subheading", text)

    def add_list_item(self, text: str, marker: str = "", raw_marker: str = "") -> None:
        """Append a list item. `raw_marker` stands in the source's own text and is kept there."""
        self._add("list_item", text, marker or raw_marker.strip().rsplit(" ", 1)[-1], raw_marker)

    def add_table(
        self, rows: Sequence[Sequence[str]], header_rows: int | None = None, caption: str = ""
    ) -> None:
        """Append a table: rows of cell texts, the first `header_rows` of them naming columns."""
        kept = [[clean(cell) for cell in row] for row in rows]
        kept = [row for row in kept if any(row)]
        if not kept:
            return
        titles, header = _head(kept) if header_rows is None else (0, header_rows)
        caption = caption or " ".join("".join(row) for row in kept[:titles]) or self._caption()
        columns = _columns(kept[titles:header])
        unit = _unit(caption, columns, kept[header:])
        self._tables.append(Table(caption.replace("\n", " "), unit, columns))
        for number, row in enumerate(kept):
            self._add_row("table_header" if number < header else "table_row", row)

    def build(self) -> Section:
        return Section(
            self.kind, self.heading, "\n".join(self._lines), tuple(self._blocks),
            tuple(self._tables),
        )

    def _caption(self) -> str:
        """The words that lead to a table: the last sentence before it, where that is short."""
        if not self._blocks or self._blocks[-1].kind not in ("paragraph", "subheading"):
            return ""
        line = self._lines[-1].rsplit("\n", 1)[-1]
        last = sentences(line)[-1]
        caption = line if len(line) <= _LONGEST_CAPTION else line[last.start:last.end]
        return caption if len(caption) <= _LONGEST_CAPTION else ""

    def _add(self, kind: BlockKind, text: str, marker: str = "", before: str = "") -> None:
        text = clean(text)
        if not text:
            return
        start = self._start_line(before + text) + len(before)
        self._blocks.append(Block(kind, start, start + len(text), marker))

    def _add_row(self, kind: BlockKind, row: list[str]) -> None:
        while row and not row[-1]:
            row = row[:-1]
        start = self._start_line("\t".join(row))
        cells, at = [], start
        for cell in row:
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        self._blocks.append(
            Block(kind, start, at - 1, cells=tuple(cells), table=len(self._tables) - 1)
        )

    def _start_line(self, line: str) -> int:
        start = self._length
        self._lines.append(line)
        self._length += len(line) + 1
        return start


def built(builders: Iterable[SectionBuilder]) -> tuple[Section, ...]:
    """Return the sections of the builders that hold anything."""
    return tuple(builder.build() for builder in builders if builder)


def _head(rows: list[list[str]]) -> tuple[int, int]:
    """How many rows open a table as its title, and where its body begins.

    A title is a row of one cell above the names of the columns. Without names there is neither.
    """
    titles = next((n for n, row in enumerate(rows) if not row[0] or any(row[1:])), 0)
    rows = rows[titles:]
    if not _names_columns(rows) or (titles and not _is_wide(rows)):
        return 0, 0
    return titles, titles + 1 + _names_go_on(rows)


def _names_columns(rows: list[list[str]]) -> bool:
    first, names = rows[0][0], [cell for cell in rows[0][1:] if cell]
    if len(rows) < 2 or not names:
        return False
    longest = _LONGEST_COLUMN if first and len(names) == 1 else 2 * _LONGEST_COLUMN
    if any(_is_figure(name) or len(name) > longest for name in names):
        return False
    below = rows[1][0]
    counted = _is_counted(first) and _is_counted(below) and not _is_counted(names[0])
    labelled = first.endswith(":") and not names[0].endswith(":")
    dated = any(_is_day(cell) and _is_day(rows[1][i]) for i, cell in enumerate(rows[0][1:], 1)
                if i < len(rows[1]))
    return not (counted or labelled or dated or first == below != "")


def _is_wide(rows: list[list[str]]) -> bool:
    """Three columns or more, or figures: what has names under a title."""
    return sum(map(bool, rows[0])) > 2 or any(_is_figure(cell) for cell in rows[1][1:])


def _names_go_on(rows: list[list[str]]) -> bool:
    """Whether the second row names parts of the first row's wide cells."""
    second = [cell for cell in rows[1][1:] if cell]
    return (
        len(rows) > 2
        and "" in rows[0][1:]
        and not rows[1][0]
        and len(second) > 1
        and not any(map(_is_figure, second))
    )


def _is_counted(cell: str) -> bool:
    """Whether a cell begins with a number or a date, as the rows of a list or a calendar do."""
    return cell[:1].isdigit() or any(found.start == 0 for found in find_dates(cell))


def _is_day(cell: str) -> bool:
    return any(found.precision == "day" and found.text == cell for found in find_dates(cell))


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell)) and not _PERIOD.fullmatch(cell)


def _columns(names: list[list[str]]) -> tuple[str, ...]:
    return tuple(
        " ".join(row[i] for row in names if i < len(row) and row[i]).replace("\n", " ")
        for i in range(max(map(len, names), default=0))
    )


def _unit(caption: str, columns: Sequence[str], body: list[list[str]]) -> str:
    """The one unit of all the table's figures, or "" where the columns have several.

    It stands in the caption or over the row labels, or else over every column of figures.
    """
    figures = [i for i in range(len(columns)) if _holds_figures(i, body)]
    over_labels = [columns[i] for i in range(len(columns)) if i not in figures]
    found = [unit for text in (*over_labels, caption) if (unit := _unit_in(text))]
    over_figures = [_unit_in(columns[i]) for i in figures]
    if not found and over_figures and all(over_figures):
        found = over_figures
    others = {fold(unit) for unit in over_figures if unit}
    return found[0] if found and others <= {fold(found[0])} else ""


def _holds_figures(column: int, body: list[list[str]]) -> bool:
    cells = [row[column] for row in body if column < len(row) and row[column]]
    return bool(cells) and 2 * sum(map(_is_figure, cells)) >= len(cells)


def _unit_in(text: str) -> str:
    """The unit that a text names by itself, not as part of an amount."""
    named = (found["thousands"] or found["unit"] for found in _UNIT.finditer(text)
             if not found["figure"])
    return next(named, "")
