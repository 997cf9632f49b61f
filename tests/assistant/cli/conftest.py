"""What the tests of the command line share."""

import shutil
from pathlib import Path

import pytest

from assistant.settings import Settings


@pytest.fixture(scope="module")
def own_home(sample_home: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds data/sample, for tests that write."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(sample_home.home, home)
    return home
