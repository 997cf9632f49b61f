"""What a question is about, in its own words."""

import pytest

from assistant.conversation.topic import own_words, topic_of
from assistant.conversation.wording import words_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Hvor stor en anlægsbevilling søges der til skybrudssikring af Nørrevang?",
         "skybrudssikring af Nørrevang"),
        ("Hvor mange pladser forsvinder, når der anlægges vejbede på Elmevej, Askevej og Pilevej?",
         "vejbede på Elmevej, Askevej og Pilevej"),
        ("Hvem stemte imod et stop for gift i sagen om biodiversitetsplanen?",
         "biodiversitetsplanen"),
        ("Hvad er udgiften til den nye børnehave?", "den nye børnehave"),
        ("Hvorfor kan den nye børnehave ikke bygges ude ved Klub Godset?",
         "den nye børnehave ved Klub Godset"),
        ("Hvordan gik det med lejernes ønske om at hæve beløbet?",
         "lejernes ønske om at hæve beløbet"),
        ("Hvad indstilles der i sagen »Ny skole - etape 2«?", "»Ny skole - etape 2«"),
        ("Hvad skal der anlægges på Gl. Strandvej i stedet for bump?", "Gl. Strandvej"),
        ("Hvad besluttede Børne- og Skoleudvalget om svømning i 4. klasse i maj 2025?",
         "svømning i 4. klasse"),
        ("Hvad besluttede Byrådet?", ""),
        ("Hvem var med på Byrådets møde?", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_topic_is_the_phrase_that_names_most(question: str, topic: str) -> None:
    assert topic_of(question.rstrip("?")) == topic


def test_what_any_case_has_is_no_subject_of_its_own() -> None:
    assert own_words(words_of("hvad siger forvaltningen om økonomien og tidsplanen")) == []
    told = own_words(words_of("hvad siger forvaltningen om cykelstien på Havnevej"))
    assert [word.text for word in told] == ["cykelstien", "Havnevej"]


def test_a_body_and_a_day_are_one_word_each() -> None:
    words = words_of("Hvad besluttede Klima-, Teknik- og Miljøudvalget den 2. juni 2022 om KTMU")
    assert [(word.text, word.part) for word in words[2:4]] == [
        ("Klima-, Teknik- og Miljøudvalget", "body"),
        ("den 2. juni 2022", "time"),
    ]
    assert words[-1].part == "body"


@pytest.mark.parametrize(
    ("question", "part"),
    [("Hvad koster det", "pronoun"), ("Hvad er det samlede fravær", "determiner"),
     ("Er det rigtigt", "pronoun"), ("Hvad siger de nye regler", "determiner")],
)  # fmt: skip
def test_det_is_told_from_the_article(question: str, part: str) -> None:
    assert next(word.part for word in words_of(question) if word.low in ("det", "de")) == part
