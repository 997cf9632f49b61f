"""The answer as every caller gets it, made of a verified draft."""

from __future__ import annotations

import time
from collections.abc import Iterator

from assistant.access import Level
from assistant.answering.draft import Draft
from assistant.answering.follow_ups import follow_ups
from assistant.answering.verify import Checked
from assistant.chain.asked import Drafted
from assistant.store.catalogue import MODEL
from assistant.store.store import Store
from assistant.types import Answer

_INSTEAD = "Der er derfor svaret uden sprogmodellen, kun med ordrette citater."
_INCOMPLETE = "Svaret kan mangle noget; det, der står her, er kontrolleret."
_NOT_FOR_ALL = {
    Level.INTERNAL: "Svaret bygger på internt materiale, som ikke er offentligt.",
    Level.CLOSED: "Svaret bygger på et lukket punkt. Indholdet er fortroligt.",
}


def answered(drafted: Drafted, checked: Checked, store: Store) -> Answer:
    """Return the answer with what stands of the draft, and notes of what does not."""
    standalone, found = drafted.found.standalone, drafted.found.retrieved
    generative = drafted.engine == "generative"
    return Answer(
        question=standalone.asked.question,
        status=drafted.draft.status,
        engine=drafted.engine,
        model=standalone.model.name if standalone.model and generative else None,
        answer=_text(drafted.draft, checked),
        claims=checked.claims,
        citations=checked.citations,
        figures=checked.figures,
        follow_ups=follow_ups(checked.citations, store.catalogue),
        notes=(*_understood(drafted), *found.notes, *_notes(drafted, checked)),
        took_ms=round(1000 * (time.monotonic() - standalone.started)),
        provenance={**provenance(store), **_of_model(drafted, checked)},
    )


def provenance(store: Store) -> dict[str, str]:
    """Return what anything that is made of the store rests on."""
    return {
        "embedding": store.catalogue.fact(MODEL) or "",
        "prompt": "",
        "index": store.catalogue.fingerprint(),
    }


def _of_model(drafted: Drafted, checked: Checked) -> dict[str, str]:
    """What a language model had to do with the answer; nothing where none was to write it."""
    model, fallback = drafted.found.standalone.model, drafted.engine == "extractive"
    calls = model.usage() if model else ()
    if not calls and not drafted.trouble and fallback:
        return {}
    told = {
        "tokens_in": str(sum(call.tokens_in for call in calls)),
        "tokens_out": str(sum(call.tokens_out for call in calls)),
        "model_ms": str(round(1000 * sum(call.seconds for call in calls))),
        "claims_dropped": str(drafted.fallen or drafted.draft.dropped + checked.dropped),
    }
    if fallback:
        return {**told, "fallback": drafted.trouble} if drafted.trouble else told
    return {**told, "prompt": calls[-1].prompt if calls else ""}


def _text(draft: Draft, checked: Checked) -> str:
    claims = (claim.marked for claim in checked.claims)
    return "\n".join(part for part in (draft.text, *claims) if part)


def _understood(drafted: Drafted) -> tuple[str, ...]:
    standalone = drafted.found.standalone
    if standalone.question == standalone.asked.question:
        return ()
    return (f"Forstået som: {standalone.question}",)


def _notes(drafted: Drafted, checked: Checked) -> tuple[str, ...]:
    notes = [*drafted.draft.notes, *_not_for_all(drafted.draft, checked)]
    if dropped := drafted.draft.dropped + checked.dropped:
        notes.append(f"{dropped} udsagn blev udeladt, fordi belægget ikke holdt.")
    if drafted.trouble:
        means = _INSTEAD if drafted.engine == "extractive" else _INCOMPLETE
        notes.append(f"{drafted.trouble} {means}")
    return tuple(notes)


def _not_for_all(draft: Draft, checked: Checked) -> Iterator[str]:
    cited = {citation.section_id for citation in checked.citations}
    levels = {stored.source.level for key, stored in draft.sections.items() if key in cited}
    yield from (note for level, note in _NOT_FOR_ALL.items() if level in levels)
