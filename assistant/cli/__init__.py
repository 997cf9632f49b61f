"""The command line. Danish texts; exit code 0: fine, 1: something failed, 2: wrong use."""

from __future__ import annotations

import logging
import sys

import typer

from assistant.cli import asking, demo, evaluating, mcp, meetings, serving, store, summaries
from assistant.cli.app import app
from assistant.cli.output import err
from assistant.errors import AssistantError, WrongUseError

__all__ = ["app", "asking", "demo", "evaluating", "main", "mcp", "meetings", "serving",
           "store", "summaries"]

log = logging.getLogger("assistant")


def main() -> None:
    """Run the command line. The outermost edge: nobody gets a traceback."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        code = app(standalone_mode=False)
    except WrongUseError as error:
        code = _say(str(error), 2)
    except AssistantError as error:
        code = _say(str(error), 1)
    except typer.TyperException as error:
        code = _say(_usage(error), 2)
    except (typer.Abort, KeyboardInterrupt):
        code = _say("Afbrudt. Kør kommandoen igen for at gøre den færdig.", 1)
    except Exception:
        log.exception("uventet fejl")
        code = _say("Der skete en uventet fejl. Den står i loggen ovenfor.", 1)
    sys.exit(code or 0)


def _usage(error: typer.TyperException) -> str:
    """What was wrong with the command's words; the library's own sentences are English."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error)
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or getattr(parameter, "name", "") or ""
    reason = _WRONG_USE.get(kind, "Forkert brug")
    return f"{reason}{name and ': ' + name}. Se »assistant --help«."


_WRONG_USE = {
    "NoSuchOption": "Tilvalget findes ikke",
    "MissingParameter": "Der mangler en værdi",
    "BadParameter": "Værdien kan ikke bruges",
}


def _say(sentence: str, code: int) -> int:
    err.print(sentence, markup=False, soft_wrap=True)
    return code
