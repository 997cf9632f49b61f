"""What several packages' tests share: a store of the sample with what is internal and closed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from assistant.access import Level
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.store.store import Store
from ingest.pipeline import Access, files_in, ingest
from tests.conftest import SAMPLE

INTERNAL = SAMPLE.parent / "sample_internal"


@pytest.fixture(scope="session")
def both(
    sample_home: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Assistant, Assistant]]:
    """The open sample alone, and the same with what is internal and closed, brought in between.

    The open texts' vectors are taken over: they are the same, and take long to make.
    """
    home = sample_home.model_copy(update={"home": tmp_path_factory.mktemp("levels")})
    files = files_in([SAMPLE])
    with closing(Store(home)) as store:
        store.embed([])
        with sqlite3.connect(sample_home.home / "catalogue.sqlite3") as connection:
            connection.execute("ATTACH ? AS other", (str(home.home / "catalogue.sqlite3"),))
            connection.execute("INSERT INTO other.vectors SELECT * FROM main.vectors")
        ingest(files[:2], store, access=Access(with_closed=True))
        ingest(files_in([INTERNAL]), store, access=Access(Level.INTERNAL, with_closed=True))
        report = ingest(files[2:], store, access=Access(with_closed=True))
        assert not report.failures
        assert report.levels[Level.CLOSED]["items"] > 0
    with closing(Assistant(sample_home)) as plain, closing(Assistant(home)) as full:
        yield plain, full
