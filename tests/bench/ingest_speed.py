"""`python tests/bench/ingest_speed.py FOLDER`: ingest's tokens a second beside the bare model's.

Both in one run, on the same texts: ingest counts only the texts it had to embed, over all of its
wall time; the bare model embeds those texts and does nothing else. `--slices` takes turns between
the two, so that a machine that is busy with something else slows both alike.
"""

import argparse
import json
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from assistant.store.embedding import Embedder
from assistant.store.store import Store
from ingest.pipeline import files_in, ingest


def main() -> None:
    """Print the two speeds and their ratio as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--files", type=int, default=0, help="only so many files")
    arguments.add_argument("--slices", type=int, default=1)
    arguments.add_argument("--models", type=Path, help="folder of the unpacked model")
    given = arguments.parse_args()
    files = files_in([given.folder])
    if given.files:
        files = files[:: max(1, len(files) // given.files)][: given.files]
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), models=given.models)
        json.dump(measured(files, settings, given.slices), sys.stdout, indent=2)
        sys.stdout.write("\n")


def measured(files: list[Path], settings: Settings, slices: int) -> dict[str, float]:
    """Return the figures for these files, ingested into an empty store."""
    tokens, ingesting, embedding = 0, 0.0, 0.0
    known: set[str] = set()
    with closing(Store(settings)) as store:
        store.embedder.passages(["opvarmning"] * 64)
        size = -(-len(files) // slices)
        for start in range(0, len(files), size):
            ingesting += ingest(files[start:start + size], store).seconds
            texts = embedded(settings.home)
            new = [texts[key] for key in texts.keys() - known]
            known |= texts.keys()
            tokens += store.embedder.tokens(new)
            embedding += seconds_bare(store.embedder, new)
    return {
        "files": len(files),
        "texts": len(known),
        "tokens": tokens,
        "ingest_seconds": round(ingesting, 1),
        "ingest_tokens_per_second": round(tokens / ingesting),
        "bare_tokens_per_second": round(tokens / embedding),
        "ratio": round(embedding / ingesting, 3),
    }


def embedded(home: Path) -> dict[str, str]:
    """Return what was embedded, by its hash."""
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as connection:
        rows = connection.execute(
            "SELECT embedded_hash, topic || char(10) || text FROM passages "
            "UNION SELECT embedded_hash, told FROM units"
        )
        return dict(rows.fetchall())


def seconds_bare(embedder: Embedder, texts: list[str]) -> float:
    """Return how long the model alone takes; it sorts by length itself."""
    started = time.monotonic()
    embedder.passages(texts)
    return time.monotonic() - started


if __name__ == "__main__":
    main()
