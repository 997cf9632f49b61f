"""`eval`: answers measured against question files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.app import As, AsJson, Engine, app, opened
from assistant.cli.output import out, print_counts, print_json, progress, told_place
from assistant.evaluate import Judged, judge, read_questions, written, yardsticks


@app.command("eval")
def evaluate(
    paths: Annotated[list[Path], typer.Argument(help="Spørgsmålsfiler (JSONL).", metavar="FIL…")],
    answers: Annotated[Path | None, typer.Option(help="Skriv hvert svar til denne fil.")] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="Vis hvert forkert svar.")] = False,
    engine: Engine = None,
    role: As = None,
    as_json: AsJson = False,
) -> int:
    """Mål svarene mod spørgsmålsfiler."""
    questions = read_questions(paths)
    with opened(role) as assistant, progress("Spørger", len(questions)) as bar:
        asked = (judge(question, assistant, engine) for question in questions)
        judged = []
        for one in written(asked, answers) if answers else asked:
            judged.append(one)
            bar.advance(bar.task_ids[0])
    told = yardsticks(judged)
    print_json(told) if as_json else _print_yardsticks(told)
    if wrong:
        for one in judged:
            if not one.right:
                _print_wrong(one)
    return 0


def _print_yardsticks(told: dict[str, Any]) -> None:
    print_counts({key: value for key, value in told.items() if key != "by_kind"}, "Målestokke")
    print_counts(
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
        out.print(f"  [{citation.n}] {told_place(citation)}", markup=False)
