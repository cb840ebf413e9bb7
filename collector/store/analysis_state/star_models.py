"""Trained models, as plain bytes."""

from datetime import datetime

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database


class Models:
    """Trained models as plain bytes, each with the moment up to which it learned."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def save(
        self, name: str, blob: bytes, *, trained_until: datetime, created_at: datetime
    ) -> None:
        """Keeps a model under a name that carries its version."""
        values = {"trained_until": trained_until, "created_at": created_at, "blob": blob}
        with self.database.begin() as connection:
            self.database.put(connection, schema.models, {"name": name, **values})

    def load(self, name: str) -> bytes | None:
        query = sa.select(schema.models.c.blob).where(schema.models.c.name == name)
        with self.database.connect() as connection:
            blob = connection.execute(query).scalar_one_or_none()
        return None if blob is None else bytes(blob)

    def names(self, prefix: str = "") -> list[tuple[str, datetime]]:
        """(name, trained_until) of the models whose name starts with `prefix`, oldest first."""
        t = schema.models.c
        query = sa.select(t.name, t.trained_until).where(t.name.startswith(prefix, autoescape=True))
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(t.trained_until, t.name)).all()
        return [(row.name, row.trained_until) for row in rows]
