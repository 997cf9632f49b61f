"""A summary's life: draft, corrected, approved, stale."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from assistant.errors import WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.summarising.case import gather
from assistant.summarising.keeping import (
    CORRECTED_AT,
    approve_summary,
    correct_summary,
    draft,
    find_summary,
    is_a_persons,
    kept_summary,
)
from assistant.types import CaseSummary, Document, KeptSummary, Line
from tests.assistant.store.made import meeting
from tests.assistant.store.test_summaries import SUMMARY, closed, put


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.sqlite3")
    put(made, meeting("m1"))
    yield made
    made.close()


def made(catalogue: Catalogue) -> KeptSummary:
    new = draft(gather("m1-1", catalogue), SUMMARY)
    catalogue.keep_summary(new)
    return new


def kept(catalogue: Catalogue) -> KeptSummary:
    return kept_summary(catalogue, gather("m1-1", catalogue))


def approve(catalogue: Catalogue, name: str = "Ane Holm") -> KeptSummary:
    return approve_summary(catalogue, gather("m1-1", catalogue), name)


def correct(catalogue: Catalogue, summary: CaseSummary = SUMMARY) -> KeptSummary:
    return correct_summary(catalogue, gather("m1-1", catalogue), summary)


def changed() -> Document:
    """The meeting with more text in its item: the old quote stands where it stood."""
    return meeting("m1", "Cykelstien langs havnen koster 700.000 kr. Den bliver bred.")


def test_a_new_summary_is_a_draft_of_the_case_as_it_stands(catalogue: Catalogue) -> None:
    first = made(catalogue)
    assert (first.status, first.approved_by, first.stale) == ("udkast", None, False)
    assert datetime.fromisoformat(first.made_at).tzinfo is not None
    assert kept(catalogue) == first


def test_it_is_stale_when_the_case_has_other_words(catalogue: Catalogue) -> None:
    made(catalogue)
    put(catalogue, meeting("m1"))
    assert kept(catalogue).stale is False
    put(catalogue, changed())
    assert kept(catalogue).stale is True


def test_approval_has_a_name_and_a_time(catalogue: Catalogue) -> None:
    first = made(catalogue)
    approved = approve(catalogue, " Ane Holm ")
    assert (approved.status, approved.approved_by) == ("godkendt", "Ane Holm")
    assert str(approved.approved_at) >= first.made_at
    assert kept(catalogue) == approved


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_cannot_approve(catalogue: Catalogue, name: str) -> None:
    made(catalogue)
    with pytest.raises(WrongUseError, match="Skriv navnet"):
        approve(catalogue, name)


def test_a_stale_summary_cannot_be_approved(catalogue: Catalogue) -> None:
    made(catalogue)
    put(catalogue, changed())
    with pytest.raises(WrongUseError, match="er ændret"):
        approve(catalogue)


def test_what_was_never_made_can_be_neither_approved_nor_corrected(catalogue: Catalogue) -> None:
    with pytest.raises(WrongUseError, match="assistant summarize m1-1"):
        approve(catalogue)
    with pytest.raises(WrongUseError, match="assistant summarize m1-1"):
        correct(catalogue)


def test_a_correction_is_a_draft_again_and_keeps_where_it_came_from(catalogue: Catalogue) -> None:
    first = made(catalogue)
    approve(catalogue)
    own = replace(
        SUMMARY, opsummering=(Line("Prisen er 700.000 kr.", (1,)),), ulemper=(),
        engine="generative", provenance={},
    )  # fmt: skip
    corrected = correct(catalogue, own)
    assert (corrected.status, corrected.approved_by) == ("udkast", None)
    assert corrected.made_at == first.made_at
    assert corrected.summary.opsummering == own.opsummering
    assert corrected.summary.engine == "extractive"
    corrected_at = corrected.summary.provenance[CORRECTED_AT]
    assert corrected.summary.provenance == {**SUMMARY.provenance, CORRECTED_AT: corrected_at}
    assert [figure.text for figure in corrected.summary.figures] == ["700.000 kr."]
    assert kept(catalogue) == corrected
    assert is_a_persons(corrected)
    assert not is_a_persons(first)


def test_an_approval_is_a_persons_until_the_case_changes_a_correction_always(
    catalogue: Catalogue,
) -> None:
    made(catalogue)
    approve(catalogue)
    assert is_a_persons(kept(catalogue))
    put(catalogue, changed())
    assert not is_a_persons(kept(catalogue))
    correct(catalogue)
    put(catalogue, meeting("m1"))
    assert (kept(catalogue).stale, is_a_persons(kept(catalogue))) == (True, True)


def test_a_correction_is_of_the_case_as_it_stands_now(catalogue: Catalogue) -> None:
    made(catalogue)
    put(catalogue, changed())
    assert correct(catalogue).stale is False
    assert approve(catalogue).status == "godkendt"


@pytest.mark.parametrize(
    "line",
    [Line("Prisen er 800.000 kr.", (1,)), Line("Prisen er høj.", ()), Line("Den er høj.", (2,))],
)
def test_a_correction_without_evidence_is_refused(catalogue: Catalogue, line: Line) -> None:
    first = made(catalogue)
    with pytest.raises(WrongUseError, match=f"»{line.text}« har ikke belæg"):
        correct(catalogue, replace(SUMMARY, opsummering=(line,)))
    assert kept(catalogue) == first


def test_a_correction_whose_quote_is_gone_from_the_case_is_refused(catalogue: Catalogue) -> None:
    made(catalogue)
    put(catalogue, meeting("m1", "Stien langs havnen koster 700.000 kr."))
    with pytest.raises(WrongUseError, match="har ikke belæg"):
        correct(catalogue)


def test_a_new_summary_takes_the_place_of_the_old_one(catalogue: Catalogue) -> None:
    made(catalogue)
    approve(catalogue)
    assert kept(catalogue).status == "godkendt"
    made(catalogue)
    assert (kept(catalogue).status, kept(catalogue).approved_by) == ("udkast", None)


def test_a_summary_of_a_closed_item_is_out_of_reach(catalogue: Catalogue) -> None:
    made(catalogue)
    case = gather("m1-1", catalogue)
    put(catalogue, closed(meeting("m1")))
    assert find_summary(catalogue, case) is None
    with pytest.raises(WrongUseError, match="er lukket"):
        approve(catalogue)
    with pytest.raises(WrongUseError, match="er lukket"):
        correct(catalogue)
