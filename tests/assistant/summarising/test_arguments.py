"""Fordele and ulemper of a case: where they may come from, and how they are quoted."""

from assistant.store.store import Store
from assistant.summarising.arguments import arguments
from assistant.summarising.case import Case
from assistant.summarising.material import material
from tests.assistant.summarising.made import case

ASKED = "Administrationen indstiller, at cykelstien langs Havnevej anlægges."


def told(made: Case, store: Store) -> tuple[list[str], list[str]]:
    for_, against = arguments(made, material(made, store), "another model")
    return [one.text for one in for_], [one.text for one in against]


def test_what_the_case_states_for_and_against(store: Store) -> None:
    made = case(
        indstilling=ASKED,
        sagsfremstilling="Cykelstien vil øge trafiksikkerheden for skolebørn. Vejen er 900 meter.\n"
        "Der vurderes at være risiko for, at byggeriet bliver forsinket.",
        oekonomi="Anlægsudgiften forventes at blive 4,5 mio. kr.",
    )
    assert told(made, store) == (
        ["Cykelstien vil øge trafiksikkerheden for skolebørn."],
        ["Der vurderes at være risiko for, at byggeriet bliver forsinket.",
         "Anlægsudgiften forventes at blive 4,5 mio. kr."],
    )  # fmt: skip


def test_decisions_and_the_indstilling_argue_for_nothing(store: Store) -> None:
    said = "Cykelstien vil øge trafiksikkerheden for skolebørn."
    made = case(indstilling=f"{ASKED} {said}", beslutning=said, sagsforloeb=said, bilag=said)
    assert told(made, store) == ([], [])


def test_a_sentence_that_points_back_is_quoted_with_the_one_before(store: Store) -> None:
    text = "Stien får lys hele vejen. Det vil øge trafiksikkerheden for skolebørn."
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
        "Cykelstien vil øge trafiksikkerheden for de mange skolebørn, der hver dag færdes langs "
        "Havnevej mellem havnen og den gamle skole ved kirken"
    )
    made = case(
        indstilling=ASKED,
        sagsfremstilling=f"{first}, og den er projekteret af kommunens egne folk i 2024.",
    )
    assert told(made, store)[0] == [first]


def test_the_variant_that_a_sentence_is_of_must_be_named(store: Store) -> None:
    text = "# Model 2: bro\nBroen vil øge trafiksikkerheden for skolebørn."
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store) == ([], [])


def test_a_case_that_is_only_noted_argues_for_nothing(store: Store) -> None:
    made = case(
        indstilling="Administrationen indstiller, at orienteringen tages til efterretning.",
        sagsfremstilling="Cykelstien vil øge trafiksikkerheden for skolebørn.",
    )
    assert told(made, store) == ([], [])


def test_what_says_the_same_is_told_once(store: Store) -> None:
    text = (
        "Cykelstien vil øge trafiksikkerheden for skolebørn.\n"
        "Den nye cykelsti vil øge trafiksikkerheden for skolebørn på vejen."
    )
    assert len(told(case(indstilling=ASKED, sagsfremstilling=text), store)[0]) == 1


def test_a_case_that_asks_for_a_no_argues_for_nothing(store: Store) -> None:
    made = case(
        indstilling="Administrationen indstiller, at der ikke arbejdes videre med cykelstien.",
        sagsfremstilling="Cykelstien vil øge trafiksikkerheden for skolebørn.",
    )
    assert told(made, store) == ([], [])


def test_a_report_has_no_proposal_to_argue_for(store: Store) -> None:
    text = "Der forventes en merudgift på cykelstier i år."
    reported = case(title="Budgetopfølgning 2", indstilling=ASKED, sagsfremstilling=text)
    assert told(reported, store) == ([], [])
    assert told(case(indstilling=ASKED, sagsfremstilling=text), store) == ([], [text])


def test_a_purpose_is_quoted_only_of_what_is_asked_for(store: Store) -> None:
    text = (
        "Formålet med cykelstien er at skabe en sikker skolevej.\n"
        "Formålet med færdselsloven er at skabe sikre veje."
    )
    made = case(indstilling=ASKED, sagsfremstilling=text)
    assert told(made, store)[0] == ["Formålet med cykelstien er at skabe en sikker skolevej."]


def test_a_bare_cost_is_quoted_with_what_it_is_of(store: Store) -> None:
    text = "Der anlægges en cykelsti til skolen. Udgiften forventes at blive 2 mio. kr."
    assert told(case(indstilling=ASKED, oekonomi=text), store) == ([], [text])
    alone = "Udgiften forventes at blive 2 mio. kr."
    assert told(case(indstilling=ASKED, oekonomi=alone), store) == ([], [])
