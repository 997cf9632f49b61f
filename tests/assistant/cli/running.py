"""The command line, run from a test."""

import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from assistant.cli import main

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "sample"


def run(*words: str | Path, home: Path, models: Path, **env: str) -> CompletedProcess[str]:
    """Run a command against the store in `home`, and return what it printed and its exit code.

    In this process, which has the model loaded; `test_process` starts one.
    """
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    command = ["assistant", *map(str, words)]
    settings = {"ASSISTANT_HOME": str(home), "ASSISTANT_MODELS": str(models), "COLUMNS": "200"}
    with (
        patch.dict(os.environ, {**settings, **env}),
        patch.object(sys, "argv", command),
        chdir(ROOT),
        redirect_stdout(out),
        redirect_stderr(err),
        _logging_as_in_a_new_process(),
    ):
        try:
            main()
            code: str | int | None = 0
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return CompletedProcess(command, code, _written(out), _written(err))


@contextmanager
def _logging_as_in_a_new_process() -> Iterator[None]:
    """The log goes to the command's stderr, where a traceback would be seen."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
