"""When what was found is enough for an answer."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.answering.signs import ranked
from assistant.answering.trust import TRUST, evidence, weight_of_evidence
from assistant.answering.units import candidates
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant

PRICE = "Hvor stor en anlægsbevilling søges der til skybrudssikring af Nørrevang?"


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> Retrieved:
    return assistant.retrieve(PRICE)


def test_each_piece_of_evidence_has_its_figure(assistant: Assistant, found: Retrieved) -> None:
    told = evidence(ranked(candidates(found, assistant.store), found), found)
    assert told.shape == (len(TRUST),)
    assert np.isfinite(told).all()


def test_an_answer_that_is_there_weighs_more_than_one_that_is_not(
    assistant: Assistant, found: Retrieved
) -> None:
    there = weight_of_evidence(ranked(candidates(found, assistant.store), found), found)
    other = assistant.retrieve("Hvor mange isbjørne er der i zoo?")
    not_there = weight_of_evidence(ranked(candidates(other, assistant.store), other), other)
    assert there > 0 > not_there


def test_a_word_that_is_nowhere_to_be_found_is_told(
    assistant: Assistant, found: Retrieved
) -> None:
    units = ranked(candidates(found, assistant.store), found)
    strange = assistant.retrieve(PRICE.replace("?", " på isbjørneøen?")).subject
    assert set(found.subject.weights) < set(strange.weights)
    asked = replace(found, subject=strange)
    coverage = TRUST.index("item_coverage")
    assert weight_of_evidence(units, asked) < weight_of_evidence(units, found)
    assert evidence(units, asked)[coverage] < evidence(units, found)[coverage]


def test_only_the_best_units_own_item_counts_as_speaking_of_the_subject(
    assistant: Assistant, found: Retrieved
) -> None:
    units = ranked(candidates(found, assistant.store), found)
    best = units[0].candidate.stored.source.item_id
    alone = [one for one in units if one.candidate.stored.source.item_id == best]
    coverage = TRUST.index("item_coverage")
    assert evidence(units, found)[coverage] == evidence(alone, found)[coverage]


def test_a_question_without_subject_is_weighed_too(assistant: Assistant) -> None:
    found = assistant.retrieve("Hvad er det?")
    units = ranked(candidates(found, assistant.store), found)
    assert not found.subject.weights
    assert np.isfinite(weight_of_evidence(units, found))
