"""A fixture for the tests of imports: a file into the store of the test."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from collector.importers.load import ImportOptions, ImportReport, import_file
from collector.store import Store

NOW = datetime(2026, 11, 1, tzinfo=UTC)


class Load(Protocol):
    """Reads a file into the store, under the app tips unless told otherwise."""

    def __call__(self, path: Path, **options: Any) -> ImportReport: ...


@pytest.fixture
def load(store: Store) -> Load:
    """Imports as of November 2026."""

    def run(path: Path, **options: Any) -> ImportReport:
        return import_file(store, path, ImportOptions(**{"app": "tips", **options}), now=NOW)

    return run
