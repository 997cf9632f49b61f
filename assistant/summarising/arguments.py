"""Fordele and ulemper: the sentences of a case that state a benefit or a drawback.

How likely a sentence is to state one is read from its signs (`argument_signs.py`). What is quoted
is the whole sentence, or a clause that stands by itself; never so that a negation, a condition or
a contrast is cut off, and never what was decided, or what would be without the proposal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Span
from assistant.danish.words import content_stems
from assistant.summarising.argument_signs import SIDES, read, reading
from assistant.summarising.case import Case
from assistant.summarising.indstilling import points
from assistant.summarising.material import Material, Sentence
from assistant.summarising.opsummering import before_of, standing
from assistant.summarising.stance import Side, holds_binder, is_set_against, stances, turns
from assistant.summarising.standing import (
    dangles,
    is_fragment,
    is_whole,
    names_no_subject,
    points_elsewhere,
)
from assistant.summarising.subject import Subject, subject
from assistant.types import SectionKind

Scores = Mapping[Side, float]
_MOST = 5
_LONGEST, _LONG = 55, 28
"""Words over which a sentence is left out; and from which it is cut, where it can be."""
_SHORTEST = 6
_SAME = 0.5
"""The share of common stems from which two sentences say the same."""
_COSTS = 2
"""How many of the drawbacks may be nothing but a price."""
_KINDS: tuple[SectionKind, ...] = (
    "resume", "sagsfremstilling", "oekonomi", "hoering", "tidsplan", "other"
)  # fmt: skip
_PROPOSES = re.compile(r"indstil|foresl|anbefal|ansøg|godkend", re.I)
_NO_DRAWBACK = re.compile(
    r"\b(?:ikke|ingen|uden)\b[^.,]{0,40}\b\w*(?:omkostning|udgift|gener\b|konsekvens)", re.I
)
_DECIDED = re.compile(
    r"\bbesluttede\b|\b(?:byrådet|udvalget|udvalgene) (?:godkendte|vedtog|ønskede|drøftede|bad|"
    r"behandlede|tilkendegav|bemærkede|pegede|har (?:tidligere )?(?:besluttet|godkendt|ønsket))\b"
    r"|\b(?:ønskede|drøftede|behandlede|godkendte|bemærkede) (?:byrådet|udvalget)\b", re.I,
)
"""What the body did before: no argument of the case that is now put to it."""
_NEED = re.compile(r"\b(?:behov|brug) for\b", re.I)
"""A need is why something is proposed; what that brings is a benefit only in words of one."""
_LAW = re.compile(
    r"\b(?:lov(?:en|givningen)?|bekendtgørelsen|§)\b.*"
    r"\b(?:fastsætter|bestemmer|kræver|skal)\b", re.I,
)
_OUTSIDE = re.compile(
    r"\b(?:disse|sådann?e?t?|pågældende)\b"
    r"|(?<!^)\b(?:dette|denne) (?!sag|indstilling|dagsorden)[a-zæøå]{5,}", re.I,
)
_RULE = re.compile(r"(?:§|Afsnit \d|Stk\.|Artikel \d|Punkt \d|\d+\.\d)")
"""How a paragraph of a plan or an agreement begins."""
_REPORT = re.compile(
    r"(?:(?:godkendelse|afgivelse) af )?(?:budgetopfølgning|opfølgning|status|årsregnskab|regnskab|"
    r"anlægsregnskab|redegørelse|årsberetning)\b|.*[-–] (?:regnskab|årsregnskab|status)\b", re.I,
)
"""The title of a case that tells how things went, so that its costs are of no proposal."""
_VARIANT = re.compile(
    r"^(?:\w+[.)]\s*)?(?:model|scenari|alternativ|mulighed|løsning|forslag|option|variant|spor)\w*"
    r"\s*(?:\d|[a-z]\b|[-–:])", re.I,
)
_HEARD = re.compile(r"høring|indsigelse|bemærkning|borgermøde|henvendelse", re.I)
_ATTRIBUTED = re.compile(
    r"\b(?:høringssvar\w*|indsig\w+|beboer\w*|nabo\w*|borger\w*|foreningen?|\w*råd(?:et)?|"
    r"bestyrelse\w*|bekymr\w+|\w*forening\w*|administrationen|forvaltningen|MED|parter?ne?)\b", re.I
)
_NOTED = re.compile(
    r"\b(?:til (?:efterretning|orientering)|eventuelle orienteringer|dagsordenen? godkendes|"
    r"godkende\w* dagsordenen?)\b", re.I
)
_REJECTED = re.compile(
    r"\bikke (?:\w+ ){0,2}(?:arbejdes|fortsætte\w*|imødekomme\w*|godkende\w*|gives|give|"
    r"foretages|igangsættes|gennemføres|etableres|indføres|støtte\w*|deltage\w*|vedtages|videreføres)\b"
    r"|\bafslag\b|\bafvise\w*\b|\bafslå\w*\b", re.I,
)
_CLAUSE = re.compile(
    r"(?:;\s+|,\s+og\s+(?=(?:det|der|den|de|dette|kommunen|administrationen|projektet|forslaget)\s"
    r"(?:\w+er|vil|er|skal|bliver|har|\w+es)\b))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is quoted of a case for or against it, and the log-odds that it is."""

    span: Span
    sentence: Sentence
    weight: float

    @property
    def text(self) -> str:
        return self.span.quote

    @property
    def is_price(self) -> bool:
        """Whether it tells no more than what something costs."""
        return {one.by for one in stances(self.sentence.text)} == {"price"}


def arguments(case: Case, told: Material, model: str) -> tuple[list[Found], list[Found]]:
    """Return the fordele and the ulemper that the case states, at most five each, the surest first.

    `model` is the embedding model that the sentences' vectors are of.
    A case that asks for no decision argues for none; nor is told what one that asks for a no
    argues for, as the text's own benefits and drawbacks are then those of what is turned down.
    """
    if not argues(case):
        return [], []
    scores = read(told, subject(case), model)
    for_, against = (
        quoted(case, told, scores, side, reading()["least"][side]) for side in SIDES
    )
    return for_, against


def quoted(
    case: Case, told: Material, scores: Sequence[Scores], side: Side, least: float
) -> list[Found]:
    """Return what can be quoted of the sentences that score at least that much for the side."""
    of = subject(case)
    known = dict(zip(told.sentences, scores, strict=True))
    found = []
    for one, score in known.items():
        likely = score[side] >= least and score[side] == max(score.values())
        if not likely or not _may_be(side, one.text) or not may_argue(one, told, of):
            continue
        span = _standing(one, told)
        before = before_of(one, told) if span and span.start < one.unit.start else None
        if span and (before is None or _goes_with(before, known[before], side)):
            found.append(Found(span, one, score[side]))
    return _best(found)


def argues(case: Case) -> bool:
    """Return whether the case proposes something that can be argued for and against.

    One without an indstilling has to say so in its text.
    """
    proposes = bool(case.of_kind("indstilling")) or any(
        _PROPOSES.search(one.section.text) for one in case.of_kind(*_KINDS)
    )
    return (
        proposes and decides(case) and not rejects(case) and not _REPORT.match(case.item.title)
    )


def decides(case: Case) -> bool:
    """Return whether the case asks for more than that something is noted or an agenda approved.

    A case without an indstilling is taken to.
    """
    proposed = case.of_kind("indstilling")
    asked = [point for section in proposed for point in points(section)]
    return not proposed or any(not _NOTED.search(point.clause) for point in asked)


def rejects(case: Case) -> bool:
    """Return whether the first thing that the case asks for is that something is not done."""
    asked = [point for section in case.of_kind("indstilling") for point in points(section)]
    return bool(asked and _REJECTED.search(asked[0].clause))


def _is_of_another(one: Sentence, told: Material, of: Subject) -> bool:
    """Whether it stands under a variant that is not known to be the proposed one, unnamed."""
    if not _VARIANT.match(one.subheading) or _VARIANT.search(one.text):
        return False
    others = {other.subheading for other in told.sentences if _VARIANT.match(other.subheading)}
    return len(others) > 1 or not of.about & frozenset(content_stems(one.subheading))


def may_argue(one: Sentence, told: Material, of: Subject) -> bool:
    """Return whether the sentence is of a kind that could be quoted as an argument."""
    if one.kind not in _KINDS or not is_whole(one) or is_fragment(one):
        return False
    words = len(one.text.split())
    if not _SHORTEST <= words <= _LONGEST or one.text.endswith("?"):
        return False
    if any(barred.search(one.text) for barred in (_DECIDED, _LAW, _OUTSIDE)):
        return False
    if _RULE.match(one.text) or turns(one.text) or _is_taken_back(one, told):
        return False
    heard = one.kind == "hoering" or _HEARD.search(one.subheading)
    if heard and not _ATTRIBUTED.search(one.text):
        return False
    return not _is_of_another(one, told, of) and not _is_purpose_of_another(one, of)


def _is_purpose_of_another(one: Sentence, of: Subject) -> bool:
    """Whether it states a purpose, but names nothing that the case is about."""
    return any(told.by == "purpose" for told in stances(one.text)) and not one.stems & of.about


def _is_taken_back(one: Sentence, told: Material) -> bool:
    """Whether the sentence right after it, in the same paragraph, is set against it."""
    place = told.sentences.index(one) + 1
    after = told.sentences[place] if place < len(told.sentences) else None
    return after is not None and before_of(after, told) is one and is_set_against(after.text)


def _goes_with(before: Sentence, scores: Scores, side: Side) -> bool:
    """Whether the sentence before may be quoted too: it neither turns nor tells the other side."""
    if turns(before.text) or _DECIDED.search(before.text):
        return False
    return all(scores[other] < 0 for other in SIDES if other != side)


def _standing(one: Sentence, told: Material) -> Span | None:
    """The sentence or a clause of it; with the one before where it points back; else None."""
    span = _with_subject(one, told) if names_no_subject(one) else standing(one, told)
    return _clause(one) if span and span.start == one.unit.start else span


def _with_subject(one: Sentence, told: Material) -> Span | None:
    """The sentence with the one before, which names what it speaks of."""
    before = before_of(one, told)
    if before is None or dangles(before) or names_no_subject(before) or not is_whole(before):
        return None
    if points_elsewhere(before) or points_elsewhere(one):
        return None
    both = Span(one.stored, before.unit.start, one.unit.end)
    return both if len(both.quote.split()) <= _LONGEST else None


def _clause(one: Sentence) -> Span:
    """The part of a long sentence that states it, where the rest can go without turning it."""
    if len(one.text.split()) < _LONG:
        return one.span
    text = one.stored.section.text[one.unit.start:one.unit.end]
    whole = _sides(one.text)
    for border in _CLAUSE.finditer(text):
        first, rest = text[:border.start()], text[border.end():]
        states = whole and _sides(first) == whole
        if states and not holds_binder(rest) and len(first.split()) >= _SHORTEST:
            return Span(one.stored, one.unit.start, one.unit.start + len(first.rstrip()))
    return one.span


def _may_be(side: Side, text: str) -> bool:
    """Whether the words neither take the other side alone nor deny it, nor only name a need."""
    taken = _sides(text)
    if side == "ulempe" and _NO_DRAWBACK.search(text):
        return False
    bare_need = side == "fordel" and bool(_NEED.search(text))
    return side in taken if bare_need else not taken or side in taken


def _sides(text: str) -> set[Side]:
    return {one.side for one in stances(text) if one.strength}


def _best(found: Sequence[Found]) -> list[Found]:
    """The surest that say different things, the surest first."""
    chosen: list[Found] = []
    for one in sorted(found, key=lambda one: -one.weight):
        if len(chosen) == _MOST:
            break
        if any(_repeats(one, other) for other in chosen):
            continue
        if one.is_price and sum(other.is_price for other in chosen) >= _COSTS:
            continue
        chosen.append(one)
    return chosen


def _repeats(one: Found, other: Found) -> bool:
    overlap = one.span.stored is other.span.stored and (
        one.span.start < other.span.end and other.span.start < one.span.end
    )
    shared = len(one.sentence.stems & other.sentence.stems)
    least = min(len(one.sentence.stems), len(other.sentence.stems))
    return overlap or shared >= _SAME * max(1, least)
