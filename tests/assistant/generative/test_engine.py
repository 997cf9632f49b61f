"""A model that lies in every way: what is shown of it, and what is dropped and counted."""

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.answering.draft import Draft
from assistant.answering.verify import Checked, check
from assistant.answering.wording import wording_rules
from assistant.errors import ModelError
from assistant.generative.engine import SAYS_NO, SHORTENED, answer, request
from assistant.service import Assistant
from tests.assistant.generative.made import ScriptedModel, claim, keys, reply

COST = "Hvad koster cykelstien langs Havnevej?"
PRICE = ("oekonomi", "Cykelstien langs Havnevej koster 700.000 kr.")
RUNNING = ("oekonomi", "Driften af cykelstien koster 20.000 kr.")
ASKED = ("indstilling", "at cykelstien anlægges i 2026")
DECIDED = ("beslutning", "Godkendt, dog således at stien")
MEETING = ("sagsfremstilling", "holdt borgermøde om cykelstien den 3. marts 2025")
DARK = ("sagsfremstilling", "Cykelstien bliver ikke belyst om natten")
TRAFFIC = ("sagsfremstilling", "Trafikken på Havnevej stiger med 4 pct.")
TRUE = "Cykelstien langs Havnevej koster 0,7 mio. kr."
DECISION = (
    "Byrådet den 27. maj 2025: »Godkendt, dog således at stien først anlægges i 2027. "
    "Imod stemte Venstre.«"
)


def drafts(assistant: Assistant, question: str, model: ScriptedModel) -> list[Draft]:
    return list(answer(assistant.retrieve(question), assistant.store, model))


def verified(assistant: Assistant, draft: Draft) -> Checked:
    rules = wording_rules(assistant.store.embedder)
    return check(draft.claims, draft.citations, draft.sections, rules)


def with_keys(assistant: Assistant, told: Any) -> Any:
    """The claims with the keys of the sections that they name; other keys as they are."""
    if not isinstance(told, Mapping) or not isinstance(told.get("kilder"), list):
        return told
    _, given = request(assistant.retrieve(COST), assistant.store, 8192)
    known = keys(given)
    sources = [{**one, "kilde": known.get(one["kilde"], one["kilde"])} for one in told["kilder"]]
    return {**told, "kilder": sources}


def shown(assistant: Assistant, *claims: Any, found: bool = True) -> tuple[list[str], int]:
    """The texts that are left of a reply, and how many claims were dropped."""
    told = reply(*(with_keys(assistant, one) for one in claims), found=found)
    draft = drafts(assistant, COST, ScriptedModel([told]))[-1]
    checked = verified(assistant, draft)
    return [one.text for one in checked.claims], draft.dropped + checked.dropped


LIES: dict[str, Any] = {
    "wrong figure": claim("Cykelstien langs Havnevej koster 800.000 kr.", PRICE),
    "right figure from another passage": claim("Cykelstien koster 48 mio. kr.", PRICE),
    "right figure of another sentence": claim("Cykelstien langs Havnevej koster 20.000 kr.", PRICE),
    "altered quote": claim(TRUE, ("oekonomi", "Cykelstien langs Havnevej koster kun 700.000 kr.")),
    "quote of half a word": claim(TRUE, ("oekonomi", "stien langs Havnevej koster 700.000 kr.")),
    "quote too short to bear anything": claim(TRUE, ("oekonomi", "700.000 kr.")),
    "invented key": claim(TRUE, ("zzzz", PRICE[1])),
    "the passage's number for its key": claim(TRUE, ("1", PRICE[1])),
    "one invented key of two": claim(TRUE, PRICE, ("zzzz", PRICE[1])),
    "quote from the wrong key": claim(TRUE, ("sagsfremstilling", PRICE[1])),
    "no citation": claim(TRUE),
    "recommended told as decided": claim(
        "Byrådet besluttede, at cykelstien anlægges i 2026.", ASKED),
    "decided, by a quote of something else": claim("Cykelstien er blevet godkendt.", PRICE),
    "decided in the passive": claim("Cykelstien langs Havnevej vedtages.", PRICE),
    "a body that is not there": claim("Økonomiudvalget holdt borgermøde om cykelstien.", MEETING),
    "half a body's name": claim(
        "Social- og Miljøudvalget holdt borgermøde om cykelstien.", MEETING),
    "a party that is not there": claim("Venstre vil have cykelstien langs Havnevej til 700.000 kr.",
                                       PRICE),
    "a person that is not there": claim("Jens Holm siger, at cykelstien koster 700.000 kr.", PRICE),
    "a place that is not there": claim("Cykelstien langs Strandvej koster 700.000 kr.", PRICE),
    "another day": claim("Der var borgermøde om cykelstien den 4. marts 2025.", MEETING),
    "a paragraph": claim("Cykelstien koster 700.000 kr. efter § 12.", PRICE),
    "negation left out": claim("Cykelstien bliver belyst om natten.", DARK),
    "negation left out of the quote": claim(
        "Cykelstien bliver belyst om natten.",
        ("sagsfremstilling", "belyst om natten, fordi naboerne")),
    "negation put in": claim("Cykelstien langs Havnevej koster ikke 700.000 kr.", PRICE),
    "direction turned": claim("Trafikken på Havnevej falder med 4 pct.", TRAFFIC),
    "English": claim("The bicycle path will cost the municipality 700,000 kroner.", PRICE),
    "English with the right figure": claim("The construction price of that path is 700.000 kr.",
                                           PRICE),
    "another matter": claim("Kommunens ældre får bedre rengøring i plejeboligerne.", PRICE),
    "far too long": claim("Cykelstien langs Havnevej koster 700.000 kr. " * 12, PRICE),
    "no object": "Cykelstien koster 700.000 kr.",
    "a text that is none": {"tekst": None, "kilder": []},
    "a refusal": claim("Det kan jeg ikke hjælpe med.", PRICE),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_is_dropped_and_counted_and_the_truth_beside_it_is_shown(
    made: Assistant, lie: Any
) -> None:
    assert shown(made, lie, claim(TRUE, PRICE)) == ([TRUE], 1)


CHANGED = {
    "a decision in the model's words": (claim("Byrådet sagde ja til stien i 2026.", DECIDED),
                                        DECISION),
    "a decision turned round": (claim("Cykelstien blev afvist.", DECIDED), DECISION),
    "a recommendation that is not called so": (
        claim("Cykelstien anlægges i 2026.", ASKED), "Indstilling: Cykelstien anlægges i 2026."),
    "a recommendation": (
        claim("Det indstilles, at cykelstien anlægges i 2026.", ASKED),
        "Det indstilles, at cykelstien anlægges i 2026."),
    "the quote in marks": (claim(TRUE, ("oekonomi", f"»{PRICE[1]}«")), TRUE),
    "another form of the figure": (claim("Driften af cykelstien er 20 t.kr. om året.", RUNNING),
                                   "Driften af cykelstien er 20 t.kr. om året."),
    "a negation kept": (claim("Cykelstien bliver ikke belyst om natten.", DARK),
                        "Cykelstien bliver ikke belyst om natten."),
    "a body and a day": (
        claim(
            "Teknik- og Miljøudvalget holdt borgermøde om cykelstien den 3. marts 2025.", MEETING),
        "Teknik- og Miljøudvalget holdt borgermøde om cykelstien den 3. marts 2025."),
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), CHANGED.values(), ids=CHANGED)
def test_what_holds_is_shown_and_decisions_as_quotes(
    made: Assistant, told: Any, text: str
) -> None:
    assert shown(made, told) == ([text], 0)


def test_the_same_claim_twice_is_shown_once(made: Assistant) -> None:
    same = [claim(TRUE, PRICE), claim(f"{TRUE} ", PRICE)]
    assert shown(made, *same, claim("Ja.", DECIDED), claim("Jo.", DECIDED)) == ([TRUE, DECISION], 0)


def test_an_answer_that_goes_on_is_cut(made: Assistant) -> None:
    long = "Cykelstien langs Havnevej koster 700.000 kr. i anlæg, " * 5
    told = [with_keys(made, claim(f"{long}{n}.", PRICE)) for n in ("og", "samt", "desuden", "med")]
    draft = drafts(made, COST, ScriptedModel([reply(*told)]))[-1]
    assert len(draft.claims) == 2
    assert draft.notes == [SHORTENED]


@pytest.mark.parametrize(
    "objects",
    [
        [],
        [{}],
        [{"fundet": False, "udsagn": []}],
        [{"udsagn": "Det kan jeg ikke hjælpe med."}],
        [{"fundet": True}],
        [{"svar": "700.000 kr."}],
    ],
    ids=["nothing", "empty", "not found", "refusal", "half", "another form"],
)
def test_a_reply_without_claims_says_no(made: Assistant, objects: list[dict[str, Any]]) -> None:
    (draft,) = drafts(made, COST, ScriptedModel(objects))
    assert (draft.claims, draft.notes, draft.dropped) == ([], [SAYS_NO], 0)


def test_a_no_beside_claims_is_a_no(made: Assistant) -> None:
    assert shown(made, claim(TRUE, PRICE), found=False) == ([], 0)


def test_claims_come_one_by_one_as_they_are_written(made: Assistant) -> None:
    first, second = (with_keys(made, claim(*one)) for one in (
        (TRUE, PRICE), ("Driften af cykelstien koster 20.000 kr. om året.", RUNNING),
    ))  # fmt: skip
    half = {"tekst": second["tekst"], "kilder": []}
    told = [{"fundet": True}, reply({"tekst": "Cykel"}), reply(first), reply(first, half),
            reply(first, second)]  # fmt: skip
    counts = [len(one.claims) for one in drafts(made, COST, ScriptedModel(told))]
    assert counts == [1, 2, 2]


def test_a_model_that_breaks_off_has_given_what_was_whole(made: Assistant) -> None:
    first = with_keys(made, claim(TRUE, PRICE))
    model = ScriptedModel([reply(first, {"tekst": "Drif"})], fails=True)
    told = answer(made.retrieve(COST), made.store, model)
    assert [one.text for one in next(told).claims] == [TRUE]
    with pytest.raises(ModelError):
        next(told)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Hvad koster rumraketten på Månen?", "not_found"),
        ("Hvad blev der besluttet om den nye svømmehal i Nordbyen?", "undecided"),
    ],
)
def test_a_no_is_settled_before_any_model_is_called(
    made: Assistant, question: str, status: str
) -> None:
    model = ScriptedModel(fails=True)
    (draft,) = drafts(made, question, model)
    assert draft.status == status
    assert not model.asked
