"""What several commands print: JSON, tables of counts, where a citation stands, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.types import Citation

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@contextmanager
def progress(text: str, total: int | None) -> Iterator[Progress]:
    """Show a progress bar with one task, where there is a terminal to show it on."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        bar.add_task(text, total=total)
        yield bar


def print_json(told: object) -> None:
    sys.stdout.write(json_text(told))


def json_text(told: object) -> str:
    """Return plain data as JSON text; a day is written as ISO has it."""
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def print_counts(told: Mapping[str, object], title: str) -> None:
    """Print names and values as a table."""
    table = Table(title=title, show_header=False, title_justify="left")
    for name, value in told.items():
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        table.add_row(name, escape(shown))
    out.print(table)


def told_place(citation: Citation) -> str:
    """Return where a citation stands, on one line."""
    number = f"punkt {citation.item_number}" if citation.item_number else ""
    parts = (
        citation.committee,
        citation.meeting_date or "",
        number,
        citation.title,
        citation.heading,
        citation.case_number and f"sag {citation.case_number}",
        citation.document,
    )
    return " · ".join(part for part in parts if part)
