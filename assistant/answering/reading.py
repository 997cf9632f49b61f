"""What was found, read closely once: the ranked units that every way of answering looks at."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from assistant.answering.signs import Scored, ranked
from assistant.answering.trust import lacks_money, weight_of_evidence
from assistant.answering.units import candidates
from assistant.retrieval.retriever import Retrieved
from assistant.store.catalogue import Catalogue
from assistant.store.store import Store


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's hits, their units (best first), and how far the best can be trusted."""

    found: Retrieved
    catalogue: Catalogue
    units: tuple[Scored, ...]
    evidence: float
    """What speaks for an answer, in log odds."""

    @property
    def answers(self) -> bool:
        """Whether the best unit can be trusted to answer; a sum of money must be one."""
        return self.evidence > 0 and not lacks_money(self.units, self.found)


def read(found: Retrieved, store: Store) -> Reading:
    """Read the units of what was found."""
    units = tuple(ranked(candidates(found, store), found))
    weight = weight_of_evidence(units, found) if units else -inf
    return Reading(found, store.catalogue, units, weight)
