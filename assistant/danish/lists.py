"""The word lists of the project, read from `data/words/`."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def word_list(name: str) -> frozenset[str]:
    """The entries of `data/words/<name>.txt`, casefolded, without comments and empty lines."""
    return frozenset(line.casefold() for line in _lines(name))


@lru_cache(maxsize=32)
def word_groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of `data/words/<name>.txt`, each a group of words with commas between them."""
    return tuple(
        tuple(word.strip() for word in line.split(",") if word.strip()) for line in _lines(name)
    )


def _lines(name: str) -> list[str]:
    text = files("data").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
