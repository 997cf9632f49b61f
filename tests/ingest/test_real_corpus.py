"""The real material, where it lies beside the project: counts, offsets, and nothing lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import fragment_fromstring

from assistant.store.units import section_units
from assistant.types import AgendaItem, Document, Section
from ingest.passages import section_passages
from ingest.read import SkippedFileError, read_document

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the real corpus does not lie at {CORPUS}"
)
Sections = Callable[[Document], list[tuple[AgendaItem | None, Section]]]
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[^\W\d]+\.?(?:[ -][^\W\d]+\.?)+")
_BORDER = re.compile(r"<(/?(?:p|div|li|td|br|th|h\d|tr|ul|ol|table)\b)")


def read(folder: str) -> dict[Path, Document]:
    documents = {}
    for file in sorted((CORPUS / folder).iterdir()):
        try:
            documents[file] = read_document(file, file.read_bytes())
        except SkippedFileError:
            continue
    return documents


@pytest.fixture(scope="module")
def greve() -> dict[Path, Document]:
    return read("greve")


@pytest.fixture(scope="module")
def hvidovre() -> dict[Path, Document]:
    return read("hvidovre")


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    return {file.name.split("_")[1]: document for file, document in read("seeds").items()}


@pytest.fixture(scope="module")
def everything(
    greve: dict[Path, Document], hvidovre: dict[Path, Document], seeds: dict[str, Document]
) -> list[Document]:
    return [*greve.values(), *hvidovre.values(), *seeds.values()]


def test_greve(greve: dict[Path, Document]) -> None:
    items = [item for document in greve.values() for item in document.items]
    assert len(greve) == 196
    assert len(items) == 2880
    assert sum(item.closed for item in items) == 185
    assert {document.municipality for document in greve.values()} == {"Greve"}
    assert all(document.date and document.date.year in (2022, 2023) for document in greve.values())
    assert len({document.id for document in greve.values()}) == 196
    assert len({item.id for item in items}) == 2880


def test_greves_decisions(greve: dict[Path, Document]) -> None:
    decisions = [i.decision for d in greve.values() for i in d.items if i.decision]
    voters = {voter for decision in decisions for vote in decision.votes for voter in vote.voters}
    assert len(decisions) > 2400
    assert sum(bool(decision.votes) for decision in decisions) > 150
    assert not [voter for voter in voters if re.search(r"udvalg|byråd|\d\d", voter, re.I)]
    assert not [voter for voter in voters if voter.count("(") != voter.count(")")]
    absent = {name for decision in decisions for name in decision.absentees}
    assert not [name for name in absent if not _NAME.fullmatch(name)]


def test_hvidovre(hvidovre: dict[Path, Document]) -> None:
    (document,) = hvidovre.values()
    assert (document.municipality, document.kind) == ("Hvidovre", "agenda")
    assert sum(item.closed for item in document.items) == 2
    assert len(document.items) == 6


def test_seeds(seeds: dict[str, Document]) -> None:
    assert {name: (d.kind, d.municipality) for name, d in seeds.items()} == {
        "handleplan": ("plan", "Frederiksberg"),
        "sag": ("case", "Frederiksberg"),
        "referat": ("minutes", "Kalundborg"),
        "udviklingsplan": ("plan", "Nyborg"),
    }


@pytest.mark.parametrize(
    ("start", "items", "closed"), [("kalundborg", 11, 5), ("hoeje-taastrup", 4, 0)]
)
def test_minutes(start: str, items: int, closed: int) -> None:
    (file,) = (CORPUS / "seeds").glob(f"{start}*")
    document = read_document(file, file.read_bytes())
    assert len(document.items) == items
    assert sum(item.closed for item in document.items) == closed
    assert document.date is not None
    assert len(document.meeting.participants if document.meeting else ()) == 4


def test_the_action_plan(seeds: dict[str, Document]) -> None:
    plan = seeds["handleplan"]
    assert len(plan.actions) == 17
    assert all(action.responsible and action.steps for action in plan.actions)
    assert str(plan.date) == "2019-06-28"


def test_the_development_plan(seeds: dict[str, Document]) -> None:
    plan = seeds["udviklingsplan"]
    tables = [table for section in plan.sections for table in section.tables]
    assert [table.unit for table in tables] == ["1.000 kr.", "1.000 kr."]
    years = tuple(f"Budget {year}" for year in range(2024, 2029))
    assert all(table.columns[2:] == years for table in tables)
    assert "1. Baggrund" in [section.heading for section in plan.sections]
    assert str(plan.date) == "2024-02-20"


def test_the_case_page_has_no_machine_made_text(seeds: dict[str, Document]) -> None:
    (item,) = seeds["sag"].items
    assert not [s for s in item.sections if "prompt resultater" in (s.heading + s.text).lower()]
    assert [section.kind for section in item.sections].count("sagsfremstilling") == 1


def test_closed_items_are_bare(everything: list[Document]) -> None:
    for document in everything:
        for item in document.items:
            if item.closed:
                assert (item.sections, item.decision, item.attachments) == ((), None, ())


def test_every_block_is_in_its_text_and_in_a_passage(
    everything: list[Document], all_sections: Sections
) -> None:
    for document in everything:
        for item, section in all_sections(document):
            left = list(section.text)
            for passage in section_passages(section, document, item):
                assert section.text[passage.start:passage.end] == passage.text
                left[passage.start:passage.end] = " " * len(passage.text)
            for block in section.blocks:
                assert 0 <= block.start < block.end <= len(section.text)
                assert all(block.start <= a <= z <= block.end for a, z in block.cells)
                covered = block.kind == "table_header" or not "".join(
                    left[block.start:block.end]
                ).strip()
                assert covered, section.text[block.start:block.end]


def test_every_unit_is_in_its_block_and_every_paragraph_in_units(
    everything: list[Document], all_sections: Sections
) -> None:
    for document in everything:
        for _, section in all_sections(document):
            units = section_units(section, document.title)
            for unit in units:
                block = section.blocks[unit.block]
                assert block.start <= unit.start < unit.end <= block.end
            covered = {unit.block for unit in units}
            for place, block in enumerate(section.blocks):
                if block.kind in ("paragraph", "list_item"):
                    assert place in covered, section.text[block.start:block.end]


def test_greves_points_are_counted_from_one(greve: dict[Path, Document]) -> None:
    decisions = [i.decision for d in greve.values() for i in d.items if i.decision]
    points = [point for decision in decisions for point in decision.points]
    assert len(points) > 300
    assert all(point.points and all(point.points) for point in points)
    assert sum(point.outcome == "other" for point in points) < len(points) / 5


def test_the_words_of_open_items_are_kept(greve: dict[Path, Document]) -> None:
    """Only headings that no text follows may be missing, and nothing may stand twice."""
    words = missing = doubled = 0
    for file, document in greve.items():
        points = json.loads(file.read_text("utf-8-sig"))["Dagsordenpunkter"]
        for item, point in zip(document.items, points, strict=True):
            if item.closed:
                continue
            source = Counter(_WORD.findall(" ".join(map(_visible, point["Felter"]))))
            sections = item.sections[: -1 if item.attachments else None]
            kept = Counter(_WORD.findall("\n".join(f"{s.heading}\n{s.text}" for s in sections)))
            words += source.total()
            missing += (source - kept).total()
            doubled += (kept - source).total()
    assert missing / words < 0.002
    assert doubled / words < 0.0001


def _visible(told: dict[str, str]) -> str:
    html = _BORDER.sub(r" <\1", told.get("Html") or "")
    if not html.strip():
        return ""
    return str(fragment_fromstring(html, create_parent="div").text_content())
