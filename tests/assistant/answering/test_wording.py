"""The rules of wording, one by one; together they are tested with a lying model."""

import pytest

from assistant.answering.wording import (
    Evidence,
    names_stand,
    same_direction,
    same_negation,
    shared_words,
    wording_rules,
)
from assistant.store.embedding import Embedder

PLACE = "Cykelsti langs Havnevej\nByråd 2022-2025\nSagsfremstilling"


@pytest.mark.parametrize(
    ("claim", "quote", "stands"),
    [
        ("Byrådet får sagen.", "Sagen forelægges.", True),
        ("Udvalget får sagen.", "Børneudvalget får sagen.", True),
        ("Udvalget får sagen.", "Sagen forelægges.", False),
        ("Forvaltningen vurderer det.", "Administrationen vurderer det.", True),
        ("Forvaltningen vurderer det.", "Det vurderes.", False),
        ("Børne- og Kulturudvalget får sagen.", "Børne- og Kulturudvalget får sagen.", True),
        ("Børne- og Kulturudvalget får sagen.", "Kulturudvalget får sagen.", False),
        ("Sagen sendes til økonomiudvalget.", "Sagen sendes videre.", False),
        ("Per Holm bor på Havnevej.", "Per Holms hus ligger der.", True),
        ("Per Holm bor på Havnevej.", "Ida Holms hus ligger der.", False),
        ("Imod stemte Enhedslisten.", "Imod stemte SF.", False),
        ("SF stemte imod.", "Imod stemte SF.", True),
        ("Venstre stemte imod.", "Imod stemte SF.", False),
        ("Området er stort, og der er råd.", "Arealet er stort.", False),
        ("Områder nævnes.", "Arealer.", True),
    ],
)
def test_names(claim: str, quote: str, stands: bool) -> None:
    assert names_stand(claim, Evidence(quote, PLACE)) is stands


@pytest.mark.parametrize(
    ("claim", "quote", "same"),
    [
        ("Stien koster 2 mio. kr.", "Stien koster 2 mio. kr., men er ikke finansieret.", True),
        ("Stien er finansieret.", "Stien koster 2 mio. kr., men er ikke finansieret.", False),
        ("Stien er ikke finansieret.", "Stien koster 2 mio. kr., men er ikke finansieret.", True),
        ("Stien koster ikke 2 mio. kr.", "Stien koster 2 mio. kr., men er ikke dyr.", False),
        ("Forslaget godkendes.", "Det indstilles ikke, at forslaget godkendes.", False),
        ("Der er ingen indsigelser.", "Der kom ikke indsigelser.", True),
    ],
)
def test_negation(claim: str, quote: str, same: bool) -> None:
    assert same_negation(claim, Evidence(quote, "")) is same


@pytest.mark.parametrize(
    ("claim", "quote", "same"),
    [
        ("Udgiften stiger.", "Udgiften falder.", False),
        ("Udgiften stiger.", "Udgiften øges.", True),
        ("Prisen er lavere.", "Prisen er højere.", False),
        ("Den er højere i 2026.", "Den er lavere i 2025 og højere i 2026.", True),
        ("Stien er kort.", "Prisen er højere.", True),
    ],
)
def test_direction(claim: str, quote: str, same: bool) -> None:
    assert same_direction(claim, Evidence(quote, "")) is same


def test_words_of_the_place_are_not_counted() -> None:
    evidence = Evidence("Anlægget koster 2 mio. kr.", "Cykelsti langs Havnevej")
    assert shared_words("Cykelstien langs Havnevej koster 2 mio. kr.", evidence) == 1
    assert shared_words("Cykelstien langs Havnevej bliver smuk om foråret.", evidence) == 0


def test_where_words_cannot_tell_meaning_does(embedder: Embedder) -> None:
    *_, shares_meaning = wording_rules(embedder)
    quote = Evidence("Skolens elever får en mere sikker vej til skole om morgenen.", "")
    near = "Skolens børn går tryggere og hurtigere om morgenen."
    far = "Renten på lånet er sikker i tre år."
    assert 0.2 <= shared_words(near, quote) < 0.4
    assert shares_meaning(near, quote)
    assert not shares_meaning(far, quote)
