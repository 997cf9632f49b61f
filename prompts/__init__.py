"""The Danish prompt texts, one Markdown file each, and the loader that fills them in.

A prompt is a frozen dataclass whose fields are the placeholders `{{field}}` of its file. The file
has two parts, under the headings `# System` and `# Bruger`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import ClassVar

_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_PARTS = re.compile(r"# System\n(?P<system>.*)\n# Bruger\n(?P<user>.*)", re.DOTALL)


class PromptError(Exception):
    """A prompt's file and its variables do not agree: a fault of the program, not of its user."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled-in prompt, and the hash of the file that it was made from."""

    system: str
    user: str
    sha256: str


@dataclass(frozen=True)
class Prompt:
    """The variables of one prompt."""

    file: ClassVar[str]

    def render(self) -> Rendered:
        """Return the prompt with the variables in their places.

        What a variable holds is never read as a template. Raises PromptError where the fields and
        the file's placeholders differ, or the file lacks a part.
        """
        template = _template(self.file)
        values = {one.name: str(getattr(self, one.name)) for one in fields(self)}
        if wrong := values.keys() ^ template.placeholders:
            raise PromptError(f"{self.file}: {', '.join(sorted(wrong))} is only on one side.")
        return Rendered(
            _filled(template.system, values), _filled(template.user, values), template.sha256
        )


@dataclass(frozen=True)
class CaseSummaryPrompt(Prompt):
    """Asks for the block *Prompt resultater* of one case."""

    file: ClassVar[str] = "case_summary.md"

    title: str
    body: str
    topics: str
    passages: str
    unsaid: str
    most_sentences: int
    most_arguments: int
    most_topics: int


@dataclass(frozen=True)
class AnswerPrompt(Prompt):
    """Asks a question of passages."""

    file: ClassVar[str] = "answer.md"

    question: str
    passages: str
    most_claims: int
    most_words: int


@dataclass(frozen=True, slots=True)
class _Template:
    system: str
    user: str
    placeholders: frozenset[str]
    sha256: str


@cache
def _template(name: str) -> _Template:
    text = (files(__name__) / name).read_text(encoding="utf-8")
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise PromptError(f"{name}: it needs the parts # System and # Bruger.")
    return _Template(
        parts["system"].strip(),
        parts["user"].strip(),
        frozenset(_PLACEHOLDER.findall(text)),
        hashlib.sha256(text.encode()).hexdigest(),
    )


def _filled(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)
