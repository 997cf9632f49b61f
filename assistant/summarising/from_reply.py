"""From a language model's reply to a case summary: what does not hold is dropped line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from assistant.answering.draft import Draft, Span
from assistant.answering.verify import Checked, check, folded
from assistant.answering.wording import Rule
from assistant.danish.words import content_stems
from assistant.generative.binding import bound, in_full
from assistant.generative.decisions import says_decided
from assistant.generative.lines import ReplyLine
from assistant.summarising import notes
from assistant.summarising.reply import PartReply, ReplyArgument, SummaryReply
from assistant.summarising.request import HeldLine, Request
from assistant.summarising.stance import Side, stances
from assistant.summarising.wording import asks_the_body, is_well_worded
from assistant.types import Argument, ArgumentBasis, CaseSummary, Claim, Line

ToldLine = TypeVar("ToldLine", bound=ReplyLine)
_SAID = 0.6
"""The share of a line's words that stand in its quotes where the case itself says it."""


def to_summary(
    reply: SummaryReply, request: Request, model: str, rules: Sequence[Rule], fallen: int = 0
) -> CaseSummary:
    """Return what holds of a model's reply to the request.

    A line is dropped where a key was not given, a quote does not stand in its passage, a figure
    does not stand in its quotes or its words by the `rules` are not borne out, it is not in neutral
    Danish, or, among the arguments, where its words state the other side. How many were, is in the
    notes, with those that had `fallen` before.
    """
    drafted = Drafted(request.given, rules)
    asked = [reply.spoergsmaal] if reply.spoergsmaal else []
    for_, against = _apart(reply)
    argued = {_same(one.tekst) for one in (*for_, *against)}
    summed_up = [one for one in _each_once(reply.opsummering) if _same(one.tekst) not in argued]
    claims = {
        "spoergsmaal": drafted.claims([one for one in asked if asks_the_body(one.tekst)]),
        "opsummering": drafted.claims(summed_up),
        "fordele": drafted.claims(_of_side(for_, "fordel")),
        "ulemper": drafted.claims(_of_side(against, "ulempe")),
    }
    checked = drafted.checked()
    lines = {
        name: [Line(one.text, one.citations) for one in told if one in checked.claims]
        for name, told in claims.items()
    }
    replied = len([*asked, *summed_up, *for_, *against])
    return CaseSummary(
        item_id=request.case.item.id,
        spoergsmaal=next(iter(lines["spoergsmaal"]), None),
        opsummering=tuple(lines["opsummering"]),
        fordele=_arguments(lines["fordele"], for_, checked),
        ulemper=_arguments(lines["ulemper"], against, checked),
        emneord=_chosen_topics(reply.emneord, request.topics),
        ikke_belyst=(),
        citations=checked.citations,
        figures=checked.figures,
        engine="generative",
        model=model,
        notes=(
            *notes.unread(request.left_out, "tekststykker"),
            *notes.fell(fallen + replied - len(checked.claims)),
        ),
        provenance={"embedding": "", "prompt": request.prompt.sha256},
    )


def held_lines(
    reply: PartReply, request: Request, rules: Sequence[Rule]
) -> tuple[list[HeldLine], int]:
    """Return the lines of a part that hold, and how many do not."""
    drafted = Drafted(request.given, rules)
    kinds = {}
    for line in _each_once(reply.linjer):
        for claim in drafted.claims([line]):
            kinds[claim] = line.slags
    checked = drafted.checked()
    held = [
        HeldLine(claim.text, kinds[claim], drafted.spans[claim.text])
        for claim in checked.claims
    ]
    return held, len(_each_once(reply.linjer)) - len(held)


class Drafted:
    """A reply's lines as claims, each with the sentences that its quotes stand in."""

    def __init__(self, given: Mapping[str, Span], rules: Sequence[Rule]) -> None:
        self._given, self._rules = given, rules
        self._draft = Draft()
        self.spans: dict[str, tuple[Span, ...]] = {}

    def claims(self, lines: Iterable[ReplyLine]) -> list[Claim]:
        """Write a claim for every line whose sources and wording hold, and return them.

        One that says something is decided is written as the sentences that say so.
        """
        before = len(self._draft.claims)
        for line in lines:
            spans = tuple(dict.fromkeys(in_full(span) for span in bound(line, self._given)))
            quoted = " ".join(span.quote for span in spans)
            if spans and is_well_worded(line.tekst, quoted):
                self._write(line.tekst, spans)
        return self._draft.claims[before:]

    def checked(self) -> Checked:
        """Return what holds of all claims that were written."""
        draft = self._draft
        return check(draft.claims, draft.citations, draft.sections, self._rules)

    def _write(self, text: str, spans: tuple[Span, ...]) -> None:
        if says_decided(text):
            if not all(_tells_decided(span) for span in spans):
                return
            text = " ".join(span.quote for span in spans)
        self.spans[text] = spans
        self._draft.claim(text, "statement", *spans)


def _tells_decided(span: Span) -> bool:
    return span.stored.section.kind != "indstilling" and says_decided(span.quote)


def _apart(reply: SummaryReply) -> tuple[list[ReplyArgument], list[ReplyArgument]]:
    """The arguments of each side; what is told as both is neither."""
    for_, against = _each_once(reply.fordele), _each_once(reply.ulemper)
    both = {_same(one.tekst) for one in for_} & {_same(one.tekst) for one in against}
    return (
        [one for one in for_ if _same(one.tekst) not in both],
        [one for one in against if _same(one.tekst) not in both],
    )


def _of_side(lines: Sequence[ReplyArgument], side: Side) -> list[ReplyArgument]:
    """Those whose words do not take the other side alone."""
    taken = [{said.side for said in stances(one.tekst) if said.strength} for one in lines]
    return [one for one, sides in zip(lines, taken, strict=True) if not sides or side in sides]


def _each_once(lines: Iterable[ToldLine]) -> list[ToldLine]:
    once: dict[str, ToldLine] = {}
    for line in lines:
        once.setdefault(_same(line.tekst), line)
    return list(once.values())


def _same(text: str) -> str:
    return folded(text).casefold().rstrip(".")


def _arguments(
    lines: Sequence[Line], replied: Sequence[ReplyArgument], checked: Checked
) -> tuple[Argument, ...]:
    bases = {one.tekst: one.grundlag for one in replied}
    quotes = {citation.n: citation.quote for citation in checked.citations}
    arguments = []
    for line in lines:
        quoted = " ".join(quotes[n] for n in line.citations)
        basis = _basis(line.text, quoted, bases.get(line.text, "fra sagen"))
        arguments.append(Argument(line.text, basis, line.citations))
    return tuple(arguments)


def _basis(text: str, quoted: str, replied: ArgumentBasis) -> ArgumentBasis:
    """What the model says it is, but `fra sagen` only where the quotes have the line's words."""
    stems = set(content_stems(text))
    said = len(stems & set(content_stems(quoted))) >= _SAID * len(stems)
    return replied if said else "afledt"


def _chosen_topics(replied: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    known = {topic.casefold(): topic for topic in topics}
    chosen = (known.get(one.strip().casefold()) for one in replied)
    return tuple(dict.fromkeys(filter(None, chosen)))
