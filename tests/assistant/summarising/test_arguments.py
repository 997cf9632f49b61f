"""Fordele and ulemper of a case: where they may come from, and how they are quoted."""

import pytest

from assistant.store.store import Store
from assistant.summarising.arguments import arguments
from assistant.summarising.case import Case
from assistant.summarising.material import material
from tests.assistant.summarising.made import case

ASKED = "Administrationen indstiller, at cykelstien langs Havnevej anlægges."
BENEFIT = (
    "Cykelstien vil øge trafiksikkerheden og skabe bedre sammenhæng for de mange skolebørn, der "
    "færdes langs Havnevej."
)
DRAWBACK = "Cykelstien forventes at medføre en årlig merudgift for kommunen på 2 mio. kr."


def told(made: Case, store: Store) -> tuple[list[str], list[str]]:
    for_, against = arguments(made, material(made, store), "another model")
    return [one.text for one in for_], [one.text for one in against]


def test_what_the_case_states_for_and_against(store: Store) -> None:
    made = case(
        indstilling=ASKED,
        sagsfremstilling=f"{BENEFIT} Vejen er 900 meter.",
        oekonomi=DRAWBACK,
    )
    assert told(made, store) == ([BENEFIT], [DRAWBACK])


def test_decisions_and_the_indstilling_argue_for_nothing(store: Store) -> None:
    made = case(
        indstilling=f"{ASKED} {BENEFIT}", beslutning=BENEFIT, sagsforloeb=BENEFIT, bilag=BENEFIT
    )
    assert told(made, store) == ([], [])


def test_a_sentence_that_points_back_is_quoted_with_the_one_before(store: Store) -> None:
    text = f"Stien får lys hele vejen. {BENEFIT.replace('Cykelstien', 'Det')}"
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store) == ([text], [])


def test_a_condition_is_never_cut_off(store: Store) -> None:
    text = (
        "Cykelstien vil øge trafiksikkerheden for de mange skolebørn, der hver dag færdes langs "
        "Havnevej mellem havnen og den gamle skole, og det forudsætter, at der kommer lys, hvis "
        "udvalget ønsker det."
    )
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store)[0] in ([text], [])


def test_a_long_sentence_is_cut_at_a_clause_that_stands_alone(store: Store) -> None:
    first = (
        "Cykelstien vil øge trafiksikkerheden og skabe bedre sammenhæng for de mange skolebørn, "
        "der hver dag færdes langs Havnevej mellem havnen og den gamle skole ved kirken"
    )
    made = case(
        indstilling=ASKED,
        sagsfremstilling=f"{first}, og den er projekteret af kommunens egne folk i 2024.",
    )
    assert told(made, store)[0] == [first]


def test_the_variant_that_a_sentence_is_of_must_be_named(store: Store) -> None:
    text = f"# Model 2: bro\n{BENEFIT}"
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store) == ([], [])


def test_a_case_that_is_only_noted_argues_for_nothing(store: Store) -> None:
    made = case(
        indstilling="Administrationen indstiller, at orienteringen tages til efterretning.",
        sagsfremstilling=BENEFIT,
    )
    assert told(made, store) == ([], [])


def test_what_says_the_same_is_told_once(store: Store) -> None:
    text = f"{BENEFIT}\n{BENEFIT.replace('Cykelstien', 'Den nye cykelsti')}"
    assert len(told(case(indstilling=ASKED, sagsfremstilling=text), store)[0]) == 1


def test_what_the_next_sentence_takes_back_is_not_quoted(store: Store) -> None:
    text = f"{BENEFIT} Der kommer dog ikke lys på strækningen."
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        f"Hvis stien ikke får lys, gælder det ikke, at {BENEFIT[0].lower()}{BENEFIT[1:]}",
        f"{BENEFIT[:-1]}, men den bliver dyr.",
        f"Byrådet har besluttet, at {BENEFIT[0].lower()}{BENEFIT[1:]}",
    ],
)
def test_a_condition_a_contrast_and_a_decision_are_no_benefit(text: str, store: Store) -> None:
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store)[0] == []


def test_a_case_that_asks_for_a_no_argues_for_nothing(store: Store) -> None:
    made = case(
        indstilling="Administrationen indstiller, at der ikke arbejdes videre med cykelstien.",
        sagsfremstilling=BENEFIT,
    )
    assert told(made, store) == ([], [])


def test_a_report_has_no_proposal_to_argue_for(store: Store) -> None:
    reported = case(title="Budgetopfølgning 2", indstilling=ASKED, oekonomi=DRAWBACK)
    assert told(reported, store) == ([], [])
    assert told(case(indstilling=ASKED, oekonomi=DRAWBACK), store) == ([], [DRAWBACK])


def test_a_case_that_proposes_nothing_argues_for_nothing(store: Store) -> None:
    assert told(case(title="Spørgetid", sagsfremstilling=BENEFIT), store) == ([], [])
    proposed = f"{BENEFIT} Cykelstien foreslås anlagt i 2026."
    assert told(case(sagsfremstilling=proposed), store)[0] == [BENEFIT]


def test_a_purpose_is_quoted_only_of_what_is_asked_for(store: Store) -> None:
    text = (
        "Formålet med cykelstien er at skabe en sikker skolevej.\n"
        "Formålet med færdselsloven er at skabe sikre veje."
    )
    made = case(indstilling=ASKED, sagsfremstilling=text)
    assert told(made, store)[0] == ["Formålet med cykelstien er at skabe en sikker skolevej."]


def test_a_bare_cost_is_quoted_with_what_it_is_of(store: Store) -> None:
    cost = "Udgiften forventes at medføre en årlig merudgift for kommunen på 2 mio. kr."
    text = f"Der anlægges en cykelsti til skolen. {cost}"
    assert told(case(indstilling=ASKED, oekonomi=text), store) == ([], [text])
    assert told(case(indstilling=ASKED, oekonomi=cost), store) == ([], [])
