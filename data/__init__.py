"""Word lists, the heading table and the sample corpus, as package data."""

from importlib.resources import files


def read_text(name: str) -> str:
    """Return the text of the data file `name`, such as `headings.yaml`."""
    return (files(__name__) / name).read_text(encoding="utf-8")
