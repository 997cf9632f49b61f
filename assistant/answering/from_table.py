"""A table's row as an answer: the cells that are meant, and what they are figures of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.draft import Draft, Span, words
from assistant.answering.signs import YEAR
from assistant.answering.units import Candidate, name_cell
from assistant.answering.verify import folded
from assistant.danish.figures import find_figures
from assistant.danish.sentences import sentences
from assistant.danish.words import content_stems, stems
from assistant.retrieval.retriever import Retrieved
from assistant.store.stored import StoredSection
from assistant.types import Block

_LONGEST_ROW = 240
_LONGEST_CELL, _SHORT_CELL = 60, 6
_FEW_CELLS = 3
_COLUMN_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""Also the year in `R2022`."""
_LONGEST_LEAD = 40
_POINTS_DOWN = re.compile(r"\b(?:neden\w*|følgende|herunder|tabel \d+)\b", re.IGNORECASE)
_SAYS_MORE, _SHORT_STEM = 2, 2
"""A column of row names is told where its name has as many stems that are longer than this."""


def quote_row(draft: Draft, row: Candidate, found: Retrieved) -> None:
    """Quote the cells that the question means, each named by row, column, unit and table.

    What the table is about is quoted from over it, unless the question or an earlier row of the
    answer says it.
    """
    name = name_cell(row.block, row.stored.section.text)
    wanted = _wanted_cells(row, found, name)
    over = over_table(row.stored, row.block)
    if not wanted:
        said, spans = folded(row.text), [Span(row.stored, row.unit.start, row.unit.end)]
    else:
        told = "; ".join(_named_cell(row, cell) for cell in wanted)
        named = "" if name is None else f"{_label(row, name, found)}{_title(row, name)}: "
        said, spans = f"{named}{told}", _spans(row, name, wanted)
    title = _unsaid_title(row, found, f"{said} {over.quote if over else ''}")
    if over and not _is_quoted(over, draft) and not _is_said(over.quote, found, said):
        said = f"{said} – over tabellen{title} står: »{over.quote}«"
        spans.append(over)
    elif title and not _same_table_is_quoted(row, draft):
        said = f"{said} – tabellen står{title}"
    draft.claim(said, "statement" if said != spans[0].quote else "quote", *spans)


def words_of_row(draft: Draft, row: Candidate) -> int:
    """Return about how many words it takes to quote the row, with what stands over its table."""
    if _same_table_is_quoted(row, draft):
        return words(row.text)
    over = over_table(row.stored, row.block)
    return words(f"{row.text} {row.stored.source.title} {over.quote if over else ''}")


def over_table(stored: StoredSection, row: Block) -> Span | None:
    """Return what stands over the row's table and tells what it is about.

    That is its title or the sentence that leads to it, else the subheading that it stands under.
    """
    section = stored.section
    if row.table is None:
        return None
    rows = [block for block in section.blocks if block.table == row.table]
    title = _place_of(section.tables[row.table].caption, section.text, rows)
    if title:
        return Span(stored, *title)
    above = list(reversed(section.blocks[:section.blocks.index(rows[0])]))
    for block in above:
        if block.kind == "subheading":
            return Span(stored, block.start, block.end)
        if block.table is not None:
            break
        text = section.text[block.start:block.end]
        for said in reversed(sentences(text) if block.kind == "paragraph" else []):
            line = text[said.start:said.end]
            if _leads_to_table(line) or (block is above[0] and _is_title(line)):
                return Span(stored, block.start + said.start, block.start + said.end)
    return None


def _place_of(caption: str, text: str, rows: Sequence[Block]) -> tuple[int, int] | None:
    """Where the caption stands among the table's own rows, whose lines may end inside it."""
    pattern = re.compile(r"\s+".join(map(re.escape, caption.split())))
    found = pattern.search(text, rows[0].start, rows[-1].end) if caption else None
    return found.span() if found else None


def _leads_to_table(sentence: str) -> bool:
    """Whether a sentence points to what comes after it."""
    points = sentence.endswith(":") or _POINTS_DOWN.search(sentence)
    return bool(points) and words(sentence) <= _LONGEST_LEAD


def _is_title(line: str) -> bool:
    return not line.endswith((".", "?", "!")) and words(line) <= _LONGEST_LEAD


def _is_quoted(span: Span, draft: Draft) -> bool:
    return any(
        quoted.section_id == span.stored.source.section_id
        and quoted.start <= span.start
        and span.end <= quoted.end
        for quoted in draft.citations
    )


def _same_table_is_quoted(row: Candidate, draft: Draft) -> bool:
    blocks = [one for one in row.stored.section.blocks if one.table == row.block.table]
    return any(
        quoted.section_id == row.stored.source.section_id
        and any(block.start <= quoted.start < block.end for block in blocks)
        for quoted in draft.citations
    )


def _unsaid_title(row: Candidate, found: Retrieved, said: str) -> str:
    title = row.stored.source.title
    return f" i »{title}«" if title and not _is_said(title, found, said) else ""


def _is_said(text: str, found: Retrieved, said: str) -> bool:
    return set(stems(f"{found.question.text}\n{said}")).issuperset(content_stems(text))


def _title(row: Candidate, name: int) -> str:
    """The row's name; where another row has the same, after the row of one cell above it."""
    section = row.stored.section
    title = folded(section.text[slice(*row.block.cells[name])])
    rows = [block for block in section.blocks if block.table == row.block.table]
    names = [_name(block, section.text) for block in rows]
    if names.count(title) < 2:
        return title
    above = rows[:rows.index(row.block)]
    group = next((one for one in reversed(above) if len(one.cells) == 1), None)
    return f"{folded(section.text[group.start:group.end])}, {title}" if group else title


def _name(block: Block, text: str) -> str:
    place = name_cell(block, text)
    return "" if place is None else folded(text[slice(*block.cells[place])])


def _label(row: Candidate, name: int, found: Retrieved) -> str:
    """What stands over the rows' names, where it says what the figures are: *Forbrug i timer*."""
    columns = row.table.columns if row.table else ()
    over = columns[name] if name < len(columns) else ""
    more = [stem for stem in content_stems(over) if stem.isalpha() and len(stem) > _SHORT_STEM]
    if len(more) < _SAYS_MORE or set(more) <= set(stems(found.question.text)):
        return ""
    return f"{over} – "


def _wanted_cells(row: Candidate, found: Retrieved, name: int | None) -> list[int]:
    """The cells that the question means: those of the years it names, else of the columns.

    Where it names no year, a row over several years is told for each of them, with its total; and
    a few figures are all told, so that which is which can be seen.
    """
    text, columns = row.stored.section.text, row.table.columns if row.table else ()
    length = {n: words(text[slice(*cell)]) for n, cell in enumerate(row.block.cells)}
    filled = [
        n for n in length if (name is None or n > name) and 0 < length[n] <= _LONGEST_CELL
    ]
    figures = [n for n in filled if find_figures(text[slice(*row.block.cells[n])])]
    years = set(YEAR.findall(found.question.text))
    periods = [n for n in filled if n < len(columns) and _COLUMN_YEAR.search(columns[n])]
    dated = [n for n in periods if any(year in columns[n] for year in years)]
    if dated:
        return dated
    if len(periods) > 1:
        return sorted({*periods, *(n for n in figures if length[n] <= _SHORT_CELL)})
    if len(figures) <= _FEW_CELLS and figures and max(length[n] for n in figures) <= _SHORT_CELL:
        return figures
    asked = [
        (found.subject.coverage(set(stems(columns[n]))) if n < len(columns) else 0.0, -n)
        for n in figures or filled
    ]
    return [-max(asked)[1]] if asked else []


def _named_cell(row: Candidate, cell: int) -> str:
    text, table = row.stored.section.text, row.table
    value = folded(text[slice(*row.block.cells[cell])])
    column = table.columns[cell] if table and cell < len(table.columns) else ""
    unit_name = table.unit if table and not re.search(r"[a-z]", value) else ""
    named = f"{column}: {value}" if column else value
    return f"{named} ({unit_name})" if unit_name and unit_name not in named else named


def _spans(row: Candidate, name: int | None, wanted: Sequence[int]) -> list[Span]:
    """From the row's name to the last cell; where that is long, the name and the cells alone."""
    cells = row.block.cells
    first = wanted[0] if name is None else name
    start, end = cells[first][0], cells[wanted[-1]][1]
    if end - start <= _LONGEST_ROW:
        return [Span(row.stored, start, end)]
    return [Span(row.stored, *cells[cell]) for cell in dict.fromkeys((first, *wanted))]
