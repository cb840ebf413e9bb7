"""Whether the store has changed since somebody looked: what caches are keyed by."""

import secrets
from threading import Lock

import sqlalchemy as sa

from collector.store.database import Database


class Changes:
    """A stamp that is another one after every write by any process, at the cost of one look."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = Lock()
        self._connection: sa.Connection | None = None
        self._mine = secrets.token_hex(8)  # SQLite's number means something on one connection only

    def stamp(self) -> str:
        """Equal stamps of one Store: nothing was written in between."""
        if not self.database.is_sqlite:
            with self.database.connect() as connection:
                return str(connection.exec_driver_sql("SELECT pg_current_snapshot()").scalar_one())
        with self._lock:
            if self._connection is None:
                self._connection = self.database.engine.connect()
            driver = self._connection.connection.driver_connection
            assert driver is not None  # noqa: S101
            (version,) = driver.execute("PRAGMA data_version").fetchone()
            return f"{self._mine}-{version}-{driver.total_changes}"

    def close(self) -> None:
        """Gives the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
