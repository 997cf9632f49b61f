"""What the documents say, whichever format they get."""

from dataclasses import replace

import pytest

from assistant.rendering import labels
from assistant.rendering.briefing_json import briefing_json
from assistant.rendering.briefing_outline import briefing_outline
from assistant.rendering.markdown import to_markdown
from assistant.rendering.outline import Outline, Part, key_of, source_note, web_link
from assistant.rendering.summary_outline import summary_outline
from assistant.summarising.unsaid import SENTENCES
from assistant.types import CheckedFigure
from tests.assistant.rendering.made import QUOTES, approved, briefing, citation, draft


def part(outline: Outline, heading: str, chapter: int = 0) -> Part:
    return next(one for one in outline.chapters[chapter].parts if one.heading == heading)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://dagsordener.fjordby.dk/vis?id=1", True),
        ("http://fjordby.dk", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//fjordby.dk/vis", False),
        ("https://fjordby.dk/\njavascript:x", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    assert bool(web_link(url)) is linked


def test_a_source_says_proposed_or_decided_and_where_it_stands() -> None:
    proposed = source_note(citation(1), "p-1")
    assert proposed.place == (
        "Indstilling (foreslået – ikke besluttet) · Byrådet · 27. maj 2025 · punkt 4"
    )
    decided = source_note(citation(3, kind="beslutning", item_id="p-0"), "p-1")
    assert decided.place.startswith("Beslutning (truffet på mødet) · Byrådet")
    assert decided.place.endswith("»Cykelsti på Havnevej« · sag 25-004711 · m1.json")
    economy = source_note(citation(2, kind="oekonomi"), "p-1")
    assert economy.place.startswith("Økonomi, »Økonomiske konsekvenser«")


def test_a_draft_is_labelled_unchecked_and_an_approved_one_names_who_checked_it() -> None:
    assert summary_outline([draft()]).made == labels.UNCHECKED
    told = summary_outline([approved()])
    assert told.made == "Udarbejdet maskinelt – kontrolleret af Liv By den 21. maj 2025"
    assert ("Status", "Godkendt") in told.chapters[0].facts


def test_several_blocks_are_labelled_one_by_one_and_none_passes_for_checked() -> None:
    told = summary_outline([approved("p-1"), draft("p-2")])
    assert told.made == labels.PARTLY_CHECKED
    assert told.chapters[0].made.startswith("Udarbejdet maskinelt – kontrolleret af Liv By")
    assert told.chapters[1].made == labels.UNCHECKED


def test_an_approved_status_without_a_name_is_no_approval() -> None:
    one = approved()
    nameless = replace(one, kept=replace(one.kept, approved_by=None))
    assert summary_outline([nameless]).made == labels.UNCHECKED


def test_the_head_tells_each_thing_once() -> None:
    told = summary_outline([draft("p-1"), draft("p-2")])
    assert dict(told.facts) == {
        "Kommune": "Fjordby", "Udvalg": "Byrådet", "Mødedato": "27. maj 2025"
    }  # fmt: skip
    assert dict(told.chapters[0].facts)["Sagsnummer"] == "25-004711"
    assert not set(dict(told.facts)) & set(dict(told.chapters[0].facts))


def test_derived_lines_are_marked_and_the_mark_is_explained() -> None:
    told = summary_outline([draft()])
    assert [entry.mark for entry in part(told, "Fordele").entries] == ["", "afledt"]
    assert told.chapters[0].explained == (labels.DERIVED_MEANS,)


def test_that_no_drawback_was_found_is_said_once() -> None:
    one = draft()
    summary = replace(one.kept.summary, ikke_belyst=(SENTENCES["ulemper"],))
    told = to_markdown(summary_outline([replace(one, kept=replace(one.kept, summary=summary))]))
    assert told.casefold().count("ulemper") == 1
    assert SENTENCES["ulemper"] in told


def test_stale_blocks_and_bare_figures_are_warned_of() -> None:
    one = draft()
    bare = replace(one.kept.summary, figures=(CheckedFigure("9 mio. kr.", False, None),))
    told = summary_outline([replace(one, kept=replace(one.kept, summary=bare, stale=True))])
    assert told.chapters[0].warnings[0] == labels.STALE
    assert "9 mio. kr." in told.chapters[0].warnings[1]
    assert summary_outline([one]).chapters[0].warnings == ()


def test_a_briefing_names_a_closed_item_and_tells_nothing_of_it() -> None:
    closed = briefing_outline(briefing()).chapters[1]
    assert closed.title == "4. Lukket: Salg af grund"
    assert closed.explained == (labels.CLOSED,)
    assert (closed.facts, closed.parts, closed.sources, closed.link) == ((), (), (), "")
    assert briefing_json(briefing())["items"][1] == {
        "item_number": "4", "title": "Lukket: Salg af grund", "closed": True
    }  # fmt: skip


def test_a_briefings_decisions_and_recommendations_stand_under_different_headings() -> None:
    told = briefing_outline(briefing())
    assert part(told, labels.RECOMMENDED).entries[0].label == "1."
    assert part(told, labels.DECIDED_BEFORE).entries[0].label == "Teknikudvalget den 13. maj 2025:"
    assert QUOTES[1] not in [entry.text for entry in part(told, labels.DECIDED_BEFORE).entries]


def test_a_quote_that_stands_above_is_not_told_again_as_source() -> None:
    notes = briefing_outline(briefing()).chapters[0].sources
    assert [note.quote for note in notes] == ["", "", ""]


def test_keys_fit_into_an_address_and_tell_items_apart() -> None:
    keys = {key_of(one) for one in ("a/1", "a-1", "<a>", "å 1")}
    assert len(keys) == 4
    assert all(key.isalnum() for key in keys)
