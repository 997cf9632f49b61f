"""What was found, read closely once."""

from dataclasses import replace
from math import inf

import pytest

from assistant.answering.reading import Reading, read
from assistant.service import Assistant


@pytest.fixture(scope="module")
def reading(assistant: Assistant) -> Reading:
    return read(assistant.retrieve("Hvad koster skybrudssikring af Nørrevang?"), assistant.store)


def test_the_best_unit_comes_first(reading: Reading) -> None:
    scores = [one.score for one in reading.units]
    assert scores
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_can_never_be_trusted(assistant: Assistant, reading: Reading) -> None:
    nothing = read(replace(reading.found, hits=()), assistant.store)
    assert (nothing.units, nothing.evidence) == ((), -inf)
    assert not nothing.answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Hvor mange ejendomme omfatter projektforslaget for fjernvarme i Skarvnæs By?", True),
        ("Hvor mange skolebestyrelser støtter forslaget om mobilfri skoledag?", True),
        ("Hvor mange isbjørne er der i zoo?", False),
        ("Hvornår får Skarvnæs en letbane?", False),
    ],
)
def test_only_what_is_in_the_material_is_answered(
    assistant: Assistant, question: str, answers: bool
) -> None:
    assert read(assistant.retrieve(question), assistant.store).answers is answers
