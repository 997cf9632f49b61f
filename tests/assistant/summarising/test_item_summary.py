"""What is kept is checked again before it is shown."""

from dataclasses import replace

from assistant.summarising.item_summary import FELL, FELL_ONE, checked_again
from assistant.types import Argument, CaseSummary, CheckedFigure, Citation, Line
from tests.assistant.summarising.made import case

TEXT = "Der anlægges en sti. Den koster 700.000 kr. Den gavner skolebørn."
CASE = case(sagsfremstilling=TEXT)


def cited(n: int, quote: str) -> Citation:
    start = TEXT.index(quote)
    return Citation(
        n, quote, "d.json", "p", "1", "Sti", "", "Byrådet", None, "sagsfremstilling",
        "Sagsfremstilling", None, start, start + len(quote), "", "i1/0",
    )  # fmt: skip


SUMMARY = CaseSummary(
    item_id="p",
    spoergsmaal=Line("Skal der anlægges en sti?", (1,)),
    opsummering=(Line("Den koster 700.000 kr.", (2,)),),
    fordele=(Argument("Den gavner skolebørn.", "fra sagen", (3,)),),
    ulemper=(Argument("Den koster 700.000 kr.", "fra sagen", (2,)),),
    emneord=("Trafik",),
    ikke_belyst=(),
    citations=(
        cited(1, "Der anlægges en sti."),
        cited(2, "Den koster 700.000 kr."),
        cited(3, "Den gavner skolebørn."),
    ),
    figures=(CheckedFigure("700.000 kr.", True, 2),),
    engine="extractive",
    model=None,
)


def broken(*numbers: int) -> CaseSummary:
    """The summary with citations that quote what does not stand there."""
    told = tuple(
        replace(one, quote="Den koster 900.000 kr.") if one.n in numbers else one
        for one in SUMMARY.citations
    )
    return replace(SUMMARY, citations=told)


def test_what_stands_is_left_as_it_is() -> None:
    assert checked_again(SUMMARY, CASE) == SUMMARY


def test_a_quote_that_does_not_stand_takes_its_lines_and_figures_with_it() -> None:
    told = checked_again(broken(2), CASE)
    assert (told.opsummering, told.ulemper, told.figures) == ((), (), ())
    assert [one.n for one in told.citations] == [1, 3]
    assert told.fordele == SUMMARY.fordele
    assert told.notes == (FELL.format(count=2),)


def test_a_question_without_its_source_is_not_asked() -> None:
    told = checked_again(broken(1), CASE)
    assert told.spoergsmaal is None
    assert told.notes == (FELL_ONE,)


def test_a_section_that_is_gone_leaves_nothing_but_the_note() -> None:
    told = checked_again(SUMMARY, replace(CASE, sections=()))
    assert (told.spoergsmaal, told.citations) == (None, ())
    assert told.notes == (FELL.format(count=4),)


def test_a_line_without_citations_is_not_shown() -> None:
    bare = replace(SUMMARY, opsummering=(Line("Alle er enige.", ()),))
    assert checked_again(bare, CASE).opsummering == ()
