"""The signs by which a sentence is known to state a benefit or a drawback, and their worth.

The worth of each is fitted on cases that somebody read by `tests/bench/fit_arguments.py`, which
writes `data/arguments.json`: a logistic regression a side, of the signs named here, of the
sentence's vector, and of the stems and pairs of stems that tell most.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

import data
from assistant.danish.words import stems
from assistant.summarising.material import Material, Sentence, centred
from assistant.summarising.stance import Side, counts, stances
from assistant.summarising.standing import dangles, names_no_subject
from assistant.summarising.subject import Subject

Table = NDArray[np.float64]
SIDES: tuple[Side, ...] = ("fordel", "ulempe")
_KINDS = ("resume", "sagsfremstilling", "oekonomi", "hoering", "tidsplan", "other")
_LONG, _SHORT = 60, 10
_MOST_WORDS = 2
"""Words of a group beyond which more of them tell no more."""
_FEW_TERMS = 3
"""Added to the number of known terms, so that a single one does not speak for all."""
_FORMS: Mapping[str, str] = {
    "will": r"\bvil\b",
    "can": r"\b(?:kan|kunne)\b",
    "expected": r"\bforvent",
    "judged": r"\bvurder",
    "must": r"\bskal\b",
    "ought": r"\bbør\b",
    "is": r"\ber\b",
    "has": r"\bhar\b",
    "wishes": r"\bønsk",
    "was": r"\b(?:var|blev|havde)\b",
    "past": r"\b(?:har (?:\w+ ){0,3}?(?:\w+et|\w+t|været|fået|givet)|er (?:\w+ )?blevet|"
    r"\w{3,}ede|medførte|betød|gav|lå)\b",
    "today": r"\b(?:i dag|på nuværende tidspunkt|opleves|opstår løbende|de seneste år|aktuelt|"
    r"gennem (?:flere|mange|en) år\w*|har (?:\w+ )?(?:medført|været|vist)|vist sig|opstår)\b",
    "money": r"\d[\d.,]*\s*(?:mio\.|mia\.|t\.?\s?kr|kr\b|kroner)",
    "accounts": r"indtægt|overskud|regnskab|budgettet for|tilskud|refusion|afsættes|netto|"
    r"mindreforbrug|mindreudgift|budget på|konto\b",
    "no economy": r"ingen (?:\w+ )?økonomiske",
    "aim": r"\bfor at\b|\bmed henblik på\b",
    "opens with an aim": r"^For (?:\w+ )?at\b",
    "so": r"\bså\b",
    "by": r"\bved at\b",
    "because": r"\b(?:da|fordi|idet)\b",
    "if": r"\b(?:hvis|såfremt)\b",
    "figure": r"\d",
    "year": r"\b(?:19|20)\d\d\b",
    "law": r"§|\blov|bekendtgørelse",
    "quotation": r"[»”\"“]",
    "comma": ",",
    "possible": r"mulig",
    "need": r"behov",
    "difficulty": r"udfordr|problem|vansk",
    "proposes": r"\b(?:indstil|foresl|anbefal)\w*",
    "objectors": r"\b(?:høringssvar|beboer|nabo|borger|lodsejer|grundejer|forældre|medarbejder)",
    "municipality": r"\bkommune",
    "denied": r"\b(?:ikke|ingen|hverken|uden)\b",
    "several denied": r"\b(?:ikke|ingen|hverken)\b[^.;]*,[^.;]*\beller\b",
    "brings less": r"\b(?:giver?|medfører?|betyder?)\b[^.,;]{0,40}\b(?:mindre og|dårligere|ringere|"
    r"reduceret|reducerede)\b",
    "brings a cost": r"\b(?:medføre|indebære|kræve|give|udløse)r?\b(?:(?!lavere|mindre|færre|"
    r"reduce)[^.,;]){0,40}(?:udgift|omkostning)",
    "plan allows": r"\b(?:\w*plan|\w*loven|lovgivning|regler|bestemmelse)\w*\b[^.]{0,40}\bmulighed",
}
_TOGETHER = ("past", "was", "today", "if", "accounts", "law", "of the case", "denied")
"""Signs that change what the words of a side tell."""
_QUALIFIES = ("past", "was", "today", "if", "accounts", "law")
_TELLS = re.compile(
    r"drøftelse|orientering|redegørelse|evaluering|tilbagemelding|status|proces\b|forberedelse|"
    r"opfølgning|analyse|høring|kommissorium", re.I,
)
"""The title of a case that proposes little of its own."""
_OVER: Mapping[str, str] = {
    "under benefits": r"fordel|gevinst|effekt|formål|mål|vision|potential",
    "under drawbacks": r"ulempe|risi|udfordr|begræns|opmærksom",
    "under consequences": r"konsekvens",
    "under a hearing": r"høring|indsig|bemærk",
    "under economy": r"økonomi|udgift|finans",
    "under background": r"baggrund|histor|status|lov",
    "under an assessment": r"vurdering|anbefal",
}


def signs(told: Material, of: Subject) -> tuple[tuple[str, ...], Table]:
    """Return the names of the signs, and one row a sentence, one column a sign of about 0-1."""
    apart = centred(told.sentences)
    asked = [n for n, one in enumerate(told.sentences) if one.kind == "indstilling"]
    proposal = apart[asked or slice(None)].mean(axis=0)
    rows = [
        _together({
            **_of_words(one.text),
            **_of_place(one, of),
            "like the proposal": float(vector @ proposal),
        })
        for one, vector in zip(told.sentences, apart, strict=True)
    ]  # fmt: skip
    return tuple(rows[0]), np.array([list(row.values()) for row in rows])


def terms(text: str) -> frozenset[str]:
    """Return the stems of a sentence's words, and each with the next."""
    told = stems(text)
    return frozenset([*told, *(" ".join(pair) for pair in pairwise(told))])


def term_table(told: Sequence[frozenset[str]], known: Sequence[str]) -> Table:
    """Return which of the known terms each sentence holds, so that long ones do not weigh more."""
    column = {term: n for n, term in enumerate(known)}
    table = np.zeros((len(told), len(known)))
    for row, held in zip(table, told, strict=True):
        places = [column[term] for term in held if term in column]
        row[places] = 1 / math.sqrt(len(places) + _FEW_TERMS)
    return table


def read(told: Material, of: Subject, model: str) -> list[dict[Side, float]]:
    """Return for each sentence the log-odds that it states a benefit, and a drawback.

    `model` is the embedding model that the vectors are of; those of another than the one that was
    fitted on are not read.
    """
    if not told.sentences:
        return []
    fitted = reading()
    names, table = signs(told, of)
    known = list(fitted["terms"])
    parts = [
        (table, np.array([fitted["signs"][name] for name in names])),
        (
            term_table([terms(one.text) for one in told.sentences], known),
            np.array([fitted["terms"][term] for term in known]),
        ),
    ]
    if model == fitted["model"]:
        vectors = centred(told.sentences).astype(np.float64)
        parts.append((vectors, np.array(fitted["vector"]).T))
    scores = sum((values @ worth for values, worth in parts), np.array(fitted["constant"]))
    return [dict(zip(SIDES, map(float, row), strict=True)) for row in scores]


@cache
def reading() -> Mapping[str, Any]:
    """Return what `data/arguments.json` holds; each worth is a pair, of a benefit and a drawback.

    `least` are the log-odds from which a sentence is quoted.
    """
    told: Mapping[str, Any] = json.loads(data.read_text("arguments.json"))
    return told


def _of_words(text: str) -> dict[str, float]:
    taken = stances(text)
    words = len(text.split())
    sides = {
        f"{what} {side}": max(
            (one.strength / 3 or 1.0 for one in taken if one.side == side and is_so(one.strength)),
            default=0.0,
        )
        for side in SIDES
        for what, is_so in (("says", bool), ("denies", lambda strength: not strength))
    }
    return {
        **sides,
        **{f"by {how}": float(any(one.by == how for one in taken)) for how in
           ("purpose", "price", "objection")},
        **{f"words: {name}": min(n, _MOST_WORDS) / _MOST_WORDS for name, n in counts(text).items()},
        **{name: float(bool(form.search(text))) for name, form in _compiled().items()},
        "length": min(words, _LONG) / _LONG,
        "short": float(words < _SHORT),
    }


def _together(row: Mapping[str, float]) -> dict[str, float]:
    """The signs, and those that tell something only side by side."""
    taken = [f"says {side}" for side in SIDES]
    qualified = any(row[sign] for sign in _QUALIFIES) or all(row[side] for side in taken)
    return {
        **row,
        **{f"plainly {side}": row[side] * (not qualified) for side in taken},
        **{f"{side}, {sign}": row[side] * row[sign] for side in taken for sign in _TOGETHER},
        "purpose of what is asked": row["by purpose"] * row["names what is asked"],
        "says both": row[taken[0]] * row[taken[1]],
    }


def _of_place(one: Sentence, of: Subject) -> dict[str, float]:
    over = f"{one.subheading} {one.stored.source.heading}"
    shared = len(one.stems & of.about)
    return {
        **{f"in {kind}": float(one.kind == kind) for kind in _KINDS},
        **{name: float(bool(re.search(form, over, re.I))) for name, form in _OVER.items()},
        "under a subheading": float(bool(one.subheading)),
        "of a case that tells": float(bool(_TELLS.search(one.stored.source.title))),
        "opens its section": float(one.place == 0),
        "late": one.unit.start / max(1, len(one.stored.section.text)),
        "of the case": shared / max(1, len(one.stems)),
        "names the case": float(bool(shared)),
        "names what is asked": float(bool(one.stems & of.itself)),
        "points back": float(dangles(one)),
        "names no subject": float(names_no_subject(one)),
    }


@cache
def _compiled() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(form, re.I) for name, form in _FORMS.items()}
