"""`serve` and `keys`: the portal's API, and who may call it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from assistant.access import Role
from assistant.cli.app import AsJson, app, opened
from assistant.cli.output import out, print_json
from assistant.errors import WrongUseError

keys = typer.Typer(help="API-nøgler: lav, vis og luk dem.", no_args_is_help=True)
app.add_typer(keys, name="keys")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adressen, der lyttes på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Porten.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processer; kun én kan bruges.")] = 1,
) -> int:
    """Start portalens API på http://HOST:PORT/api/v1, med vejledning på /docs."""
    if workers > 1:
        raise WrongUseError(
            "Lageret på denne maskine kan kun bruges af én proces ad gangen. Start uden "
            "»--workers«; ASSISTANT_THREADS siger, hvor mange kald der arbejdes på på én gang."
        )
    import uvicorn

    from assistant.api.app import create_app
    from assistant.api.settings import ServingSettings
    from assistant.cli.intake import FileIntake

    settings = ServingSettings()
    uvicorn.run(
        create_app(settings=settings, intake=FileIntake()),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.stop_timeout,
    )
    return 0


@keys.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Hvem eller hvad der får nøglen.")],
    role: Annotated[Role, typer.Option(help="Hvad nøglen giver adgang til.")] = Role.MEMBER,
    expires: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Sidste dag, den virker.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Lav en nøgle. Den vises kun nu."""
    from assistant.api.keys import add_key

    with opened() as assistant:
        key, stored = add_key(
            assistant.store.catalogue, name, role, expires.date() if expires else None
        )
    if as_json:
        print_json({"key": key, "id": stored.id, "name": stored.name, "role": stored.role})
    else:
        out.print(key, markup=False, soft_wrap=True)
        out.print("[dim]Gem den nu: den kan ikke vises igen.[/]")
    return 0


@keys.command("list")
def show(as_json: AsJson = False) -> int:
    """Vis nøglerne, men ikke dem selv."""
    with opened() as assistant:
        found = assistant.store.catalogue.api_keys()
    told = [
        {
            "id": key.id,
            "name": key.name,
            "role": key.role,
            "created_at": key.created_at,
            "expires": key.expires,
            "revoked_at": key.revoked_at,
        }
        for key in found
    ]
    if as_json:
        print_json(told)
    else:
        for one in told:
            out.print(
                " · ".join(str(value) for value in one.values() if value), markup=False
            )
    return 0


@keys.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="Nøglens navn.")]) -> int:
    """Luk en nøgle. Den virker ikke fra næste kald."""
    from assistant.api.keys import revoke_key

    with opened() as assistant:
        revoke_key(assistant.store.catalogue, name)
    out.print(f"Nøglen »{name}« er lukket.", markup=False)
    return 0
