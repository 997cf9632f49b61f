"""Benefits and drawbacks by their words; and what only looks like one."""

import pytest

from assistant.summarising.stance import leans, purpose_of, stance


def side(text: str) -> str | None:
    found = stance(text)
    return found.side if found else None


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
    assert side(text) == "fordel"


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
    assert side(text) == "ulempe"


@pytest.mark.parametrize(
    "text",
    [
        "Stien vil ikke øge trygheden for skolebørn.",
        "Løsningen forbedrer ikke kvaliteten i undervisningen.",
        "Der er ikke merudgifter forbundet med forslaget, som vil blive gennemført i maj.",
        "Hvis stien ikke anlægges, vil der være risiko for ulykker.",
        "Er udvalget ikke enigt, vil det medføre merudgifter.",
        "Det vil give en besparelse, men der er risiko for forsinkelser.",
        "For at øge trygheden kan der sættes lys op.",
        "Der søges fonde, der kan øge trygheden på stien.",
        "Udvalget skal tage stilling til, om ordningen vil øge kvaliteten.",
        "Formålet med mødet er at orientere udvalget.",
        "Beplantningen fjernes, og det vil ske grundet risikoen for rotter.",
        "Der er ikke kommet indsigelser i høringssvarene.",
        "Kommunen har 12 skoler.",
        "Risikoen for støj vil være reduceret væsentligt.",
        "Skiltet vil ikke skæmme vejen, medføre gener for naboerne eller ændre området.",
        "Lokalplanen giver mulighed for en butik.",
        "Den nye kontrakt gælder i ti år, og stilles der ikke krav, kan det blive dyrere.",
        "Der opstår løbende huller, så der kan være risiko for faldskader.",
        "Man frygter, at det medfører det samme.",
        "Hvis det besluttes, at trygheden øges, igangsættes arbejdet.",
        "Bygningsautomatik er betegnelsen for systemer, der kan reducere energiforbruget.",
    ],
)
def test_neither(text: str) -> None:
    assert side(text) is None


def test_words_lean_to_a_side_only_where_nothing_denies_them() -> None:
    assert leans("Det vil betyde bedre forhold for dyr og planter.", "fordel")
    assert not leans("Det vil ikke betyde bedre forhold for dyr og planter.", "fordel")
    assert not leans("Det vil betyde bedre forhold for dyr og planter.", "ulempe")


def test_what_a_purpose_is_of() -> None:
    assert "stien" in purpose_of("Formålet med stien er at øge trygheden.")
    assert purpose_of("Formålet er at øge trygheden.") == ""
