"""What counts as a word, and which words are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.danish.words import content_stems, fold, stem, stems, tokenize


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ældreråd", "aeldreraad"),
        ("ØKONOMI", "oekonomi"),
        ("Allé", "alle"),
        ("A\u030arhus", "aarhus"),
        ("m²", "m2"),
        ("Müller & Öberg", "muller & oeberg"),
        ("bo\u00adlig", "bolig"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Børne- og Ungeudvalget", ["Børne", "og", "Ungeudvalget"]),
        ("el-ladestandere", ["el", "ladestandere"]),
        ("1.200.000 kr.", ["1.200.000", "kr"]),
        ("33,2 pct.", ["33,2", "pct"]),
        ("sag 00.01.00-P20-99-15.", ["sag", "00.01.00-P20-99-15"]),
        ("22-011409 og 20-072985K", ["22-011409", "og", "20-072985K"]),
        ("sag 20-072985k?", ["sag", "20-072985k"]),
        ("22/23184", ["22/23184"]),
        ("§108, §§ 83-85", ["§", "108", "§", "§", "83", "85"]),
        ("2022-2025", ["2022", "2025"]),
        ("28-08-2024", ["28", "08", "2024"]),
        ("EU's 5G", ["EU", "s", "5", "G"]),
        ("K98 Q3", ["K98", "Q3"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert texts(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skolerne", "skole"),
        ("boligerne", "boliger"),
        ("Børnene", "boernene"),
        ("Åben", "aaben"),
        ("budgettet", "BUDGETTER"),
    ],
)
def test_same_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("number", ["1.200.000", "33,2", "2024", "22-011409"])
def test_number_is_its_own_stem(number: str) -> None:
    assert stem(number) == number


def test_content_stems_leave_out_the_question() -> None:
    assert content_stems("Hvad er det, der blev besluttet om skolerne?") == stems(
        "besluttet skolerne"
    )
    assert content_stems("Hvem, hvor og hvornår?") == []


@given(st.text())
def test_tokens_stand_in_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        end = token.end


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdeæøåéäö"))
def test_stem_does_not_care_for_spelling(word: str) -> None:
    assert stem(word) == stem(fold(word)) == stem(word.upper())
