"""`ingest`, `status` and `reindex`: what the store holds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from assistant.access import Level
from assistant.cli.app import As, AsJson, app, opened
from assistant.cli.output import err, out, print_counts, print_json, progress
from assistant.settings import Settings

_REPORT = {
    "documents": "Dokumenter",
    "meetings": "Møder",
    "items": "Åbne punkter",
    "closed": "Lukkede punkter (uden indhold)",
    "plans": "Planer",
    "sections": "Afsnit",
    "passages": "Tekststykker",
    "embedded": "Nye vektorer",
    "unchanged": "Uændrede filer",
    "hidden_words": "Skjulte ord (udeladt)",
}

_LEVELS = {Level.INTERNAL: "Heraf internt", Level.CLOSED: "Heraf lukket"}


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Filer eller mapper.", metavar="STI…")],
    internal: Annotated[
        bool, typer.Option("--internal", help="Internt materiale: ses ikke af offentligheden.")
    ] = False,
    include_closed: Annotated[
        bool,
        typer.Option("--include-closed", help="Gem også lukkede punkters indhold."),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Indlæs dagsordener, referater og planer."""
    from assistant.store.store import Store
    from ingest.pipeline import Access, files_in
    from ingest.pipeline import ingest as run

    found = files_in(paths)
    access = Access(Level.INTERNAL if internal else Level.OPEN, include_closed)
    with closing(Store(Settings())) as store, progress("Indlæser", len(found)) as bar:
        report = run(found, store, lambda _: bar.advance(bar.task_ids[0]), access)
    if as_json:
        print_json(report.as_json())
    else:
        told = report.as_json()
        print_counts(
            {name: told[key] for key, name in _REPORT.items()}, f"Indlæst på {report.seconds:.1f} s"
        )
        for level, name in _LEVELS.items():
            if stored := report.levels.get(level):
                out.print(
                    f"{name}: {stored['items']} punkter i {stored['documents']} dokumenter "
                    f"({stored['passages']} tekststykker)"
                )
        for note in report.skipped:
            out.print(f"[yellow]Sprunget over:[/] {escape(note.file)}: {escape(note.reason)}")
        for note in report.failures:
            err.print(f"[red]Fejl:[/] {escape(note.file)}: {escape(note.reason)}")
    return 1 if report.failures else 0


@app.command()
def status(role: As = None, as_json: AsJson = False) -> int:
    """Vis, hvad der er indlæst."""
    with opened(role) as assistant:
        told = assistant.status()
    if as_json:
        print_json(told)
    else:
        print_counts(told, "Indlæst")
    return 0


@app.command()
def reindex(as_json: AsJson = False) -> int:
    """Lav vektorindekset om ud fra kataloget, også når sprogmodellen er skiftet."""
    from assistant.store.store import rebuild

    with progress("Genopbygger", None) as bar:
        documents = rebuild(Settings(), lambda n: bar.advance(bar.task_ids[0], n))
    if as_json:
        print_json({"documents": documents})
    else:
        out.print(f"Indekset er lavet om: {documents} dokumenter.")
    return 0
