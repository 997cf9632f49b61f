"""From a language model's reply to a case summary: what does not hold is dropped line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering.draft import Draft, Span
from assistant.answering.verify import Checked, check
from assistant.danish.words import content_stems
from assistant.generative.binding import bound
from assistant.generative.lines import ReplyLine
from assistant.summarising import notes
from assistant.summarising.reply import ReplyArgument, SummaryReply
from assistant.summarising.request import Request
from assistant.summarising.unsaid import SENTENCES
from assistant.types import Argument, ArgumentBasis, CaseSummary, Claim, Line

_SAID = 0.6
"""The share of a line's words that stand in its quotes where the case itself says it."""


def to_summary(reply: SummaryReply, request: Request, model: str) -> CaseSummary:
    """Return what holds of a model's reply to the request.

    A line is dropped where a key was not given, a quote does not stand in its passage, or a figure
    does not stand in its quotes. How many were, is in the notes.
    """
    drafted = _Drafted(request.given)
    asked = [reply.spoergsmaal] if reply.spoergsmaal else []
    claims = {
        "spoergsmaal": drafted.claims([one for one in asked if one.tekst.endswith("?")]),
        "opsummering": drafted.claims(reply.opsummering),
        "fordele": drafted.claims(reply.fordele),
        "ulemper": drafted.claims(reply.ulemper),
    }
    checked = check(drafted.draft.claims, drafted.draft.citations, drafted.draft.sections)
    lines = {
        name: [Line(one.text, one.citations) for one in told if one in checked.claims]
        for name, told in claims.items()
    }
    replied = len([*asked, *reply.opsummering, *reply.fordele, *reply.ulemper])
    return CaseSummary(
        item_id=request.case.item.id,
        spoergsmaal=next(iter(lines["spoergsmaal"]), None),
        opsummering=tuple(lines["opsummering"]),
        fordele=_arguments(lines["fordele"], reply.fordele, checked),
        ulemper=_arguments(lines["ulemper"], reply.ulemper, checked),
        emneord=_chosen_topics(reply.emneord, request.topics),
        ikke_belyst=tuple(dict.fromkeys(SENTENCES[unsaid] for unsaid in reply.ikke_belyst)),
        citations=checked.citations,
        figures=checked.figures,
        engine="generative",
        model=model,
        notes=(
            *notes.unread(request.left_out, "tekststykker"),
            *notes.fell(replied - len(checked.claims)),
        ),
        provenance={"embedding": "", "prompt": request.prompt.sha256},
    )


class _Drafted:
    """The reply's lines as claims, each with its quotes found in what was given."""

    def __init__(self, given: Mapping[str, Span]) -> None:
        self._given = given
        self.draft = Draft()

    def claims(self, lines: Sequence[ReplyLine]) -> list[Claim]:
        """Write a claim for every line whose sources all hold, and return them."""
        before = len(self.draft.claims)
        for line in lines:
            if spans := bound(line, self._given):
                self.draft.claim(line.tekst, "statement", *spans)
        return self.draft.claims[before:]


def _arguments(
    lines: Sequence[Line], replied: Sequence[ReplyArgument], checked: Checked
) -> tuple[Argument, ...]:
    bases = {one.tekst: one.grundlag for one in replied}
    quotes = {citation.n: citation.quote for citation in checked.citations}
    return tuple(
        Argument(
            line.text,
            _basis(line.text, " ".join(quotes[n] for n in line.citations), bases[line.text]),
            line.citations,
        )
        for line in lines
    )


def _basis(text: str, quoted: str, replied: ArgumentBasis) -> ArgumentBasis:
    """What the model says it is, but `fra sagen` only where the quotes have the line's words."""
    stems = set(content_stems(text))
    said = len(stems & set(content_stems(quoted))) >= _SAID * len(stems)
    return replied if said else "afledt"


def _chosen_topics(replied: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    known = {topic.casefold(): topic for topic in topics}
    chosen = (known.get(one.strip().casefold()) for one in replied)
    return tuple(dict.fromkeys(filter(None, chosen)))
