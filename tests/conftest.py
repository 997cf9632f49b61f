"""What several tests share: the unpacked model, and the sample corpus in a store."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assistant.settings import Settings
from assistant.store.embedding import Embedder, loaded
from assistant.store.store import Store
from ingest.pipeline import files_in, ingest

SAMPLE = Path(__file__).parent.parent / "data" / "sample"


def pytest_configure() -> None:
    """Keep the operator's own settings, and every hub, out of the tests."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def models() -> Iterator[Path]:
    """A folder with the unpacked model. Half a gigabyte, so not among those pytest keeps."""
    with TemporaryDirectory(prefix="models-") as folder:
        loaded("", Path(folder), True)
        yield Path(folder)


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    """The built-in model, the one that every store of these tests embeds by."""
    return loaded("", models, True)


@pytest.fixture
def settings(tmp_path: Path, models: Path) -> Settings:
    """Settings of an empty store."""
    return Settings(home=tmp_path / "home", models=models)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    """Settings of a store that holds data/sample. Only for tests that do not write."""
    settings = Settings(home=tmp_path_factory.mktemp("sample"), models=models)
    store = Store(settings)
    report = ingest(files_in([SAMPLE]), store)
    store.close()
    assert not report.failures
    return settings
