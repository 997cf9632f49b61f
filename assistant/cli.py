"""The command line. Danish texts; exit code 0: fine, 1: something failed, 2: wrong use."""

from __future__ import annotations

import json
import logging
import shlex
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.errors import AssistantError, WrongUseError
from assistant.evaluate import Judged, judge, read_questions, write_answers, yardsticks
from assistant.settings import Settings
from assistant.types import Answer, Citation, Filters, Hit

app = typer.Typer(
    name="assistant",
    help="Spørg i dagsordener, referater og handleplaner. Hvert svar viser, hvor det står.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
log = logging.getLogger("assistant")

_STATUS = {
    "not_found": "Ikke fundet",
    "undecided": "Ikke besluttet endnu",
    "closed": "Lukket punkt",
}
_DEMO_QUESTIONS = (
    "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?",
    "Hvor højt var sygefraværet på ældreområdet i 2024?",
    "Hvad var købsprisen for arealet ved Mosevej?",
)

AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]
Committee = Annotated[list[str] | None, typer.Option(help="Kun dette udvalg (kan gentages).")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Fra dato.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Til dato.")]
Case = Annotated[str, typer.Option("--case-number", help="Kun denne sag.")]
Item = Annotated[str, typer.Option("--item-id", help="Kun dette punkt.")]
Municipality = Annotated[str, typer.Option(help="Kun denne kommune.")]
Kind = Annotated[str, typer.Option("--document-kind", help="agenda, minutes, case eller plan.")]


def main() -> None:
    """Run the command line. The outermost edge: nobody gets a traceback."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        code = app(standalone_mode=False)
    except WrongUseError as error:
        code = _say(str(error), 2)
    except AssistantError as error:
        code = _say(str(error), 1)
    except typer.TyperException as error:
        code = _say(_usage(error), 2)
    except (typer.Abort, KeyboardInterrupt):
        code = _say("Afbrudt. Kør kommandoen igen for at gøre den færdig.", 1)
    except Exception:
        log.exception("uventet fejl")
        code = _say("Der skete en uventet fejl. Den står i loggen ovenfor.", 1)
    sys.exit(code or 0)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Filer eller mapper.", metavar="STI…")],
    as_json: AsJson = False,
) -> int:
    """Indlæs dagsordener, referater og planer."""
    from assistant.store.store import Store
    from ingest.pipeline import files_in
    from ingest.pipeline import ingest as run

    found = files_in(paths)
    with closing(Store(Settings())) as store, _progress("Indlæser", len(found)) as bar:
        report = run(found, store, lambda _: bar.advance(bar.task_ids[0]))
    if as_json:
        _print_json(report.as_json())
    else:
        told = report.as_json()
        _print_counts(
            {name: told[key] for key, name in _REPORT.items()}, f"Indlæst på {report.seconds:.1f} s"
        )
        for note in report.skipped:
            out.print(f"[yellow]Sprunget over:[/] {escape(note.file)}: {escape(note.reason)}")
        for note in report.failures:
            err.print(f"[red]Fejl:[/] {escape(note.file)}: {escape(note.reason)}")
    return 1 if report.failures else 0


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="Spørgsmålet, på dansk.")],
    committee: Committee = None,
    date_from: From = None,
    date_to: To = None,
    case_number: Case = "",
    item_id: Item = "",
    municipality: Municipality = "",
    document_kind: Kind = "",
    top_k: Annotated[int, typer.Option(min=1, max=50, help="Hvor mange fund svaret ser på.")] = 10,
    as_json: AsJson = False,
) -> int:
    """Stil et spørgsmål, og få et svar med kilder."""
    filters = _filters(
        committee, date_from, date_to, case_number, item_id, municipality, document_kind
    )
    with _assistant() as assistant:
        answer = assistant.ask(question, filters, top_k)
    _print_json(asdict(answer)) if as_json else _print_answer(answer)
    return 0


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Ord eller spørgsmål.")],
    committee: Committee = None,
    date_from: From = None,
    date_to: To = None,
    case_number: Case = "",
    item_id: Item = "",
    municipality: Municipality = "",
    document_kind: Kind = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="Hvor mange fund.")] = 10,
    as_json: AsJson = False,
) -> int:
    """Find de steder, der passer bedst."""
    filters = _filters(
        committee, date_from, date_to, case_number, item_id, municipality, document_kind
    )
    with _assistant() as assistant:
        hits = assistant.search(query, filters, limit)
    if as_json:
        _print_json([asdict(hit) for hit in hits])
    else:
        for number, hit in enumerate(hits, start=1):
            _print_hit(number, hit)
    return 0


@app.command()
def status(as_json: AsJson = False) -> int:
    """Vis, hvad der er indlæst."""
    with _assistant() as assistant:
        told = assistant.status()
    if as_json:
        _print_json(told)
    else:
        _print_counts(told, "Indlæst")
    return 0


@app.command()
def reindex(as_json: AsJson = False) -> int:
    """Lav vektorindekset om ud fra kataloget, også når sprogmodellen er skiftet."""
    from assistant.store.store import rebuild

    with _progress("Genopbygger", None) as bar:
        documents = rebuild(Settings(), lambda n: bar.advance(bar.task_ids[0], n))
    if as_json:
        _print_json({"documents": documents})
    else:
        out.print(f"Indekset er lavet om: {documents} dokumenter.")
    return 0


@app.command("eval")
def evaluate(
    paths: Annotated[list[Path], typer.Argument(help="Spørgsmålsfiler (JSONL).", metavar="FIL…")],
    answers: Annotated[Path | None, typer.Option(help="Skriv hvert svar til denne fil.")] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="Vis hvert forkert svar.")] = False,
    as_json: AsJson = False,
) -> int:
    """Mål svarene mod spørgsmålsfiler."""
    questions = read_questions(paths)
    with _assistant() as assistant, _progress("Spørger", len(questions)) as bar:
        judged = []
        for question in questions:
            judged.append(judge(question, assistant))
            bar.advance(bar.task_ids[0])
    if answers:
        write_answers(judged, answers)
    told = yardsticks(judged)
    _print_json(told) if as_json else _print_yardsticks(told)
    if wrong:
        for one in judged:
            if not one.right:
                _print_wrong(one)
    return 0


@app.command()
def demo(as_json: AsJson = False) -> int:
    """Indlæs den opdigtede Fjordby Kommune, og svar på tre spørgsmål."""
    from assistant.service import Assistant
    from ingest.pipeline import files_in
    from ingest.pipeline import ingest as run

    home = Settings().home / "demo"
    with closing(Assistant(Settings(home=home))) as assistant:
        with as_file(files("data") / "sample") as folder:
            found = files_in([folder])
            with _progress("Indlæser prøvekorpus", len(found)) as bar:
                report = run(found, assistant.store, lambda _: bar.advance(bar.task_ids[0]))
        answers = [assistant.ask(question) for question in _DEMO_QUESTIONS]
    if as_json:
        _print_json({"report": report.as_json(), "answers": [asdict(a) for a in answers]})
    else:
        for answer in answers:
            out.print(f"\n[bold]Spørgsmål:[/] {escape(answer.question)}")
            _print_answer(answer)
        out.print(
            "\nSpørg videre i prøvekorpusset:\n"
            f"  ASSISTANT_HOME={shlex.quote(str(home))} {shlex.quote(sys.argv[0])} "
            'ask "Hvem stemte imod skybrudssikringen?"',
            soft_wrap=True,
            markup=False,
        )
    return 1 if report.failures else 0


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
}


@contextmanager
def _assistant() -> Iterator[Any]:
    from assistant.service import Assistant

    with closing(Assistant(Settings())) as assistant:
        yield assistant


@contextmanager
def _progress(text: str, total: int | None) -> Iterator[Progress]:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        bar.add_task(text, total=total)
        yield bar


def _filters(
    committee: list[str] | None,
    date_from: datetime | None,
    date_to: datetime | None,
    case_number: str,
    item_id: str,
    municipality: str,
    document_kind: str,
) -> Filters:
    return Filters(
        committee=tuple(committee or ()),
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        case_number=case_number,
        item_id=item_id,
        municipality=municipality,
        document_kind=document_kind,
    )


def _print_json(told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _print_answer(answer: Answer) -> None:
    if answer.status in _STATUS:
        out.print(f"[yellow]{_STATUS[answer.status]}[/]")
    out.print(answer.answer, markup=False)
    for citation in answer.citations:
        out.print(f"  [dim]\\[{citation.n}][/] {escape(_told_place(citation))}")
    for note in answer.notes:
        out.print(f"[dim]{escape(note)}[/]")


def _told_place(citation: Citation) -> str:
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


def _print_hit(number: int, hit: Hit) -> None:
    source = hit.source
    day = source.meeting_date.isoformat() if source.meeting_date else ""
    parts = (source.committee, day, source.title, hit.heading, source.case_number, source.document)
    out.print(f"[bold]{number}.[/] {escape(' · '.join(p for p in parts if p))} ({hit.score:.2f})")
    out.print(f"   {' '.join(hit.text.split())[:300]}", markup=False)
    if hit.also:
        out.print(f"   [dim]samme tekst i {len(hit.also)} andre møder[/]")


def _print_counts(told: dict[str, Any], title: str) -> None:
    table = Table(title=title, show_header=False, title_justify="left")
    for name, value in told.items():
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        table.add_row(name, escape(shown))
    out.print(table)


def _print_yardsticks(told: dict[str, Any]) -> None:
    _print_counts({key: value for key, value in told.items() if key != "by_kind"}, "Målestokke")
    _print_counts(
        {
            kind: f"{row['right']:.0%} af {row['questions']}"
            for kind, row in told["by_kind"].items()
        },
        "Rigtige efter art",
    )


def _print_wrong(one: Judged) -> None:
    out.print(f"\n{one.question.id} ({one.question.kind}) {one.question.question}", markup=False)
    out.print(f"  ventet: {one.question.expect} {list(one.question.must)}", markup=False)
    out.print(f"  fundet på plads: {one.place}; svar: {one.answer.status}", markup=False)
    out.print(f"  {one.answer.answer}", markup=False)
    for citation in one.answer.citations:
        out.print(f"  [{citation.n}] {_told_place(citation)}", markup=False)


def _usage(error: typer.TyperException) -> str:
    """What was wrong with the command's words; the library's own sentences are English."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error)
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or getattr(parameter, "name", "") or ""
    reason = _WRONG_USE.get(kind, "Forkert brug")
    return f"{reason}{name and ': ' + name}. Se »assistant --help«."


_WRONG_USE = {
    "NoSuchOption": "Tilvalget findes ikke",
    "MissingParameter": "Der mangler en værdi",
    "BadParameter": "Værdien kan ikke bruges",
}


def _say(sentence: str, code: int) -> int:
    err.print(sentence, markup=False, soft_wrap=True)
    return code
