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
BLOCK: dict[str, Any] = {}
BRIEFING: dict[str, Any] = {}
JOB: dict[str, Any] = {}
STANCES: dict[str, Any] = {}
