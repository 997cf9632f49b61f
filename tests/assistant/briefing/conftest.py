"""What the tests of the briefing share."""

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from assistant.settings import Settings


@pytest.fixture(scope="module")
def assistant(sample_home: Settings) -> Iterator[Assistant]:
    """An assistant over data/sample. Only for tests that do not write."""
    assistant = Assistant(sample_home)
    yield assistant
    assistant.close()
