"""Whether a line that a model wrote is worded as the block may be: Danish, neutral."""

from __future__ import annotations

from assistant.danish.lists import word_list
from assistant.danish.words import stems
from assistant.summarising.material import is_danish


def is_well_worded(text: str, quoted: str) -> bool:
    """Return whether the line is in Danish, and values nothing that its quotes do not value."""
    values = set(stems(text)) & valuing_stems()
    return is_danish([text]) and values <= set(stems(quoted))


def asks_the_body(text: str) -> bool:
    """Return whether the text is one question that the body answers by deciding."""
    return text.startswith("Skal ") and text.endswith("?") and text.count("?") == 1


def valuing_stems() -> frozenset[str]:
    """Return the stems of the words that take a side by themselves."""
    return frozenset(stem for word in word_list("valuing_words") for stem in stems(word))
