"""Checkpoints: states of an analysis, as plain bytes."""

from datetime import datetime

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database


class Checkpoints:
    """States from which an analysis can go on."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def save(
        self, app: str, name: str, at: datetime, blob: bytes, *, keep: int | None = None
    ) -> None:
        """Keeps a state, and of all of this name only the newest `keep`."""
        t = schema.checkpoints
        mine = (t.c.app == app, t.c.name == name)
        with self.database.begin() as connection:
            row = {"app": app, "name": name, "at": at, "blob": blob}
            self.database.put(connection, t, row)
            if keep is not None:
                newest = sa.select(t.c.at).where(*mine).order_by(t.c.at.desc()).limit(keep)
                times = connection.execute(newest).scalars().all()
                connection.execute(sa.delete(t).where(*mine, t.c.at < min(times)))

    def latest(
        self, app: str, name: str, *, before: datetime | None = None
    ) -> tuple[datetime, bytes] | None:
        """The newest state, or the newest at or before a moment."""
        t = schema.checkpoints.c
        query = sa.select(t.at, t.blob).where(t.app == app, t.name == name)
        if before is not None:
            query = query.where(t.at <= before)
        with self.database.connect() as connection:
            row = connection.execute(query.order_by(t.at.desc()).limit(1)).first()
        return None if row is None else (row.at, bytes(row.blob))

    def drop(self, app: str, name: str, *, after: datetime | None = None) -> None:
        """Removes states, or those after a moment."""
        t = schema.checkpoints
        query = sa.delete(t).where(t.c.app == app, t.c.name == name)
        if after is not None:
            query = query.where(t.c.at > after)
        with self.database.begin() as connection:
            connection.execute(query)
