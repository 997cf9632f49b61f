"""Whether the engine that a caller asks for is there."""

from __future__ import annotations

from fastapi import HTTPException

from assistant.service import Assistant
from assistant.types import EngineName


def check_engine(engine: EngineName | None, assistant: Assistant) -> None:
    """Raise HTTPException 409 where a model is asked for and none is set up."""
    if engine == "generative" and not assistant.settings.llm:
        raise HTTPException(
            409, "Her er ingen sprogmodel sat op. Udelad »engine«, eller vælg »extractive«."
        )
