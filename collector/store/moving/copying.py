"""A store copied into another database, row by row, and the proof that both hold the same."""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from collector.errors import StoreError
from collector.progress import Progress
from collector.store import schema
from collector.store.database import Database
from collector.store.engine import shown_address

BATCH = 400  # rows; their keys go into one IN list
ONE_MORE = 2**128
UNDER_WAY = "copied_from"  # in `meta` while a copy is not whole


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands in both databases. rows: by table, those that have any."""

    rows: dict[str, int]
    checksum: str


def copy(
    source: Database,
    target: Database,
    progress: Progress | None = None,
    *,
    origin: str | None = None,
) -> Copied:
    """Makes the target hold every row of the source, as it stands at this moment.

    Safe to interrupt: a second run goes on with what is missing or has changed since. origin: what
    the source is known by, where that is not its own address (a backup, brought up to date). Raises
    StoreError where the target holds anything else, and where both differ at the end.
    """
    _refuse_another(source, target, origin or source.url)
    with source.unchanging() as reading:
        for table in schema.metadata.sorted_tables:
            _copy_table(reading, target, table, progress)
        wanted = _digest(reading, progress, "checking the source")
    go_on_counting(target)
    _note(target, None)
    with target.unchanging() as reading:
        found = _digest(reading, progress, "checking the copy")
    if found != wanted:
        differing = ", ".join(sorted(name for name in wanted if wanted[name] != found.get(name)))
        raise StoreError(
            f"the copy differs from its source in {differing}; run the command again, with nothing "
            "writing to the copy meanwhile"
        )
    return _told(wanted)


def checksum(database: Database, progress: Progress | None = None) -> Copied:
    """What a store holds, as numbers of rows and one checksum that any database gives alike."""
    with database.unchanging() as reading:
        return _told(_digest(reading, progress, "checking"))


def is_empty(database: Database) -> bool:
    """Whether a store holds neither apps nor runs nor items."""
    with database.connect() as connection:
        return not any(
            connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
            for table in (schema.apps, schema.runs, schema.items, schema.tombstones)
        )


def _refuse_another(source: Database, target: Database, known_as: str) -> None:
    """A target is new, or a copy of this very source that broke off."""
    if source.engine.url == target.engine.url:
        raise StoreError("a store is not copied onto itself; name another with --to")
    origin = hashlib.sha256(known_as.encode()).hexdigest()
    query = sa.select(schema.meta.c.value).where(schema.meta.c.key == UNDER_WAY)
    with target.connect() as connection:
        begun = connection.execute(query).scalar_one_or_none()
    if begun != origin:
        refuse_a_full_one(target)
    _note(target, origin)


def refuse_a_full_one(target: Database) -> None:
    """Raises StoreError where a store that is to be filled holds something."""
    if not is_empty(target):
        where = shown_address(target.engine.url)
        raise StoreError(
            f"the store {where} holds something already; name a new one, or move this one away"
        )


def put_rows(target: Database, table: sa.Table, rows: Sequence[dict[str, Any]]) -> int:
    """Writes rows that are not there yet; how many were given."""
    for start in range(0, len(rows), BATCH):
        with target.begin() as connection:
            target.put_missing(connection, table, rows[start : start + BATCH])
    return len(rows)


def _note(target: Database, origin: str | None) -> None:
    with target.begin() as connection:
        if origin is None:
            connection.execute(sa.delete(schema.meta).where(schema.meta.c.key == UNDER_WAY))
        else:
            target.put(connection, schema.meta, {"key": UNDER_WAY, "value": origin})


def _copy_table(
    reading: sa.Connection, target: Database, table: sa.Table, progress: Progress | None
) -> None:
    total = _count(reading, table)
    done = 0
    with closing(batches(reading, table)) as parts:
        for rows in parts:
            _copy_batch(target, table, rows)
            done += len(rows)
            if progress is not None:
                progress(f"copying {table.name}", done, total)
    with target.connect() as connection:
        surplus = _count(connection, table) - total - (table is schema.meta)  # its own note
    if surplus > 0:
        _drop_what_went(reading, target, table)


def _copy_batch(target: Database, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Writes the rows that the target lacks or has otherwise."""
    with target.begin() as connection:
        there = _rows_of(connection, table, [_key(table, row) for row in rows])
        changed = [row for row in rows if there.get(_key(table, row)) != row]
        for row in changed:
            if _key(table, row) in there:
                connection.execute(sa.delete(table).where(_is(table, row)))
        if changed:
            connection.execute(sa.insert(table), changed)


def _drop_what_went(reading: sa.Connection, target: Database, table: sa.Table) -> None:
    """What a copy that broke off had and its source has no more."""
    with target.connect() as connection:
        parts = list(_keys(connection, table))
    for keys in parts:
        left = _rows_of(reading, table, keys)
        gone = [key for key in keys if key not in left and key != (UNDER_WAY,)]
        with target.begin() as connection:
            for key in gone:
                named = dict(zip((c.name for c in _primary(table)), key, strict=True))
                connection.execute(sa.delete(table).where(_is(table, named)))


def batches(
    connection: sa.Connection, table: sa.Table, *where: "sa.ColumnElement[bool]"
) -> Generator[list[dict[str, Any]]]:
    """A table's rows by their key, all or those that match, some at a time."""
    query = sa.select(table).where(*where).order_by(*_primary(table))
    found = connection.execution_options(yield_per=BATCH).execute(query)
    with closing(found):
        for part in found.mappings().partitions(BATCH):
            yield [dict(row) for row in part]


def _keys(connection: sa.Connection, table: sa.Table) -> Iterator[list[tuple[Any, ...]]]:
    found = connection.execute(sa.select(*_primary(table)))
    for part in found.partitions(BATCH):
        yield [tuple(row) for row in part]


def _rows_of(
    connection: sa.Connection, table: sa.Table, keys: Sequence[tuple[Any, ...]]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    columns = _primary(table)
    chosen = (
        columns[0].in_([key[0] for key in keys])
        if len(columns) == 1
        else sa.tuple_(*columns).in_(keys)
    )
    found = connection.execute(sa.select(table).where(chosen)).mappings()
    return {_key(table, row): dict(row) for row in found}


def _primary(table: sa.Table) -> list[sa.Column[Any]]:
    return list(table.primary_key.columns)


def _key(table: sa.Table, row: Any) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in _primary(table))


def _is(table: sa.Table, row: dict[str, Any]) -> Any:
    return sa.and_(*(column == row[column.name] for column in _primary(table)))


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def go_on_counting(target: Database) -> None:
    """Rows that follow get numbers behind those that were copied: PostgreSQL counts apart."""
    if target.is_sqlite:
        return
    with target.begin() as connection:
        for table in schema.metadata.sorted_tables:
            column = table.autoincrement_column
            if column is None:
                continue
            highest = connection.execute(sa.select(sa.func.max(column))).scalar_one_or_none()
            sequence = connection.execute(
                sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))
            ).scalar_one_or_none()
            if highest is not None and sequence is not None:
                connection.execute(sa.select(sa.func.setval(sequence, highest)))


def _digest(
    connection: sa.Connection, progress: Progress | None, what: str
) -> dict[str, tuple[int, int]]:
    """Rows and the sum of their hashes by table: the order, which databases give each in their own
    way, does not matter."""
    found: dict[str, tuple[int, int]] = {}
    tables = schema.metadata.sorted_tables
    for number, table in enumerate(tables, 1):
        rows, total = 0, 0
        for part in batches(connection, table):
            part = [row for row in part if row.get("key") != UNDER_WAY or table is not schema.meta]
            rows += len(part)
            total += sum(_hash(row) for row in part)
        found[table.name] = (rows, total % ONE_MORE)
        if progress is not None:
            progress(what, number, len(tables))
    return found


def _hash(row: dict[str, Any]) -> int:
    said = repr([_plain(value) for value in row.values()]).encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=16).digest(), "big")


def _plain(value: Any) -> Any:
    """The value as every database gives it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value


def _told(found: dict[str, tuple[int, int]]) -> Copied:
    whole = hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()
    return Copied({name: rows for name, (rows, _) in found.items() if rows}, whole)
