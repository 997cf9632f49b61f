"""Fordele and ulemper: the sentences of a case that state a benefit or a drawback.

A sentence has to state it by its words (`stance.py`), and its vector must not lie nearer to
sentences that state the opposite or neither. It is quoted whole, or as a clause that stands by
itself; never so that a negation, a condition or a contrast is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.draft import Span
from assistant.store.embedding import Embedder
from assistant.store.stored import Vector
from assistant.summarising.case import Case
from assistant.summarising.indstilling import points
from assistant.summarising.material import Material, Sentence
from assistant.summarising.opsummering import before_of, standing
from assistant.summarising.standing import is_whole
from assistant.summarising.stance import Side, Stance, anchors, holds_binder, stance

_MOST = 5
_LONGEST, _LONG = 55, 28
"""Words over which a sentence is left out; and from which it is cut, where it can be."""
_SHORTEST = 6
_SAME = 0.5
"""The share of common stems from which two sentences say the same."""
_CONTRADICTS = -0.03
"""How much nearer to the other side's sentences a sentence may lie, beside its case's mean."""
_MEANING = 25.0
"""What the margin of meaning counts beside the strength of the words."""
_COSTS = 2
"""How many of the drawbacks may be nothing but a price."""
_KINDS = ("resume", "sagsfremstilling", "oekonomi", "hoering", "tidsplan", "other")
_ADMINISTRATIVE = re.compile(
    r"\b(?:administrationen|forvaltningen|centret|direktionen) (?:indstiller|foreslår|anbefaler)\b"
    r"|\b(?:indstilles|anbefales|foreslås|besluttede)\b|\b(?:byrådet|udvalget|udvalg(?:ene)?) (?:besluttede|godkendte|vedtog|har "
    r"(?:tidligere )?(?:besluttet|godkendt))\b|\b(?:lov(?:en|givningen)?|bekendtgørelsen|§)\b.*"
    r"\b(?:fastsætter|bestemmer|kræver|skal)\b", re.I,
)
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
_CLAUSE = re.compile(
    r"(?:;\s+|,\s+og\s+(?=(?:det|der|den|de|dette|kommunen|administrationen|projektet|forslaget)\s"
    r"(?:\w+er|vil|er|skal|bliver|har|\w+es)\b))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is quoted of a case for or against it, and how sure that is."""

    span: Span
    sentence: Sentence
    stance: Stance
    weight: float

    @property
    def text(self) -> str:
        return self.span.quote


def arguments(
    case: Case, told: Material, embedder: Embedder
) -> tuple[list[Found], list[Found]]:
    """Return the fordele and the ulemper that the case states, at most five each, best first.

    A case that asks for no decision argues for none.
    """
    if not decides(case):
        return [], []
    margins = _margins(told.sentences, embedder)
    found: dict[Side, list[Found]] = {"fordel": [], "ulempe": []}
    for one, margin in zip(told.sentences, margins, strict=True):
        said = _said(one, told)
        if said is None:
            continue
        toward = margin if said.stance.side == "fordel" else -margin
        if toward < _CONTRADICTS or said.stance.strength <= 0:
            continue
        weight = said.stance.strength + _MEANING * toward
        found[said.stance.side].append(replace(said, weight=weight))
    return _best(found["fordel"]), _best(found["ulempe"])


def decides(case: Case) -> bool:
    """Return whether the case asks for more than that something is noted or an agenda approved.

    A case without an indstilling is taken to.
    """
    proposed = case.of_kind("indstilling")
    asked = [point for section in proposed for point in points(section)]
    return not proposed or any(not _NOTED.search(point.clause) for point in asked)


def _said(one: Sentence, told: Material) -> Found | None:
    """What the sentence states for or against, as it may be quoted."""
    if not _may_argue(one):
        return None
    side = stance(one.text)
    if side is None:
        return None
    span = _standing(one, told)
    return Found(span, one, side, 0.0) if span else None


def _may_argue(one: Sentence) -> bool:
    if one.kind not in _KINDS or not is_whole(one):
        return False
    words = len(one.text.split())
    if not _SHORTEST <= words <= _LONGEST or one.text.endswith("?"):
        return False
    if _ADMINISTRATIVE.search(one.text):
        return False
    if _VARIANT.match(one.subheading) and not _VARIANT.search(one.text):
        return False
    heard = one.kind == "hoering" or _HEARD.search(one.subheading)
    return not heard or bool(_ATTRIBUTED.search(one.text))


def _standing(one: Sentence, told: Material) -> Span | None:
    """The sentence or a clause of it; with the one before where it points back; else None."""
    span = standing(one, told)
    if span is None or span.start == one.unit.start:
        return _clause(one) if span else None
    before = before_of(one, told)
    if before is None or _ADMINISTRATIVE.search(before.text):
        return None
    other, mine = stance(before.text), stance(one.text)
    return None if other and mine and other.side != mine.side else span


def _clause(one: Sentence) -> Span:
    """The part of a long sentence that states it, where the rest can go without turning it."""
    if len(one.text.split()) < _LONG:
        return one.span
    text = one.stored.section.text[one.unit.start:one.unit.end]
    whole = stance(one.text)
    for border in _CLAUSE.finditer(text):
        first, rest = text[:border.start()], text[border.end():]
        kept = stance(first)
        if kept == whole and not holds_binder(rest) and len(first.split()) >= _SHORTEST:
            return Span(one.stored, one.unit.start, one.unit.start + len(first.rstrip()))
    return one.span


def _best(found: Sequence[Found]) -> list[Found]:
    """The surest that say different things, in the order of the text."""
    chosen: list[Found] = []
    for one in sorted(found, key=lambda one: -one.weight):
        if len(chosen) == _MOST:
            break
        if any(_repeats(one, other) for other in chosen):
            continue
        prices = sum(other.stance.strength == 1.0 for other in chosen)
        if one.stance.strength == 1.0 and prices >= _COSTS:
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


def _margins(sentences: Sequence[Sentence], embedder: Embedder) -> list[float]:
    """How much nearer each lies to benefits than to drawbacks, beside the mean of its case.

    The mean is taken off because all sentences of a case are embedded under its title.
    """
    if not sentences:
        return []
    towards = _direction(embedder)
    vectors = np.array([one.vector for one in sentences], dtype=np.float32)
    margins = vectors @ towards
    centred: list[float] = (margins - margins.mean()).tolist()
    return centred


_directions: dict[str, Vector] = {}
"""By the model's name: from the middle of the drawbacks to that of the benefits."""


def _direction(embedder: Embedder) -> Vector:
    if embedder.name not in _directions:
        told = {side: embedder.passages(list(texts)) for side, texts in anchors().items()}
        middle = {side: vectors.mean(axis=0) for side, vectors in told.items()}
        _directions[embedder.name] = middle["fordel"] - middle["ulempe"]
    return _directions[embedder.name]
