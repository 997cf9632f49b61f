"""`/ask`, `/ask/stream` and `/search`: questions to the material."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.api.caller import Seen
from assistant.api.schemas import Question
from assistant.api.work import Work
from assistant.types import Answer

router = APIRouter(tags=["spørg"])


@router.post("/ask")
async def ask(asked: Question, assistant: Seen, work: Work) -> Answer:
    """Svar på et spørgsmål, med kilder ord til andet – eller et af tre ærlige nej."""
    return await work.run(
        lambda: assistant.ask(
            asked.question,
            asked.filters.filters(),
            asked.top_k,
            history=asked.turns,
            engine=asked.engine,
        )
    )
