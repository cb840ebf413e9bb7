"""Runs of sources, and the cursors that say where each got to."""

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from collector import tables
from collector.records import RunReport
from collector.store import schema
from collector.store.frames import read_frame
from collector.store.records import Cursor

if TYPE_CHECKING:
    from collector.store.store import Store

T, C = schema.runs, schema.cursors
COLUMNS = tables.names(RunReport)


class Runs:
    """What each run saw, and what it could not see."""

    def __init__(self, store: "Store") -> None:
        self.store = store

    def write(
        self,
        report: RunReport,
        *,
        message: str | None = None,
        details: dict[str, Any] | None = None,
        cursor: Cursor | None = None,
    ) -> None:
        """Keeps a run's report, with its cursor in the same transaction."""
        values = {name: getattr(report, name) for name in COLUMNS}
        text = None if details is None else json.dumps(details)
        with self.store.begin() as connection:
            connection.execute(sa.insert(T), [{**values, "message": message, "details": text}])
            if cursor is not None:
                self.store.cursors.put(connection, cursor)

    def frame(self, app: str | None = None) -> pd.DataFrame:
        """All runs, oldest first; columns of RunReport."""
        query = sa.select(*(T.c[n] for n in COLUMNS)).order_by(T.c.started_at, T.c.id)
        if app is not None:
            query = query.where(T.c.app == app)
        with self.store.connect() as connection:
            return read_frame(connection, query, RunReport)

    def latest(self, app: str | None = None) -> pd.DataFrame:
        """The newest run of each app and source: RunReport's columns, message, details (JSON)."""
        newest = sa.select(sa.func.max(T.c.id)).group_by(T.c.app, T.c.source)
        query = sa.select(*(T.c[n] for n in COLUMNS), T.c.message, T.c.details)
        query = query.where(T.c.id.in_(newest)).order_by(T.c.app, T.c.source)
        if app is not None:
            query = query.where(T.c.app == app)
        with self.store.connect() as connection:
            rows = connection.execute(query).all()
        frame = tables.frame_from_rows(RunReport, [row[: len(COLUMNS)] for row in rows])
        frame["message"] = pd.Series([row.message for row in rows], dtype="str")
        frame["details"] = pd.Series([row.details for row in rows], dtype="str")
        return frame


class Cursors:
    """Where each source's walk got to."""

    def __init__(self, store: "Store") -> None:
        self.store = store

    def get(self, app: str, source: str, name: str) -> str | None:
        query = sa.select(C.c.value).where(C.c.app == app, C.c.source == source, C.c.name == name)
        with self.store.connect() as connection:
            value: str | None = connection.execute(query).scalar_one_or_none()
        return value

    def put(self, connection: sa.Connection, cursor: Cursor) -> None:
        """Writes a cursor inside somebody's transaction."""
        values = {"app": cursor.app, "source": cursor.source, "name": cursor.name}
        self.store.put(connection, C, {**values, "value": cursor.value})

    def set(self, cursor: Cursor) -> None:
        """Writes a cursor on its own."""
        with self.store.begin() as connection:
            self.put(connection, cursor)
