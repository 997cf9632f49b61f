"""The application that every command registers with, and the options that several commands take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.access import Role
from assistant.settings import Settings
from assistant.types import EngineName, Filters

if TYPE_CHECKING:
    from assistant.service import Assistant

app = typer.Typer(
    name="assistant",
    help="Spørg i dagsordener, referater og handleplaner. Hvert svar viser, hvor det står.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]
Committee = Annotated[list[str] | None, typer.Option(help="Kun dette udvalg (kan gentages).")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Fra dato.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Til dato.")]
Case = Annotated[str, typer.Option("--case-number", help="Kun denne sag.")]
Item = Annotated[str, typer.Option("--item-id", help="Kun dette punkt.")]
Municipality = Annotated[str, typer.Option(help="Kun denne kommune.")]
Kind = Annotated[str, typer.Option("--document-kind", help="agenda, minutes, case eller plan.")]
Engine = Annotated[
    EngineName | None,
    typer.Option(help="extractive eller generative. Uden: sprogmodellen, hvis en er sat op."),
]

As = Annotated[
    Role | None,
    typer.Option("--as", help="Hvad der vises: det åbne, også det interne, også det lukkede."),
]


@contextmanager
def opened(role: Role | None = None) -> Iterator[Assistant]:
    """Open the assistant that the settings name, and close it after use. Raises StoreError.

    It tells what this role may see; where none is given, the role of the settings.
    """
    from assistant.service import Assistant  # seconds: only what asks waits for it

    settings = Settings()
    with closing(Assistant(settings)) as assistant:
        yield assistant.seen_by(role or settings.role)


def filters_of(
    committee: list[str] | None,
    date_from: datetime | None,
    date_to: datetime | None,
    case_number: str = "",
    item_id: str = "",
    municipality: str = "",
    document_kind: str = "",
) -> Filters:
    """Return the filters that the options of a command say."""
    return Filters(
        committee=tuple(committee or ()),
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        case_number=case_number,
        item_id=item_id,
        municipality=municipality,
        document_kind=document_kind,
    )
