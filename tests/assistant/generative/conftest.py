"""What the tests of the generative engine share: an assistant over one made meeting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from ingest.pipeline import new_document
from tests.assistant.generative.made import MEETING


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    """An assistant over a meeting with a decided item and one that is only recommended."""
    home = tmp_path_factory.mktemp("made") / "home"
    assistant = Assistant(Settings(home=home, models=models))
    new = new_document(MEETING, f"/{MEETING.name}", MEETING.name, assistant.store)
    assistant.store.embed(new.embedded())
    assert assistant.store.add([new]) == [None]
    yield assistant
    assistant.close()
