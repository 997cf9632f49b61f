"""What a language model replies, and what of it holds: the rest is dropped line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answering.draft import Draft, Span
from assistant.answering.verify import Checked, check
from assistant.danish.words import content_stems
from assistant.errors import AssistantError
from assistant.types import Argument, ArgumentBasis, CaseSummary, Claim, Line

MOST_SENTENCES, MOST_ARGUMENTS, MOST_TOPICS = 4, 5, 4
Gap = Literal["fordele", "ulemper", "økonomi", "alternativer", "høring", "tidsplan"]
GAPS: tuple[Gap, ...] = get_args(Gap)
_SHORTEST_QUOTE = 3
"""Words: fewer would bear out any line at all."""
_SAID = 0.6
"""The share of a line's words that stand in its quotes where the case itself says it."""
_QUOTED = re.compile(r"^[\s»«\"”“'’…]+|[\s»«\"”“'’…]+$")


class ReplyError(AssistantError):
    """The model's reply cannot be read."""


class ReplySource(BaseModel):
    """Where a line has it from: a passage's key, and words of it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    kilde: str
    citat: str


class ReplyLine(BaseModel):
    """One line, and what it rests on."""

    model_config = ConfigDict(str_strip_whitespace=True)

    tekst: str = Field(min_length=1)
    kilder: list[ReplySource] = Field(min_length=1)


class ReplyArgument(ReplyLine):
    """One fordel or ulempe."""

    grundlag: ArgumentBasis


def _those_that_fit(kind: Any, most: int) -> BeforeValidator:
    """Before a list is read: drop what is not of its kind, and what is too many."""
    adapter = TypeAdapter(kind)

    def kept(value: Any) -> Any:
        return [one for one in value if _fits(adapter, one)][:most] if type(value) is list else []

    return BeforeValidator(kept)


def _fits(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def _line_or_none(value: Any) -> Any:
    return value if _fits(TypeAdapter(ReplyLine), value) else None


Lines = Annotated[
    list[ReplyLine],
    _those_that_fit(ReplyLine, MOST_SENTENCES),
    Field(max_length=MOST_SENTENCES),
]
Arguments = Annotated[
    list[ReplyArgument],
    _those_that_fit(ReplyArgument, MOST_ARGUMENTS),
    Field(max_length=MOST_ARGUMENTS),
]


class SummaryReply(BaseModel):
    """The whole reply. Its JSON schema is what the model is held to; reading is more lenient."""

    spoergsmaal: Annotated[ReplyLine | None, BeforeValidator(_line_or_none)]
    opsummering: Lines
    fordele: Arguments
    ulemper: Arguments
    emneord: Annotated[
        list[str], _those_that_fit(str, MOST_TOPICS), Field(max_length=MOST_TOPICS)
    ]
    ikke_belyst: Annotated[list[Gap], _those_that_fit(Gap, len(GAPS))]


def read_reply(text: str) -> SummaryReply:
    """Return the reply that the text holds, whatever stands around its JSON object.

    A line that is not of the asked form is dropped. Raises ReplyError where there is no object.
    """
    start = text.find("{")
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text, start) if start >= 0 else (0, 0)
    except (json.JSONDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ReplyError(
            "Sprogmodellens svar kunne ikke læses. Prøv igen, eller brug det resumé, der er lavet "
            "uden sprogmodel."
        )
    return SummaryReply.model_validate({**dict.fromkeys(SummaryReply.model_fields), **found})


def to_summary(
    reply: SummaryReply,
    item_id: str,
    given: Mapping[str, Span],
    topics: Sequence[str],
    model: str,
    provenance: Mapping[str, str],
) -> CaseSummary:
    """Return what holds of the reply: `given` are the passages by key, `topics` all to choose from.

    A line is dropped where a key was not given, a quote does not stand in its passage, or a figure
    does not stand in its quotes. How many were, is in the notes.
    """
    drafted = _Drafted(given)
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
        item_id=item_id,
        spoergsmaal=next(iter(lines["spoergsmaal"]), None),
        opsummering=tuple(lines["opsummering"]),
        fordele=_arguments(lines["fordele"], reply.fordele, checked),
        ulemper=_arguments(lines["ulemper"], reply.ulemper, checked),
        emneord=_chosen_topics(reply.emneord, topics),
        ikke_belyst=tuple(dict.fromkeys(gap.capitalize() for gap in reply.ikke_belyst)),
        citations=checked.citations,
        figures=checked.figures,
        engine="generative",
        model=model,
        notes=_notes(replied - len(checked.claims)),
        provenance=dict(provenance),
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
            spans = [self._span(source) for source in line.kilder]
            if all(spans):
                self.draft.claim(line.tekst, "statement", *filter(None, spans))
        return self.draft.claims[before:]

    def _span(self, source: ReplySource) -> Span | None:
        """Where the quote stands, white space folded, in the passage of that key."""
        passage = self._given.get(source.kilde)
        words = _QUOTED.sub("", source.citat).split()
        if passage is None or len(words) < _SHORTEST_QUOTE:
            return None
        text = passage.stored.section.text
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
        found = pattern.search(text, passage.start, passage.end)
        return Span(passage.stored, found.start(), found.end()) if found else None


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


def _notes(dropped: int) -> tuple[str, ...]:
    if not dropped:
        return ()
    lines = "1 linje" if dropped == 1 else f"{dropped} linjer"
    return (f"{lines} blev udeladt, fordi belægget ikke holdt.",)
