"""A line is bound to whole sentences and rows, and to nothing that was not given."""

import pytest

from assistant.answering.draft import Span
from assistant.generative.binding import bound, in_full
from assistant.generative.lines import ReplyLine, lines_in
from assistant.store.stored import StoredSection
from assistant.types import Source
from ingest.sections import SectionBuilder


def stored() -> StoredSection:
    builder = SectionBuilder("oekonomi", "Økonomi")
    builder.add_paragraph("Stien er ikke dyr, og den koster 2 mio. kr. Driften er billig.")
    builder.add_paragraph("Godkendt.")
    builder.add_table([["Post", "2026"], ["Anlæg", "1.250"]])
    source = Source("d/0", "d", "sag.json", "minutes", "Fjordby", "oekonomi", "Økonomi")
    return StoredSection(builder.build(), source)


SECTION = stored()
GIVEN = {"ab2c": Span(SECTION, 0, len(SECTION.section.text))}


def quotes(quote: str, key: str = "ab2c") -> list[str]:
    line = ReplyLine.model_validate({"tekst": "T", "kilder": [{"kilde": key, "citat": quote}]})
    return [in_full(span).quote for span in bound(line, GIVEN)]


@pytest.mark.parametrize(
    ("quote", "full"),
    [
        ("den koster 2 mio.", "Stien er ikke dyr, og den koster 2 mio. kr."),
        ("Driften er billig.", "Driften er billig."),
        ("mio. kr. Driften er",
         "Stien er ikke dyr, og den koster 2 mio. kr. Driften er billig."),
        ("»Godkendt«", "Godkendt."),
        ("1.250", "Anlæg 1.250"),
    ],
)  # fmt: skip
def test_a_quote_is_shown_in_full(quote: str, full: str) -> None:
    assert quotes(quote) == [full]


@pytest.mark.parametrize("quote", ["", "»«", "billig", "koster 2", "1.25", "tien er ikke dyr"])
def test_what_is_too_little_or_no_whole_words_binds_nothing(quote: str) -> None:
    assert quotes(quote) == []


def test_an_unknown_key_binds_nothing() -> None:
    assert quotes("den koster 2 mio.", "ab2d") == []


def test_a_line_is_whole_once_the_next_has_begun() -> None:
    whole = {"tekst": "T", "kilder": [{"kilde": "k", "citat": "c"}]}
    assert [len(lines_in(told, ended=False)) for told in ([], [whole], [whole, {}], None)] == [
        0, 0, 1, 0,
    ]  # fmt: skip
    assert lines_in([whole, {}], ended=True)[1] is None
