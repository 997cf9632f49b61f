"""Reading the JSON object of a reply: as far as it is written, and whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from langchain_core.utils.json import parse_partial_json
from pydantic import BaseModel, ValidationError


class OffFormError(ValueError):
    """A reply that is not what was asked for. `str(error)` tells the model what is wrong."""


class BrokenOffError(OffFormError):
    """A reply whose JSON object is not there, or ends before it is closed."""


def object_so_far(written: str, schema: type[BaseModel]) -> Mapping[str, Any]:
    """Return the object as far as it is written: only fields of the schema that say something."""
    try:
        told = parse_partial_json(_from_brace(written))
    except json.JSONDecodeError:
        return {}
    known = {field.alias or name for name, field in schema.model_fields.items()}
    if not isinstance(told, dict):
        return {}
    return {key: value for key, value in told.items() if key in known and value}


def whole_object(written: str, schema: type[BaseModel]) -> Mapping[str, Any]:
    """Return the object of a finished reply, whatever stands around it.

    Raises OffFormError where it is not closed, or not of the schema.
    """
    try:
        told, _ = json.JSONDecoder(strict=False).raw_decode(_from_brace(written))
    except json.JSONDecodeError as error:
        raise BrokenOffError("Det er ikke ét helt JSON-objekt.") from error
    try:
        schema.model_validate(told)
    except ValidationError as error:
        places = (".".join(map(str, one["loc"])) or "objektet" for one in error.errors())
        raise OffFormError(f"Feltet passer ikke til skemaet: {', '.join(places)}.") from error
    return dict(told)


def _from_brace(written: str) -> str:
    start = written.find("{")
    return written[start:] if start >= 0 else ""
