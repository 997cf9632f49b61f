"""What an ingest did."""

from collections.abc import Callable
from typing import Any

from assistant.types import Document
from ingest.report import FileNote, Report


def test_closed_items_count_as_closed_only(sample: dict[str, Document]) -> None:
    report = Report()
    report.count(sample["2025-03-12_boerne--og-skoleudvalget.json"], 40, 50)
    assert (report.documents, report.meetings, report.plans) == (1, 1, 0)
    assert (report.items, report.closed) == (5, 2)
    assert (report.sections, report.passages) == (40, 50)


def test_a_plan_counts_as_a_plan(sample: dict[str, Document]) -> None:
    report = Report()
    report.count(sample["handleplan_sundhed_og_trivsel_2025.md"], 1, 1)
    assert (report.plans, report.meetings) == (1, 0)


def test_json_tells_failures_with_their_reasons() -> None:
    told = Report(failures=[FileNote("a.md", "Filen er tom.")], seconds=1.234).as_json()
    assert told["failures"] == [{"file": "a.md", "reason": "Filen er tom."}]
    assert told["seconds"] == 1.23
    assert {"documents", "meetings", "items", "plans", "sections", "passages", "embedded", "closed",
            "levels", "unchanged", "hidden_words", "failures", "skipped", "seconds"} == told.keys()


def test_a_closed_item_has_no_content_to_count(
    read_json: Callable[[object], Document], meeting: Callable[..., Any], point: Callable[..., Any]
) -> None:
    report = Report()
    report.count(read_json(meeting(point("<p>hemmelig</p>", Caption="Lukket: X"))), 0, 0)
    assert (report.items, report.closed) == (0, 1)
