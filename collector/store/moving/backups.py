"""A store as one file: made while others write, and put back."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from collector.errors import StoreError
from collector.progress import Progress
from collector.store import schema
from collector.store.database import Database
from collector.store.engine import connect, for_reading, is_of_today, resolve_url, sqlite_path
from collector.store.moving.copying import (
    Copied,
    checksum,
    copy,
    go_on_counting,
    put_rows,
    refuse_a_full_one,
)
from collector.store.store import Store, open_store

SUM = ".sha256"
PART = ".part"
BLOCK = 1 << 20
PAGES = 2_000
# Counts and where analyses left off: of all that there was, not of what is left.
MADE_AGAIN = frozenset(
    table.name
    for table in (
        schema.hourly, schema.hourly_groups, schema.counted, schema.dirty_hours, schema.checkpoints
    )
)  # fmt: skip
# SQLite refuses a file that is shorter than it says, but for those who repair it.
CUT_AS_WELL = "PRAGMA writable_schema = ON"


def backup(store: Store, file: Path, progress: Progress | None = None) -> Copied:
    """Writes the store into a new SQLite file, with a checksum beside it, while others may write.

    The file appears whole or not at all. Raises StoreError where it is there already.
    """
    if file.exists():
        raise StoreError(f"{file} is there already; name another file, such as one with the date")
    if not file.parent.is_dir():
        raise StoreError(f"there is no folder {file.parent} for {file.name}; make it first")
    part = file.with_name(file.name + PART)
    part.unlink(missing_ok=True)
    try:
        if store.database.is_sqlite:
            _pages(_file(store.database), part, progress)
            held = _checked(part, store.database.secret, progress)
        else:
            with open_store(str(part), secret=store.database.secret) as target:
                held = copy(store.database, target.database, progress)
            in_one_file(part)
        _settle(part)
        file.with_name(file.name + SUM).write_text(f"{_sum(part)}  {file.name}\n", "utf-8")
        part.replace(file)
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return held


def restore(file: Path, store: Store, progress: Progress | None = None) -> Copied:
    """Brings what a backup holds into an empty store. Raises StoreError where the backup is
    damaged, was made with another secret, or the store holds anything."""
    check_file(file)
    with tempfile.TemporaryDirectory(prefix="floodgauge-") as folder:
        with _reading(for_reading(resolve_url(str(file)))) as engine:
            source = Database(engine, store.database.secret)
            source.refuse_other_secret()
            if is_of_today(engine):
                return copy(source, store.database, progress, origin=str(file.absolute()))
        older = Path(shutil.copy(file, folder))  # brought up to date there; the backup stays
        with open_store(str(older), secret=store.database.secret) as brought:
            return copy(brought.database, store.database, progress, origin=str(file.absolute()))


def salvage(file: Path, store: Store, progress: Progress | None = None) -> dict[str, int]:
    """Brings what can still be read of a damaged file into an empty store; rows by table.

    Each table is read from its beginning until something cannot be read, then from its end.
    """
    refuse_a_full_one(store.database)
    refuse_missing(file)
    with _reading(for_reading(resolve_url(str(file))), damaged=True) as engine:
        _refuse_other_secret(engine, store.database)
        _refuse_an_older_one(engine, file)
        found: dict[str, int] = {}
        tables = [one for one in schema.metadata.sorted_tables if one.name not in MADE_AGAIN]
        for number, table in enumerate(tables, 1):
            rows = _what_can_be_read(engine, table)
            found[table.name] = put_rows(store.database, table, rows)
            if table is schema.items:
                _count_again(store, rows)
            if progress is not None:
                progress("salvaging", number, len(tables))
    go_on_counting(store.database)
    return found


def _refuse_other_secret(engine: sa.Engine, target: Database) -> None:
    """Where it can still be read which secret a damaged file was made with, it is this one."""
    marks = [row for row in _what_can_be_read(engine, schema.meta) if row["key"] == "secret"]
    if marks:
        target.refuse_mark(marks[0]["value"])


def _refuse_an_older_one(engine: sa.Engine, file: Path) -> None:
    """The tables of an older Floodgauge lack columns: they are brought up to date first."""
    try:
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("PRAGMA table_info(items)").mappings().all()
    except sa.exc.DBAPIError:
        return  # its damage hides what it is; what is read will tell
    there = {row["name"] for row in rows}
    if there and not there.issuperset(column.name for column in schema.items.columns):
        raise StoreError(
            f"{file} is of an older Floodgauge; open a copy of it with this one first "
            "(`floodgauge --store COPY status`), then salvage the copy"
        )


def _count_again(store: Store, rows: list[dict[str, Any]]) -> None:
    """The next analysis counts every hour of what is left."""
    with store.database.begin() as connection:
        store.hourly.mark_dirty(connection, ((row["app"], row["created_at"]) for row in rows))


def refuse_missing(file: Path) -> None:
    """Raises StoreError where there is no such file."""
    if not file.is_file():
        raise StoreError(f"there is no file {file}")


def check_file(file: Path) -> None:
    """Raises StoreError where a backup is not there, is cut, or is not what was written."""
    refuse_missing(file)
    noted = file.with_name(file.name + SUM)
    if noted.is_file():
        wanted = noted.read_text("utf-8").split(maxsplit=1)[:1]
        if wanted != [_sum(file)]:
            raise StoreError(
                f"{file} is not what was written: its checksum differs from {noted.name}; "
                f"{_what_is_left(file)}"
            )
    problem = _integrity(file)
    if problem is not None and "not a database" in problem:
        raise StoreError(f"{file} is no backup that Floodgauge wrote, nor a store")
    if problem is not None:
        raise StoreError(f"{file} is damaged ({problem}); {_what_is_left(file)}")


@contextmanager
def _reading(url: sa.URL, *, damaged: bool = False) -> Iterator[sa.Engine]:
    """An engine that writes nothing, let go at the end."""
    engine = connect(url)
    if damaged:
        sa.event.listen(engine, "connect", _cut_as_well, insert=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _cut_as_well(dbapi: Any, _record: Any) -> None:
    dbapi.execute(CUT_AS_WELL)


def _file(database: Database) -> Path:
    path = sqlite_path(database.engine.url)
    assert path is not None  # noqa: S101 - asked of SQLite alone
    return path


def _pages(source: Path, part: Path, progress: Progress | None) -> None:
    """SQLite's own backup: whole even while others write."""

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress("copying pages", total - remaining, total)

    with closing(_opened(source)) as reading, closing(_private(part)) as writing:
        reading.isolation_level = None
        reading.execute("BEGIN")  # one view of the store, or SQLite begins anew at each commit
        reading.execute("SELECT 1 FROM sqlite_master").fetchone()
        reading.backup(writing, pages=PAGES, progress=told)
        writing.execute("PRAGMA journal_mode = DELETE")


def _opened(file: Path, more: str = "") -> sqlite3.Connection:
    """A file for reading alone, whatever signs its name has."""
    options = "&".join(["mode=ro", *([more] if more else [])])
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?{options}", uri=True)


def _private(file: Path) -> sqlite3.Connection:
    file.touch(mode=0o600)
    return sqlite3.connect(file)


def in_one_file(file: Path) -> None:
    """A closed SQLite store without the files that SQLite puts beside one that is written."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _checked(part: Path, secret: bytes, progress: Progress | None) -> Copied:
    problem = _integrity(part)
    if problem is not None:
        raise StoreError(f"the copy is damaged ({problem}): the store itself may be; see `restore`")
    with open_store(str(part), secret=secret, create=False) as copied:
        held = checksum(copied.database, progress)
    in_one_file(part)
    return held


def _integrity(file: Path) -> str | None:
    """What SQLite finds wrong in a file; None where it is sound."""
    try:
        with closing(_opened(file, "immutable=1")) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found).splitlines()[-1]


def _what_is_left(file: Path) -> str:
    """How many rows of the tables that matter can still be read."""
    tables = [one.name for one in schema.metadata.sorted_tables if one.name not in MADE_AGAIN]
    found = {name: _readable(file, name) for name in tables if name != "meta"}
    read = ", ".join(f"{count} rows of {name}" for name, count in found.items() if count)
    if not read:
        return "nothing in it can be read; take an older backup"
    return f"{read} can still be read, and `floodgauge restore --salvage` restores them"


def _what_can_be_read(engine: sa.Engine, table: sa.Table) -> list[dict[str, Any]]:
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    keys = list(table.primary_key.columns)
    for order in (keys, [column.desc() for column in keys]):
        try:
            with engine.connect() as connection:
                query = sa.select(table).order_by(*order).execution_options(yield_per=1)
                for row in connection.execute(query).mappings():
                    key = tuple(row[column.name] for column in keys)
                    if key in found:
                        break
                    found[key] = dict(row)
        except (sa.exc.DBAPIError, sqlite3.DatabaseError, ValueError):
            continue  # what lies behind this place is read from the other end
        else:
            break
    needed = [column.name for column in table.columns if not column.nullable]
    return [row for row in found.values() if all(row[name] is not None for name in needed)]


def _readable(file: Path, table: str) -> int:
    rows = 0
    try:
        with closing(_opened(file, "immutable=1")) as connection:
            connection.execute(CUT_AS_WELL)
            for _ in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - names of ours
                rows += 1
    except sqlite3.DatabaseError:
        return rows
    return rows


def _settle(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _sum(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
