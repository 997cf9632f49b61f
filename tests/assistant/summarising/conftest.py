"""What the tests of summarising share: a store that holds the sample."""

from collections.abc import Iterator

import pytest

from assistant.settings import Settings
from assistant.store.store import Store


@pytest.fixture(scope="module")
def store(sample_home: Settings) -> Iterator[Store]:
    """The store of data/sample. Only for tests that do not write."""
    store = Store(sample_home)
    yield store
    store.close()
