"""A made meeting, and a model that replies what the test tells it to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from assistant.answering.draft import Span
from assistant.errors import ModelError
from assistant.generative.model import Usage
from assistant.types import AgendaItem, Decision
from prompts import Rendered
from tests.assistant.summarising.made import document, section

STI = AgendaItem(
    "i1", "7", "Cykelsti langs Havnevej", "05.01.00-P20-1-25",
    sections=(
        section("resume", "Byrådet skal tage stilling til en cykelsti langs Havnevej."),
        section("sagsfremstilling", """
Cykelstien langs Havnevej skal gøre skolevejen mere sikker for 340 elever på Havneskolen.
Teknik- og Miljøudvalget holdt borgermøde om cykelstien den 3. marts 2025.
Cykelstien bliver ikke belyst om natten, fordi naboerne har bedt om mørke.
Trafikken på Havnevej stiger med 4 pct. om året.
"""),
        section("oekonomi", """
Cykelstien langs Havnevej koster 700.000 kr. i anlæg.
Driften af cykelstien koster 20.000 kr. om året.
"""),
        section("indstilling", "Forvaltningen indstiller, at cykelstien anlægges i 2026."),
        section("beslutning", "Godkendt, dog således at stien først anlægges i 2027. "
                "Imod stemte Venstre."),
    ),
    decision=Decision("godkendt", "Godkendt, dog således at stien først anlægges i 2027."),
)  # fmt: skip
HAL = AgendaItem(
    "i2", "8", "Ny svømmehal i Nordbyen", "04.04.00-P20-2-25",
    sections=(
        section("oekonomi", "Svømmehallen i Nordbyen koster 48 mio. kr."),
        section("indstilling", "Forvaltningen indstiller, at svømmehallen i Nordbyen opføres."),
    ),
)  # fmt: skip
MEETING = document(STI, HAL)


@dataclass
class ScriptedModel:
    """Replies the objects, one after the other as a reply grows; then fails where it is told to."""

    objects: Sequence[Mapping[str, Any]] = ()
    fails: bool = False
    name: str = "prøvemodel"
    context: int = 8192
    asked: list[Rendered] = field(default_factory=list)

    def reply(self, prompt: Rendered, schema: type[BaseModel]) -> Mapping[str, Any]:
        return [*self.stream(prompt, schema)][-1]

    def stream(self, prompt: Rendered, schema: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
        self.asked.append(prompt)
        yield from self.objects
        if self.fails:
            raise ModelError("Sprogmodellen svarer ikke.")

    def usage(self) -> tuple[Usage, ...]:
        return ()


def keys(given: Mapping[str, Span]) -> dict[str, str]:
    """The key of a passage of each kind of section of the first item."""
    return {
        span.stored.section.kind: key
        for key, span in given.items()
        if span.stored.source.item_id == "i1"
    }


def claim(text: str, *sources: tuple[str, str]) -> dict[str, Any]:
    return {"tekst": text, "kilder": [{"kilde": key, "citat": quote} for key, quote in sources]}


def reply(*claims: Any, found: bool = True) -> dict[str, Any]:
    return {"fundet": found, "udsagn": list(claims)}
