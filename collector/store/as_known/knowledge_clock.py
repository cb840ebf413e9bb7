"""Moments of knowledge: each write that changes what is known of an app has one of its own.

A moment is the clock's time, pushed on where need be so that it comes after every earlier one: the
rows of an app as of a moment are the same for good, whatever is written later (see as_of.py).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.columns import UtcTime
from collector.store.database import Database
from collector.times import EPOCH

M, C, T, S = schema.moments, schema.item_changes, schema.items, schema.scores


class KnowledgeClock:
    """The newest moment of each app, and what its items and scores said before a change."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def latest(self, app: str) -> datetime:
        """The newest moment of an app, 1970 where nothing was ever written."""
        query = sa.select(M.c.at).where(M.c.app == app)
        with self.database.connect() as connection:
            return connection.execute(query).scalar_one_or_none() or EPOCH

    def new(self, connection: sa.Connection, apps: Iterable[str]) -> dict[str, datetime]:
        """A new moment for each app; until the transaction ends no other can get one, so that
        moments come in the order in which their writes can be seen."""
        now = self.database.clock()
        insert = self.database.inserting(M)
        before = sa.type_coerce(M.c.at, sa.BigInteger)
        wanted = sa.type_coerce(insert.excluded.at, sa.BigInteger)
        later = sa.case((wanted > before, wanted), else_=before + 1)
        put = insert.on_conflict_do_update(index_elements=["app"], set_={"at": later})
        return {
            app: connection.execute(put.returning(M.c.at), {"app": app, "at": now}).scalar_one()
            for app in sorted(set(apps))
        }

    def keep_items(
        self, connection: sa.Connection, rows: Sequence[Any], moments: dict[str, datetime]
    ) -> None:
        """Keeps what rows of items say, content apart, before they are changed."""
        before = [
            {"app": r.app, "item": r.id, "stored_at": moments[r.app]}
            | {name: getattr(r, name) for name in schema.PAST}
            for r in rows
        ]
        if before:
            connection.execute(sa.insert(C), before)

    def keep_items_where(
        self, connection: sa.Connection, app: str, where: "sa.ColumnElement[bool]"
    ) -> datetime:
        """The same for all items of an app that match; returns the moment of the change."""
        moment = self.new(connection, [app])[app]
        at = sa.literal(moment, UtcTime)
        rows = sa.select(T.c.app, T.c.id, at, *(T.c[n] for n in schema.PAST)).where(where)
        names = ["app", "item", "stored_at", *schema.PAST]
        connection.execute(sa.insert(C).from_select(names, rows))
        return moment

    def keep_scores(
        self, connection: sa.Connection, app: str, where: "sa.ColumnElement[bool]"
    ) -> datetime:
        """Keeps the scores of an app that match, before they are made anew."""
        moment = self.new(connection, [app])[app]
        names = ["app", "text_hash", "engine", "score", "scored_at"]
        at = sa.literal(moment, UtcTime)
        rows = sa.select(*(S.c[n] for n in names), at)
        rows = rows.where(S.c.app == app, S.c.engine.is_not(None), where)
        insert = sa.insert(schema.score_changes).from_select([*names, "stored_at"], rows)
        connection.execute(insert)
        return moment
