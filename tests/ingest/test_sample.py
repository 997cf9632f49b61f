"""The sample corpus as a whole: nothing closed, nothing machine-made, nothing misplaced."""

from collections.abc import Callable, Iterator
from dataclasses import asdict

import pytest

from assistant.types import AgendaItem, Document, Section
from ingest.passages import section_passages

Sections = Callable[[Document], list[tuple[AgendaItem | None, Section]]]
SECRETS = [
    "Projekt Blåhejre", "Kandidat Nordlys", "Kastanjenotatet", "Sølvtangforliget", "Lærkereden",
    "Østerlygten", "Ravnehaleklausulen", "Vintergækken",
]
INVENTED_BY_THE_MACHINE = ["9,9 mio. kr.", "2031", "45 pct."]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from strings(part)


@pytest.mark.parametrize("phrase", SECRETS + INVENTED_BY_THE_MACHINE)
def test_no_secret_and_no_machine_made_figure_anywhere(
    sample: dict[str, Document], phrase: str
) -> None:
    for document in sample.values():
        assert not [text for text in strings(asdict(document)) if phrase.lower() in text.lower()]


def test_what_is_there(sample: dict[str, Document]) -> None:
    items = [item for document in sample.values() for item in document.items]
    assert len(sample) == 9
    assert sum(document.meeting is not None for document in sample.values()) == 8
    assert sum(item.closed for item in items) == 8
    assert all(item.sections or item.closed for item in items)


def test_closed_items_are_bare(sample: dict[str, Document]) -> None:
    for document in sample.values():
        for item in document.items:
            if item.closed:
                assert (item.sections, item.decision, item.attachments) == ((), None, ())


def test_recommendations_stay_out_of_decisions(
    sample: dict[str, Document], all_sections: Sections
) -> None:
    for document in sample.values():
        for _, section in all_sections(document):
            assert section.kind != "beslutning" or "indstiller" not in section.text
            assert section.kind != "indstilling" or "Godkendt" not in section.text


def test_passages_lie_in_their_sections(
    sample: dict[str, Document], all_sections: Sections
) -> None:
    for document in sample.values():
        for item, section in all_sections(document):
            for passage in section_passages(section, document, item):
                assert section.text[passage.start:passage.end] == passage.text
