"""The generative engine: scripted replies, true and untrue, whole, half and none."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.verify import quote_stands
from assistant.generative.passages import CHARACTERS_PER_TOKEN
from assistant.store.store import Store
from assistant.summarising import extractive
from assistant.summarising.case import Case
from assistant.summarising.generative import summarise
from assistant.summarising.request import passages_of, summary_request
from assistant.summarising.topics import Topics
from assistant.summarising.unsaid import SENTENCES
from assistant.types import CaseSummary
from prompts import Rendered
from tests.assistant.summarising.made import case
from tests.assistant.summarising.scripted import Replies, Scripted

RESUME = (
    "Klima- og Teknikudvalget skal tage stilling til en cykelsti langs Havnevej. "
    "Stien skal give eleverne en sikker skolevej."
)
INDSTILLING = "Administrationen indstiller, at cykelstien langs Havnevej anlægges i 2026."
OEKONOMI = (
    "Cykelstien koster 700.000 kr. "
    "Cykelstien medfører en ekstra udgift på 20.000 kr. om året til drift."
)
CASE = case(
    committee="Klima- og Teknikudvalget",
    resume=RESUME, indstilling=INDSTILLING, oekonomi=OEKONOMI,
)  # fmt: skip
KEYS = dict(
    zip(("resume", "indstilling", "oekonomi"), summary_request(CASE, (), passages_of(CASE)).given,
        strict=True)
)  # fmt: skip


def line(text: str, source: str, quote: str, **more: str) -> dict[str, Any]:
    return {"tekst": text, "kilder": [{"kilde": KEYS[source], "citat": quote}], **more}


PROPOSED = line("Det foreslås, at cykelstien langs Havnevej anlægges i 2026.", "indstilling",
                "at cykelstien langs Havnevej anlægges i 2026")  # fmt: skip
PRICE = line("Cykelstien koster 0,7 mio. kr.", "oekonomi", "Cykelstien koster 700.000 kr.")
GOOD: dict[str, Any] = {
    "spoergsmaal": {**PROPOSED, "tekst": "Skal cykelstien langs Havnevej anlægges i 2026?"},
    "opsummering": [PROPOSED, PRICE],
    "fordele": [line("Stien skal give eleverne en sikker skolevej.", "resume",
                     "give eleverne en sikker skolevej", grundlag="fra sagen")],
    "ulemper": [line("Driften koster 20.000 kr. om året.", "oekonomi",
                     "en ekstra udgift på 20.000 kr. om året", grundlag="fra sagen")],
    "emneord": ["Trafik og veje"],
}  # fmt: skip


@pytest.fixture(scope="module")
def topics(store: Store) -> Topics:
    return Topics(store)


@pytest.fixture
def made(store: Store, topics: Topics) -> Any:
    def summary(*replies: Replies | Mapping[str, Any], of: Case = CASE) -> CaseSummary:
        block = summarise(of, store, Scripted(*replies), topics)
        assert all(quote_stands(citation, of.by_id) for citation in block.citations)
        assert all(figure.supported for figure in block.figures)
        return block

    return summary


def test_a_good_reply_is_the_block(made: Any) -> None:
    block = made(GOOD)
    assert block.spoergsmaal.text == GOOD["spoergsmaal"]["tekst"]
    assert [one.text for one in block.opsummering] == [PROPOSED["tekst"], PRICE["tekst"]]
    assert [one.text for one in block.fordele] == [GOOD["fordele"][0]["tekst"]]
    assert [one.text for one in block.ulemper] == [GOOD["ulemper"][0]["tekst"]]
    assert (block.engine, block.model, block.notes) == ("generative", "prøve:model", ())
    assert block.provenance["prompt"]
    assert block.provenance["embedding"]


OEKONOMI_SAYS = "Cykelstien koster 700.000 kr."
LIES = {
    "wrong figure": line("Cykelstien koster 900.000 kr.", "oekonomi", OEKONOMI_SAYS),
    "right figure of another passage": line("Det foreslås at bruge 700.000 kr.", "indstilling",
                                            "at cykelstien langs Havnevej anlægges i 2026"),
    "altered quote": line("Cykelstien er dyr.", "oekonomi", "Cykelstien koster hele 700.000 kr."),
    "quote of another passage": line("Cykelstien koster noget.", "resume", OEKONOMI_SAYS),
    "invented key": {"tekst": "Stien koster noget.",
                     "kilder": [{"kilde": "zzzz", "citat": OEKONOMI_SAYS}]},
    "no citation": {"tekst": "Stien koster noget.", "kilder": []},
    "half a word": line("Stien koster noget.", "oekonomi", "stien koster 700.000 kr."),
    "English": line("The cycle path is to be built.", "indstilling",
                    "at cykelstien langs Havnevej anlægges"),
    "praise": line("Den fremragende cykelsti koster 700.000 kr.", "oekonomi", OEKONOMI_SAYS),
    "refusal": {"tekst": "Det kan jeg desværre ikke hjælpe med.", "kilder": []},
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_falls_alone(made: Any, lie: dict[str, Any]) -> None:
    block = made({**GOOD, "opsummering": [lie, *GOOD["opsummering"]]})
    assert [one.text for one in block.opsummering] == [PROPOSED["tekst"], PRICE["tekst"]]


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_of_nothing_but_lies_the_block_is_the_extractive_one(
    made: Any, store: Store, topics: Topics, lie: dict[str, Any]
) -> None:
    block = made({"opsummering": [lie], "spoergsmaal": {**lie, "tekst": lie["tekst"]}})
    own = extractive.summarise(CASE, store, topics.of(CASE))
    assert replace(block, notes=own.notes) == own
    assert block.notes[0].startswith("Intet af det, som sprogmodellen skrev, har belæg i sagen.")


def test_without_a_model_the_block_is_the_extractive_one_and_says_why(
    made: Any, store: Store, topics: Topics
) -> None:
    block = made()
    assert (block.engine, block.model) == ("extractive", None)
    assert block.notes[0] == (
        "Sprogmodellen kan ikke nås lige nu. Blokken er derfor lavet uden sprogmodel, af sagens "
        "egne sætninger."
    )
    assert block.opsummering == extractive.summarise(CASE, store).opsummering


def test_half_a_reply_is_filled_up_and_says_with_what(made: Any, store: Store) -> None:
    own = extractive.summarise(CASE, store)
    block = made({"opsummering": [PRICE], "fordele": GOOD["fordele"]})
    assert block.engine == "generative"
    assert block.spoergsmaal.text == own.spoergsmaal.text
    assert block.opsummering[0].text == PRICE["tekst"]
    assert 2 <= len(block.opsummering) <= 3
    assert {one.text for one in block.opsummering[1:]} <= {one.text for one in own.opsummering}
    assert [one.text for one in block.ulemper] == [one.text for one in own.ulemper]
    assert block.emneord
    (note,) = block.notes
    assert note.startswith("Sprogmodellens linjer slog ikke til. Lavet uden sprogmodel: spørgsm")
    assert "1 ulempe" in note
    assert "emneordene" in note
    numbers = [one.n for one in block.citations]
    assert len(set(numbers)) == len(numbers)
    assert {n for one in block.opsummering for n in one.citations} <= set(numbers)


def test_what_is_left_unsaid_is_looked_up(made: Any) -> None:
    block = made({**GOOD, "ikke_belyst": ["økonomi", "fordele"]})
    assert SENTENCES["økonomi"] not in block.ikke_belyst
    assert SENTENCES["fordele"] not in block.ikke_belyst
    assert SENTENCES["alternativer"] in block.ikke_belyst


def test_a_drawn_argument_says_so_and_cites_what_it_is_drawn_from(made: Any) -> None:
    drawn = line("Kommunens budgetter får i de kommende år en ekstra udgift.", "oekonomi",
                 "en ekstra udgift på 20.000 kr. om året", grundlag="fra sagen")  # fmt: skip
    (argument,) = made({**GOOD, "ulemper": [drawn]}).ulemper
    assert argument.basis == "afledt"
    assert argument.citations


def test_topics_that_are_not_on_the_list_are_the_extractive_ones(
    made: Any, topics: Topics
) -> None:
    assert made({**GOOD, "emneord": ["Rumfart"]}).emneord == topics.of(CASE)


def test_a_case_in_english_is_not_asked_of(store: Store, topics: Topics) -> None:
    model = Scripted(GOOD)
    told = case("Lane", resume="The lane is to be built by the harbour for the pupils of the town.")
    block = summarise(told, store, model, topics)
    assert model.prompts == []
    assert block.notes[0].startswith("Sagens tekst er ikke på dansk, og sprogmodellen")


LONG = case(
    resume=RESUME,
    sagsfremstilling="\n".join(f"Træ nummer {n} på Havnevej bliver stående." for n in range(300)),
    indstilling=INDSTILLING,
    oekonomi=OEKONOMI,
)
QUOTED = re.compile(r"nøgle (\w+)[^\n]*:\n`+\n(.*?)\n`+", re.DOTALL)


def part_of_truth_and_lie(prompt: Rendered) -> dict[str, Any]:
    """A line of the first passage's first words, and one that lies of them."""
    key, text = QUOTED.findall(prompt.user)[0]
    words = " ".join(text.split()[:6])
    source = {"kilde": key, "citat": words}
    return {"linjer": [
        {"tekst": f"Der står {words}.", "kilder": [source], "slags": "andet"},
        {"tekst": "Det koster 5 mio. kr.", "kilder": [source], "slags": "økonomi"},
    ]}  # fmt: skip


def of_the_lines(prompt: Rendered) -> dict[str, Any]:
    """An opsummering of every line's quote, and a line that fell in its part."""
    shown = QUOTED.findall(prompt.user)
    told = [
        {"tekst": f"Det er nævnt, at {quote}", "kilder": [{"kilde": key, "citat": quote}]}
        for key, quote in shown
    ]
    fell = {"tekst": "Det koster 5 mio. kr.", "kilder": told[0]["kilder"]}
    return {"opsummering": [fell, *told[:3]], "emneord": ["Trafik og veje"]}


def test_a_case_longer_than_the_context_is_made_in_parts(store: Store, topics: Topics) -> None:
    def reply(prompt: Rendered) -> Mapping[str, Any]:
        is_part = "Del " in prompt.user
        return part_of_truth_and_lie(prompt) if is_part else of_the_lines(prompt)

    model = Scripted(reply, context=4500)
    block = summarise(LONG, store, model, topics)
    parts = [prompt for prompt in model.prompts if "\nDel " in prompt.user]
    assert len(parts) == len(model.prompts) - 1 > 1
    room = CHARACTERS_PER_TOKEN * (4500 - 1800)
    assert all(len(one.system) + len(one.user) < room for one in model.prompts)
    assert "5 mio. kr." not in model.prompts[-1].user
    assert all("5 mio. kr." not in one.text for one in block.opsummering)
    assert len(block.opsummering) >= 2
    assert all(quote_stands(citation, LONG.by_id) for citation in block.citations)
    assert f"{len(parts) + 1} linjer blev udeladt, fordi belægget ikke holdt." in block.notes


def test_parts_that_give_nothing_leave_the_extractive_block(store: Store, topics: Topics) -> None:
    model = Scripted({"linjer": []}, context=4500)
    block = summarise(LONG, store, model, topics)
    assert block.engine == "extractive"
    assert all("Del " in prompt.user for prompt in model.prompts)
