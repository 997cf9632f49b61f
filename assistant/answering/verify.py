"""The check that every answer passes, whichever engine wrote it.

A quote must stand at its place, character for character (white space folded), and not in a sentence
that tells whoever answers what to write. A figure must stand in what its claim cites, and so must
its words, by the rules of `assistant.answering.wording`. What does not hold is left out, and
counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.instructions import tells_what_to_write
from assistant.answering.wording import Evidence, Rule
from assistant.danish.figures import find_figures, unit_scale, unsupported
from assistant.danish.sentences import sentences
from assistant.store.stored import StoredSection
from assistant.types import Block, CheckedFigure, Citation, Claim, Section, Table


@dataclass(frozen=True, slots=True)
class Checked:
    """The claims that hold, their citations and figures, and how many claims fell."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    figures: tuple[CheckedFigure, ...]
    dropped: int


def folded(text: str) -> str:
    """Return `text` with every run of white space as one space."""
    return " ".join(text.split())


def quote_stands(citation: Citation, sections: Mapping[str, StoredSection]) -> bool:
    """Return whether the quote stands at its stated place in the stored text."""
    stored = sections.get(citation.section_id)
    if stored is None or not citation.quote:
        return False
    return folded(stored.section.text[citation.start:citation.end]) == citation.quote


def check(
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    sections: Mapping[str, StoredSection],
    rules: Sequence[Rule] = (),
) -> Checked:
    """Return what holds of the claims. A claim falls with its quotes and its figures, whole.

    Without `rules` nothing is asked of its other words, as where a person has written it.
    """
    standing = {
        c.n: c
        for c in citations
        if quote_stands(c, sections) and not _is_addressed(c, sections[c.section_id].section)
    }
    figures = {
        claim: _figures(claim, standing, sections)
        for claim in claims
        if claim.citations and all(n in standing for n in claim.citations)
    }
    kept = [
        claim
        for claim in claims
        if _holds(figures.get(claim)) and _is_borne_out(claim, standing, sections, rules)
    ]
    cited = {n for claim in kept for n in claim.citations}
    return Checked(
        claims=tuple(kept),
        citations=tuple(citation for n, citation in standing.items() if n in cited),
        figures=tuple(figure for claim in kept for figure in figures[claim]),
        dropped=len(claims) - len(kept),
    )


def _is_addressed(citation: Citation, section: Section) -> bool:
    """Whether a sentence, or a table row, that is quoted from tells what to write."""
    for block in section.blocks:
        if block.start >= citation.end or block.end <= citation.start:
            continue
        text = section.text[block.start:block.end]
        parts = [(0, len(text))] if block.cells else [(s.start, s.end) for s in sentences(text)]
        for start, end in parts:
            quoted = block.start + start < citation.end and citation.start < block.start + end
            if quoted and tells_what_to_write(text[start:end]):
                return True
    return False


def _holds(figures: Sequence[CheckedFigure] | None) -> bool:
    """Whether a claim's quotes stand (None: they do not), and every figure of it."""
    return figures is not None and all(figure.supported for figure in figures)


def _is_borne_out(
    claim: Claim,
    standing: Mapping[int, Citation],
    sections: Mapping[str, StoredSection],
    rules: Sequence[Rule],
) -> bool:
    if not rules:
        return True
    cited = [standing[n] for n in claim.citations]
    evidence = Evidence(
        quoted="\n".join(citation.quote for citation in cited),
        place="\n".join(f"{_place(one)}\n{_header(one, sections)}" for one in cited),
    )
    return all(rule(claim.text, evidence) for rule in rules)


def _figures(
    claim: Claim, standing: Mapping[int, Citation], sections: Mapping[str, StoredSection]
) -> list[CheckedFigure]:
    """The figures of a claim, each with the first of its citations that bears it."""
    missing = {n: _unsupported(claim.text, standing[n], sections) for n in claim.citations}
    checked = []
    for figure in find_figures(claim.text):
        bearer = next((n for n in claim.citations if figure.start not in missing[n]), None)
        checked.append(CheckedFigure(figure.text, bearer is not None, bearer))
    return checked


def _unsupported(
    text: str, citation: Citation, sections: Mapping[str, StoredSection]
) -> set[int]:
    """Where in `text` the figures start that the citation's quote does not bear."""
    found = unsupported(
        text,
        citation.quote,
        evidence_scale=_scale(citation, sections),
        context=f"{_place(citation)}\n{_header(citation, sections)}",
    )
    return {figure.start for figure in found}


def _place(citation: Citation) -> str:
    """What the citation itself says of its place: a claim may name it."""
    parts = (
        citation.meeting_date,
        citation.item_number,
        citation.title,
        citation.case_number,
        citation.committee,
        citation.heading,
    )
    return "\n".join(part for part in parts if part)


def _header(citation: Citation, sections: Mapping[str, StoredSection]) -> str:
    """What stands over the quoted cells of a table row: their columns, the caption, the unit."""
    row, table = _row(citation, sections)
    if row is None or table is None:
        return ""
    quoted = [
        n for n, (start, end) in enumerate(row.cells)
        if start < citation.end and end > citation.start
    ]
    columns = [table.columns[n] for n in quoted if n < len(table.columns)]
    return "\n".join((*columns, table.caption, table.unit))


def _scale(citation: Citation, sections: Mapping[str, StoredSection]) -> Decimal:
    """The unit of the table row that a citation quotes; 1 outside tables."""
    _, table = _row(citation, sections)
    return unit_scale(table.unit) if table else Decimal(1)


def _row(
    citation: Citation, sections: Mapping[str, StoredSection]
) -> tuple[Block | None, Table | None]:
    section = sections[citation.section_id].section
    for block in section.blocks:
        if block.table is not None and block.start <= citation.start < block.end:
            return block, section.tables[block.table]
    return None, None
