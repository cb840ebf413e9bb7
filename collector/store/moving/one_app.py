"""One app's part of a store as a file of its own, to be handed to people outside.

Authors get keys that are made anew with a random key, the same in every table; nobody keeps it.
"""

import hashlib
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from collector.progress import Progress
from collector.store import schema
from collector.store.database import Database
from collector.store.engine import connect, explained, resolve_url
from collector.store.incidents.incidents import SETTLED
from collector.store.moving.backups import in_one_file
from collector.store.moving.copying import batches
from collector.store.polls.runs import JOINED_TO
from collector.store.store import Store, open_store
from collector.times import HOUR_US, from_us

# What was forgotten, what channels were told, and what an analysis learned for itself.
LEFT_OUT = frozenset({"tombstones", "content_tombstones", "deliveries", "models", "checkpoints"})
# Notes of what polls and imports saw, which coverage and evidence rest on; no marks of walks.
SEEN = ("seen:", "described:", "begins:", "silent", JOINED_TO)
# What an analysis makes of the rest.
MADE_ANEW = (schema.hourly, schema.hourly_groups, schema.counted, schema.checkpoints)


def write_app(
    source: Database, app: str, file: Path, progress: Progress | None = None
) -> dict[str, int]:
    """Writes what a store holds of one app into a new SQLite store; rows by table, those with any.

    It is of one moment, whatever is written meanwhile.
    """
    key = secrets.token_bytes(32)
    found: dict[str, int] = {}
    tables = [table for table in schema.metadata.sorted_tables if table.name not in LEFT_OUT]
    with (
        open_store(str(file), secret=secrets.token_bytes(32)) as target,
        source.unchanging() as reading,
    ):
        for number, table in enumerate(tables, 1):
            found[table.name] = _copy(reading, target.database, table, app, key)
            if progress is not None:
                progress("packing", number, len(tables))
    in_one_file(file)
    return {name: rows for name, rows in found.items() if rows}


def open_to_analyse(file: Path, app: str, known_by: datetime) -> Store:
    """What `write_app` wrote, with a secret for the moment, to be analysed from its rows alone.

    Counts and what an analysis left off with are dropped, and every hour waits for a recount.
    known_by: polls that ended later are dropped, too: how far the past is watched by now was not
    known then. The file is changed: give a copy.
    """
    url = resolve_url(str(file))
    with explained(url):
        engine = connect(url)
    with Database(engine, b"").begin() as connection:
        connection.execute(sa.delete(schema.meta).where(schema.meta.c.key == "secret"))
    engine.dispose()
    store = open_store(str(file), secret=secrets.token_bytes(32), create=False)
    with store.database.begin() as connection:
        for table in MADE_ANEW:
            connection.execute(sa.delete(table))
        ended = sa.func.coalesce(schema.runs.c.first_ended_at, schema.runs.c.ended_at)
        connection.execute(sa.delete(schema.runs).where(ended > known_by))
        at = sa.type_coerce(schema.items.c.created_at, sa.BigInteger)
        hours = connection.execute(sa.select(at - at % HOUR_US).distinct()).scalars().all()
        store.hourly.mark_dirty(connection, [(app, from_us(hour)) for hour in hours])
    return store


def _copy(reading: sa.Connection, target: Database, table: sa.Table, app: str, key: bytes) -> int:
    total = 0
    with closing(batches(reading, table, _of(table, app))) as parts:
        for rows in parts:
            with target.begin() as connection:
                connection.execute(sa.insert(table), [_made_anew(row, key) for row in rows])
            total += len(rows)
    return total


def _of(table: sa.Table, app: str) -> "sa.ColumnElement[bool]":
    """Rows of a table that are of the app."""
    c = table.c
    if table is schema.meta:
        return c.key == f"{SETTLED}:{app}"
    if table is schema.apps:
        return c.key == app
    if table is schema.cursors:
        noted = sa.or_(*(c.name.startswith(prefix, autoescape=True) for prefix in SEEN))
        return sa.and_(c.app == app, noted)
    return c.app == app


def _made_anew(row: dict[str, Any], key: bytes) -> dict[str, Any]:
    """The row with another key of its author."""
    author = row.get("author_key")
    if author is None:
        return row
    made = hashlib.blake2b(author.encode(), digest_size=16, key=key).hexdigest()
    return {**row, "author_key": made}
