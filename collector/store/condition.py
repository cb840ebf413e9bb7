"""How a store's place is, without opening the store: its schema, its writing, its room."""

import os
import shutil
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from collector.errors import StoreError
from collector.store import engine as databases
from collector.store import schema
from collector.store.database import Database

Age = Literal["none", "older", "today", "newer"]


def age(url: sa.URL) -> Age:
    """Whether its schema is that of today; "none" where nothing has been stored yet.

    Changes nothing: a store of an older Floodgauge stays one. Raises StoreError.
    """
    path = databases.sqlite_path(url)
    if path is not None and not path.exists():
        return "none"
    with databases.explained(url):
        engine = databases.connect(databases.for_reading(url))
        try:
            found = databases.schema_of(engine)
        finally:
            engine.dispose()
    known = databases.schemas()
    if found is None:
        return "none"
    if found not in known:
        return "newer"
    return "today" if found == known[-1] else "older"


def refuse_unwritable(database: Database) -> None:
    """Raises StoreError where this user cannot write the store; writes nothing itself."""
    nothing = sa.update(schema.meta).where(sa.false()).values(value="")
    with database.begin() as connection:
        connection.execute(nothing)


def refuse_unmade(url: sa.URL) -> None:
    """Raises StoreError where a store that is not there yet could not be made."""
    folder = nearest_folder(url)
    if folder is not None and not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"{folder} cannot be written by this user; name another with --store")


def nearest_folder(url: sa.URL) -> Path | None:
    """The folder of a database file, or the nearest above it that is there; None on a server."""
    path = databases.sqlite_path(url)
    if path is None or str(path) == ":memory:":
        return None
    above = path.absolute().parents
    return next((folder for folder in above if folder.is_dir()), None)


def free_bytes(url: sa.URL) -> int | None:
    """What is free beside the store for this user; None where it is on a server."""
    folder = nearest_folder(url)
    return None if folder is None else shutil.disk_usage(folder).free
