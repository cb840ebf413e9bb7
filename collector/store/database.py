"""One database: its connections, transactions and turns. What every part of the store stands on."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from collector.end_codes import reason
from collector.errors import StoreError
from collector.store import locks, schema
from collector.store.engine import explained
from collector.times import now_utc


@dataclass(frozen=True)
class Database:
    """secret: the deployment's, for keyed hashes. sealed: opened without it, for reading alone."""

    engine: sa.Engine
    secret: bytes = field(repr=False)
    clock: Callable[[], datetime] = now_utc
    sealed: bool = False

    @property
    def url(self) -> str:
        """The address, with the password for whoever must open it again."""
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @cached_property
    def _insert(self) -> Callable[[sa.Table], Any]:
        return sqlite.insert if self.is_sqlite else postgresql.insert

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """A connection for reading, with one consistent view."""
        with explained(self.engine.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def unchanging(self) -> Iterator[sa.Connection]:
        """A connection for reading whose queries all see the store at one and the same moment."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with explained(self.engine.url), self.engine.connect() as connection:
            yield connection.execution_options(**level)

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """A transaction for writing; all or nothing. Raises StoreError for a sealed store."""
        if self.sealed:
            raise StoreError(
                "the store was opened for reading, without its deployment's secret; to write, set "
                "FLOODGAUGE_SECRET or FLOODGAUGE_SECRET_FILE to the one it was made with",
                reason("failed-store-secret"),
            )
        with explained(self.engine.url), self.engine.connect() as connection:
            writer = connection.execution_options(write=True)
            with writer.begin():
                yield writer

    @contextmanager
    def only_one(self, name: str) -> Iterator[bool]:
        """Whether this process alone holds `name` inside the block, across all hosts of a
        PostgreSQL store: the server frees it when the session ends, however it ends.

        A SQLite file belongs to one machine, whose own lock does (see polling.lock): True.
        """
        if self.is_sqlite:
            yield True
            return
        with locks.server_turn(self.engine, name, 0.0) as (held, _):
            yield held

    def turn(self, name: str, wait_s: float = locks.WAIT_S) -> AbstractContextManager[locks.Holds]:
        """Alone on this store under `name` inside the block; see locks.turn."""
        return locks.turn(self.engine, name, wait_s)

    def inserting(self, table: sa.Table) -> Any:
        """An INSERT that can say what to do where the key is there already."""
        return self._insert(table)

    def put(self, connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> None:
        """Inserts a row or updates the one with the same primary key."""
        self.put_all(connection, table, [row])

    def put_all(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Inserts rows of the same columns, or updates those with the same primary key."""
        if not rows:
            return
        keys = [c.name for c in table.primary_key.columns]
        insert = self._insert(table)
        rest = {n: insert.excluded[n] for n in rows[0] if n not in keys}
        connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), list(rows))

    def put_missing(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]
    ) -> bool:
        """Inserts the rows whose key is not there yet; whether there was one."""
        if not rows:
            return False
        done = connection.execute(self._insert(table).on_conflict_do_nothing(), list(rows))
        return done.rowcount != 0

    def check_secret(self) -> None:
        """Notes the secret's fingerprint in a new store; raises StoreError where it is another."""
        if not self.refuse_other_secret():
            row = {"key": "secret", "value": self._secret_mark()}
            with self.begin() as connection:
                self.put_missing(connection, schema.meta, [row])
            self.refuse_other_secret()  # somebody else's may have been the first

    def refuse_a_lost_secret(self) -> None:
        """Raises StoreError where the store was made with a secret: no other is made beside it."""
        if self._fingerprint() is not None:
            raise StoreError(
                "the secret that this store was made with is not here: set FLOODGAUGE_SECRET or "
                "FLOODGAUGE_SECRET_FILE to it, or put its secret.key back; without it the store "
                "opens for reading alone",
                reason("failed-store-secret"),
            )

    def _fingerprint(self) -> str | None:
        with self.connect() as connection:
            if not sa.inspect(connection).has_table(schema.meta.name):
                return None
            query = sa.select(schema.meta.c.value).where(schema.meta.c.key == "secret")
            found: str | None = connection.execute(query).scalar_one_or_none()
        return found

    def is_of_another(self) -> bool:
        """Whether the store has the fingerprint of another secret."""
        with self.connect() as connection:
            if not sa.inspect(connection).has_table(schema.meta.name):
                return False
        try:
            self.refuse_other_secret()
        except StoreError:
            return True
        return False

    def refuse_other_secret(self) -> bool:
        """Whether the store has the secret's fingerprint; writes nothing. Raises StoreError where
        it is another's."""
        query = sa.select(schema.meta.c.value).where(schema.meta.c.key == "secret")
        with self.connect() as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
        if found is not None:
            self.refuse_mark(found)
        return found is not None

    def refuse_mark(self, mark: str) -> None:
        """Raises StoreError for the fingerprint of another secret."""
        if not hmac.compare_digest(mark, self._secret_mark()):
            raise StoreError(
                "this store was written with another secret, so authors and forgotten items would "
                "not be recognised; set FLOODGAUGE_SECRET or FLOODGAUGE_SECRET_FILE to the one it "
                "was made with",
                reason("failed-store-secret"),
            )

    def _secret_mark(self) -> str:
        return hmac.new(self.secret, b"floodgauge store", hashlib.sha256).hexdigest()[:32]
