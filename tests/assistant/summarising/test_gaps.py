"""What a case does not state, told only where it truly does not."""

from assistant.summarising.gaps import balance, gaps
from tests.assistant.summarising.made import case

BARE = case(indstilling="Administrationen indstiller, at stien anlægges.")


def test_a_bare_case_lacks_everything() -> None:
    told = gaps(BARE, 0, 0)
    assert len(told) == 6
    assert all(line.endswith(".") for line in told)


def test_what_a_section_or_the_words_state_is_not_missed() -> None:
    full = case(
        indstilling="Administrationen indstiller, at stien anlægges.",
        oekonomi="Stien koster to millioner.",
        sagsfremstilling="Alternativt kan vejen udvides. Naboerne er hørt. Stien åbner i maj 2026.",
    )
    assert gaps(full, 1, 1) == []


def test_a_case_that_asks_for_no_choice_has_none_to_weigh() -> None:
    proposed = "Administrationen indstiller, at orienteringen tages til efterretning."
    noted = case(indstilling=proposed)
    assert gaps(noted, 0, 0) == ["Sagen lægger ikke op til et valg med fordele og ulemper."]


def test_one_sided_material_is_said_to_be_so() -> None:
    assert "3 fordele og ingen ulemper" in balance(3, 0)
    assert "4 ulemper og ingen fordele" in balance(0, 4)
    assert balance(3, 1) == balance(1, 0) == ""


HEARING = "Høring eller inddragelse er planlagt eller i gang; sagen gengiver ingen svar."
NO_HEARING = "Sagen oplyser ikke om høring eller inddragelse."


def test_planned_is_not_heard_and_a_mention_is_neither() -> None:
    def told(text: str) -> list[str]:
        return [one for one in gaps(case(sagsfremstilling=text), 1, 1) if "øring" in one]

    assert told("Planen sendes i offentlig høring i otte uger.") == [HEARING]
    assert told("Planen har været i offentlig høring i otte uger.") == []
    assert told("Der er indkommet fem høringssvar.") == []
    assert told("Planen skal ikke sendes i høring.") == []
    assert told("Lokaler kan inddrages til klubben.") == [NO_HEARING]
