"""What the engine answers on the sample corpus, by form of question."""

import pytest

from assistant.service import Assistant
from assistant.types import Answer


def only_decisions(answer: Answer) -> None:
    sections = {citation.n: citation.section for citation in answer.citations}
    for claim in answer.claims:
        if claim.kind == "decision":
            assert {sections[n] for n in claim.citations} == {"beslutning"}


def test_a_named_bodys_decision_is_that_bodys(assistant: Assistant) -> None:
    answer = assistant.ask("Hvad anbefalede Økonomiudvalget om skybrudssikring af Nørrevang?")
    assert {citation.committee for citation in answer.citations} == {"Økonomiudvalget"}
    assert answer.claims[0].kind == "decision"
    only_decisions(answer)


def test_with_no_body_named_the_councils_decision_is_given_and_the_earlier_listed(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Hvad blev besluttet om skybrudssikring af Nørrevang?")
    assert answer.citations[0].committee == "Byråd 2022-2025"
    assert "17 for og 2 imod" in answer.answer
    assert any("Klima- og Teknikudvalget" in note for note in answer.notes)
    assert any("Økonomiudvalget" in note for note in answer.notes)
    only_decisions(answer)


def test_what_is_proposed_is_never_shown_as_decided(assistant: Assistant) -> None:
    decided = assistant.ask("Hvilket gebyr besluttede udvalget for henteordningen på Skarvnæs?")
    assert "840 kr." in decided.answer
    assert "865" not in decided.answer
    proposed = assistant.ask("Hvilket gebyr indstillede Center for Klima & Teknik på Skarvnæs?")
    assert "865 kr." in proposed.answer
    assert all(claim.kind != "decision" for claim in proposed.claims)
    assert {citation.section for citation in proposed.citations} == {"indstilling"}


def test_a_quote_from_a_recommendation_is_labelled_as_one(assistant: Assistant) -> None:
    answer = assistant.ask("Hvor mange børnehavepladser udvides Børnehuset Mælkevejen med?")
    section = {citation.n: citation.section for citation in answer.citations}
    proposed = [one for one in answer.claims if section[one.citations[0]] == "indstilling"]
    assert answer.claims[0] in proposed
    assert all(claim.text.startswith("Indstilling: ") for claim in proposed)


def test_a_case_without_minutes_is_undecided_and_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Hvad besluttede Børne- og Skoleudvalget om SFO og klub?")
    assert answer.status == "undecided"
    assert all(claim.kind != "decision" for claim in answer.claims)
    assert "ikke er en beslutning" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Hvad var købsprisen for arealet ved Mosevej?",
        "Hvem køber grunden på Industrivej?",
        "Hvad gik orienteringen om personaleforhold på Åskolen ud på?",
        "Hvor meget betaler kommunen i forliget om Havnebroen?",
        "Hvad besluttede Direktionen om omorganisering af stabene?",
    ],
)
def test_a_closed_item_is_said_to_be_closed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "closed"
    assert answer.citations == ()
    assert "lukket" in answer.answer


SECRETS = (
    "Blåhejre", "4.385.000", "Nordlys", "61.250", "Kastanjenotatet", "148.300", "Sølvtang",
    "2.917.500", "Lærkereden", "1.073.400", "Østerlygten", "12.640.000", "Ravnehale",
    "Vintergækken", "385.700",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_of_a_closed_item_can_be_found(assistant: Assistant, secret: str) -> None:
    told = assistant.ask(f"Hvad er {secret}?")
    assert secret not in told.answer
    assert all(secret not in citation.quote for citation in told.citations)
    assert all(secret not in hit.text for hit in assistant.search(secret, limit=50))


@pytest.mark.parametrize("figure", ["9,9 mio", "45 pct"])
def test_machine_made_figures_are_never_evidence(assistant: Assistant, figure: str) -> None:
    answer = assistant.ask("Hvad koster cykelstien langs Havnevej, og hvor meget betaler staten?")
    assert figure not in answer.answer
    assert all(figure not in hit.text for hit in assistant.search(f"cykelsti {figure}", limit=50))


def test_a_cell_is_named_by_its_row_and_column(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Hvad er den forventede afvigelse for vejdrift i budgetopfølgning 1 for "
        "Klima- og Teknikudvalget?"
    )
    assert "Vejdrift" in answer.answer
    assert "Afvigelse" in answer.answer
    assert "1.260" in answer.answer
    assert "1.000 kr." in answer.answer


def test_a_list_is_given_whole(assistant: Assistant) -> None:
    answer = assistant.ask("Hvilke tre typer arealer deles biodiversitetsplanen op i?")
    assert len(answer.claims) == 3


def test_an_actions_fields_are_answers(assistant: Assistant) -> None:
    who = assistant.ask("Hvem er ansvarlig for værkstederne for mænd, som bor alene?")
    assert "Per Ulrik Stenbæk" in who.answer


@pytest.mark.parametrize(
    "question",
    [
        "Hvad koster den nye brandstation i Fjordby?",
        "Hvornår får Skarvnæs en letbane?",
        "Hvor mange isbjørne er der i zoo?",
        "Hvad er telefonnummeret til Center for Børn & Skole?",
        "Hvad koster rumfærgen til månen i 2025?",
    ],
)
def test_what_is_not_there_is_said_not_to_be(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert answer.claims == ()


def test_a_false_premise_is_met_with_what_was_decided(assistant: Assistant) -> None:
    answer = assistant.ask("Hvorfor vedtog Byrådet gratis svømmeundervisning til alle i 4. klasse?")
    assert "forkastede Byrådet forslaget" in answer.answer
    assert answer.claims[0].kind == "decision"


def test_a_postponed_case_is_said_to_be_postponed(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Hvad besluttede Klima- og Teknikudvalget den 11. marts 2025 om hastigheden på "
        "Gl. Strandvej?"
    )
    assert "Udsat." in answer.answer
    assert {citation.meeting_date for citation in answer.citations} == {"2025-03-11"}
    only_decisions(answer)


def test_a_postponement_is_listed_beside_what_was_decided_in_the_end(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Hvad blev besluttet om hastigheden på Gl. Strandvej?")
    assert answer.citations[0].meeting_date == "2025-05-13"
    assert "sideheller" in answer.answer
    assert any("Udsat." in note and "11. marts 2025" in note for note in answer.notes)


def test_a_course_is_told_body_by_body_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("Hvordan har udvalgene behandlet sagen om skybrudssikring af Nørrevang?")
    days = [citation.meeting_date for citation in answer.citations]
    assert days == ["2025-05-13", "2025-05-20", "2025-05-27"]
    assert {claim.kind for claim in answer.claims} == {"decision"}
    only_decisions(answer)


def test_a_figure_of_the_question_is_no_answer_to_it(assistant: Assistant) -> None:
    answer = assistant.ask("Hvad er nettoudgiften til skybrudssikringen af Nørrevang i 2026?")
    assert "6,8" in answer.answer
