"""Cursors: the notes of a source's walk that say where it got to."""

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.store.records import Cursor

C = schema.cursors


class Cursors:
    """Where each source's walk got to."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, app: str, source: str, name: str) -> str | None:
        query = sa.select(C.c.value).where(C.c.app == app, C.c.source == source, C.c.name == name)
        with self.database.connect() as connection:
            value: str | None = connection.execute(query).scalar_one_or_none()
        return value

    def of_all_apps(self, source: str, name: str) -> list[str]:
        """Values of a source's cursor of that name, one for each app that has one."""
        query = sa.select(C.c.value).where(C.c.source == source, C.c.name == name)
        with self.database.connect() as connection:
            return list(connection.execute(query).scalars())

    def put(self, connection: sa.Connection, cursor: Cursor) -> None:
        """Writes a cursor inside somebody's transaction."""
        values = {"app": cursor.app, "source": cursor.source, "name": cursor.name}
        self.database.put(connection, C, {**values, "value": cursor.value})

    def set(self, cursor: Cursor) -> None:
        """Writes a cursor on its own."""
        with self.database.begin() as connection:
            self.put(connection, cursor)
