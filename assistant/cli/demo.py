"""`demo`: the invented sample municipality, three questions, and one case's block."""

from __future__ import annotations

import shlex
import sys
from contextlib import closing
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from rich.markup import escape

from assistant.cli.app import AsJson, app
from assistant.cli.asking import print_answer
from assistant.cli.documents import Format, write
from assistant.cli.output import out, print_json, progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.store.store import Store
    from ingest.report import Report

_QUESTIONS = (
    "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?",
    "Hvor højt var sygefraværet på ældreområdet i 2024?",
    "Hvad var købsprisen for arealet ved Mosevej?",
)
_SUMMARISED = "fcfb6473-d94b-4a68-8174-72cfa5462abf"
"""The council's item on the flood protection that the first question asks of."""


@app.command()
def demo(as_json: AsJson = False) -> int:
    """Indlæs den opdigtede Fjordby Kommune, svar på tre spørgsmål, og lav ét resumé."""
    from assistant.rendering.summary_json import summary_json
    from assistant.rendering.summary_outline import summary_outline
    from assistant.service import Assistant

    home = Settings().home / "demo"
    with closing(Assistant(Settings(home=home))) as assistant:
        report = _ingested(assistant.store)
        answers = [assistant.ask(question) for question in _QUESTIONS]
        block = assistant.summarise(_SUMMARISED)
    if as_json:
        told = {"report": report.as_json(), "answers": [asdict(one) for one in answers]}
        print_json({**told, "summary": summary_json(block.kept)})
        return 1 if report.failures else 0
    for answer in answers:
        out.print(f"\n[bold]Spørgsmål:[/] {escape(answer.question)}")
        print_answer(answer)
    out.print()
    write({}, summary_outline([block]), Format.md, None)
    out.print(
        "\nSpørg videre i prøvekorpusset:\n"
        f"  ASSISTANT_HOME={shlex.quote(str(home))} {shlex.quote(sys.argv[0])} "
        'ask "Hvem stemte imod skybrudssikringen?"',
        soft_wrap=True,
        markup=False,
    )
    return 1 if report.failures else 0


def _ingested(store: Store) -> Report:
    from ingest.pipeline import files_in, ingest

    with as_file(files("data") / "sample") as folder:
        found = files_in([folder])
        with progress("Indlæser prøvekorpus", len(found)) as bar:
            return ingest(found, store, lambda _: bar.advance(bar.task_ids[0]))
