"""What a model's summary lacks is taken from the extractive one, line by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.summarising import notes
from assistant.summarising.case import Case
from assistant.summarising.gaps import balance, gaps
from assistant.types import Argument, CaseSummary, CheckedFigure, Citation, Line

_FEWEST, _ENOUGH = 2, 3
"""Sentences under which an opsummering is filled up, and up to how many."""
AnyLine = TypeVar("AnyLine", Line, Argument)


def instead(own: CaseSummary, why: str) -> CaseSummary:
    """Return the extractive summary in place of the model's, with a note that says why."""
    return replace(own, notes=(f"{why} {notes.FROM_CASE}", *own.notes))


def completed(made: CaseSummary, own: CaseSummary, case: Case) -> CaseSummary:
    """Return the model's summary with what it lacks out of the case's `own`, the extractive one.

    What the case leaves unsaid is looked up in the case, never the model's word.
    """
    taking = _Taking(made, own)
    question = made.spoergsmaal or taking.question()
    summed_up = (*made.opsummering, *taking.sentences())
    fordele = made.fordele or taking.arguments(own.fordele, "fordel", "fordele")
    ulemper = made.ulemper or taking.arguments(own.ulemper, "ulempe", "ulemper")
    one_sided = balance(len(fordele), len(ulemper))
    return replace(
        made,
        spoergsmaal=question,
        opsummering=summed_up,
        fordele=fordele,
        ulemper=ulemper,
        emneord=made.emneord or taking.topics(),
        ikke_belyst=tuple(gaps(case, len(fordele), len(ulemper))),
        citations=tuple(taking.citations),
        figures=tuple(taking.figures),
        notes=(
            *notes.supplied(taking.told),
            *made.notes,
            *([one_sided] if one_sided else []),
        ),
        provenance={**own.provenance, **{k: v for k, v in made.provenance.items() if v}},
    )


class _Taking:
    """Takes lines of the extractive summary, and their citations with new numbers."""

    def __init__(self, made: CaseSummary, own: CaseSummary) -> None:
        self._made, self._own = made, own
        self._known = {citation.n: citation for citation in own.citations}
        self.citations: list[Citation] = list(made.citations)
        self.figures: list[CheckedFigure] = list(made.figures)
        self.told: list[str] = []

    def question(self) -> Line | None:
        taken = self._own.spoergsmaal and self._taken(self._own.spoergsmaal)
        if taken:
            self.told.append("spørgsmålet")
        return taken

    def sentences(self) -> tuple[Line, ...]:
        """The sentences that fill up an opsummering of too few, none that it quotes already."""
        if len(self._made.opsummering) >= _FEWEST:
            return ()
        room = _ENOUGH - len(self._made.opsummering)
        quoted = [n for line in self._made.opsummering for n in line.citations]
        lines = [line for line in self._own.opsummering if not self._is_quoted(line, quoted)][:room]
        self._tell(len(lines), "sætning i opsummeringen", "sætninger i opsummeringen")
        return tuple(self._taken(line) for line in lines)

    def arguments(
        self, arguments: Sequence[Argument], one: str, several: str
    ) -> tuple[Argument, ...]:
        """The extractive arguments of a side, none that the model has as one of the other."""
        argued = (*self._made.fordele, *self._made.ulemper)
        quoted = [n for line in argued for n in line.citations]
        lines = [line for line in arguments if not self._is_quoted(line, quoted)]
        self._tell(len(lines), one, several)
        return tuple(self._taken(line) for line in lines)

    def topics(self) -> tuple[str, ...]:
        if self._own.emneord:
            self.told.append("emneordene")
        return self._own.emneord

    def _tell(self, count: int, one: str, several: str) -> None:
        if count:
            self.told.append(f"{count} {one if count == 1 else several}")

    def _is_quoted(self, line: Line | Argument, numbers: Collection[int]) -> bool:
        """Whether a place that the line quotes is among those that the model quotes by number."""
        return any(
            one.section_id == other.section_id and one.start < other.end and other.start < one.end
            for one in (self._known[n] for n in line.citations)
            for other in self._made.citations
            if other.n in numbers
        )

    def _taken(self, line: AnyLine) -> AnyLine:
        numbers = {n: self._number(self._known[n]) for n in line.citations}
        self.figures += _renumbered(line, self._own.figures, numbers)
        return replace(line, citations=tuple(numbers[n] for n in line.citations))

    def _number(self, citation: Citation) -> int:
        place = (citation.section_id, citation.start, citation.end)
        for known in self.citations:
            if (known.section_id, known.start, known.end) == place:
                return known.n
        number = 1 + max((known.n for known in self.citations), default=0)
        self.citations.append(replace(citation, n=number))
        return number


def _renumbered(
    line: Line | Argument, figures: Sequence[CheckedFigure], numbers: Mapping[int, int]
) -> list[CheckedFigure]:
    """The figures of a line that is taken, each with its citation's new number."""
    return [
        replace(figure, citation=numbers[figure.citation])
        for figure in figures
        if figure.citation is not None
        and figure.citation in numbers
        and figure.text in line.text
    ]
