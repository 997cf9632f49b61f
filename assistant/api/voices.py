"""`/feedback` and an item's stances: what readers say, counted and exported."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import secrets
import threading
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from assistant.access import Role
from assistant.api.caller import Caller, Calling, Seen, needs
from assistant.api.examples import STANCES
from assistant.api.material import Id
from assistant.api.media import JSON
from assistant.api.once import Idempotent
from assistant.api.schemas import Given, example
from assistant.api.work import Work
from assistant.chain.steps import LONGEST_QUESTION
from assistant.errors import ClosedItemError
from assistant.service import Assistant
from assistant.store.catalogue import Catalogue
from assistant.store.feedback import Feedback, Stance, Tally, Verdict, Voices
from assistant.store.stored import StoredItem
from assistant.types import EngineName

router = APIRouter(tags=["tilbagemelding"])

_SALT = "voters_salt"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV = "text/csv"


_OF_BOTH: JsonDict = {
    "required": ["answer", "item_id"],
    "properties": {"answer": {"minLength": 1}, "item_id": {"minLength": 1}},
}


class FeedbackGiven(Given):
    """A verdict on an answer or an item's summary. What is left out is not kept."""

    model_config = ConfigDict(json_schema_extra={"not": _OF_BOTH})

    verdict: Verdict
    reason: Annotated[str, Field(max_length=2000)] = ""
    question: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    answer: Annotated[str, Field(max_length=20_000)] = ""
    item_id: Annotated[str, Field(max_length=200)] = ""
    engine: EngineName | None = None
    model: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _of_one_thing(self) -> FeedbackGiven:
        if self.answer and self.item_id:
            raise ValueError("skal gælde enten »answer« eller »item_id«. Udelad det ene.")
        return self


@dataclass(frozen=True, slots=True)
class Thanks:
    """That a verdict is kept."""

    id: str


class StanceGiven(Given):
    """A voter's stance. `voter` is a portal's own word for one of its users, never a name."""

    stance: Stance
    voter: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class StanceCounts:
    """How many agree, and how many do not."""

    enig: int
    uenig: int


@dataclass(frozen=True, slots=True)
class StancesTold:
    """An item's tallies; `with_key` are those that a key stands behind. `own` is the caller's."""

    item_id: str
    enig: int
    uenig: int
    with_key: StanceCounts
    own: Literal["enig", "uenig"] | None


class VotersOfToday:
    """Tells voters apart without knowing them.

    A key's voters are the same tomorrow. An address without a key is another voter tomorrow: the
    salt that its hash is made with is kept nowhere, and lives for a day at the most.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._day, self._salt = date.min, b""

    def voter(self, calling: Caller, voter: str) -> str:
        """Return the hash of whoever votes."""
        salt = self._lasting() if calling.name else self._daily()
        told = f"{calling.who}\0{voter}".encode()
        return hmac.new(salt, told, hashlib.sha256).hexdigest()

    def _daily(self) -> bytes:
        with self._lock:
            if self._day != (today := datetime.now(UTC).date()):
                self._day, self._salt = today, secrets.token_bytes(32)
            return self._salt

    def _lasting(self) -> bytes:
        with self._lock:
            if (salt := self._catalogue.fact(_SALT)) is None:
                self._catalogue.set_fact(_SALT, salt := secrets.token_hex(32))
            return salt.encode()


@router.post("/feedback", status_code=201, response_model=Thanks)
async def feedback(
    given: FeedbackGiven, assistant: Seen, calling: Calling, work: Work, once: Idempotent
) -> Response:
    """Var svaret eller resuméet rigtigt, og hvorfor (ikke)?"""

    def keep() -> str:
        if given.item_id:
            _open_item(given.item_id, assistant)
        told = Feedback(
            id=uuid.uuid4().hex,
            at=_now(),
            role=calling.role,
            verdict=given.verdict,
            reason=given.reason,
            question=given.question,
            answer=given.answer,
            item_id=given.item_id,
            **_made_by(given, assistant),
            version=f"{version('agenda-assistant')} {assistant.store.catalogue.fingerprint()}",
        )
        Voices(assistant.store.catalogue).add(told)
        return told.id

    async def make() -> Response:
        kept = await work.run(keep)
        return Response(f'{{"id":"{kept}"}}', 201, media_type=JSON)

    return await once.reply(make, quotes=False)


def _made_by(given: FeedbackGiven, assistant: Assistant) -> dict[str, str]:
    """Which engine and model made it: as the caller says, else as the kept summary does."""
    kept = assistant.store.catalogue.kept_summary(given.item_id) if given.item_id else None
    if given.engine is None and kept:
        return {"engine": kept.summary.engine, "model": kept.summary.model or ""}
    return {"engine": given.engine or "", "model": given.model}


@router.post(
    "/items/{item_id}/stance", response_model=StancesTold, responses=example(STANCES)
)
async def take_stance(
    item_id: Id,
    given: StanceGiven,
    assistant: Seen,
    calling: Calling,
    work: Work,
    request: Request,
) -> StancesTold:
    """Enig eller uenig i sagen. Én stemme for hver nøgle (og dens `voter`); den kan ændres.

    Uden nøgle gælder én stemme for hver adresse om dagen, og den tælles for sig.
    """
    if given.voter and not calling.name:
        raise HTTPException(403, "»voter« kan kun bruges med en nøgle. Udelad feltet.")

    def vote() -> StancesTold:
        item = _open_item(item_id, assistant)
        voter = request.app.state.voters.voter(calling, given.voter)
        Voices(assistant.store.catalogue).take_stance(
            item.id, voter, given.stance, bool(calling.name), _now(), item.level
        )
        return _stances(item.id, voter, assistant)

    return await work.run(vote)


@router.get("/items/{item_id}/stance", responses=example(STANCES))
async def stances(
    item_id: Id,
    assistant: Seen,
    calling: Calling,
    work: Work,
    request: Request,
) -> StancesTold:
    """Hvor mange der er enige og uenige i sagen, og ens egen stemme."""

    def told() -> StancesTold:
        item = _open_item(item_id, assistant)
        return _stances(item.id, request.app.state.voters.voter(calling, ""), assistant)

    return await work.run(told)


def _open_item(item_id: str, assistant: Assistant) -> StoredItem:
    item, _ = assistant.item(item_id)
    if item.closed:
        raise ClosedItemError(f"Punktet »{item.title}« er lukket.")
    return item


def _stances(item_id: str, voter: str, assistant: Assistant) -> StancesTold:
    voices = Voices(assistant.store.catalogue)
    tallies = voices.tallies_of(item_id)
    known = [tally for tally in tallies if tally.known]
    return StancesTold(
        item_id,
        _count(tallies, "enig"),
        _count(tallies, "uenig"),
        StanceCounts(_count(known, "enig"), _count(known, "uenig")),
        voices.stance_of(item_id, voter),
    )


def _count(tallies: Iterable[Tally], stance: Stance) -> int:
    return sum(tally.count for tally in tallies if tally.stance == stance)


_AS_CSV: dict[int | str, dict[str, object]] = {
    200: {"content": {CSV: {"schema": {"type": "string"}}}}
}


@router.get(
    "/feedback.csv",
    response_class=Response,
    responses=_AS_CSV,
    dependencies=[Depends(needs(Role.ADMIN))],
)
async def feedback_csv(assistant: Seen, work: Work) -> Response:
    """Alle tilbagemeldinger som CSV (UTF-8). Kræver `admin`."""
    found = await work.run(Voices(assistant.store.catalogue).feedback)
    return _csv([one.name for one in fields(Feedback)], (astuple(one) for one in found))


@router.get(
    "/stances.csv",
    response_class=Response,
    responses=_AS_CSV,
    dependencies=[Depends(needs(Role.ADMIN))],
)
async def stances_csv(assistant: Seen, work: Work) -> Response:
    """Hvert punkts stemmer som CSV (UTF-8). Kræver `admin`."""

    def rows() -> list[tuple[object, ...]]:
        tallies = Voices(assistant.store.catalogue).tallies()
        items = assistant.store.catalogue.items(tallies)
        return [
            (item_id, items[item_id].title if item_id in items else "", one.stance,
             "key" if one.known else "address", one.count)
            for item_id, told in tallies.items() for one in told
        ]  # fmt: skip

    return _csv(("item_id", "title", "stance", "voters", "count"), await work.run(rows))


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Rows as a spreadsheet reads them: none of their cells is a formula."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return Response(told.getvalue().encode("utf-8-sig"), media_type=f"{CSV}; charset=utf-8")


def _cell(value: object) -> object:
    is_formula = isinstance(value, str) and value.lstrip(" \n").startswith(_FORMULA)
    return f"'{value}" if is_formula else value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
