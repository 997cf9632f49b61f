"""Answers of the invented sample municipality, as OpenAPI shows them."""

from __future__ import annotations

import json
from typing import Any

_ITEM = "fcfb6473-d94b-4a68-8174-72cfa5462abf"
_MEETING = "04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"
_TITLE = "Skybrudssikring af Nørrevang - anlægsbevilling"
_CASE = "25-004711"
_BODY = "Byråd 2022-2025"
_DAY = "2025-05-27"
_FILE = "2025-05-27_byraad-2022-2025.json"
_QUOTE = "Byrådet godkendte Økonomiudvalgets indstilling. Med stemmerne 17 for og 2 imod."
_CLAIM = {"text": f"Byrådet den 27. maj 2025: »{_QUOTE}«", "kind": "decision", "citations": [1]}
_CITATION = {
    "n": 1,
    "quote": _QUOTE,
    "document": _FILE,
    "item_id": _ITEM,
    "item_number": "3",
    "title": _TITLE,
    "case_number": _CASE,
    "committee": _BODY,
    "meeting_date": _DAY,
    "section": "beslutning",
    "heading": "Beslutning",
    "page": None,
    "start": 0,
    "end": len(_QUOTE),
    "url": "",
    "section_id": f"{_MEETING}/8",
}
_FIGURES = [{"text": "17", "supported": True, "citation": 1}]

ANSWER: dict[str, Any] = {
    "question": "Hvad besluttede Byrådet om skybrudssikring af Nørrevang?",
    "status": "answered",
    "engine": "extractive",
    "model": None,
    "answer": f"{_CLAIM['text']} [1]",
    "claims": [_CLAIM],
    "citations": [_CITATION],
    "figures": _FIGURES,
    "follow_ups": [f"Hvad er tidsplanen for »{_TITLE}«?"],
    "notes": [],
    "took_ms": 41,
    "provenance": {
        "embedding": "multilingual-e5-small",
        "prompt": "",
        "index": "8701055aacf4072b",
    },
}
_SHOWN = {"claim": _CLAIM, "citations": [_CITATION], "figures": _FIGURES}
STREAM = "".join(
    f"event: {name}\r\ndata: {json.dumps(told, ensure_ascii=False)}\r\n\r\n"
    for name, told in (("claim", _SHOWN), ("answer", ANSWER))
)
HITS: list[dict[str, Any]] = [
    {
        "passage_id": 17,
        "text": _QUOTE,
        "start": 0,
        "end": len(_QUOTE),
        "heading": "Beslutning",
        "source": {
            "section_id": f"{_MEETING}/8",
            "document_id": _MEETING,
            "document": _FILE,
            "document_kind": "minutes",
            "municipality": "Fjordby",
            "kind": "beslutning",
            "heading": "Beslutning",
            "item_id": _ITEM,
            "item_number": "3",
            "title": _TITLE,
            "case_number": _CASE,
            "committee": _BODY,
            "meeting_date": _DAY,
            "url": "",
            "level": "open",
        },
        "score": 1.56,
        "also": [],
    }
]
_PLACE = {
    "municipality": "Fjordby",
    "committee": _BODY,
}
_OF_MEETING = {
    "id": _MEETING,
    **_PLACE,
    "date": _DAY,
    "place": "Byrådssalen",
    "document_id": _MEETING,
    "document_kind": "minutes",
    "url": "",
}
MEETINGS: dict[str, Any] = {
    "total": 1,
    "offset": 0,
    "limit": 50,
    "meetings": [{**_OF_MEETING, "items": 6, "closed": 1}],
}
_LISTED = {"item_id": _ITEM, "item_number": "3", "title": _TITLE, "case_number": _CASE}
MEETING: dict[str, Any] = {
    **_OF_MEETING,
    "items": [
        {**_LISTED, "closed": False, "decided": True},
        {
            "item_id": "25e7f6d9-058c-445b-b3ca-2164d5416065",
            "item_number": "6",
            "title": "Lukket: Salg af grund på Industrivej",
            "case_number": "",
            "closed": True,
            "decided": False,
        },
    ],
}
ITEM: dict[str, Any] = {
    **_LISTED,
    "closed": False,
    **_PLACE,
    "meeting_date": _DAY,
    "document": _FILE,
    "url": "",
    "sections": [
        {
            "section_id": f"{_MEETING}/8",
            "kind": "beslutning",
            "heading": "Beslutning",
            "text": _QUOTE,
        }
    ],
    "decision": {
        "outcome": "godkendt",
        "text": _QUOTE,
        "points": [],
        "votes": [
            {
                "side": "against",
                "voters": ["F", "Ø"],
                "text": "Imod stemte (F) og (Ø).",
            }
        ],
        "absentees": ["Poul-Erik Vestermark (V)"],
        "substitutes": [{"name": "Dorthe Vinther (V)", "absent": "Poul-Erik Vestermark (V)"}],
    },
    "attachments": ["Bilag 1 - Skitseprojekt Nørrevang"],
}
_ASKED = {
    **_CITATION,
    "quote": "at der gives en anlægsbevilling på netto 14,7 mio. kr. til skybrudssikring af "
    "Nørrevang i perioden 2025-2028",
    "section": "indstilling",
    "heading": "Indstilling",
    "start": 39,
    "end": 147,
    "section_id": f"{_MEETING}/11",
}
_QUESTION = (
    "Skal Byrådet give en anlægsbevilling på netto 14,7 mio. kr. til skybrudssikring af Nørrevang "
    "i perioden 2025-2028?"
)
_COST = {
    **_ASKED,
    "n": 2,
    "quote": "Driften af bassiner og vejbede koster 0,35 mio. kr. årligt fra 2028.",
    "section": "oekonomi",
    "heading": "Økonomi",
    "start": 210,
    "end": 278,
    "section_id": f"{_MEETING}/14",
}
_INDEX = ANSWER["provenance"]
BLOCK: dict[str, Any] = {
    "item_id": _ITEM,
    "spoergsmaal": _QUESTION,
    "spoergsmaal_citations": [1],
    "opsummering": f"{_COST['quote']} [2]",
    "opsummering_linjer": [{"text": _COST["quote"], "citations": [2]}],
    "fordele": [],
    "ulemper": [{"text": _COST["quote"], "basis": "fra sagen", "citations": [2]}],
    "emneord": ["Vand og spildevand", "Økonomi"],
    "ikke_belyst": ["Sagen beskriver ingen alternativer."],
    "citations": [_ASKED, _COST],
    "figures": [{"text": "14,7 mio. kr.", "supported": True, "citation": 1}],
    "notes": [],
    "engine": "extractive",
    "model": None,
    "status": "godkendt",
    "approved_by": "Dorthe Vinther",
    "approved_at": "2025-05-20T09:12:00+00:00",
    "made_at": "2025-05-20T08:55:00+00:00",
    "stale": False,
    "provenance": {**_INDEX, "item_version": "61a731c5e251990d"},
}
BRIEFING: dict[str, Any] = {
    "meeting_id": _MEETING,
    **_PLACE,
    "meeting_date": _DAY,
    "place": "Byrådssalen",
    "engine": "extractive",
    "model": None,
    "items": [
        {
            **_LISTED,
            "closed": False,
            "asked": {"text": _QUESTION, "citations": [1], "label": ""},
            "recommendation": [{"text": _ASKED["quote"], "citations": [1], "label": "1."}],
            "money": [{"text": _COST["quote"], "citations": [2], "label": ""}],
            "decided_before": [],
            "questions": [],
            "notes": [],
            "citations": [_ASKED, _COST],
            "figures": [],
        },
        {"item_number": "6", "title": "Lukket: Salg af grund på Industrivej", "closed": True},
    ],
    "notes": [],
    "provenance": _INDEX,
}
JOB: dict[str, Any] = {
    "id": "40c098f9f657444c91b8c0ec52e3b2f0",
    "kind": "summaries",
    "status": "running",
    "done": 1,
    "total": 7,
    "result": {
        "items": [
            {"item_id": _ITEM, "item_number": "3", "title": _TITLE, "outcome": "made"},
        ]
    },
    "error": None,
    "attempts": 1,
    "asked_by": "key portalen",
    "role": "member",
    "created_at": "2025-05-20T08:55:00.468+00:00",
    "started_at": "2025-05-20T08:55:01.475+00:00",
    "ended_at": None,
    "cancelling": False,
    "callback": None,
}
STANCES: dict[str, Any] = {
    "item_id": _ITEM,
    "enig": 12,
    "uenig": 5,
    "with_key": {"enig": 9, "uenig": 4},
    "own": "enig",
}
_PLACE_TOLD = f"Beslutning (truffet på mødet) · Byrådet · 27. maj 2025 · punkt 3 · »{_TITLE}« · "
_PLACE_TOLD += f"sag {_CASE} · {_FILE}"
_KEY = f"{_MEETING}/8#0-{len(_QUOTE)}"
COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-6f1c2a",
    "created": 1764000000,
    "model": "agenda-assistant",
    "choices": [
        {
            "message": {
                "content": f"{_CLAIM['text']} [1]\n\n**Kilder**\n\n- [1] {_PLACE_TOLD}: »{_QUOTE}«",
                "citations": [_CITATION],
                "role": "assistant",
                "refusal": None,
            },
            "index": 0,
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    "sources": [
        {
            "source": {"id": _KEY, "name": _PLACE_TOLD},
            "document": [_QUOTE],
            "metadata": [{"source": _KEY, "name": _PLACE_TOLD}],
        }
    ],
    "object": "chat.completion",
}
_CHUNK = {
    "object": "chat.completion.chunk",
    "id": "chatcmpl-6f1c2a",
    "created": 1764000000,
    "model": "agenda-assistant",
}
_DELTAS: list[tuple[dict[str, str], str | None]] = [
    ({"role": "assistant", "content": ""}, None),
    ({"content": f"{_CLAIM['text']} [1]"}, None),
    ({}, "stop"),
]
_CHUNKS = (
    {**_CHUNK, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
    for delta, reason in _DELTAS
)
COMPLETION_STREAM = "".join(
    f"data: {told}\r\n\r\n"
    for told in (*(json.dumps(one, ensure_ascii=False) for one in _CHUNKS), "[DONE]")
)
MODEL: dict[str, Any] = {
    "id": "agenda-assistant",
    "created": 0,
    "owned_by": "agenda-assistant",
    "object": "model",
}
MODELS: dict[str, Any] = {"data": [MODEL], "object": "list"}
