"""What the tests of answering share: an assistant over the sample, and over made cases."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Document
from ingest.pipeline import new_document


@pytest.fixture(scope="module")
def assistant(sample_home: Settings) -> Iterator[Assistant]:
    """An assistant over data/sample."""
    assistant = Assistant(sample_home)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def assistant_over(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> Iterator[Callable[..., Assistant]]:
    """Make an assistant over the given documents."""
    with ExitStack() as opened:

        def over(*documents: Document) -> Assistant:
            home = tmp_path_factory.mktemp("made")
            assistant = Assistant(Settings(home=home, models=models))
            opened.callback(assistant.close)
            store = assistant.store
            new = [new_document(one, f"/{one.name}", one.name, store) for one in documents]
            store.embed([told for one in new for told in one.embedded()])
            assert store.add(new) == [None] * len(new)
            return assistant

        yield over
