"""Fixtures for all tests: shared data, a secret, no network but loopback, no real home."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from tests.databases import (  # noqa: F401  (fixtures)
    any_store,
    migrations_run,
    postgres_server,
    postgres_store,
    postgres_template,
    postgres_url,
    sqlite_template,
    store,
    store_url,
    tables_are_copied,
)
from tests.shared_files import needed

# A busy machine is no fault of what is tested.
settings.register_profile("floodgauge", deadline=None)
settings.load_profile("floodgauge")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Sockets are blocked except loopback and Unix sockets."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the machine's own settings or stores is read or written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("FLOODGAUGE_")]:
            patch.delenv(name)
        for folder in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{folder}_HOME", str(home / folder.lower()))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The evaluation data beside the repository; skips without it, fails in CI."""
    return needed("data")


@pytest.fixture(scope="session")
def secret() -> bytes:
    """A deployment's secret that is none."""
    return b"a secret for tests, 32 bytes long"
