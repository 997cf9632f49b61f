"""The last step: every claim is checked as it comes, and what does not stand is not shown.

Where nothing of what a model wrote stands, the extractive engine answers, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answering import extractive
from assistant.answering.verify import Checked, check
from assistant.answering.wording import wording_rules
from assistant.chain.answered import answered
from assistant.chain.asked import Drafted
from assistant.store.store import Store
from assistant.types import Answer, Claim, ClaimShown

_NOTHING_STOOD = "Intet af det, sprogmodellen skrev, kunne bekræftes i materialet."


class Verification:
    """The verification of one answer while it is written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rules = wording_rules(store.embedder)
        self._checked: list[Checked] = []

    def take(self, drafted: Drafted) -> Iterator[ClaimShown | Answer]:
        """Yield the claims that have come since and stand; of a complete draft, then the answer."""
        for claim in drafted.draft.claims[len(self._checked):]:
            checked = self._check(claim, drafted)
            self._checked.append(checked)
            for kept in checked.claims:
                yield ClaimShown(kept, checked.citations, checked.figures)
        if drafted.complete:
            yield from self._ended(drafted)

    def _check(self, claim: Claim, drafted: Drafted) -> Checked:
        """The words of a claim too, where a model wrote them; ours only frame a quote."""
        draft = drafted.draft
        cited = [citation for citation in draft.citations if citation.n in claim.citations]
        rules = self._rules if drafted.engine == "generative" else ()
        return check([claim], cited, draft.sections, rules)

    def _ended(self, drafted: Drafted) -> Iterator[ClaimShown | Answer]:
        checked = together(self._checked)
        lost = not checked.claims and (drafted.trouble or drafted.draft.status == "answered")
        if lost and drafted.engine == "generative":
            yield from Verification(self._store).take(self._extractive(drafted))
            return
        if drafted.draft.status == "answered" and not checked.claims:
            drafted = replace(drafted, draft=extractive.not_found(drafted.found.retrieved))
        yield answered(drafted, checked, self._store)

    def _extractive(self, drafted: Drafted) -> Drafted:
        fallen = drafted.draft.dropped + together(self._checked).dropped
        said = " ".join(drafted.draft.notes)
        return replace(
            drafted,
            draft=extractive.answer(drafted.found.retrieved, self._store),
            engine="extractive",
            trouble=drafted.trouble or (_NOTHING_STOOD if fallen else said) or _NOTHING_STOOD,
            fallen=fallen,
        )


def together(parts: Sequence[Checked]) -> Checked:
    """Return the checks of an answer's claims as the check of the answer."""
    citations = {one.n: one for part in parts for one in part.citations}
    return Checked(
        claims=tuple(chain.from_iterable(part.claims for part in parts)),
        citations=tuple(citations[n] for n in sorted(citations)),
        figures=tuple(chain.from_iterable(part.figures for part in parts)),
        dropped=sum(part.dropped for part in parts),
    )
