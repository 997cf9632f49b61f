"""The points of an indstilling, in the shapes that they are written in."""

from assistant.store.stored import StoredSection
from assistant.summarising.indstilling import Point, for_body, points
from tests.assistant.summarising.made import case


def found(text: str) -> list[Point]:
    stored: StoredSection = case(indstilling=text).sections[0]
    return points(stored)


def clauses(text: str) -> list[str]:
    return [point.clause for point in found(text)]


def test_one_sentence() -> None:
    assert clauses("Administrationen indstiller, at orienteringen tages til efterretning.") == [
        "orienteringen tages til efterretning."
    ]


def test_numbered_lines_and_what_they_quote() -> None:
    text = "Center for Vej indstiller,\n1. at stien anlægges, og\n2. at der afsættes 2 mio. kr."
    assert clauses(text) == ["stien anlægges, og", "der afsættes 2 mio. kr."]
    assert [point.span.quote for point in found(text)] == [
        "1. at stien anlægges, og", "2. at der afsættes 2 mio. kr.",
    ]  # fmt: skip


def test_a_lead_that_names_the_body_belongs_to_every_line() -> None:
    text = "Administrationen indstiller, at udvalget:\n1. Godkender planen.\n2. Drøfter tidsplanen."
    assert clauses(text) == ["udvalget godkender planen.", "udvalget drøfter tidsplanen."]


def test_a_lead_before_lines_without_marks() -> None:
    text = "Administrationen indstiller, at Byrådet\ngodkender planen.\nDrøfter tidsplanen."
    assert clauses(text) == ["Byrådet godkender planen.", "Byrådet drøfter tidsplanen."]
    text = "Administrationen indstiller, at udvalget godkender at\nHavnevej spærres\nStien lukkes"
    assert clauses(text) == [
        "udvalget godkender at Havnevej spærres", "udvalget godkender at Stien lukkes",
    ]  # fmt: skip


def test_a_list_below_a_point_is_noted() -> None:
    (point,) = found("Centret indstiller, at følgende indsatser foretages:\n- Lys\n- Varme")
    assert point.listed


def test_points_for_another_body() -> None:
    told = found(
        "Administrationen indstiller til Klima- og Teknikudvalget,\n1. at stien anlægges\n"
        "Administrationen indstiller til Økonomiudvalget,\n2. at sagen tages til efterretning"
    )
    (own,) = for_body(told, ["Økonomiudvalget"])
    assert own.clause == "sagen tages til efterretning"
    assert for_body(told, ["Klima og Teknikudvalget"]) == told[:1]
    assert len(for_body(told, ["Byrådet"])) == 2


def test_no_point_where_nothing_is_to_be_decided() -> None:
    assert not found("Der skal ikke træffes beslutning på temamødet.")
