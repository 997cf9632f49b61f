"""The word lists of the project, read from `data/words/`."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def word_list(name: str) -> frozenset[str]:
    """The entries of `data/words/<name>.txt`, casefolded, without comments and empty lines."""
    text = files("data").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return frozenset(line.casefold() for line in lines if line)


@lru_cache(maxsize=32)
def word_groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of `data/words/<name>.txt`, each a group of words with commas between them."""
    text = files("data").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0] for line in text.splitlines())
    groups = (tuple(word.strip() for word in line.split(",") if word.strip()) for line in lines)
    return tuple(group for group in groups if group)
