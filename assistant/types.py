"""The frozen types that flow through every step, from reading to answering.

Text offsets are counted in characters of the section's own text: `section.text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from assistant.access import Level

SectionKind = Literal[
    "resume",
    "indstilling",
    "sagsfremstilling",
    "beslutning",
    "oekonomi",
    "lovgrundlag",
    "hoering",
    "tidsplan",
    "sagsforloeb",
    "bilag",
    "other",
]
SECTION_KINDS: tuple[SectionKind, ...] = get_args(SectionKind)

DocumentKind = Literal["agenda", "minutes", "case", "plan", "attachment"]
BlockKind = Literal["paragraph", "subheading", "list_item", "table_header", "table_row"]
UnitKind = Literal["sentence", "list_item", "row", "list"]
VoteSide = Literal["for", "against", "abstain"]
AnswerStatus = Literal["answered", "not_found", "undecided", "closed"]
ClaimKind = Literal["quote", "statement", "decision"]
EngineName = Literal["extractive", "generative"]
ArgumentBasis = Literal["fra sagen", "afledt"]
SummaryStatus = Literal["udkast", "godkendt"]
Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row of a section's text."""

    kind: BlockKind
    start: int
    end: int
    marker: str = ""
    """What stood before a list item (`-`, `1.`, `a)`)."""
    cells: tuple[tuple[int, int], ...] = ()
    """The offsets of a table row's cells."""
    table: int | None = None
    """Which of the section's tables a row belongs to."""


@dataclass(frozen=True, slots=True)
class Table:
    """What every cell of a table shares: caption, unit and the names of its columns."""

    caption: str = ""
    unit: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A run of text under one heading."""

    kind: SectionKind
    heading: str
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """One side of one vote, as the minutes tell it."""

    side: VoteSide
    voters: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PointDecision:
    """What was decided on some of the recommendation's points: `1.-3. anbefales`."""

    points: tuple[str, ...]
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who sat in an absent member's place."""

    name: str
    absent: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decided item's outcome in the words of the minutes.

    `outcome` is a coarse label for filtering (`godkendt`, `anbefalet`, `efterretning`, `udsat`,
    `afvist`, `droeftet`, `other`); what is shown to anybody is `text`.
    """

    outcome: str
    text: str
    points: tuple[PointDecision, ...] = ()
    votes: tuple[Vote, ...] = ()
    absentees: tuple[str, ...] = ()
    substitutes: tuple[Substitute, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One punkt. A closed one has a number and a title, its content only if that is asked for."""

    id: str
    number: str
    title: str
    case_number: str = ""
    closed: bool = False
    sections: tuple[Section, ...] = ()
    decision: Decision | None = None
    attachments: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    name: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    id: str
    committee: str
    date: date | None
    place: str = ""
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an action, with its deadline in the plan's own words."""

    name: str
    text: str
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One handling of an action plan."""

    title: str
    theme: str = ""
    steps: tuple[Step, ...] = ()
    responsible: str = ""
    deadline: str = ""
    attention: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file or portal answer, read and parsed, before it is stored.

    `sections` are those that belong to no agenda item: a plan's chapters, a meeting's head.
    The action `actions[i]` is told in the section `sections[action_sections[i]]`.
    """

    id: str
    name: str
    kind: DocumentKind
    title: str
    municipality: str = ""
    date: date | None = None
    url: str = ""
    meeting: Meeting | None = None
    items: tuple[AgendaItem, ...] = ()
    sections: tuple[Section, ...] = ()
    actions: tuple[Action, ...] = ()
    action_sections: tuple[int, ...] = ()
    hidden_words: int = 0
    """Words that its page keeps from every reader; they were left out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section, small enough to embed: `section.text[start:end] == text`.

    Neither `place` (municipality, committee, date, punkt) nor `topic` (title, heading, a table's
    caption, columns and unit) is ever quoted. Both are searched with the text; `topic` is embedded
    with it, so that a case which returns in another body shares its vectors.
    """

    text: str
    start: int
    end: int
    place: str
    topic: str
    heading: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that an answer quotes: a sentence, list item or table row; or a whole list.

    It stands at `section.text[start:end]`, in `section.blocks[block]`. `told` is what is embedded
    of it: title and heading, then its words, a table row's cells each after its column's name.
    """

    kind: UnitKind
    start: int
    end: int
    block: int
    told: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Where an answer may come from. Empty means everywhere; dates are inclusive."""

    committee: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    case_number: str = ""
    item_id: str = ""
    municipality: str = ""
    document_kind: str = ""


EVERYWHERE = Filters()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation, as a chat client keeps it."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a stored section stands: everything a reader needs to find it again."""

    section_id: str
    document_id: str
    document: str
    document_kind: DocumentKind
    municipality: str
    kind: SectionKind
    heading: str
    item_id: str = ""
    item_number: str = ""
    title: str = ""
    case_number: str = ""
    committee: str = ""
    meeting_date: date | None = None
    url: str = ""
    level: Level = Level.OPEN

    @property
    def place(self) -> str:
        """What is read as one: the id of the item, or of the section where there is no item."""
        return self.item_id or self.section_id


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage with its score (higher is better) and where else the same text stands."""

    passage_id: int
    text: str
    start: int
    end: int
    heading: str
    source: Source
    score: float
    also: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands: `section text[start:end]`, white space folded."""

    n: int
    quote: str
    document: str
    item_id: str
    item_number: str
    title: str
    case_number: str
    committee: str
    meeting_date: str | None
    section: SectionKind
    heading: str
    page: int | None
    start: int
    end: int
    url: str
    section_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, and the numbers of the citations that it rests on."""

    text: str
    kind: ClaimKind
    citations: tuple[int, ...]

    @property
    def marked(self) -> str:
        """The claim as an answer's text has it, with the numbers of its citations."""
        return self.text + "".join(f" [{n}]" for n in self.citations)


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of the answer, and the citation that bears it (`None` where none does)."""

    text: str
    supported: bool
    citation: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What every caller gets back: the contract of `POST /ask` and of `assistant ask --json`."""

    question: str
    status: AnswerStatus
    engine: EngineName
    model: str | None
    answer: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    figures: tuple[CheckedFigure, ...] = ()
    follow_ups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    took_ms: int = 0
    provenance: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim that has been checked, shown before the whole answer is there.

    Its citations have the numbers that they have in the answer.
    """

    claim: Claim
    citations: tuple[Citation, ...]
    figures: tuple[CheckedFigure, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case summary, and the numbers of the citations that it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """One fordel or ulempe: said by the case itself, or drawn from what it says."""

    text: str
    basis: ArgumentBasis
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The block *Prompt resultater* of one agenda item, as an engine made it.

    Every line of it cites; `ikke_belyst` and `notes` are the block's own words on what the case
    does not say.
    """

    item_id: str
    spoergsmaal: Line | None
    opsummering: tuple[Line, ...]
    fordele: tuple[Argument, ...]
    ulemper: tuple[Argument, ...]
    emneord: tuple[str, ...]
    ikke_belyst: tuple[str, ...]
    citations: tuple[Citation, ...]
    figures: tuple[CheckedFigure, ...]
    engine: EngineName
    model: str | None
    notes: tuple[str, ...] = ()
    provenance: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """A case summary as it is kept: made when and from what, corrected and approved by whom.

    `item_version` is the fingerprint of the item's text that the summary was made from; the summary
    is stale when the item's text has another one by now.
    """

    summary: CaseSummary
    status: SummaryStatus
    made_at: str
    item_version: str
    approved_by: str | None = None
    approved_at: str | None = None
    stale: bool = False
