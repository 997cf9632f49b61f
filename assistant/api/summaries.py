"""`/summaries`, `/items/{id}/summary` and a meeting's briefing: documents for staff and members."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response

from assistant.access import Role
from assistant.api.blocks import (
    Block,
    CorrectedBlock,
    NoBlock,
    StoredItemAsked,
    SummaryAsked,
    as_it_was_sent,
    block_json,
    blocks_outline,
)
from assistant.api.caller import Calling, Seen, needs
from assistant.api.engines import check_engine
from assistant.api.examples import BLOCK, BRIEFING
from assistant.api.material import Id
from assistant.api.media import NOT_MODIFIED, document, forms, same_state
from assistant.api.once import Idempotent
from assistant.api.problems import Problem
from assistant.api.reading import intake_of
from assistant.api.schemas import Given
from assistant.api.work import Work
from assistant.errors import ClosedItemError, NotFoundError, WrongUseError
from assistant.jobs.intake import Intake
from assistant.rendering.briefing_json import briefing_json
from assistant.rendering.briefing_outline import briefing_outline
from assistant.rendering.summary_json import summary_json
from assistant.rendering.summary_outline import summary_outline
from assistant.service import Assistant
from assistant.summarising.item_summary import ItemSummary, NoSummary
from assistant.types import CaseSummary, EngineName

router = APIRouter(tags=["resuméer"])

PRECONDITION_FAILED: dict[int | str, dict[str, Any]] = {
    412: {"model": Problem, "description": "Ændret af en anden i mellemtiden."}
}
WrittenBy = Annotated[EngineName | None, Query(description="Uden: den, der er sat op.")]
_NAME = "dagsorden.json"


class BriefingAsked(Given):
    """How a briefing is made."""

    engine: EngineName | None = None


@router.post(
    "/summaries",
    response_model=Block | NoBlock | list[Block | NoBlock],
    responses=forms(BLOCK, "Blokken; af et helt møde en liste i dagsordenens rækkefølge."),
)
async def summarise(
    asked: SummaryAsked,
    assistant: Seen,
    calling: Calling,
    work: Work,
    once: Idempotent,
    request: Request,
    engine: WrittenBy = None,
) -> Response:
    """Blokken »Prompt resultater« af et indlæst punkt, eller af et punkt eller møde fra portalen.

    Af et indlæst punkt gemmes den som udkast, når rollen er mindst `member`. Uden den rolle fås
    den godkendte, eller en ny, der ikke gemmes. Fra portalen gemmes intet.
    """
    check_engine(engine or getattr(asked, "engine", None), assistant)
    posted = await request.body()

    async def make() -> Response:
        if isinstance(asked, StoredItemAsked):
            one = await work.run(lambda: _of_stored(asked, engine, assistant, calling.role))
            return _one(request, one)
        intake = intake_of(request)
        made, alone = await work.run(lambda: _of_portal(posted, engine, assistant, intake))
        if alone:
            return _one(request, _or_no(made[0]))
        told = [block_json(one) for one in made]
        return document(request, told, lambda: blocks_outline(made), "prompt-resultater")

    return await once.reply(make, quotes=True, posted=posted)


def _of_stored(
    asked: StoredItemAsked, engine: EngineName | None, assistant: Assistant, role: Role
) -> ItemSummary:
    keep = role is not Role.PUBLIC
    if asked.anew and not keep:
        raise HTTPException(403, f"At lave et resumé om kræver rollen »{Role.MEMBER}«.")
    return assistant.summarise(asked.item_id, asked.anew, asked.engine or engine, keep)


def _of_portal(
    posted: bytes, engine: EngineName | None, assistant: Assistant, intake: Intake
) -> tuple[list[ItemSummary | NoSummary], bool]:
    """What was posted, item by item, and whether it was an item alone."""
    read = intake.read(_NAME, posted)
    return assistant.summarise_posted(read, engine), read.meeting is None


def _or_no(one: ItemSummary | NoSummary) -> ItemSummary:
    if isinstance(one, ItemSummary):
        return one
    raise (ClosedItemError if one.status == "closed" else WrongUseError)(one.reason)


def _one(request: Request, one: ItemSummary) -> Response:
    return document(
        request, summary_json(one.kept), lambda: summary_outline([one]), "prompt-resultater"
    )


@router.get(
    "/items/{item_id}/summary",
    response_model=Block,
    responses=forms(BLOCK, "Blokken, som den er gemt.") | NOT_MODIFIED,
)
async def summary(
    item_id: Id, assistant: Seen, calling: Calling, work: Work, request: Request
) -> Response:
    """Den gemte blok. Udkast ses kun af `member` og højere; andre ser den godkendte."""
    return _kept(request, await work.run(lambda: _seen_summary(item_id, assistant, calling.role)))


def _seen_summary(item_id: str, assistant: Assistant, role: Role) -> ItemSummary:
    found = assistant.summary(item_id)
    if role is Role.PUBLIC and found.kept.status != "godkendt":
        raise NotFoundError(f"Der er intet godkendt resumé af punktet »{found.item.title}«.")
    return found


def _kept(request: Request, one: ItemSummary) -> Response:
    told = summary_json(one.kept)
    return document(request, told, lambda: summary_outline([one]), "prompt-resultater", told)


@router.put(
    "/items/{item_id}/summary",
    response_model=Block,
    responses=forms(BLOCK, "Blokken, som den nu er gemt.") | PRECONDITION_FAILED,
    dependencies=[Depends(needs(Role.MEMBER))],
)
async def correct(
    item_id: Id,
    given: CorrectedBlock,
    assistant: Seen,
    work: Work,
    request: Request,
    if_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """Ret blokken: det, GET gav, med rettelser. Kræver rollen `member`.

    `status: "godkendt"` sammen med `approved_by` godkender den som den nu står. En rettet blok er
    ellers et udkast igen. Med `If-Match` afvises rettelsen, hvis en anden er kommet før.
    """
    corrected = as_it_was_sent(given, await request.body())
    if corrected.item_id != item_id:
        raise WrongUseError("Blokkens »item_id« er et andet punkts. Ret det, eller ret adressen.")

    def write() -> ItemSummary:
        with request.app.state.editing:
            return _corrected(corrected, assistant, if_match)

    return _kept(request, await work.run(write))


def _corrected(
    corrected: CorrectedBlock, assistant: Assistant, if_match: str | None
) -> ItemSummary:
    """The summary as it is once this was put in its place."""
    name = (corrected.approved_by or "").strip()
    approving = corrected.status == "godkendt"
    if approving and not name:
        raise WrongUseError("En godkendelse skal have et navn: skriv det i »approved_by«.")
    now = assistant.summary(corrected.item_id)
    if if_match is not None and not same_state(if_match, summary_json(now.kept)):
        raise HTTPException(
            412, "Resuméet er ændret, siden du hentede det. Hent det igen, og ret det så."
        )
    wanted = corrected.summary()
    unapproved = now.kept.status == "godkendt" and not approving
    if unapproved or now.kept.stale or _content(wanted) != _content(now.kept.summary):
        now = assistant.correct_summary(wanted)
    return assistant.approve_summary(corrected.item_id, name) if approving else now


def _content(summary: CaseSummary) -> CaseSummary:
    """What a person can change of a summary."""
    return replace(
        summary, figures=(), engine="extractive", model=None, provenance={}, notes=()
    )


@router.post(
    "/meetings/{meeting_id}/briefing",
    response_model=dict[str, Any],
    responses=forms(BRIEFING, "Mødet, punkt for punkt."),
)
async def briefing(
    meeting_id: Id,
    assistant: Seen,
    calling: Calling,
    work: Work,
    once: Idempotent,
    request: Request,
    asked: BriefingAsked | None = None,
) -> Response:
    """Mødet, punkt for punkt: spørgsmål, indstilling, økonomi og tidligere beslutninger."""
    engine = asked.engine if asked else None
    drafts = calling.role is not Role.PUBLIC
    check_engine(engine, assistant)

    async def make() -> Response:
        made = await work.run(
            lambda: assistant.briefing(meeting_id, engine=engine, drafts=drafts)
        )
        return document(
            request, briefing_json(made), lambda: briefing_outline(made), "moedeforberedelse"
        )

    return await once.reply(make, quotes=True)
