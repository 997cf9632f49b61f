"""What the words of a sentence say for and against; and when its sense turns."""

import pytest

from assistant.summarising.stance import is_set_against, stances, turns


def sides(text: str) -> set[str]:
    return {one.side for one in stances(text) if one.strength}


@pytest.mark.parametrize(
    "text",
    [
        "Stien vil øge trygheden for skolebørn.",
        "Ordningen medfører mindre risiko for ulykker.",
        "Løsningen giver en årlig besparelse på 2 mio. kr.",
        "Projektet forventes at reducere kommunens energiforbrug.",
        "Formålet med stien er at skabe en sikker skolevej.",
        "Den nye indretning forbedrer kvaliteten i undervisningen.",
        "Ordningen vil give en årlig besparelse for kommunen.",
        "Trafiksikkerheden ved skolen vil blive forbedret.",
        "Byrådet ændrer vedtægterne for at styrke samarbejdet med foreningerne.",
        "Anlægget vil ikke støje, og det vil ske uden støjgener for naboerne.",
    ],
)
def test_a_benefit(text: str) -> None:
    assert sides(text) == {"fordel"}


@pytest.mark.parametrize(
    "text",
    [
        "Forslaget medfører en merudgift på 2 mio. kr. om året.",
        "Der vurderes at være risiko for forsinkelser.",
        "Trafikken vil stige og give mere støj, og det er til gene for naboerne.",
        "Beboerne har i høringssvar gjort indsigelse mod byggeriets højde.",
        "Lukningen vil forringe fremkommeligheden på vejen.",
        "Anlægsudgiften forventes at blive 4,5 mio. kr.",
        "Der er dog en risiko forbundet med, at kommunen stiller garanti.",
        "Gebyret for et hus stiger i 2026 med 200 kr.",
        "Høringssvarene er kritiske over for placeringen.",
    ],
)
def test_a_drawback(text: str) -> None:
    assert sides(text) == {"ulempe"}


@pytest.mark.parametrize(
    "text",
    [
        "Stien vil ikke øge trygheden for skolebørn.",
        "Løsningen forbedrer ikke kvaliteten i undervisningen.",
        "Der er ikke merudgifter forbundet med forslaget, som vil blive gennemført i maj.",
        "Der søges fonde, der kan øge trygheden på stien.",
        "Udvalget skal tage stilling til, om ordningen vil øge kvaliteten.",
        "Formålet med mødet er at orientere udvalget.",
        "Beplantningen fjernes, og det vil ske grundet risikoen for rotter.",
        "Der er ikke kommet indsigelser i høringssvarene.",
        "Kommunen har 12 skoler.",
        "Risikoen for støj vil være reduceret væsentligt.",
        "Man frygter, at det medfører det samme.",
        "Hvis det besluttes, at trygheden øges, igangsættes arbejdet.",
    ],
)
def test_neither(text: str) -> None:
    assert sides(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Hvis stien ikke anlægges, vil der være risiko for ulykker.",
        "Er udvalget ikke enigt, vil det medføre merudgifter.",
        "Giver udvalget ikke bemyndigelse, kan cykelstien ikke udføres.",
        "Det vil give en besparelse, men der er risiko for forsinkelser.",
        "Den nye kontrakt gælder i ti år, og stilles der ikke krav, kan det blive dyrere.",
        "Administrationen anbefaler ikke løsningen, der vil give en besparelse.",
        "Administrationen fraråder broen, der vil øge trafiksikkerheden.",
    ],
)
def test_a_sense_that_turns(text: str) -> None:
    assert turns(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hvis forslaget vedtages, vil det øge trygheden for skolebørn.",
        "Stien vil dog øge trygheden for skolebørn.",
        "Stien anlægges, så bilerne ikke kan køre på den.",
    ],
)
def test_what_the_proposal_itself_does_does_not_turn(text: str) -> None:
    assert not turns(text)


def test_a_sentence_takes_back_the_one_before_it() -> None:
    assert is_set_against("Der er dog risiko for forsinkelser.")
    assert is_set_against("Omvendt vil det koste mere i drift.")
    assert not is_set_against("Den bliver 900 meter lang, men koster ikke mere.")
