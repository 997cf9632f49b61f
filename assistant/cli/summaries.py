"""`summarize` and `briefing`: documents for staff and members, in the format that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import As, AsJson, Engine, app, opened
from assistant.cli.corrections import read_correction
from assistant.cli.documents import AsFormat, Into, format_of, write
from assistant.cli.output import err, progress
from assistant.errors import WrongUseError

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.store.stored import StoredItem
    from assistant.summarising.item_summary import ItemSummary
    from assistant.types import AgendaItem, Document, EngineName


@app.command()
def summarize(
    items: Annotated[
        list[str] | None, typer.Argument(help="Punkternes id.", metavar="PUNKT…")
    ] = None,
    meeting: Annotated[str, typer.Option(help="Alle åbne punkter på mødet med dette id.")] = "",
    file: Annotated[
        Path | None, typer.Option(help="En sag i en fil, der ikke er indlæst.")
    ] = None,
    approve_by: Annotated[
        str, typer.Option(help="Godkend de resuméer, der er lavet, i dette navn.", metavar="NAVN")
    ] = "",
    correct: Annotated[
        Path | None,
        typer.Option(help="Ret punktets blok efter denne fil: den, --format json gav, rettet."),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Lav også godkendte resuméer om; de bliver til udkast.")
    ] = False,
    engine: Engine = None,
    form: AsFormat = None,
    output: Into = None,
    role: As = None,
    as_json: AsJson = False,
) -> int:
    """Lav blokken »Prompt resultater« for et eller flere punkter, med kilder på hver linje."""
    from assistant.rendering.summary_json import summary_json
    from assistant.rendering.summary_outline import summary_outline

    if sum(map(bool, (items, meeting, file))) != 1:
        raise WrongUseError(
            "Angiv enten punkternes id, --meeting MØDE eller --file FIL. "
            "»assistant meetings« viser møderne og deres punkter."
        )
    if approve_by and (file or anew or engine):
        raise WrongUseError(
            "--approve-by godkender et resumé, der er lavet, og kan ikke bruges med --file, --anew "
            "eller --engine. Lav resuméet først, læs det, og godkend det så."
        )
    if correct and (not items or len(items) > 1 or approve_by or anew or engine):
        raise WrongUseError(
            "--correct retter ét punkts blok og bruges sammen med punktets id alene: »assistant "
            "summarize PUNKT --correct FIL.json«."
        )
    wanted = format_of(form, output, as_json)
    with opened(role) as assistant:
        if file:
            made, failed = _of_file(file, assistant, engine), 0
        elif correct and items:
            made, failed = [assistant.correct_summary(read_correction(correct, items[0]))], 0
        else:
            asked = items or _items_of(meeting, assistant)
            made, failed = _each(asked, _making(assistant, approve_by, anew, engine))
    if not made:
        return 2
    data = [summary_json(one.kept) for one in made]
    write(data, summary_outline(made), wanted, output)
    return 1 if failed else 0


@app.command()
def briefing(
    meeting: Annotated[str, typer.Argument(help="Mødets id.", metavar="MØDE")],
    engine: Engine = None,
    form: AsFormat = None,
    output: Into = None,
    role: As = None,
    as_json: AsJson = False,
) -> int:
    """Forbered et møde: hvert punkts spørgsmål, indstilling, økonomi og tidligere beslutninger."""
    from assistant.rendering.briefing_json import briefing_json
    from assistant.rendering.briefing_outline import briefing_outline

    wanted = format_of(form, output, as_json)
    with opened(role) as assistant:
        found, items = assistant.meeting(meeting)
        with progress("Forbereder mødet", len(items)) as bar:
            made = assistant.briefing(found.id, lambda _: bar.advance(bar.task_ids[0]), engine)
    write(briefing_json(made), briefing_outline(made), wanted, output)
    return 0


def _making(
    assistant: Assistant, approve_by: str, anew: bool, engine: EngineName | None
) -> Callable[[str], ItemSummary]:
    if approve_by:
        return lambda item_id: assistant.approve_summary(item_id, approve_by)
    return lambda item_id: assistant.summarise(item_id, anew, engine)


def _of_file(file: Path, assistant: Assistant, engine: EngineName | None) -> list[ItemSummary]:
    """The blocks of a file's items; those that none is made of are named."""
    document = _read(file)
    made = assistant.summarise_document(document, engine)
    _tell_left_out(document.items, {one.item.id for one in made})
    return made


def _items_of(meeting_id: str, assistant: Assistant) -> list[str]:
    """The open items of a meeting that have text; the others are named, and passed over."""
    _, items = assistant.meeting(meeting_id)
    told = assistant.summarisable(items)
    _tell_left_out(items, {item.id for item in told})
    if not told:
        raise WrongUseError("Mødet har ingen åbne punkter med tekst at lave resuméer af.")
    return [item.id for item in told]


def _tell_left_out(items: Iterable[StoredItem | AgendaItem], told: set[str]) -> None:
    for item in items:
        if item.id not in told:
            reason = "lukket" if item.closed else "ingen tekst"
            text = f"Sprunget over ({reason}): {item.number} {item.title}"
            err.print(text, markup=False, soft_wrap=True)


def _each(
    asked: list[str], make: Callable[[str], ItemSummary]
) -> tuple[list[ItemSummary], int]:
    """Make one after another, each once; what cannot be made is told, and the rest still made."""
    made, failures = [], []
    item_ids = list(dict.fromkeys(asked))
    with progress("Laver resuméer", len(item_ids)) as bar:
        for item_id in item_ids:
            try:
                made.append(make(item_id))
            except WrongUseError as error:
                failures.append(str(error))
            bar.advance(bar.task_ids[0])
    for sentence in failures:
        err.print(sentence, markup=False, soft_wrap=True)
    return made, len(failures)


def _read(file: Path) -> Document:
    from ingest.read import read_case

    try:
        content = file.read_bytes()
    except OSError as error:
        raise WrongUseError(
            f"»{file}« kan ikke læses ({error.strerror}). Angiv en fil, der findes."
        ) from error
    return read_case(file, content)
