import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings


@pytest.fixture(scope="module")
def assistant(
    sample_home: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """The sample in a store that a module's tests may write in."""
    home = Path(shutil.copytree(sample_home.home, tmp_path_factory.mktemp("jobs") / "home"))
    assistant = Assistant(sample_home.model_copy(update={"home": home}))
    yield assistant
    assistant.close()
