"""The store as the rest of Floodgauge sees it."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from collector.errors import StoreError
from collector.privacy import protect as privacy
from collector.store import engine as databases
from collector.store import schema
from collector.store.analyses import Analyses
from collector.store.apps import Apps
from collector.store.arrival_order import Arrivals
from collector.store.as_of import Past
from collector.store.changes import Changes
from collector.store.clocks import Clocks
from collector.store.conclusions import Checkpoints, Incidents, Models
from collector.store.deliveries import Deliveries
from collector.store.erasure import Erasure
from collector.store.expiry import Expiry
from collector.store.graves import Graves
from collector.store.hourly import Hourly
from collector.store.items import Items
from collector.store.knowledge_clock import Moments
from collector.store.revisions import Revisions
from collector.store.runs import Cursors, Runs
from collector.store.scores import Scores
from collector.store.sums import Totals
from collector.store.timeline import Timeline
from collector.store.turns import server_turn
from collector.times import now_utc


def open_store(
    url: str | None = None,
    *,
    secret: bytes | None = None,
    create: bool = True,
    busy_seconds: float = databases.BUSY_SECONDS,
    clock: Callable[[], datetime] = now_utc,
    progress: databases.Progress | None = None,
) -> "Store":
    """Opens a store, creating or migrating it as needed.

    url: None for SQLite in the user's data directory; a path; sqlite:///path; postgresql://...
    secret: the deployment's secret for keyed hashes; None reads it from the environment or the
    user's data directory. create: False refuses a SQLite file that is not there yet.
    progress: told (what, done, total) while a store of an older Floodgauge is brought up to date.
    Raises StoreError, also when the store was written with another secret.
    """
    resolved = databases.resolve_url(url)
    path = databases.sqlite_path(resolved)
    if not create and path is not None and str(path) != ":memory:" and not path.exists():
        raise StoreError(
            f"there is no store at {path}; import or collect something first, or name another "
            "with --store"
        )
    with databases.explained(resolved):
        engine = databases.connect(resolved, busy_seconds=busy_seconds)
    try:
        if secret is None:
            secret = privacy.load_secret(databases.default_directory())
        store = Store(engine, secret, clock)
        with databases.explained(resolved):
            databases.migrate(engine, progress, before=store.refuse_other_secret)
        store.check_secret()
    except BaseException:
        engine.dispose()
        raise
    return store


class Store:
    """One database, its parts by name. Safe to share between processes, one per process."""

    def __init__(
        self, engine: sa.Engine, secret: bytes, clock: Callable[[], datetime] = now_utc
    ) -> None:
        self.engine = engine
        self.secret = secret
        self.clock = clock
        self.apps = Apps(self)
        self.items = Items(self)
        self.arrivals = Arrivals(self)
        self.moments = Moments(self)
        self.past = Past(self)
        self.revisions = Revisions(self)
        self.expiry = Expiry(self)
        self.graves = Graves(self)
        self.erasure = Erasure(self)
        self.scores = Scores(self)
        self.hourly = Hourly(self)
        self.totals = Totals(self)
        self.runs = Runs(self)
        self.clocks = Clocks(self)
        self.cursors = Cursors(self)
        self.timeline = Timeline(self)
        self.incidents = Incidents(self)
        self.deliveries = Deliveries(self)
        self.analyses = Analyses(self)
        self.models = Models(self)
        self.checkpoints = Checkpoints(self)
        self.changes = Changes(self)

    @property
    def url(self) -> str:
        """The address, with the password for whoever must open it again."""
        return self.engine.url.render_as_string(hide_password=False)

    @cached_property
    def _insert(self) -> Callable[[sa.Table], Any]:
        postgres = self.engine.dialect.name == "postgresql"
        return postgresql.insert if postgres else sqlite.insert

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """A connection for reading, with one consistent view."""
        with databases.explained(self.engine.url), self.engine.connect() as connection:
            yield connection

    def inserting(self, table: sa.Table) -> Any:
        """An INSERT that can say what to do where the key is there already."""
        return self._insert(table)

    @contextmanager
    def unchanging(self) -> Iterator[sa.Connection]:
        """A connection for reading whose queries all see the store at one and the same moment."""
        level = (
            {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        )
        with databases.explained(self.engine.url), self.engine.connect() as connection:
            yield connection.execution_options(**level)

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """A transaction for writing; all or nothing."""
        with databases.explained(self.engine.url), self.engine.connect() as connection:
            writer = connection.execution_options(write=True)
            with writer.begin():
                yield writer

    @contextmanager
    def only_one(self, name: str) -> Iterator[bool]:
        """Whether this process alone holds `name` inside the block, across all hosts of a
        PostgreSQL store: the server frees it when the session ends, however it ends.

        A SQLite file belongs to one machine, whose own lock does (see polling.lock): True.
        """
        if self.engine.dialect.name != "postgresql":
            yield True
            return
        with server_turn(self, name, 0.0) as (held, _):
            yield held

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

    def refuse_other_secret(self) -> bool:
        """Whether the store has the secret's fingerprint; writes nothing. Raises StoreError where
        it is another's."""
        query = sa.select(schema.meta.c.value).where(schema.meta.c.key == "secret")
        with self.connect() as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
        if found is not None and not hmac.compare_digest(found, self._secret_mark()):
            raise StoreError(
                "this store was written with another secret, so authors and forgotten items would "
                "not be recognised; set FLOODGAUGE_SECRET or FLOODGAUGE_SECRET_FILE to the one it "
                "was made with"
            )
        return found is not None

    def _secret_mark(self) -> str:
        return hmac.new(self.secret, b"floodgauge store", hashlib.sha256).hexdigest()[:32]

    def close(self) -> None:
        """Gives the connections back."""
        self.changes.close()
        self.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
