"""Structured logs: one line of JSON a call, without what was asked and by whom."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

log = logging.getLogger("assistant.api.calls")

_ACCESS = "uvicorn.access"


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; the fields of a call stand beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "call", {}),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_call(told: dict[str, Any]) -> None:
    """Log a call that has been answered."""
    log.info("call", extra={"call": told})


def log_as_json() -> None:
    """Have this process log to standard output as JSON, calls too.

    The server's own access log is silenced: it writes query strings, where questions stand.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    for name, level in (("assistant", logging.INFO), ("uvicorn", logging.INFO)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    logging.getLogger(_ACCESS).disabled = True
