"""Words: folding, splitting and stemming."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from assistant.danish.lists import word_list

CASE_NUMBER = (
    r"(?<![\w./-])(?:"
    r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[A-Za-zÆØÅ][0-9]{2}-[0-9]{1,6}-[0-9]{2,4}"
    r"|[A-ZÆØÅ]{1,5}-[0-9]{4}-[0-9]{3,7}"
    r"|[0-9]{4}-[0-9]{6,8}"
    r"|[0-9]{2}-[0-9]{5,7}[A-Za-zÆØÅ]?"
    r"|[0-9]{2}/(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,6}"
    r")(?!\w)"
)
"""Pattern of a case number, as the Danish case systems write it."""

_NUMBER = r"\d+(?:[.,]\d+)*+"
_REST = r"[^\W_]*+(?:[\u0300-\u036f\u00ad]++[^\W_]*+)*+"
_LOWER_WORD, _WORD = rf"[^\W\d_A-ZÆØÅ]{_REST}", rf"[^\W\d_]{_REST}"
_TOKEN = re.compile(f"{_LOWER_WORD}|{CASE_NUMBER}|{_NUMBER}|§|{_WORD}")
"""Most words are in lower case, and no case number begins so: tried first, they are found fast."""
_SPELLING = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "\u00ad": None})
_STEMMER = snowballstemmer.stemmer("danish")
_STEMMER_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a case number or a `§`, and its place."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in lower case with plain letters: `Ældreråd` gives `aeldreraad`."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spelled = lowered.translate(_SPELLING)
    if spelled.isascii():
        return spelled
    apart = unicodedata.normalize("NFKD", spelled)
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", bare).casefold()


def tokenize(text: str) -> list[Token]:
    """The tokens of the text in order; numbers and case numbers whole, hyphenated words apart."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """The folded stem of a word, the same for `børn` and `boern`; a number comes back unchanged."""
    folded = fold(word)
    if not folded.isalpha():
        return folded
    spelled = folded.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    with _STEMMER_LOCK:
        stemmed: str = _STEMMER.stemWord(spelled)
    return fold(stemmed)


def stems(text: str) -> list[str]:
    """The stem of every token of the text, in order."""
    return [stem(token) for token in _TOKEN.findall(text)]


def content_stems(text: str) -> list[str]:
    """The stems of the text without function words, question words and politeness."""
    return [stem(token) for token in _TOKEN.findall(text) if not is_function_word(token)]


@lru_cache(maxsize=1 << 18)
def is_function_word(word: str) -> bool:
    """Whether the word is on the list of words without a subject of their own."""
    return fold(word) in _function_words()


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(fold(word) for word in word_list("function_words"))
