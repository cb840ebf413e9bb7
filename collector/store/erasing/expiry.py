"""Texts that were kept long enough: taken out, while stars, times and counts stay.

A row without its texts keeps the hash of what it said: a poll that reads the same again does not
put it back (see `is_expired`), and its score still counts in the hour in which it was published.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.store.erasing.erasure import Erasure

T, R, C = schema.items, schema.revisions, schema.item_changes
LOOKUP = 500  # ids in one IN list
NO_TEXT: dict[str, Any] = {"title": None, "text": None, "reply_text": None}
NO_ITEM_TEXT = {**NO_TEXT, "url": None, "search_text": None, "text_length": 0}
OLD_TEXT = sa.exists().where(
    R.c.item == T.c.id,
    sa.or_(*(R.c[name].is_not(None) for name in NO_TEXT)),
)
HAS_TEXT = sa.or_(*(T.c[name].is_not(None) for name in NO_TEXT), OLD_TEXT)


class Expiry:
    """What retention takes out of a store. Repeating it changes nothing."""

    def __init__(self, database: Database, erasure: Erasure) -> None:
        self.database = database
        self.erasure = erasure

    def texts(self, app: str, *, kind: str, seen_before: datetime, limit: int) -> int:
        """Takes the texts, and those before edits, out of at most `limit` items that were first
        seen before a moment; returns of how many."""
        where = sa.and_(T.c.kind == kind, T.c.first_seen < seen_before, HAS_TEXT)
        return self._take_out(app, where, NO_ITEM_TEXT, limit)

    def removed(self, app: str, *, removed_before: datetime, limit: int) -> int:
        """The same for items that their platform removed before a moment; these lose the key of
        their author, too, so that only counts are left."""
        where = sa.and_(
            T.c.removed_at < removed_before, sa.or_(HAS_TEXT, T.c.author_key.is_not(None))
        )
        return self._take_out(app, where, {**NO_ITEM_TEXT, "author_key": None}, limit)

    def _take_out(
        self, app: str, where: "sa.ColumnElement[bool]", values: dict[str, Any], limit: int
    ) -> int:
        due = sa.select(T.c.id).where(T.c.app == app, where).limit(limit)
        with self.database.begin() as connection:
            rows = connection.execute(due).all()
            for start in range(0, len(rows), LOOKUP):
                part = rows[start : start + LOOKUP]
                these = T.c.id.in_([row.id for row in part])
                connection.execute(sa.update(T).where(these).values(values))
                past = {n: None for n in values if n in schema.PAST}
                before = C.c.item.in_([row.id for row in part])
                connection.execute(sa.update(C).where(before).values(past))
                old = R.c.item.in_([row.id for row in part])
                connection.execute(sa.update(R).where(old).values(NO_TEXT))
            if rows:
                self.erasure.note(connection, [app])
        return len(rows)
