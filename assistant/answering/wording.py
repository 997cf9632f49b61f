"""Whether the words of a claim are borne out by what it cites: names, negation, direction, meaning.

A rule says whether a claim holds as far as it looks. That all of them hold is no proof that the
cited text says what is claimed: who does what to whom is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from assistant.danish.lists import word_groups
from assistant.danish.words import content_stems, stem, stems, tokenize
from assistant.retrieval.vocabulary import kinship
from assistant.store.stored import Vector

SHARED, SHARED_AND_ALIKE, ALIKE = 0.4, 0.2, 0.87
"""A claim shares enough with its quotes where they have this share of its words (those apart that
its place has), or the second share and this cosine. By `tests/bench/claim_meaning.py`, on 42
sentences of resumés beside the sentence that they restate, 377 questions that people put in their
own words, made statements with their answers, and the same claims beside other units: 95 % and 81 %
of the true ones hold, and 0.3 % of those beside another item's units; of those beside another unit
of the same item 19 %, or 26 % where it has figures. So this rule finds what is foreign; which
figure, name or direction is the right one is for the others to tell."""
_NEGATIONS = frozenset(
    {"ikke", "ingen", "intet", "aldrig", "hverken", "uden", "ej", "nej", "næppe"}
)
_CLAUSE = re.compile(
    r"[;:.!?]\s+|\s+(?=men\b)|"
    r",\s+(?!(?:at|som|der|hvis|om|når|da|fordi|hvor\w*|idet|medmindre)\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:\A|[.!?:]\s+|\n)[\s»«\"“”'(–-]*\Z")
_BODY = re.compile(
    r"(?:\w*(?:udvalg|råd|nævn)(?:et|ets|ene|enes)?"
    r"|\w*(?:forvaltning|bestyrelse|administration|magistrat|direktion)(?:en|ens|erne|ernes)?)",
    re.IGNORECASE,
)
_PARTS_OF_BODY = re.compile(
    r"(?<!\w)(?:\w+-,? )*\w+- (?:og|samt) (?=\w*(?:udvalg|råd|nævn|forvaltning|bestyrelse))",
    re.IGNORECASE,
)
_ANY_BODY = ("udvalg", "råd", "nævn", "forvaltning", "bestyrelse", "administration", "direktion")
_SAME_BODY = frozenset({"forvaltning", "administration"})


class Embeds(Protocol):
    """What tells how alike two texts are."""

    def passages(self, texts: Sequence[str]) -> Vector:
        """Return one row a text, of unit length."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim cites: its quotes, and what stands over them (title, body, day, columns)."""

    quoted: str
    place: str


Rule = Callable[[str, Evidence], bool]


def wording_rules(embedder: Embeds) -> tuple[Rule, ...]:
    """Return every rule; meaning is asked of the embedder only where words alone cannot tell."""

    def shares_meaning(text: str, evidence: Evidence) -> bool:
        share = shared_words(text, evidence)
        if share < SHARED_AND_ALIKE or share >= SHARED:
            return share >= SHARED
        one, other = embedder.passages([text, evidence.quoted])
        return float(one @ other) >= ALIKE

    return (names_stand, same_negation, same_direction, shares_meaning)


def names_stand(text: str, evidence: Evidence) -> bool:
    """Return whether every body, party and other name of the text stands in the evidence.

    A name is what has a capital inside a sentence, or begins one before another such word; a body
    and a party are known wherever they stand. *Udvalget* alone is any body of that sort.
    """
    there = frozenset(stems(f"{evidence.quoted}\n{evidence.place}"))
    return all(name in there for name in _names(text)) and all(
        _is_named(body, there) for body in _bodies(text)
    )


def same_negation(text: str, evidence: Evidence) -> bool:
    """Return whether the text denies something exactly where the clauses that it restates do."""
    own = set(content_stems(text)) - _negation_stems()
    clauses = [set(stems(clause)) for clause in _CLAUSE.split(evidence.quoted)]
    restated = [clause for clause in clauses if _akin(own, clause)]
    denied = any(clause & _negation_stems() for clause in restated)
    return bool(set(stems(text)) & _negation_stems()) == denied


def same_direction(text: str, evidence: Evidence) -> bool:
    """Return whether no word of the text has only its opposite in the quotes (*stiger*, *falder*).
    """
    own, quoted = frozenset(stems(text)), frozenset(stems(evidence.quoted))
    return not any(
        own & one and not own & other and quoted & other and not quoted & one
        for one, other in _opposites()
    )


def shared_words(text: str, evidence: Evidence) -> float:
    """Return the share (0-1) of the text's words, but those that its place has, in the quotes.

    Figures do not count: they are checked for themselves. 1 where no words are left.
    """
    quoted, place = (set(content_stems(part)) for part in (evidence.quoted, evidence.place))
    told = [
        quotes_it
        for word in _own_words(text)
        if (quotes_it := _akin({word}, quoted)) or not _akin({word}, place)
    ]
    return sum(told) / len(told) if told else 1.0


def _own_words(text: str) -> set[str]:
    return {word for word in content_stems(text) if word.isalpha()}


def _akin(words: Collection[str], others: Collection[str]) -> bool:
    return any(kinship(word, other) for word in words for other in others)


def _names(text: str) -> Iterator[str]:
    """The stems of the words that are names."""
    tokens = [token for token in tokenize(text) if token.text[:1].isalpha()]
    for place, token in enumerate(tokens):
        if not token.text[0].isupper():
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        before_a_name = (
            following is not None
            and following.text[0].isupper()
            and text[token.end:following.start] == " "
        )
        opens = _OPENING.search(text[:token.start])
        if not opens or before_a_name or token.text in _party_words():
            yield stem(token.text)


def _bodies(text: str) -> Iterator[str]:
    """The stems of the words for bodies, *Teknik-* in *Teknik- og Miljøudvalget* among them."""
    for parts in _PARTS_OF_BODY.findall(text):
        yield from content_stems(parts)
    for token in tokenize(text):
        if _BODY.fullmatch(token.text):
            yield stem(token.text)


def _is_named(body: str, there: frozenset[str]) -> bool:
    if body in there:
        return True
    if body not in _body_stems():
        return False
    same = {stem(one) for one in _SAME_BODY}
    kinds = same if body in same else {body}
    return any(word.endswith(kind) for word in there for kind in kinds)


@lru_cache(maxsize=1)
def _body_stems() -> frozenset[str]:
    return frozenset(map(stem, _ANY_BODY))


@lru_cache(maxsize=1)
def _negation_stems() -> frozenset[str]:
    return frozenset(map(stem, _NEGATIONS))


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    sides = [tuple(_stemmed(side.split()) for side in line) for line in word_groups("opposites")]
    return tuple(pair for one, other in sides for pair in ((one, other), (other, one)))



def _stemmed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, words))


@lru_cache(maxsize=1)
def _party_words() -> frozenset[str]:
    """The names of parties that are one word: a sentence may begin with them."""
    text = files("data").joinpath("parties.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(line for line in lines if line and " " not in line)
