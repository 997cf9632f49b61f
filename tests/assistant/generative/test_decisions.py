"""What is said to be decided is known by its verbs."""

import pytest

from assistant.generative.decisions import says_decided


@pytest.mark.parametrize(
    "text",
    [
        "Forslaget blev enstemmigt godkendt.",
        "Byrådet har vedtaget planen.",
        "Udvalget besluttede at udsætte sagen.",
        "Godkendt.",
        "Planen er blevet vedtaget.",
        "Indstillingen blev tiltrådt.",
        "Planen vedtages.",
        "Udvalget tog til efterretning, at prisen stiger.",
    ],
)
def test_decided(text: str) -> None:
    assert says_decided(text)


@pytest.mark.parametrize(
    "text",
    [
        "Det indstilles, at planen godkendes.",
        "Byrådet skal beslutte, om planen er god.",
        "Udvalget skal godkende budgettet.",
        "Planen foreslås vedtaget.",
        "Planen koster 2 mio. kr.",
        "Forvaltningen anbefaler, at planen vedtages.",
    ],
)
def test_not_decided(text: str) -> None:
    assert not says_decided(text)
