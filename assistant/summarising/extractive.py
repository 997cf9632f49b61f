"""The extractive engine: a case summary whose every line is the case's own words, checked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.draft import Draft, Span
from assistant.answering.verify import check
from assistant.store.catalogue import MODEL
from assistant.store.store import Store
from assistant.summarising import notes
from assistant.summarising.arguments import Found, arguments
from assistant.summarising.case import Case
from assistant.summarising.gaps import balance, gaps
from assistant.summarising.material import Material, is_danish, material
from assistant.summarising.opsummering import summary
from assistant.summarising.spoergsmaal import Asked, ask
from assistant.types import Argument, CaseSummary, Claim, ClaimKind, Line

_NOT_DANISH = (
    "Sagens tekst er ikke på dansk. Dens første sætninger er citeret, som de står; spørgsmålet er "
    "lavet af titlen, og fordele, ulemper og hvad der ikke er belyst, er ikke vurderet."
)
_FIRST = 3
"""Sentences that are quoted of a case that is not in Danish."""


def summarise(case: Case, store: Store, emneord: Sequence[str] = ()) -> CaseSummary:
    """Return the case's summary: a question, two to four sentences, fordele and ulemper.

    A line whose quote or figures do not hold is left out and counted in the notes.
    """
    told = material(case, store)
    danish = is_danish(one.section.text for one in case.sections)
    asked = ask(case, danish=danish)
    model = store.catalogue.fact(MODEL) or ""
    fordele, ulemper = arguments(case, told, model) if danish else ([], [])
    draft = Draft()
    question = _claim(draft, asked.text, *asked.spans)
    argued = [one.span for one in (*fordele, *ulemper)]
    spans = summary(case, told, argued) if danish else _first(told)
    lines = [_claim(draft, span.quote, span) for span in spans]
    for_, against = _claims(draft, fordele), _claims(draft, ulemper)
    checked = check(draft.claims, draft.citations, draft.sections)
    stand = set(checked.claims)
    kept_for = [claim for claim in for_ if claim in stand]
    kept_against = [claim for claim in against if claim in stand]
    return CaseSummary(
        item_id=case.item.id,
        spoergsmaal=Line(question.text, question.citations) if question in stand else None,
        opsummering=tuple(Line(one.text, one.citations) for one in lines if one in stand),
        fordele=_arguments(kept_for),
        ulemper=_arguments(kept_against),
        emneord=tuple(emneord),
        ikke_belyst=tuple(gaps(case, len(kept_for), len(kept_against))) if danish else (),
        citations=checked.citations,
        figures=checked.figures,
        engine="extractive",
        model=None,
        notes=tuple(
            _notes(asked, told, checked.dropped, balance(len(kept_for), len(kept_against)), danish)
        ),
        provenance={"embedding": model, "prompt": ""},
    )


def _first(told: Material) -> list[Span]:
    running = [one.span for one in told.sentences if one.unit.kind == "sentence"]
    return running[:_FIRST]


def _claim(draft: Draft, text: str, *spans: Span) -> Claim:
    kind: ClaimKind = "quote" if [text] == [span.quote for span in spans] else "statement"
    draft.claim(text, kind, *spans)
    return draft.claims[-1]


def _claims(draft: Draft, found: Sequence[Found]) -> list[Claim]:
    return [_claim(draft, one.text, one.span) for one in found]


def _arguments(claims: Sequence[Claim]) -> tuple[Argument, ...]:
    return tuple(Argument(claim.text, "fra sagen", claim.citations) for claim in claims)


def _notes(asked: Asked, told: Material, dropped: int, one_sided: str, danish: bool) -> list[str]:
    told_of = [] if danish else [_NOT_DANISH]
    if asked.left_out:
        points = "ét punkt" if asked.left_out == 1 else f"{asked.left_out} punkter"
        told_of.append(f"Indstillingen har {points} mere, end spørgsmålet nævner.")
    told_of += [*notes.unread(told.left_out, "sætninger"), *notes.fell(dropped)]
    return [*told_of, one_sided] if one_sided else told_of
