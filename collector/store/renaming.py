"""Giving an app another key: its whole history moves, and no other app is touched."""

import json

import sqlalchemy as sa

from collector.errors import StoreError
from collector.store import schema
from collector.store.database import Database

BURIED_AS = "buried_as"
"""Key in `meta`, with the app: the key under which what was forgotten of it is known."""
_OF_MODELS = (
    (schema.models, "name"),
    *((table, "engine") for table in schema.metadata.sorted_tables if "engine" in table.c),
)
"""Where the names of models stand, in which the app's key is one part of a path."""
_DOCUMENTS = (
    (schema.incidents, "document"),
    (schema.incidents, "listed"),
    (schema.alarms, "document"),
)


class Renaming:
    """Moves an app to another key, all of it at once."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def rename(self, old: str, new: str) -> None:
        """Everything of `old` is that of `new` from now on. Ids of incidents that were given stay.

        Raises StoreError where there is no `old`, or where `new` is an app already.
        """
        with self.database.begin() as connection:
            keys = set(connection.execute(sa.select(schema.apps.c.key)).scalars())
            if old not in keys:
                raise StoreError(f"no app {old!r} in the store")
            if new in keys:
                raise StoreError(f"{new!r} is an app of this store already; two are not joined")
            self._move(connection, old, new)

    def _move(self, connection: sa.Connection, old: str, new: str) -> None:
        apps = schema.apps
        connection.execute(sa.update(apps).where(apps.c.key == old).values(key=new))
        for table in schema.metadata.sorted_tables:
            if "app" in table.c:
                connection.execute(sa.update(table).where(table.c.app == old).values(app=new))
        for table, name in _OF_MODELS:
            column = table.c[name]
            moved = sa.func.replace(column, f"/{old}/", f"/{new}/")
            mine = column.contains(f"/{old}/", autoescape=True)
            connection.execute(sa.update(table).where(mine).values({name: moved}))
        for table, name in _DOCUMENTS:
            self._tell(connection, table, name, old, new)
        self._move_notes(connection, old, new)

    def _tell(
        self, connection: sa.Connection, table: sa.Table, name: str, old: str, new: str
    ) -> None:
        """The app that documents name."""
        own = list(table.primary_key.columns)
        query = sa.select(*own, table.c[name].label("told")).where(table.c.app == new)
        for row in connection.execute(query).all():
            kept = json.loads(row.told)
            if kept.get("app") == old:
                where = [column == value for column, value in zip(own, row, strict=False)]
                told = json.dumps({**kept, "app": new})
                connection.execute(sa.update(table).where(*where).values({name: told}))

    def _move_notes(self, connection: sa.Connection, old: str, new: str) -> None:
        """What `meta` keeps of an app stands behind a colon and its key."""
        meta = schema.meta
        for row in connection.execute(sa.select(meta)).all():
            kind, _, app = row.key.partition(":")
            if app == old and kind != BURIED_AS:
                mine = meta.c.key == row.key
                connection.execute(sa.update(meta).where(mine).values(key=f"{kind}:{new}"))
        origin = buried_as(connection, old)
        connection.execute(sa.delete(meta).where(meta.c.key == f"{BURIED_AS}:{old}"))
        self.database.put(connection, meta, {"key": f"{BURIED_AS}:{new}", "value": origin})


def buried_as(connection: sa.Connection, app: str) -> str:
    """The key of an app under which what was forgotten is marked: the first that it had."""
    query = sa.select(schema.meta.c.value).where(schema.meta.c.key == f"{BURIED_AS}:{app}")
    return connection.execute(query).scalar_one_or_none() or app
