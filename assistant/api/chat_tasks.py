"""What a chat client asks of any model for its own page: a title, tags, suggestions.

Open WebUI does, in a message that begins `### Task:`, and reads one field of a JSON object.
"""

from __future__ import annotations

import json
import re
import textwrap

_TASK = "### Task:"
_FIRST_QUESTION = re.compile(r"^(?:USER|user): *(.+)$", re.MULTILINE)
_LONGEST_TITLE = 60


def is_clients_task(question: str) -> bool:
    """Return whether this is no question to the material."""
    return question.startswith(_TASK)


def done_task(task: str) -> str:
    """Return an object that has each field that a client may look for.

    The title is the conversation's own first question; the rest is empty, for nothing here makes it
    up. No model is asked, and nothing is searched.
    """
    _, _, history = task.partition("<chat_history>")
    asked = _FIRST_QUESTION.search(history)
    title = textwrap.shorten(asked[1], _LONGEST_TITLE, placeholder=" …") if asked else "Samtale"
    told = {"title": title, "tags": [], "follow_ups": [], "queries": [], "text": ""}
    return json.dumps(told, ensure_ascii=False)
