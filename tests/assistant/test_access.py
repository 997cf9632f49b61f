"""Who may see what, over the sample corpus: nobody is told, nor can notice, what is not for them.

Two stores are asked the same: one of the open sample, and one that holds the internal document
and what the closed items hold as well.
"""

import inspect
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant.access import Level, Role
from assistant.errors import AssistantError, WrongUseError
from assistant.retrieval.retriever import Retrieved
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.store import schema
from assistant.store.catalogue import Catalogue
from assistant.store.store import Store
from assistant.types import Answer, Filters, Hit
from ingest.pipeline import Access, files_in, ingest
from tests.assistant.conftest import INTERNAL
from tests.conftest import SAMPLE

INTERNAL_WORDS = ("tranevænget", "stormsvaleholm", "budgetgruppen", "25-009117", "25-009230")
CLOSED_WORDS = (
    "blåhejre", "kandidat nordlys", "kastanjenotatet", "sølvtangforliget", "lærkereden",
    "østerlygten", "ravnehaleklausulen", "vintergækken", "frafalde sit krav",
)  # fmt: skip
ASKED_OF_SECRETS = (
    "Hvilket sparemål får Tranevængets Plejecenter?",
    "Hvad besluttede Budgetgruppen om sparemål?",
    "Hvad tilbyder entreprenøren Stormsvaleholm?",
    "Hvad handler Projekt Blåhejre om?",
    "Hvad står der i Kastanjenotatet?",
    "Hvad går sag 25-009117 ud på?",
)
WRITING = {
    "replace", "remove", "keep_summary", "add_vectors", "mark_indexed", "mark_all_pending",
    "prune_vectors", "switch_model", "set_fact", "check_clash", "check_format", "transaction",
    "add_api_key", "revoke_api_key",
}  # fmt: skip
NOT_READING = {"seen_by", "at", "close", "correct_summary", "approve_summary",
               "summarise_document", "summarise_posted"}  # fmt: skip


def test_levels_are_ordered_and_roles_see_up_to_theirs() -> None:
    assert Level.OPEN < Level.INTERNAL < Level.CLOSED
    assert max(Level.INTERNAL, Level.OPEN) is Level.INTERNAL
    assert [role.levels for role in Role] == [
        (Level.OPEN,), (Level.OPEN, Level.INTERNAL), tuple(Level), tuple(Level)
    ]  # fmt: skip


def asked() -> list[str]:
    lines = (SAMPLE.parent / "sample_questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [*(json.loads(line)["question"] for line in lines), *ASKED_OF_SECRETS]


def told(assistant: Assistant, question: str) -> tuple[Sequence[Hit], Answer]:
    """What is found for a question, and what is answered, but for how long it took."""
    found = assistant.retrieve(question)
    return found.hits, replace(assistant.answer(found, 0.0), took_ms=0)


def test_the_public_is_told_the_same_whatever_else_is_stored(
    both: tuple[Assistant, Assistant],
) -> None:
    plain, full = both
    for question in asked():
        assert told(full, question) == told(plain, question), question
    filters = Filters(municipality="Fjordby")
    assert full.search("sparemål", filters) == plain.search("sparemål", filters)
    assert full.meetings() == plain.meetings()
    for one in plain.meetings():
        assert full.meeting(one.id) == plain.meeting(one.id)
    first, other = ({**one.status(), "home": ""} for one in both)
    assert first == other


def test_each_role_is_told_what_is_for_it(both: tuple[Assistant, Assistant]) -> None:
    _, full = both
    internal, closed = "Hvilket sparemål får Tranevængets Plejecenter?", (
        "Hvad var købsprisen for arealet ved Mosevej?"
    )
    answers = {
        role: (full.seen_by(role).ask(internal), full.seen_by(role).ask(closed)) for role in Role
    }
    assert [(one.status, other.status) for one, other in answers.values()] == [
        ("not_found", "closed"), ("answered", "closed"),
        ("answered", "answered"), ("answered", "answered"),
    ]  # fmt: skip
    assert "3,4 mio. kr." in answers[Role.MEMBER][0].answer
    assert any("internt" in note for note in answers[Role.MEMBER][0].notes)
    assert any("fortroligt" in note for note in answers[Role.CLEARED][1].notes)
    assert not any(word in plain_text(answers[Role.MEMBER]) for word in CLOSED_WORDS)


def test_a_members_view_knows_the_internal_meeting_and_its_closed_item(
    both: tuple[Assistant, Assistant],
) -> None:
    _, full = both
    member, cleared = full.seen_by(Role.MEMBER), full.seen_by(Role.CLEARED)
    (found,) = member.meetings(Filters(committee=("Budgetgruppen",)))
    _, items = member.meeting(found.id)
    assert [(item.closed, item.level) for item in items] == [
        (False, Level.INTERNAL), (True, Level.INTERNAL)
    ]  # fmt: skip
    assert (found.items, found.closed) == (1, 1)
    again, items = cleared.meeting(found.id)
    assert (again.items, again.closed) == (2, 0)
    assert [(item.number, item.level) for item in items] == [
        ("1", Level.INTERNAL), ("2", Level.CLOSED)
    ]  # fmt: skip
    with pytest.raises(WrongUseError, match="intet møde"):
        full.meeting(found.id)


def test_a_summary_is_kept_with_the_level_of_what_it_was_made_of(
    both: tuple[Assistant, Assistant],
) -> None:
    _, full = both
    cleared = full.seen_by(Role.CLEARED)
    items = cleared.store.catalogue.items(secrets(full)["item_id"]).values()
    closed, *_ = (one.id for one in cleared.summarisable(items) if one.level is Level.CLOSED)
    assert cleared.summarise(closed).kept.summary.opsummering
    assert cleared.summary(closed)
    for role in (Role.PUBLIC, Role.MEMBER):
        with pytest.raises(WrongUseError):
            full.seen_by(role).summary(closed)
    with sqlite3.connect(full.store.home / "catalogue.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM summaries").fetchone() == (0,)


def secrets(full: Assistant) -> dict[str, list[Any]]:
    """What somebody could guess: the ids of everything that is not for all, by their names."""
    whole = full.store.seen_by(Role.ADMIN).catalogue
    found: dict[str, set[Any]] = {}
    for level in (Level.INTERNAL, Level.CLOSED):
        at_level = whole.at(level)
        terms = list(at_level.vocabulary())
        hits = at_level.hits({one: 1.0 for one, _ in at_level.search_terms(terms, Filters(), 1000)})
        items = at_level.items(hit.source.item_id for hit in hits)
        for name, values in {
            "item_id": [item.id for item in items.values() if not item.closed],
            "section_id": [hit.source.section_id for hit in hits],
            "passage_id": [hit.passage_id for hit in hits],
            "document_id": [item.document_id for item in items.values()],
            "case_number": [item.case_number for item in items.values()],
            "meeting_id": [one.id for one in at_level.meetings()],
            "term": terms,
        }.items():
            found.setdefault(name, set()).update(values)
    return {name: sorted(values) for name, values in found.items()}


def arguments(name: str, known: dict[str, list[Any]], store: Store) -> list[Any]:
    """What a parameter of this name is tried with. A new name has to be taught here."""
    tried: dict[str, list[Any]] = {
        "self": [], "filters": [Filters()], "limit": [1000], "few": [100_000],
        "vector": [store.embedder.question("sparemål på Tranevængets Plejecenter")[0]],
        "terms": [known["term"]], "phrases": [()],
        "scores": [dict.fromkeys(known["passage_id"], 1.0)],
        "name": ["embedding_model"], "source": [str(next(INTERNAL.iterdir()).resolve())],
        "sha256": ["0"], "hashes": [["0"]], "key_id": ["0"],
        "item_ids": [known["item_id"]], "section_ids": [known["section_id"]],
        "document_ids": [known["document_id"]],
        "question": list(ASKED_OF_SECRETS), "query": list(ASKED_OF_SECRETS), "top_k": [10],
        "engine": [None], "anew": [False], "keep": [True, False], "drafts": [True, False],
        "level": [None, *Level],
        "statement": [select(schema.sections.c.text, schema.sections.c.item_id)],
        "item_done": [lambda _: None],
        "items": [list(store.catalogue.items(known["item_id"]).values())],
        **{one: known[one] for one in ("item_id", "section_id", "document_id", "case_number",
                                       "meeting_id")},
    }  # fmt: skip
    return tried[name]


def plain_text(value: Any) -> str:
    """Everything that a value holds, as text in small letters."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return " ".join(f"{plain_text(key)} {plain_text(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return " ".join(map(plain_text, value))
    return str(value).casefold()


def calls(owner: Any, known: dict[str, list[Any]], store: Store) -> Iterator[tuple[str, str]]:
    """What every public reading method gives back when it is asked for what is not for all.

    Without the words that the caller brought: answers repeat questions, and refusals ids.
    """
    for name, method in inspect.getmembers(owner, inspect.ismethod):
        if name.startswith("_") or name in WRITING | NOT_READING:
            continue
        parameters = inspect.signature(method).parameters.values()
        needed = [one.name for one in parameters if one.kind is not one.KEYWORD_ONLY]
        if name == "answer":
            needed = []
            tried: list[list[Any]] = [[owner.retrieve(one), 0.0] for one in ASKED_OF_SECRETS]
        else:
            given = [arguments(one, known, store) for one in needed]
            longest = max(map(len, given), default=1)
            tried = [[one[n % len(one)] for one in given] for n in range(longest)]
        for words in tried:
            try:
                found = method(*words)
            except AssistantError as error:
                found = str(error)
            text = plain_text(found.hits if isinstance(found, Retrieved) else found)
            for own in (*ASKED_OF_SECRETS, *(one for one in words if isinstance(one, str))):
                text = text.replace(own.casefold(), "")
            yield name, text


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.MEMBER])
@pytest.mark.parametrize("what", ["catalogue", "service"])
def test_no_reading_method_tells_what_is_not_for_the_role(
    both: tuple[Assistant, Assistant], role: Role, what: str
) -> None:
    _, full = both
    seen = full.seen_by(role)
    owner = seen.store.catalogue if what == "catalogue" else seen
    hidden = CLOSED_WORDS if role is Role.MEMBER else (*CLOSED_WORDS, *INTERNAL_WORDS)
    given: dict[str, str] = {}
    for name, text in calls(owner, secrets(full), seen.store):
        given[name] = given.get(name, "") + text
    assert len(given) > 10
    leaked = [(name, word) for name, text in given.items() for word in hidden if word in text]
    assert not leaked


def test_the_words_do_stand_in_what_is_stored(both: tuple[Assistant, Assistant]) -> None:
    """Else that none is told would say nothing."""
    _, full = both
    whole = full.store.seen_by(Role.ADMIN).catalogue
    ids = secrets(full)["section_id"]
    stored = plain_text(whole.sections(ids)) + plain_text(whole.meetings())
    assert not [word for word in (*CLOSED_WORDS, *INTERNAL_WORDS) if word not in stored]


def test_a_file_whose_level_changes_is_moved(
    sample_home: Settings, tmp_path: Path, both: tuple[Assistant, Assistant]
) -> None:
    settings = sample_home.model_copy(update={"home": tmp_path})
    files = files_in([INTERNAL])
    with closing(Store(settings)) as store:

        def documents(access: Access) -> tuple[int, list[int]]:
            """How many were stored anew, and how many lie at each level."""
            stored = ingest(files, store, access=access).documents
            whole = store.seen_by(Role.ADMIN).catalogue
            return stored, [at(whole, level) for level in Level]

        def at(whole: Catalogue, level: Level) -> int:
            return len(whole.at(level).meetings())

        internal, closed = Access(Level.INTERNAL), Access(Level.INTERNAL, with_closed=True)
        assert documents(Access()) == (1, [1, 0, 0])
        assert documents(internal) == (1, [0, 1, 0])
        assert documents(internal) == (0, [0, 1, 0])
        assert documents(closed) == (1, [0, 1, 1])
        assert documents(closed) == (0, [0, 1, 1])
        assert store.catalogue.counts()["documents"] == 0
        assert store.vector_count() == 0
        assert documents(internal) == (1, [0, 1, 0])
        assert documents(Access()) == (1, [1, 0, 0])
        assert len(store.vectors) == store.catalogue.passage_count() > 0
