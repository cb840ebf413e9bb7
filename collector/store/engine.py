"""Opens a database: address, pragmas, migrations, and errors that say what to do next."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import platformdirs
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from collector.end_codes import reason
from collector.errors import StoreError
from collector.progress import Progress

BUSY_SECONDS = 30.0
SHORTEST_SECRET = 4


def default_directory() -> Path:
    """The user's data directory of Floodgauge."""
    return Path(platformdirs.user_data_dir("floodgauge", appauthor=False))


def resolve_url(url: str | None) -> sa.URL:
    """What the user typed -> SQLAlchemy URL. A plain path means SQLite. Raises StoreError."""
    if url is None:
        return sa.URL.create("sqlite", database=str(default_directory() / "floodgauge.db"))
    if "://" not in url:
        return sa.URL.create("sqlite", database=str(Path(url).expanduser().absolute()))
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreError(
            "the store's address is not understood; "
            "use a path, sqlite:///path or postgresql://user@host/database"
        ) from None
    if "@" in (parsed.host or ""):
        raise StoreError(
            "the store's address holds a sign in its password that must be written otherwise: "
            "@ as %40, : as %3A, / as %2F"
        )
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in ("sqlite", "postgresql+psycopg"):
        return parsed
    raise StoreError(f"no support for {parsed.drivername}; use sqlite or postgresql")


def shown_address(url: sa.URL) -> str:
    """The address for people: without the password, and without options, which may hold one."""
    shown = url.set(query={}).render_as_string(hide_password=True)
    return shown.replace("+psycopg://", "://", 1)


def without_secrets(said: str, url: sa.URL) -> str:
    """What a database said, without the passwords of its address."""
    options = [value for values in url.normalized_query.values() for value in values]
    for secret in (url.password or "", *options):
        if len(secret) >= SHORTEST_SECRET:
            said = said.replace(secret, "[secret]")
    return said


def sqlite_path(url: sa.URL) -> Path | None:
    """The database file of a SQLite URL."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    if url.database.startswith("file:"):
        return Path(unquote(url.database.removeprefix("file:")))
    return Path(url.database)


def connect(url: sa.URL, *, busy_seconds: float = BUSY_SECONDS) -> sa.Engine:
    """Engine with the settings that two processes on one store need."""
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    path = sqlite_path(url)
    if path is not None and path.is_dir():
        raise StoreError(f"{path} is a directory; name a file in it")
    if path is not None and "mode" not in url.query:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot create {path.parent}: {error.strerror}") from error
        _make_private(path)
        url = _as_it_can_be_opened(url, path)
    engine = sa.create_engine(url, connect_args={"timeout": busy_seconds})
    engine.dialect.statement_compiler = _Hinted
    sa.event.listen(engine, "connect", _prepare_sqlite)
    if url.query.get("mode") != "ro":
        sa.event.listen(engine, "connect", _prepare_writing)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """Makes a database file that only its owner can read; what SQLite puts beside it is alike."""
    if str(path) == ":memory:":
        return
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError:
        return  # it is there, or SQLite says better why it cannot be made


def _as_it_can_be_opened(url: sa.URL, path: Path) -> sa.URL:
    """The URL, for reading alone where this user may not write the file or beside it."""
    return url if not path.exists() or is_writable(path) else for_reading(url)


def for_reading(url: sa.URL) -> sa.URL:
    """The URL of a database file for reading alone; of a server it stays."""
    path = sqlite_path(url)
    if path is None or str(path) == ":memory:" or "mode" in url.query:
        return url
    query = {"mode": "ro", "uri": "true"}
    if not any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-shm")):
        query["immutable"] = "1"  # nobody is writing it, and SQLite would have to make these files
    return sa.URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)


def is_writable(path: Path) -> bool:
    """Whether this user may write a database file, and what SQLite puts beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def migrate(
    engine: sa.Engine,
    progress: Progress | None = None,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Brings the schema up to date. Raises StoreError for a store of a newer Floodgauge.

    before: called before a store of an older Floodgauge is changed; what it raises leaves it as is.
    """
    known = schemas()
    with engine.connect() as connection:
        found = _schema_of(connection)
    if found == known[-1]:
        return
    if found is not None and found not in known:
        raise StoreError(
            f"the store was written by a newer Floodgauge (schema {found}); upgrade this one",
            reason("failed-store-newer", schema=found),
        )
    if found is not None:
        before()
    if engine.url.query.get("mode") == "ro":
        raise StoreError(
            "the store is of an older Floodgauge and cannot be written from here; let somebody who "
            "may write it open it once, with `floodgauge status` for example",
            reason("failed-store-older"),
        )
    _upgrade(engine, progress)


def is_of_today(engine: sa.Engine) -> bool:
    """Whether a database has the newest schema."""
    return schema_of(engine) == schemas()[-1]


def schema_of(engine: sa.Engine) -> str | None:
    """The schema that a database has; None of one that has none yet."""
    with engine.connect() as connection:
        return _schema_of(connection)


def schemas() -> list[str]:
    """Every schema that there was, oldest first: migrations are named by theirs."""
    folder = Path(__file__).with_name("migrations") / "versions"
    return sorted(path.name.partition("_")[0] for path in folder.glob("[0-9]*.py"))


def _schema_of(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    query = sa.text("SELECT version_num FROM alembic_version")
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def _upgrade(engine: sa.Engine, progress: Progress | None) -> None:
    """Takes the missing steps. Alembic is loaded here alone: every command opens a store."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Two processes that open a new store at once: the second waits, then finds it done.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(4709)"))
        config.attributes.update(connection=connection, progress=progress)
        command.upgrade(config, "head")


@contextmanager
def explained(url: sa.URL) -> Iterator[None]:
    """Turns the database's errors into StoreError with a next step."""
    where = shown_address(url)
    if url.query.get("mode") == "ro":
        where = str(sqlite_path(url))
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _store_error(where, without_secrets(str(error.orig), url)) from error
    except sqlite3.Error as error:  # raised while connecting, before SQLAlchemy wraps it
        raise _store_error(where, str(error)) from error


# What databases say -> what it means: the code that pages say it by, and words for the terminal.
MEANINGS = {
    "locked": (
        "failed-store-locked",
        "another process has been writing for too long; try again in a minute",
    ),
    "readonly": (
        "failed-store-readonly",
        "the store is read-only; check the file's permissions",
    ),
    "read-only": (
        "failed-store-readonly",
        "the store is read-only; check the file's permissions",
    ),
    "is full": (
        "failed-store-full",
        "no space left; nothing of this batch was written; free some and run again",
    ),
    "not a database": (
        "failed-store-foreign",
        "the file is not a Floodgauge store; name another with --store",
    ),
    "malformed": ("failed-store-damaged", "the file is damaged; restore it from a copy"),
    "unable to open": (
        "failed-store-unopened",
        "the file cannot be opened; check the path and its permissions",
    ),
    "connection refused": (
        "failed-store-silent",
        "the database server does not answer; is it running?",
    ),
}


def _store_error(where: str, said: str) -> StoreError:
    text = (said.strip() or "no reason given").splitlines()[0]
    for words, (code, meaning) in MEANINGS.items():
        if words in text.lower():
            return StoreError(f"{where}: {meaning} ({text})", reason(code, error=text))
    return StoreError(f"{where}: {text}", reason("failed-store", error=text))


class _Hinted(SQLiteCompiler):
    """Writes what `with_hint` says (INDEXED BY ...), which SQLAlchemy does not do on SQLite."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:  # noqa: ARG002
        return text


def _prepare_sqlite(dbapi: Any, _record: Any) -> None:
    assert isinstance(dbapi, sqlite3.Connection)  # noqa: S101
    dbapi.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    dbapi.execute("PRAGMA cache_size = -65536")
    dbapi.execute("PRAGMA temp_store = MEMORY")
    dbapi.execute("PRAGMA secure_delete = ON")


def _prepare_writing(dbapi: Any, _record: Any) -> None:
    dbapi.execute("PRAGMA journal_mode = WAL")
    dbapi.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer that starts as a reader can fail at its first write; so it says so at once.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
