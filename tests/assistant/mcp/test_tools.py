"""Every tool by the official client: in memory, over HTTP and over stdio."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, TypeVar

import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.client import ConnectMode
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from assistant.access import Role
from assistant.api.app import create_app
from assistant.cli.output import json_text
from assistant.errors import AssistantError
from assistant.mcp.server import create_own_server
from assistant.service import Assistant
from assistant.settings import Settings
from tests.assistant.api.conftest import KEYS
from tests.assistant.cli.test_process import ROOT, START
from tests.assistant.test_access import (
    ASKED_OF_SECRETS,
    CLOSED_WORDS,
    INTERNAL_WORDS,
    secrets,
)

QUESTION = "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?"
INTERNAL_QUESTION = "Hvilket sparemål får Tranevængets Plejecenter?"
CASE = "25-004711"
FLOOD = "fcfb6473-d94b-4a68-8174-72cfa5462abf"
CLOSED = "25e7f6d9-058c-445b-b3ca-2164d5416065"
T = TypeVar("T")


def by(server: Any, work: Callable[[Client], Awaitable[T]], mode: ConnectMode = "auto") -> T:
    """What a client gets that works with a server."""

    async def run() -> T:
        async with Client(server, mode=mode) as client:
            return await work(client)

    return asyncio.run(run())


def calling(name: str, **arguments: Any) -> Callable[[Client], Awaitable[CallToolResult]]:
    return lambda client: client.call_tool(name, arguments)


def call(assistant: Assistant, name: str, **arguments: Any) -> CallToolResult:
    return by(create_own_server(assistant), calling(name, **arguments))


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def data_of(result: CallToolResult) -> Any:
    assert not result.is_error, text_of(result)
    return result.structured_content


def test_the_tools_are_described_in_danish_and_refuse_what_they_do_not_know(
    portal_assistant: Assistant,
) -> None:
    async def listed(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {one.name: one for one in by(create_own_server(portal_assistant), listed)}
    assert set(tools) == {"search", "ask", "case", "item", "summary"}
    for tool in tools.values():
        schema = tool.input_schema
        assert schema["additionalProperties"] is False
        assert all(one["description"] for one in schema["properties"].values())
        assert tool.output_schema
        assert tool.output_schema["type"] == "object"
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert any(letter in (tool.description or "") for letter in "æøå")


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("ask", {}, "»question« mangler."),
        ("ask", {"question": ""}, "»question« skal være på mindst 1 tegn."),
        ("ask", {"question": "Hvad?", "udvalg": "Byråd"}, "»udvalg« kendes ikke."),
        ("search", {"query": "x", "limit": 0}, "»limit« skal være mindst 1."),
        ("search", {"query": "x", "date_from": "i går"}, "dato som 2025-05-27"),
        ("case", {"case_number": "99-1"}, "ingen sag med nummer 99-1"),
        ("item", {"item_id": "findes-ikke"}, "intet punkt med id findes-ikke"),
        ("summary", {"item_id": CLOSED}, "lukket"),
        ("ask", {"question": "   "}, "Spørgsmålet er tomt"),
    ],
)
def test_what_cannot_be_done_is_a_tool_error_with_a_danish_sentence(
    portal_assistant: Assistant, name: str, arguments: dict[str, Any], sentence: str
) -> None:
    result = call(portal_assistant, name, **arguments)
    assert result.is_error
    assert sentence in text_of(result)
    assert "Error" not in text_of(result)


def test_ask_gives_the_answer_of_the_service(portal_assistant: Assistant) -> None:
    result = call(portal_assistant, "ask", question=QUESTION, date_from="2025-01-01")
    answer = json.loads(json_text(asdict(portal_assistant.ask(QUESTION))))
    assert {**data_of(result), "took_ms": 0} == {**answer, "took_ms": 0}
    assert text_of(result).startswith(answer["claims"][0]["text"])
    assert f"»{answer['citations'][0]['quote']}«" in text_of(result)
    nothing = call(portal_assistant, "ask", question=QUESTION, committee=["Kulturudvalget"])
    assert data_of(nothing)["status"] == "not_found"
    followed = call(
        portal_assistant, "ask", question="Hvem stemte imod?", earlier_questions=[QUESTION]
    )
    assert "Imod stemte" in text_of(followed)


def test_search_gives_the_hits_of_the_service(portal_assistant: Assistant) -> None:
    result = call(portal_assistant, "search", query="cykelsti", limit=2)
    found = portal_assistant.search("cykelsti", limit=2)
    assert data_of(result)["hits"] == json.loads(json_text([asdict(hit) for hit in found]))
    assert text_of(result).count("item_id") == sum(bool(hit.source.item_id) for hit in found)
    for hit in found:
        assert hit.text.strip() in text_of(result)


def test_case_tells_what_each_body_decided_in_its_own_words(portal_assistant: Assistant) -> None:
    result = call(portal_assistant, "case", case_number=CASE)
    items = data_of(result)["items"]
    stored = portal_assistant.case(CASE)
    assert [one["item_id"] for one in items] == [one.id for one in stored]
    assert [one["meeting_date"] for one in items] == sorted(one["meeting_date"] for one in items)
    assert len(items) > 1
    for one, item in zip(items, stored, strict=True):
        assert one["decision"] == (item.decision.text if item.decision else "")
        assert one["state"] == ("decided" if item.decision else "undecided")
        assert not item.decision or f"Beslutning: »{item.decision.text}«" in text_of(result)


def test_item_tells_recommended_and_decided_apart(portal_assistant: Assistant) -> None:
    result = call(portal_assistant, "item", item_id=FLOOD)
    assert data_of(result)["sections"]
    assert "## Indstilling (foreslået – ikke besluttet)" in text_of(result)
    assert "## Beslutning (truffet på mødet)" in text_of(result)
    closed = call(portal_assistant, "item", item_id=CLOSED)
    assert data_of(closed)["sections"] == []
    assert text_of(closed).endswith("Lukket punkt.")


def test_summary_changes_nothing(portal_assistant: Assistant) -> None:
    result = call(portal_assistant, "summary", item_id=FLOOD)
    assert data_of(result)["status"] == "udkast"
    assert data_of(result)["citations"]
    assert "ikke kontrolleret af en person" in text_of(result)
    assert portal_assistant.store.catalogue.kept_summary(FLOOD) is None


def test_no_tool_tells_the_public_what_is_not_for_all(both: tuple[Assistant, Assistant]) -> None:
    _, full = both
    known = secrets(full)
    tried = [
        *(("ask", {"question": one}) for one in ASKED_OF_SECRETS),
        *(("search", {"query": one}) for one in ASKED_OF_SECRETS),
        *(("ask", {"question": "Hvad er beløbet?", "earlier_questions": [INTERNAL_QUESTION]}),),
        *((name, {"item_id": one}) for one in known["item_id"] for name in ("item", "summary")),
        *(("case", {"case_number": one}) for one in known["case_number"] if one),
    ]

    async def all_told(client: Client) -> list[str]:
        told = []
        for name, arguments in tried:
            text = (await client.call_tool(name, arguments)).model_dump_json().casefold()
            for own in json.loads(json.dumps(list(arguments.values()))):
                for words in own if isinstance(own, list) else [own]:
                    text = text.replace(words.casefold(), "")
            told.append(text)
        return told

    for role, hidden in (
        (Role.PUBLIC, (*CLOSED_WORDS, *INTERNAL_WORDS)), (Role.MEMBER, CLOSED_WORDS)
    ):  # fmt: skip
        told = by(create_own_server(full.seen_by(role)), all_told)
        leaked = [
            (one, word)
            for one, text in zip(tried, told, strict=True)
            for word in hidden
            if word in text and word not in json.dumps(one, ensure_ascii=False).casefold()
        ]
        assert not leaked
    cleared = " ".join(by(create_own_server(full.seen_by(Role.CLEARED)), all_told))
    assert [word for word in CLOSED_WORDS if word in cleared], "the tools do reach it"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_each_call_is_seen_by_its_own_key(levels_url: str, mode: ConnectMode) -> None:
    async def ask(client: Client) -> str:
        tools = await client.list_tools()
        assert len(tools.tools) == 5
        answer = data_of(await client.call_tool("ask", {"question": INTERNAL_QUESTION}))
        return str(answer["status"])

    async def run(headers: dict[str, str]) -> str:
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(f"{levels_url}/mcp", http_client=http), mode=mode) as own,
        ):
            return await ask(own)

    told = {
        role: asyncio.run(run({"Authorization": f"Bearer {KEYS[role]}"} if role else {}))
        for role in ("", "public", "member", "")
    }
    assert told == {"": "not_found", "public": "not_found", "member": "answered"}


def test_over_http_keys_origins_and_methods_are_checked(levels_url: str) -> None:
    def post(**headers: str) -> httpx.Response:
        given = {"Accept": "application/json, text/event-stream", **headers}
        told = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        return httpx.post(f"{levels_url}/mcp", json=told, headers=given)

    assert post(Authorization="Bearer forkert").status_code == 401
    assert post(Origin="https://et-andet-sted.dk").status_code == 403
    assert post(Origin=levels_url).status_code == 200
    assert httpx.get(f"{levels_url}/mcp").status_code == 405


def test_over_http_nothing_is_told_outside_of_a_running_server(
    portal_assistant: Assistant,
) -> None:
    app = create_app(portal_assistant)

    class NoRequest:
        request_context = type("Nothing", (), {"request": None})

    with pytest.raises(AssistantError, match="uden sin nøgle"):
        asyncio.run(app.state.mcp._ask(NoRequest(), lambda assistant: assistant.status()))


def test_over_stdio_the_role_is_that_of_the_settings_and_stdout_is_the_protocols(
    sample_home: Settings,
) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", START, "mcp"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME")},
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            "ASSISTANT_HOME": str(sample_home.home),
            "ASSISTANT_MODELS": str(sample_home.models),
        },
    )
    result = by(server, calling("ask", question=QUESTION))
    assert data_of(result)["status"] == "answered"
