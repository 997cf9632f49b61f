"""Replies of a model: what holds becomes a summary, what does not is dropped with its line."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.verify import quote_stands
from assistant.answering.wording import names_stand, same_direction, same_negation
from assistant.summarising.from_reply import to_summary
from assistant.summarising.reply import SummaryReply, read_reply
from assistant.summarising.request import Request, passages_of, summary_request
from assistant.types import Argument, CaseSummary
from tests.assistant.summarising.made import case
from tests.assistant.summarising.test_request import CASE

TOPICS = ("Trafik og veje", "Økonomi")
REQUEST = summary_request(CASE, TOPICS, passages_of(CASE))
RESUME, INDSTILLING, OEKONOMI = REQUEST.given
RULES = (names_stand, same_negation, same_direction)
PRICE = {"kilde": OEKONOMI, "citat": "Cykelstien koster 700.000 kr."}


def line(text: str, *sources: dict[str, str], **more: str) -> dict[str, Any]:
    return {"tekst": text, "kilder": list(sources), **more}


GOOD: dict[str, Any] = {
    "spoergsmaal": line(
        "Skal cykelstien langs Havnevej anlægges i 2026?",
        {"kilde": INDSTILLING, "citat": "at cykelstien anlægges i 2026"},
    ),
    "opsummering": [line("Stien koster 0,7 mio. kr.", PRICE)],
    "fordele": [],
    "ulemper": [line("Cykelstien koster 700.000 kr.", PRICE, grundlag="fra sagen")],
    "emneord": ["Trafik og veje"],
}


def summary(told: dict[str, Any], request: Request = REQUEST) -> CaseSummary:
    return to_summary(read_reply(told, SummaryReply), request, "prøvemodel", RULES)


def test_a_good_reply_becomes_a_summary() -> None:
    made = summary(GOOD)
    assert made.spoergsmaal
    assert made.spoergsmaal.text == "Skal cykelstien langs Havnevej anlægges i 2026?"
    assert [one.text for one in made.opsummering] == ["Stien koster 0,7 mio. kr."]
    assert made.ulemper == (Argument("Cykelstien koster 700.000 kr.", "fra sagen", (2,)),)
    assert made.emneord == ("Trafik og veje",)
    assert (made.engine, made.model, made.notes) == ("generative", "prøvemodel", ())
    assert made.provenance["prompt"] == REQUEST.prompt.sha256
    sections = {one.source.section_id: one for one in CASE.sections}
    assert [one.n for one in made.citations] == [1, 2]
    assert all(quote_stands(one, sections) for one in made.citations)
    assert all(figure.supported for figure in made.figures)


@pytest.mark.parametrize(
    "bad",
    [
        line("Stien er billig.", {**PRICE, "kilde": "zzzz"}),
        line("Stien er billig.", PRICE, {**PRICE, "kilde": "zzzz"}),
        line("Stien er billig.", {**PRICE, "kilde": RESUME}),
        line("Stien er billig.", {**PRICE, "citat": "Cykelstien koster kun 700.000 kr."}),
        line("Stien er billig.", {**PRICE, "citat": "700.000 kr."}),
        line("Stien er billig.", {**PRICE, "citat": "stien koster 700.000 kr."}),
        line("Stien koster 800.000 kr.", PRICE),
    ],
    ids=["unknown key", "one unknown key of two", "key of another passage", "made-up quote",
         "too short a quote", "half a word", "unsupported figure"],
)  # fmt: skip
def test_a_line_without_evidence_is_dropped_and_counted(bad: dict[str, Any]) -> None:
    made = summary({**GOOD, "opsummering": [bad, *GOOD["opsummering"]]})
    assert [one.text for one in made.opsummering] == ["Stien koster 0,7 mio. kr."]
    assert made.notes == ("1 linje blev udeladt, fordi belægget ikke holdt.",)


def test_quotation_marks_and_folded_white_space_do_no_harm() -> None:
    source = {"kilde": OEKONOMI, "citat": "»Cykelstien\n koster 700.000 kr.«"}
    assert len(summary({**GOOD, "opsummering": [line("Prisen.", source)]}).opsummering) == 1


def test_a_question_that_asks_nothing_is_no_question() -> None:
    made = summary({**GOOD, "spoergsmaal": {**GOOD["spoergsmaal"], "tekst": "Stien anlægges."}})
    assert made.spoergsmaal is None
    assert made.notes == ("1 linje blev udeladt, fordi belægget ikke holdt.",)


def test_what_the_quote_does_not_say_is_drawn_from_it() -> None:
    claimed = line("Kommunens cykelstier koster mere næste år.", PRICE, grundlag="fra sagen")
    (argument,) = summary({**GOOD, "ulemper": [claimed]}).ulemper
    assert argument.basis == "afledt"


def test_lines_out_of_form_are_dropped_and_the_others_kept() -> None:
    odd = [None, "tekst", {"tekst": ""}, line("Uden kilde."), line("Prisen.", {"kilde": "x"})]
    made = summary({**GOOD, "opsummering": [*odd, *GOOD["opsummering"]], "spoergsmaal": "Skal vi?",
                    "fordele": None, "emneord": "Økonomi"})  # fmt: skip
    assert len(made.opsummering) == 1
    assert (made.spoergsmaal, made.fordele, made.emneord) == (None, (), ())


def test_an_empty_object_is_an_empty_summary() -> None:
    made = summary({})
    assert (made.spoergsmaal, made.opsummering, made.citations) == (None, (), ())


def test_only_as_many_lines_and_topics_as_were_asked_for() -> None:
    several = [line(f"Stien på Havnevej {way} koster 700.000 kr.", PRICE, grundlag="fra sagen")
               for way in ("nord", "syd", "vest", "øst", "ude", "inde")]  # fmt: skip
    made = summary({**GOOD, "opsummering": GOOD["opsummering"] * 9})
    assert len(made.opsummering) == 1
    shown = [{**one, "tekst": f"Det er sådan, at s{one['tekst'][1:]}"} for one in several]
    made = summary({**GOOD, "opsummering": shown, "ulemper": several})
    assert (len(made.opsummering), len(made.ulemper)) == (4, 5)


def test_topics_are_those_that_were_given_each_once() -> None:
    made = summary({**GOOD, "emneord": ["økonomi ", "Rumfart", "Økonomi", "Trafik og veje"]})
    assert made.emneord == ("Økonomi", "Trafik og veje")


def test_what_the_model_was_not_given_is_said() -> None:
    (note,) = summary(GOOD, replace(REQUEST, left_out=7)).notes
    assert "7 tekststykker ikke er læst" in note


@pytest.mark.parametrize(
    "text",
    ["The cycle path costs 700.000 kr. and it is to be built.",
     "Det er dejligt, at cykelstien koster 700.000 kr.",
     "Den tiltrængte cykelsti koster 700.000 kr."],
    ids=["English", "praise", "a need that the case does not claim"],
)  # fmt: skip
def test_a_line_that_is_no_neutral_danish_is_dropped(text: str) -> None:
    made = summary({**GOOD, "opsummering": [line(text, PRICE), *GOOD["opsummering"]]})
    assert [one.text for one in made.opsummering] == ["Stien koster 0,7 mio. kr."]
    assert made.notes == ("1 linje blev udeladt, fordi belægget ikke holdt.",)


def test_what_is_said_for_and_against_is_neither() -> None:
    price = line("Cykelstien koster 700.000 kr.", PRICE, grundlag="fra sagen")
    made = summary({**GOOD, "fordele": [price], "ulemper": [price]})
    assert (made.fordele, made.ulemper) == ((), ())


def test_a_drawback_is_no_benefit() -> None:
    worse = line("Det medfører en ekstra udgift på 700.000 kr.", PRICE, grundlag="fra sagen")
    made = summary({**GOOD, "fordele": [worse], "ulemper": []})
    assert made.fordele == ()
    assert summary({**GOOD, "ulemper": [worse]}).ulemper


def test_an_argument_is_not_said_again_in_the_opsummering() -> None:
    made = summary({**GOOD, "opsummering": [*GOOD["ulemper"], *GOOD["opsummering"]]})
    assert [one.text for one in made.opsummering] == ["Stien koster 0,7 mio. kr."]
    assert len(made.ulemper) == 1
    assert made.notes == ()


@pytest.mark.parametrize("text", ["Hvad koster stien?", "Skal den? Skal den ikke?", "Skal stien."])
def test_the_question_is_one_that_the_body_answers(text: str) -> None:
    asked = {**GOOD["spoergsmaal"], "tekst": text}
    assert summary({**GOOD, "spoergsmaal": asked}).spoergsmaal is None


@pytest.mark.parametrize(
    "text",
    ["Cykelstien er vedtaget anlagt i 2026.",
     "Udvalget besluttede, at cykelstien anlægges i 2026."],
    ids=["is decided", "the body decided"],
)  # fmt: skip
def test_what_is_recommended_is_never_told_as_decided(text: str) -> None:
    source = {"kilde": INDSTILLING, "citat": "at cykelstien anlægges i 2026"}
    made = summary({**GOOD, "opsummering": [line(text, source), *GOOD["opsummering"]]})
    assert [one.text for one in made.opsummering] == ["Stien koster 0,7 mio. kr."]


def test_an_earlier_decision_is_told_in_the_words_of_the_case() -> None:
    told = "Byrådet vedtog i 2021 at afsætte penge til stier."
    earlier = case(sagsfremstilling=f"{told} Nu er der et forslag.")
    request = summary_request(earlier, TOPICS, passages_of(earlier))
    (key,) = request.given
    paraphrased = line("Byrådet har besluttet at betale stier i 2021.",
                       {"kilde": key, "citat": "vedtog i 2021 at afsætte penge"})  # fmt: skip
    made = summary({"opsummering": [paraphrased]}, request)
    assert [one.text for one in made.opsummering] == [told]


def test_a_denied_quote_bears_no_claim_and_is_cited_whole() -> None:
    denied = case(sagsfremstilling="Der er ikke sat penge af til cykelstien i budgettet.")
    request = summary_request(denied, TOPICS, passages_of(denied))
    (key,) = request.given
    source = {"kilde": key, "citat": "sat penge af til cykelstien"}
    claimed = line("Der er sat penge af til cykelstien.", source)
    assert summary({"opsummering": [claimed]}, request).opsummering == ()
    true = line("Der er ikke sat penge af til cykelstien.", source)
    made = summary({"opsummering": [true]}, request)
    assert [one.quote for one in made.citations] == [
        "Der er ikke sat penge af til cykelstien i budgettet."
    ]
