"""A corrected block, as `--format json` gave it and a person has edited it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import WrongUseError
from assistant.rendering.summary_json import summary_of
from assistant.types import CaseSummary


def read_correction(file: Path, item_id: str) -> CaseSummary:
    """Return the corrected summary of the item that the file holds.

    Raises WrongUseError where the file cannot be read, or holds no block of the item.
    """
    block = _block(_content(file), item_id)
    if block is None:
        raise WrongUseError(
            f"»{file}« rummer ikke blokken for punktet {item_id}. Hent den med »assistant "
            f"summarize {item_id} --format json -o FIL«, ret linjerne, og prøv igen."
        )
    try:
        return summary_of(block)
    except ValueError as error:
        raise WrongUseError(
            f"»{file}« har ikke længere form som en blok: {error}. Ret kun linjernes tekster, "
            "citater og henvisninger, eller hent blokken igen."
        ) from error


def _content(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WrongUseError(
            f"»{file}« kan ikke læses ({error.strerror}). Angiv en fil, der findes."
        ) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise WrongUseError(
            f"»{file}« er ikke gyldig JSON. Ret filen, eller hent blokken igen med --format json."
        ) from error


def _block(content: Any, item_id: str) -> Mapping[str, Any] | None:
    """The block of that item, alone or among those of several items."""
    blocks = content if isinstance(content, list) else [content]
    return next(
        (one for one in blocks if isinstance(one, dict) and one.get("item_id") == item_id), None
    )
