"""The command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "sample"


def run(
    *words: str | Path, home: Path, models: Path, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command against the store in `home`, and return what it printed and its exit code."""
    return subprocess.run(
        [sys.executable, "-c", "from assistant.cli import main; main()", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "ASSISTANT_HOME": str(home),
            "ASSISTANT_MODELS": str(models),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
            **env,
        },
    )
