"""What reads files, where this process has it."""

from __future__ import annotations

from fastapi import HTTPException, Request

from assistant.jobs.intake import Intake


def intake_of(request: Request) -> Intake:
    """Return what reads files. Raises HTTPException 409 where this process cannot."""
    intake: Intake | None = request.app.state.intake
    if intake is None:
        raise HTTPException(
            409, "Tjenesten er startet uden at kunne læse filer. Start den med »assistant serve«."
        )
    return intake
