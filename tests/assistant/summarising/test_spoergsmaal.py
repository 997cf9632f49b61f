"""The question: grammatical Danish in every shape an indstilling has."""

import random

import pytest

from assistant.danish.figures import unsupported
from assistant.errors import WrongUseError
from assistant.store.store import Store
from assistant.summarising.case import gather
from assistant.summarising.spoergsmaal import ask
from tests.assistant.summarising.made import case

THE = "Administrationen indstiller, at "


@pytest.mark.parametrize(
    ("indstilling", "question"),
    [
        (THE + "planen for cykelstien godkendes.", "Skal Byrådet godkende planen for cykelstien?"),
        (THE + "cykelstien langs Havnevej anlægges.",
         "Skal Byrådet beslutte, at cykelstien langs Havnevej anlægges?"),
        (THE + "sagen tages til efterretning.",
         "Skal Byrådet tage sagen »Cykelsti langs Havnevej« til efterretning?"),
        (THE + "orienteringen tages til efterretning.",
         "Skal Byrådet tage orienteringen i sagen »Cykelsti langs Havnevej« til efterretning?"),
        (THE + "der meddeles anlægsbevilling på 2 mio. kr. til cykelstien.",
         "Skal Byrådet meddele anlægsbevilling på 2 mio. kr. til cykelstien?"),
        (THE + "det godkendes, at cykelstien udbydes.",
         "Skal Byrådet godkende, at cykelstien udbydes?"),
        (THE + "Byrådet drøfter og kommer med input til cykelstien.",
         "Skal Byrådet drøfte og komme med input til cykelstien?"),
        (THE + "Byrådet drøfter cykelstien og beslutter tidsplanen.",
         "Skal Byrådet drøfte cykelstien og beslutte tidsplanen?"),
        (THE + "der udpeges to medlemmer til cykelstiens styregruppe.",
         "Skal Byrådet udpege to medlemmer til cykelstiens styregruppe?"),
        (THE + "cykelstien vedtages endeligt med ændringerne (jf. bilag 3).",
         "Skal Byrådet endeligt vedtage cykelstien med ændringerne?"),
        (THE + "cykelstien godkendes og sendes i høring.",
         "Skal Byrådet beslutte, at cykelstien godkendes og sendes i høring?"),
        ("Direktionen indstiller,\n1. at cykelstien godkendes\n2. at stien indvies i maj",
         "Skal Byrådet godkende cykelstien og beslutte, at stien indvies i maj?"),
        (THE + "følgende cykelstier anlægges:\n- Havnevej\n- Strandvej",
         "Skal Byrådet beslutte, at de i indstillingen nævnte cykelstier anlægges?"),
        (THE + "der meddeles dispensation til cykelstien, idet stien vurderes at være smuk.",
         "Skal Byrådet meddele dispensation til cykelstien?"),
        (THE + "cykelstien godkendes, idet udgiften finansieres af kassen.",
         "Skal Byrådet godkende cykelstien, idet udgiften finansieres af kassen?"),
        (THE + "Økonomiudvalget og Byrådet drøfter cykelstien.", "Skal Byrådet drøfte cykelstien?"),
        (THE + "Byrådet og Økonomiudvalget drøfter cykelstien.", "Skal Byrådet drøfte cykelstien?"),
        (THE + "cykelstiens udbud godkendes, herunder:\n1. at stien bliver bred\n2. at den belyses"
         "\n3. at vejen spærres", "Skal Byrådet godkende cykelstiens udbud?"),
        (THE + "at de to ansvarlige udvalg og Byråd godkender",
         "Skal Byrådet godkende indstillingen i sagen »Cykelsti langs Havnevej«?"),
        (THE + "Byrådet godkender planen for cykelstien,",
         "Skal Byrådet godkende planen for cykelstien?"),
        ("Der skal ikke træffes beslutning på temamødet.",
         "Skal Byrådet drøfte »Cykelsti langs Havnevej« uden at træffe beslutning?"),
    ],
)  # fmt: skip
def test_what_the_indstilling_asks(indstilling: str, question: str) -> None:
    assert ask(case(indstilling=indstilling)).text == question


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Valg af formand for Cykelrådet", "Skal Byrådet vælge formand for Cykelrådet?"),
        ("Orientering om cykelstier",
         "Skal Byrådet tage sagen »Orientering om cykelstier« til efterretning?"),
        ("Spørgetid", "Giver punktet »Spørgetid« Byrådet anledning til en beslutning?"),
    ],
)  # fmt: skip
def test_without_an_indstilling_the_title_asks(title: str, question: str) -> None:
    asked = ask(case(title, resume="Der er tale om en årlig sag."))
    assert asked.text == question
    assert asked.spans[0].quote == "Der er tale om en årlig sag."


def test_a_committee_is_asked_what_the_council_shall_do() -> None:
    proposed = THE + "Byrådet godkender cykelstien."
    asked = ask(case(committee="Økonomiudvalget", indstilling=proposed))
    assert asked.text == "Skal Økonomiudvalget anbefale, at Byrådet godkender cykelstien?"


@pytest.mark.parametrize("spelled", ["Klima- Teknik og Miljøudvalget", "Miljø- og Vejudvalget"])
def test_a_committee_is_known_however_it_is_spelled(spelled: str) -> None:
    asked = ask(
        case(
            committee="Klima-, Teknik- og Miljøudvalget",
            indstilling=f"Direktionen indstiller,\n1. at stien anlægges\n2. at {spelled} godkender "
            "cykelstien",
        )
    )
    own = "og godkende cykelstien" if spelled.startswith("Klima") else "stien anlægges?"
    assert own in asked.text


def test_a_title_that_orients_is_what_the_orientation_is_about() -> None:
    asked = ask(
        case("Orientering om cykelstier", indstilling=THE + "orienteringen tages til efterretning.")
    )
    assert asked.text == "Skal Byrådet tage orienteringen om cykelstier til efterretning?"


def test_what_another_committee_does_is_not_asked() -> None:
    asked = ask(
        case(
            committee="Økonomiudvalget",
            indstilling="Direktionen indstiller,\n1. at cykelstien godkendes\n"
            "2. at Kulturudvalget tager cykelsagen til efterretning",
        )
    )
    assert asked.text == "Skal Økonomiudvalget godkende cykelstien?"


def test_of_many_points_the_main_one_is_asked_and_the_rest_counted() -> None:
    lines = "\n".join(f"{n}. at {what}" for n, what in enumerate(
        ("orienteringen om regnskabet tages til efterretning", "cykelstien langs Havnevej anlægges",
         "lønnen for vikarer reguleres", "belysningen udskiftes"), start=1))  # fmt: skip
    asked = ask(case(indstilling=f"Administrationen indstiller,\n{lines}"))
    assert asked.text == "Skal Byrådet beslutte, at cykelstien langs Havnevej anlægges?"
    assert asked.left_out == 3


def test_a_case_in_english_is_asked_of_by_its_title() -> None:
    asked = ask(case("Bicycle lane", indstilling="It is proposed that we do it."), danish=False)
    assert asked.text == "Skal Byrådet godkende indstillingen i sagen »Bicycle lane«?"


def test_every_sample_item_has_a_question_whose_figures_its_source_bears(store: Store) -> None:
    ids = [
        item.id
        for day in store.catalogue.meeting_days()
        for item in store.catalogue.items_of_document(day[0])
    ]
    random.Random(1).shuffle(ids)  # noqa: S311
    asked = 0
    for item_id in ids:
        try:
            made = gather(item_id, store.catalogue)
        except WrongUseError:
            continue
        question = ask(made)
        asked += 1
        assert question.text.endswith("?")
        assert question.text.startswith(("Skal ", "Giver punktet "))
        sources = " ".join(span.quote for span in question.spans)
        assert not unsupported(question.text, sources, context=made.item.title)
    assert asked > 10
