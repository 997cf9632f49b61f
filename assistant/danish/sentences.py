"""Sentences, and which full stops do not end one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.danish.dates import MONTHS
from assistant.danish.lists import word_list
from assistant.danish.spans import Span
from assistant.danish.words import is_function_word

__all__ = ["Span", "sentences"]

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]++(?:\[[0-9]{1,3}\]|[\"'”’»«)\]])*+(?=\s)"
    r"|(?<=[a-zæøå]{2})[.!?](?=[A-ZÆØÅ][a-zæøå]{2})"
)
_INSIDE_ADDRESS = re.compile(r"(?:www\.|https?:|@)\S*$|^[A-Za-z]{2,3}(?:/|\.|@)\S")
_LAST_WORD = re.compile(r"\S*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_OPENING = "\"'”’“„»«(["
_BULLETS = "•▪·*–—-"
_NUMBER = re.compile(r"[^\w]*[0-9]+(?:[.,/–-]+[0-9]+)*")
_ORDINAL = re.compile(r"[0-9]{1,2}|[0-9]{1,2}\.?[-–][0-9]{1,2}")
_LIST_NUMBER = re.compile(
    r"(?:(?:ad|pkt\.?|punkt|tabel|figur|bilag)\s+)?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[a-zæøå])", re.I
)
_NUMBERED_NEXT = re.compile(r"[0-9]{1,2}[.)]\s+[A-ZÆØÅ]")
_TAKES_NUMBER = re.compile(r"(?:stk|ad|afd|afsn|m[ij][oalnj]|sept?|aug|okt|nov|dec)\Z", re.I)
_DOTTED_INITIALS = re.compile(r"(?:[A-ZÆØÅ]\.-?)*[A-ZÆØÅ]")
_PARTIES = re.compile(r"(?<!\w)[A-ZÆØÅ](?:,| og| eller| samt)\s+$")
_LABELS = re.compile(
    r"(?:model|modellen|scenari[eo](?:t|et)?|alternativ|variant|bilag|afsnit|punkt|gruppe|type|"
    r"kategori|klasse|fase|option|forslag|litra|liste|spor|etape|del|bygning|blok|parti)\s+$",
    re.I,
)
_ORDINAL_NOUNS = frozenset(
    {"kvartal", "kvartals", "kvt", "halvår", "behandling", "behandlingen", "klasse", "etape",
     "fase", "sal", "verdenskrig", "plads", "prioritet", "del", "udgave", "version", "runde",
     "division", "afdeling", "viceborgmester"}
)  # fmt: skip
_WANT_NUMBER = frozenset({"den", "det", "de", "ad", "på", "pk", "kap", "uge"})
_AFTER_MILLION = frozenset({"kr", "kroner", "dkk", "eur", "euro"})


@dataclass(frozen=True, slots=True)
class _Stop:
    """A possible border: the sentence so far (its end), the last word, the mark, what follows."""

    before: str
    word: str
    mark: str
    gap: str
    after: str
    is_whole: bool


def sentences(text: str) -> list[Span]:
    """The sentences of the text, trimmed, in order; a line break always ends one."""
    found: list[Span] = []
    for line in _LINE.finditer(text):
        found.extend(_in_line(text, line.start(), line.end()))
    return found


def _in_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    for match in _STOP.finditer(text, start, end):
        if _is_border(_stop(text, start, match, end)):
            found.extend(_trimmed(text, start, match.end()))
            start = match.end()
    found.extend(_trimmed(text, start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    part = text[start:end]
    if not part.strip():
        return []
    return [Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))]


def _stop(text: str, start: int, match: re.Match[str], end: int) -> _Stop:
    window = max(start, match.start() - 60)
    before = text[window : match.start()]
    word = _last_word(before)
    rest = text[match.end() : min(end, match.end() + 80)]
    after = rest.lstrip()
    gap = rest[: len(rest) - len(after)]
    return _Stop(before[: len(before) - len(word)], word, match[0], gap, after, window == start)


def _last_word(before: str) -> str:
    match = _LAST_WORD.search(before)
    return match[0].lstrip(_OPENING) if match else ""


def _is_border(stop: _Stop) -> bool:
    if not stop.after or not stop.gap:
        return bool(stop.gap) or _is_glued(stop)
    if _opens_small(stop.after):
        return False
    if stop.mark.startswith("...."):
        return False
    if not stop.mark.startswith(".") or stop.mark.startswith(".."):
        return True
    if _NUMBER.fullmatch(stop.word):
        return _after_number(stop)
    if _DOTTED_INITIALS.fullmatch(stop.word):
        return _after_initials(stop)
    return _after_word(stop)


def _is_glued(stop: _Stop) -> bool:
    if not stop.after or _INSIDE_ADDRESS.search(stop.word) or _INSIDE_ADDRESS.search(stop.after):
        return False
    return _kind(stop.word) == "word" and "." not in stop.word


def _opens_small(after: str) -> bool:
    inner = after.lstrip(_OPENING)
    return inner[:1].islower()


def _after_number(stop: _Stop) -> bool:
    if stop.is_whole and _LIST_NUMBER.fullmatch((stop.before + stop.word).strip(_OPENING + " \t")):
        return False
    if not _ORDINAL.fullmatch(stop.word.lstrip("-–")):
        return _starts_sentence(stop.after) or _is_year(stop.word)
    if not stop.after[0].isupper():
        return False
    following = _first_word(stop.after)
    if following in MONTHS or following in _ORDINAL_NOUNS:
        return False
    return is_function_word(following) or not _wants_ordinal(stop.before)


def _wants_ordinal(before: str) -> bool:
    words = before.lower().split()
    return not words or words[-1] in {"den", "d.", "de", "det", "til", "fra", "og", "-", "–", "ad"}


def _is_year(word: str) -> bool:
    return bool(re.search(r"(?:19|20)[0-9]{2}$", word))


def _after_initials(stop: _Stop) -> bool:
    if stop.is_whole and not stop.before.strip():
        return False
    if not stop.after[0].isupper():
        return not stop.after[0].isdigit()
    if is_function_word(_first_word(stop.after)):
        return True
    return bool(_PARTIES.search(stop.before) or _LABELS.search(stop.before))


def _after_word(stop: _Stop) -> bool:
    kind = _kind(stop.word)
    if stop.is_whole and _LIST_NUMBER.fullmatch((stop.before + stop.word).strip()):
        return False
    if stop.after[0].isdigit() and stop.word.casefold().strip(_OPENING) in _WANT_NUMBER:
        return False
    if kind == "never" or (kind != "word" and "\t" in stop.gap):
        return False
    if kind == "final":
        return _new_after_abbreviation(stop)
    return True


def _new_after_abbreviation(stop: _Stop) -> bool:
    if _NUMBERED_NEXT.match(stop.after) and not _TAKES_NUMBER.search(stop.word):
        return _first_word(stop.after) not in MONTHS
    return stop.after[0].isupper() and _first_word(stop.after) not in _AFTER_MILLION


def _starts_sentence(after: str) -> bool:
    return not after[0].isdigit()


def _first_word(after: str) -> str:
    match = _FIRST_WORD.search(after)
    return match[0].casefold() if match else ""


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str:
    """`never`, `final` or `word`: whether a full stop after it ends no, perhaps, or a sentence."""
    bare = word.casefold().strip(_OPENING + _BULLETS + ",;:")
    bare = re.sub(r"\A[0-9.,]+(?=\w\w)", "", bare)
    if bare.endswith("nr"):
        return "never"
    last = re.split(r"[./-]", bare)[-1]
    for name in (bare, last) if len(last) > 1 else (bare,):
        if name in word_list("abbreviations"):
            return "never"
        if name in word_list("abbreviations_final"):
            return "final"
    return "final" if re.fullmatch(r"(?:[a-zæøå]\.)+[a-zæøå]", bare) else "word"
