"""`ask` and `search`: questions to the material."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from assistant.cli.app import (
    As,
    AsJson,
    Case,
    Committee,
    Engine,
    From,
    Item,
    Kind,
    Municipality,
    To,
    app,
    filters_of,
    opened,
)
from assistant.cli.output import out, print_json, told_place
from assistant.types import Answer, ClaimShown, Hit, Turn

_STATUS = {
    "not_found": "Ikke fundet",
    "undecided": "Ikke besluttet endnu",
    "closed": "Lukket punkt",
}


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
    engine: Engine = None,
    after: Annotated[
        list[str] | None,
        typer.Option(help="Et tidligere spørgsmål, som dette følger op på (kan gentages)."),
    ] = None,
    role: As = None,
    as_json: AsJson = False,
) -> int:
    """Stil et spørgsmål, og få et svar med kilder."""
    filters = filters_of(
        committee, date_from, date_to, case_number, item_id, municipality, document_kind
    )
    history = [Turn("user", earlier) for earlier in after or ()]
    with opened(role) as assistant:
        slow = engine != "extractive" and assistant.settings.llm
        if slow and out.is_terminal and not as_json:
            asked = assistant.stream(question, filters, top_k, history=history, engine=engine)
            _print_as_it_comes(asked)
            return 0
        answer = assistant.ask(question, filters, top_k, history=history, engine=engine)
    print_json(asdict(answer)) if as_json else print_answer(answer)
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
    role: As = None,
    as_json: AsJson = False,
) -> int:
    """Find de steder, der passer bedst."""
    filters = filters_of(
        committee, date_from, date_to, case_number, item_id, municipality, document_kind
    )
    with opened(role) as assistant:
        hits = assistant.search(query, filters, limit)
    if as_json:
        print_json([asdict(hit) for hit in hits])
    else:
        for number, hit in enumerate(hits, start=1):
            _print_hit(number, hit)
    return 0


def print_answer(answer: Answer, shown: bool = False) -> None:
    """Print an answer with where each of its citations stands; without the claims, if `shown`."""
    if answer.status in _STATUS:
        out.print(f"[yellow]{_STATUS[answer.status]}[/]")
    text = answer.answer
    if shown:
        text = text.removesuffix("\n".join(claim.marked for claim in answer.claims)).rstrip()
    if text:
        out.print(text, markup=False)
    for citation in answer.citations:
        out.print(f"  [dim]\\[{citation.n}][/] {escape(told_place(citation))}")
    for note in answer.notes:
        out.print(f"[dim]{escape(note)}[/]")


def _print_as_it_comes(told: Generator[ClaimShown | Answer]) -> None:
    """Print each claim as soon as it stands, then what else the answer says."""
    shown = False
    with closing(told):
        for one in told:
            if isinstance(one, Answer):
                print_answer(one, shown)
            else:
                shown = True
                out.print(one.claim.marked, markup=False)


def _print_hit(number: int, hit: Hit) -> None:
    source = hit.source
    day = source.meeting_date.isoformat() if source.meeting_date else ""
    parts = (source.committee, day, source.title, hit.heading, source.case_number, source.document)
    out.print(f"[bold]{number}.[/] {escape(' · '.join(p for p in parts if p))} ({hit.score:.2f})")
    out.print(f"   {' '.join(hit.text.split())[:300]}", markup=False)
    if hit.also:
        out.print(f"   [dim]samme tekst i {len(hit.also)} andre møder[/]")
