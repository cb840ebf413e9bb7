"""Cursors: the notes of a source's walk that say where it got to."""

from collections.abc import Collection, Sequence

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

    def by_app(self, source: str, name: str) -> dict[str, str]:
        """A source's cursor of that name, by app."""
        query = sa.select(C.c.app, C.c.value).where(C.c.source == source, C.c.name == name)
        with self.database.connect() as connection:
            return {row.app: row.value for row in connection.execute(query.order_by(C.c.app))}

    def named(self, app: str, prefix: str) -> dict[tuple[str, str], str]:
        """An app's cursors whose name begins so, by source and name."""
        query = sa.select(C.c.source, C.c.name, C.c.value).where(C.c.app == app)
        query = query.where(C.c.name.startswith(prefix, autoescape=True))
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(C.c.source, C.c.name))
            return {(row.source, row.name): row.value for row in rows}

    def drop(self, app: str, source: str, name: str) -> None:
        """Takes a cursor out."""
        mine = (C.c.app == app, C.c.source == source, C.c.name == name)
        with self.database.begin() as connection:
            connection.execute(sa.delete(C).where(*mine))

    def replace(
        self, app: str, sources: Collection[str], prefix: str, cursors: Sequence[Cursor]
    ) -> None:
        """Writes these cursors in the place of all of these sources whose name begins so, in one
        transaction."""
        mine = (C.c.app == app, C.c.source.in_(sources))
        ours = C.c.name.startswith(prefix, autoescape=True)
        with self.database.begin() as connection:
            connection.execute(sa.delete(C).where(*mine, ours))
            for cursor in cursors:
                self.put(connection, cursor)

    def put(self, connection: sa.Connection, cursor: Cursor) -> None:
        """Writes a cursor inside somebody's transaction."""
        values = {"app": cursor.app, "source": cursor.source, "name": cursor.name}
        self.database.put(connection, C, {**values, "value": cursor.value})

    def set(self, cursor: Cursor) -> None:
        """Writes a cursor on its own."""
        with self.database.begin() as connection:
            self.put(connection, cursor)
