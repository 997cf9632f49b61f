"""Fordele and ulemper: the sentences of a case that state a benefit or a drawback.

A sentence states it by its words (`stance.py`) and by its meaning: a linear reading of its vector,
fitted by `tests/bench/fit_arguments.py`. Plain words are enough where the meaning does not speak
against them; a plain meaning is enough where words of that side stand there and nothing denies
them. What is quoted is the whole sentence, or a clause that stands by itself; never so that a
negation, a condition or a contrast is cut off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

import data
from assistant.answering.draft import Span
from assistant.danish.words import content_stems
from assistant.summarising.case import Case
from assistant.summarising.indstilling import points
from assistant.summarising.material import Material, Sentence, centred
from assistant.summarising.opsummering import before_of, standing
from assistant.summarising.stance import (
    Side,
    Stance,
    contradicts,
    holds_binder,
    is_to_come,
    leans,
    may_state,
    purpose_of,
    stance,
)
from assistant.summarising.standing import (
    dangles,
    is_fragment,
    is_whole,
    names_no_subject,
    points_elsewhere,
)
from assistant.summarising.subject import Subject, subject

_SIDES: tuple[Side, ...] = ("fordel", "ulempe")
_MOST = 5
_LONGEST, _LONG = 55, 28
"""Words over which a sentence is left out; and from which it is cut, where it can be."""
_SHORTEST = 6
_SAME = 0.5
"""The share of common stems from which two sentences say the same."""
_CONTRADICTS = -0.4
"""The meaning, -1 to 1 or so, under which plain words do not make an argument."""
_CONTRADICTS_PLAIN = -1.5
"""The same for words that state it by themselves."""
_PLAIN = 1.1
"""The meaning from which it makes an argument where the words only lean that way."""
_COSTS = 2
"""How many of the drawbacks may be nothing but a price."""
_KINDS = ("resume", "sagsfremstilling", "oekonomi", "hoering", "tidsplan", "other")
_ADMINISTRATIVE = re.compile(
    r"\b(?:administrationen|forvaltningen|centret|direktionen) (?:indstiller|foreslår|anbefaler)\b"
    r"|\b(?:indstilles|anbefales|foreslås|besluttede)\b"
    r"|\b(?:byrådet|udvalget|udvalgene) (?:godkendte|vedtog|har (?:tidligere )?"
    r"(?:besluttet|godkendt))\b|\b(?:lov(?:en|givningen)?|bekendtgørelsen|§)\b.*"
    r"\b(?:fastsætter|bestemmer|kræver|skal)\b", re.I,
)
_BY_ITSELF = 3.0
_OUTSIDE = re.compile(
    r"\b(?:disse|sådanne|pågældende)\b"
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
_SUBJECT_WORDS = 5
"""Words of a sentence in which its grammatical subject is looked for."""
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
    """What is quoted of a case for or against it, and how sure that is."""

    span: Span
    sentence: Sentence
    stance: Stance
    weight: float

    @property
    def text(self) -> str:
        return self.span.quote


def arguments(case: Case, told: Material, model: str) -> tuple[list[Found], list[Found]]:
    """Return the fordele and the ulemper that the case states, at most five each, best first.

    `model` is the embedding model that the sentences' vectors are of.
    A case that asks for no decision argues for none; nor is told what one that asks for a no
    argues for, as the text's own benefits and drawbacks are then those of what is turned down.
    """
    if not decides(case) or rejects(case) or _REPORT.match(case.item.title):
        return [], []
    meanings = meaning(told.sentences, model)
    of = subject(case)
    found: dict[Side, list[Found]] = {"fordel": [], "ulempe": []}
    for one, sides in zip(told.sentences, meanings, strict=True):
        if said := _said(one, told, sides, of):
            found[said.stance.side].append(said)
    return _best(found["fordel"]), _best(found["ulempe"])


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


def _said(
    one: Sentence, told: Material, sides: Mapping[Side, float], of: Subject
) -> Found | None:
    """What the sentence states for or against, as it may be quoted."""
    if not may_argue(one) or _is_of_another(one, told, of):
        return None
    side = _stated(one, sides)
    if side and not _concerns(one, side, told, of):
        return None
    span = _standing(one, told, side.side) if side else None
    if side is None or span is None:
        return None
    return Found(span, one, side, side.strength + 2 * sides.get(side.side, 0.0))


def _is_of_another(one: Sentence, told: Material, of: Subject) -> bool:
    """Whether it stands under a variant that is not known to be the proposed one, unnamed."""
    if not _VARIANT.match(one.subheading) or _VARIANT.search(one.text):
        return False
    others = {other.subheading for other in told.sentences if _VARIANT.match(other.subheading)}
    return len(others) > 1 or not of.about & frozenset(content_stems(one.subheading))


def _concerns(one: Sentence, side: Stance, told: Material, of: Subject) -> bool:
    """Whether a purpose, a price, or what already holds, is of what the case is about."""
    before = before_of(one, told)
    if side.by == "objection":
        return True
    if side.by == "words":
        named_before = before.stems if before and dangles(one) else frozenset()
        return is_to_come(one.text) or bool((one.stems | named_before) & of.about)
    if side.by == "price":
        return one.kind == "oekonomi" or bool(one.stems & of.about)
    named = purpose_of(one.text)
    opening = " ".join(before.text.split()[:_SUBJECT_WORDS]) if before else ""
    if named:
        return bool(of.itself & frozenset(content_stems(named)))
    return bool(of.about & frozenset(content_stems(opening)))


def _stated(one: Sentence, sides: Mapping[Side, float]) -> Stance | None:
    text = one.text
    said = stance(text)
    if said:
        least = _CONTRADICTS_PLAIN if said.strength == _BY_ITSELF else _CONTRADICTS
        return said if sides.get(said.side, 0.0) >= least else None
    side = max(sides, key=lambda side: sides[side], default=None)
    if side and sides[side] >= _PLAIN and leans(text, side):
        return Stance(side, 1.5)
    return None


def may_argue(one: Sentence) -> bool:
    """Return whether the sentence is of a kind that could be quoted as an argument."""
    if one.kind not in _KINDS or not is_whole(one) or is_fragment(one):
        return False
    words = len(one.text.split())
    if not _SHORTEST <= words <= _LONGEST or one.text.endswith("?"):
        return False
    if _RULE.match(one.text) or _ADMINISTRATIVE.search(one.text) or _OUTSIDE.search(one.text):
        return False
    heard = one.kind == "hoering" or _HEARD.search(one.subheading)
    return not heard or bool(_ATTRIBUTED.search(one.text))


def _standing(one: Sentence, told: Material, side: Side) -> Span | None:
    """The sentence or a clause of it; with the one before where it points back; else None."""
    span = _with_subject(one, told) if names_no_subject(one) else standing(one, told)
    if span is None or span.start == one.unit.start:
        return _clause(one) if span else None
    before = before_of(one, told)
    if before is None or _ADMINISTRATIVE.search(before.text):
        return None
    return span if may_state(before.text) and not contradicts(before.text, side) else None


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
        prices = sum(other.stance.by == "price" for other in chosen)
        if one.stance.by == "price" and prices >= _COSTS:
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


def meaning(sentences: Sequence[Sentence], model: str) -> list[dict[Side, float]]:
    """Return how far each sentence's vector tells a benefit, and a drawback; -1 to 1 or so.

    Empty for another embedding model than the one that the reading was fitted on.
    """
    fitted = _fitted()
    if not sentences or model != fitted["model"]:
        return [{} for _ in sentences]
    vectors = centred(sentences)
    told = {side: vectors @ np.array(fitted[side][:-1]) + fitted[side][-1] for side in _SIDES}
    return [{side: float(told[side][n]) for side in _SIDES} for n in range(len(sentences))]


@cache
def _fitted() -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(data.read_text("arguments.json"))
    return read
