"""A fixture for the tests of imports: a file into the store of the test."""

from datetime import UTC, datetime, timedelta
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
    """Imports of November 2026, a minute after one another."""
    return _into(store)


@pytest.fixture
def load_anywhere(any_store: Store) -> Load:
    """The same, once on each database."""
    return _into(any_store)


def _into(store: Store) -> Load:
    now = NOW

    def run(path: Path, **options: Any) -> ImportReport:
        nonlocal now
        now += timedelta(minutes=1)
        return import_file(store, path, ImportOptions(**{"app": "tips", **options}), now=now)

    return run
