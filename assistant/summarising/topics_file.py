"""The file of topics (emneord): the bundled one, or a municipality's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

import data
from assistant.errors import WrongUseError


class TopicsFileError(WrongUseError):
    """The file of topics cannot be used."""


class Topic(BaseModel):
    """One topic of the file, by the Danish names of its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    navn: str = Field(min_length=1)
    beskrivelse: str = Field(min_length=1)
    ord: tuple[Annotated[str, Field(pattern=r"^\*?[^\s*-]+$|^[^\s*-]+\*$")], ...] = ()
    kle: tuple[Annotated[str, Field(pattern=r"^[0-9]{2}$")], ...] = ()


_TOPICS = TypeAdapter(Annotated[tuple[Topic, ...], Field(min_length=1)])
_FORMS = {
    "navn": "skal være en tekst",
    "beskrivelse": "skal være en tekst",
    "ord": "skal være en liste af enkelte ord uden bindestreg, eventuelt med * først eller sidst",
    "kle": 'skal være en liste af hovedgrupper som "05", hver på to cifre i anførselstegn',
}


def read_topics(path: Path | None = None) -> tuple[Topic, ...]:
    """Return the topics of the file `path`, or the bundled ones.

    Raises TopicsFileError where the file is missing or says something else than topics.
    """
    if path is None:
        return _parsed(data.read_text("emneord.yaml"), "emneord.yaml")
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise TopicsFileError(
            f"Filen med emneord »{path}« kan ikke læses. Ret ASSISTANT_TOPICS til en YAML-fil i "
            "UTF-8, eller lad den være tom."
        ) from error


def _parsed(text: str, name: str) -> tuple[Topic, ...]:
    try:
        topics = _TOPICS.validate_python(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise _unusable(name, "den er ikke gyldig YAML") from error
    except ValidationError as error:
        raise _unusable(name, _told(error)) from error
    twice = [one for one, n in Counter(topic.navn for topic in topics).items() if n > 1]
    if twice:
        raise _unusable(name, f"emnet »{twice[0]}« står der to gange")
    return topics


def _told(error: ValidationError) -> str:
    """The first thing that is wrong, as a Danish clause."""
    place = error.errors()[0]["loc"]
    if len(place) < 2:
        return "den skal være en liste af emner, hvert med navn og beskrivelse"
    number, field = int(place[0]) + 1, str(place[1])
    return f"i emne nr. {number} {_FORMS.get(field, 'findes ikke som felt')} (»{field}«)"


def _unusable(name: str, why: str) -> TopicsFileError:
    return TopicsFileError(
        f"Filen med emneord »{name}« kan ikke bruges: {why}. Ret filen, eller lad ASSISTANT_TOPICS "
        "være tom for at bruge de medfølgende emneord."
    )
