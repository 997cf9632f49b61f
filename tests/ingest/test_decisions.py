"""Decisions as fields."""

import time

import pytest

from assistant.types import Decision, Substitute, Vote
from ingest.decisions import decision_of, outcome_of
from ingest.sections import SectionBuilder


def decided(text: str, *absent: str) -> Decision:
    builder = SectionBuilder("beslutning", "Beslutning")
    for line in text.split("\n"):
        builder.add_paragraph(line)
    decision = decision_of([builder.build()], absent)
    assert decision is not None
    assert decision.text == text
    return decision


def sides(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(vote.side, vote.voters) for vote in decided(text).votes]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Godkendt.", "godkendt"),
        ("Byrådet godkendte Økonomiudvalgets indstilling.", "godkendt"),
        ("Ad 1. Vedtaget. Ad 2. Ikke godkendt.", "godkendt"),
        ("Det indstillede godkendt.", "godkendt"),
        ("Ikke godkendt.", "afvist"),
        ("Indstillingen godkendes ikke.", "afvist"),
        ("Udvalget kan ikke anbefale forslaget, men anbefaler et andet.", "afvist"),
        ("Med stemmerne 3 for og 16 imod forkastede Byrådet forslaget.", "afvist"),
        ("1.-2. Anbefales.", "anbefalet"),
        ("Indstilles til Byrådets godkendelse.", "anbefalet"),
        ("Udvalget anbefaler overfor Byrådet, at indstillingen godkendes.", "anbefalet"),
        ("Taget til efterretning, idet udvalget ikke ønsker at udskyde slidlaget.", "efterretning"),
        ("Udvalget udskyder sagen.", "udsat"),
        ("Udsættes til mødet den 5. maj.", "udsat"),
        ("Udvalget udsatte sagen.", "udsat"),
        ("Indsatsen for udsatte børn blev drøftet.", "droeftet"),
        ("Det skal senere drøftes.", "other"),
        ("Der var intet til punktet.", "other"),
    ],
)
def test_outcomes(text: str, outcome: str) -> None:
    assert decided(text).outcome == outcome


VOTES = [
    ("Imod stemte: F og Ø.", [("against", ("F", "Ø"))]),
    ("Imod stemte (F) og (Ø).", [("against", ("F", "Ø"))]),
    ("Mehmet Ali Demir (Ø) stemte imod.", [("against", ("Mehmet Ali Demir (Ø)",))]),
    ("(Ø) og (F) stemte imod administrationens indstillingspunkt 2",
     [("against", ("Ø", "F"))]),
    ("Med stemmerne 17 for og 2 imod godkendte Byrådet Økonomiudvalgets indstilling.", []),
    ("Med stemmerne 13 for godkendte Byrådet Økonomiudvalgets indstilling.", []),
    ("For stemte: (V), (A), (C), Lis Lund (UP-1) og (D).\n"
     "Imod stemte (Ø) og Bo Ek fra (A). (Ø) med bemærkning.",
     [("for", ("V", "A", "C", "Lis Lund (UP-1)", "D")), ("against", ("Ø", "Bo Ek (A)"))]),
    ("For stemte 17 (A, V, C), imod stemte 2 (F og Ø).",
     [("for", ("A", "V", "C")), ("against", ("F", "Ø"))]),
    ("For stemte:\n(V), (A)\nImod stemte:\nC", [("for", ("V", "A")), ("against", ("C",))]),
    ("Imod stemte: ingen", []),
    ("Imod stemte A. Godkendt.", [("against", ("A",))]),
    ("Stemte imod: (F) og (Ø)", [("against", ("F", "Ø"))]),
    ("For administrationens indstilling stemte: Bo T. Ek (A)", [("for", ("Bo T. Ek (A)",))]),
    ("Bo Ek (A) stemte for punkt 2.", [("for", ("Bo Ek (A)",))]),
    ("Bo Ek (A) og Lis van der Lund (C) undlod at stemme.",
     [("abstain", ("Bo Ek (A)", "Lis van der Lund (C)"))]),
    ("(F) undlader", [("abstain", ("F",))]),
    ("Bo Ek (V) Hans Jørgen By (D) og (C) undlod at tage stilling.",
     [("abstain", ("Bo Ek (V)", "Hans Jørgen By (D)", "C"))]),
    ("Også Bo Ek (A) stemte hverken for eller imod.", [("abstain", ("Bo Ek (A)",))]),
    ("Borgmester Bo Ek (V) stemte imod.", [("against", ("Bo Ek (V)",))]),
    ("Venstre og Dansk Folkeparti stemte imod, da SF og andre ønsker mere.",
     [("against", ("Venstre", "Dansk Folkeparti"))]),
    ("Bo Ek (A) stemte imod, da (A) ønsker det i Tune Skole.", [("against", ("Bo Ek (A)",))]),
    ("Udvalget undlod at tage stilling.", []),
    ("Udvalget stemte om Bo Ek kunne deltage.", []),
    ("Ad 2. Godkendt. For stemte: (A) og (C). Imod stemte: V.",
     [("for", ("A", "C")), ("against", ("V",))]),
]


@pytest.mark.parametrize(("text", "expected"), VOTES)
def test_votes(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert sides(text) == expected


def test_a_vote_is_told_in_its_own_sentence() -> None:
    decision = decided("1. Godkendt. Imod stemte: F.\n2. Godkendt.")
    assert decision.votes == (Vote("against", ("F",), "Imod stemte: F."),)


ABSENT = [
    ("Afbud: Bo Ek (V). Som stedfortræder deltog Lis Lund (V).", ("Bo Ek",)),
    ("Fraværende: Bo Ek, Lis T. Lund og Poul-Erik By", ("Bo Ek", "Lis T. Lund", "Poul-Erik By")),
    ("Ikke til stede: Liv By (UP-1)", ("Liv By",)),
    ("Ikke tilstede Liv By", ("Liv By",)),
    ("Ikke til stede:\nLiv By (V)\nMichel van der Bo\nAlle andre deltog.",
     ("Liv By", "Michel van der Bo")),
    ("Der var afbud fra Bo Ek og Liv By.", ("Bo Ek", "Liv By")),
    ("Afbud fra Bo Ek (A)", ("Bo Ek",)),
    ("Bo Ek (V) var ikke til stede.", ("Bo Ek",)),
    ("Bo Ek og Liv By havde meldt afbud.", ("Bo Ek", "Liv By")),
    ("Bo Ek melder afbud til mødet i maj.", ()),
    ("Afbud: ingen", ()),
    ("Udvalget drøftede fravær i skolerne.", ()),
]


@pytest.mark.parametrize(("line", "names"), ABSENT)
def test_absentees(line: str, names: tuple[str, ...]) -> None:
    assert decided(f"Godkendt.\n{line}").absentees == names


def test_absentees_of_text_and_portal_are_told_once() -> None:
    decision = decided("Godkendt.\nAfbud: Bo Ek (V)", "Bo Ek", "Liv By")
    assert decision.absentees == ("Bo Ek", "Liv By")


@pytest.mark.parametrize("text", ["", "-", "Beslutningen er ikke frigivet."])
def test_no_decision(text: str) -> None:
    builder = SectionBuilder("beslutning")
    builder.add_paragraph(text)
    assert decision_of([builder.build()]) is None


def test_a_recommendation_is_no_decision() -> None:
    builder = SectionBuilder("indstilling", "Indstilling")
    builder.add_paragraph("at sagen godkendes")
    assert decision_of([builder.build()]) is None


@pytest.mark.parametrize("piece", ["Aa Bb, ", "A stemte imod ", "(A), ", "Afbud: ", "Aa"])
def test_a_long_decision_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    decided((piece * (100_000 // len(piece))).strip())
    assert time.perf_counter() - started < 5


POINTS = [
    ("1.-3. anbefales.\n4. Ikke godkendt.",
     [(("1", "2", "3"), "anbefalet", "anbefales."), (("4",), "afvist", "Ikke godkendt.")]),
    ("1. - 2. Godkendt.", [(("1", "2"), "godkendt", "Godkendt.")]),
    ("1-2 Anbefales.", [(("1", "2"), "anbefalet", "Anbefales.")]),
    ("Ad 1 Vedtaget.\nAd 2 Udsat.",
     [(("1",), "godkendt", "Vedtaget."), (("2",), "udsat", "Udsat.")]),
    ("Punkt 1 og 2 godkendt.\nPunkt 3 drøftet.",
     [(("1", "2"), "godkendt", "godkendt."), (("3",), "droeftet", "drøftet.")]),
    ("a)-c) Godkendt.\nd) Taget til efterretning.",
     [(("a", "b", "c"), "godkendt", "Godkendt."), (("d",), "efterretning",
                                                  "Taget til efterretning.")]),
    ("1. Godkendt. 2. Udsat.", [(("1",), "godkendt", "Godkendt."), (("2",), "udsat", "Udsat.")]),
    ("1. Godkendt.\nImod stemte: F.\n2. Ikke godkendt.",
     [(("1",), "godkendt", "Godkendt.\nImod stemte: F."), (("2",), "afvist", "Ikke godkendt.")]),
    ("Godkendt.", []),
    ("1. september 2025 træder ordningen i kraft.", []),
    ("2 mio. kr. blev bevilget.", []),
    ("17 for og 2 imod.", []),
]


@pytest.mark.parametrize(("text", "expected"), POINTS)
def test_points(text: str, expected: list[tuple[tuple[str, ...], str, str]]) -> None:
    points = decided(text).points
    assert [(point.points, point.outcome, point.text) for point in points] == expected


@pytest.mark.parametrize(
    ("text", "name", "absent"),
    [
        ("Godkendt.\nBo Ek (V) deltog som suppleant for Liv By (A).", "Bo Ek", "Liv By"),
        ("Bo Ek deltog i stedet for Liv By.", "Bo Ek", "Liv By"),
        ("Godkendt. Bo T. Ek er stedfortræder for Liv Maria By.", "Bo T. Ek", "Liv Maria By"),
    ],
)
def test_substitutes(text: str, name: str, absent: str) -> None:
    assert decided(text).substitutes == (Substitute(name, absent),)


@pytest.mark.parametrize(
    "text", ["Godkendt.", "Der anlægges en sti i stedet for bump.", "Der udpeges en suppleant."]
)
def test_nobody_is_a_substitute_by_chance(text: str) -> None:
    assert decided(text).substitutes == ()


def test_a_postponed_case_is_labelled_so_whatever_else_is_said() -> None:
    decision = decided("Udsat. Udvalget ønsker politiets udtalelse, før sagen godkendes.")
    assert decision.outcome == outcome_of(decision.text) == "udsat"


@pytest.mark.parametrize("text", ["", "-", "Sagen handler om en sti."])
def test_what_decides_nothing_has_no_outcome(text: str) -> None:
    assert outcome_of(text) == "other"
