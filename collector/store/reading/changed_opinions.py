"""Changed opinions: reviews that were written before, and say something else now."""

from datetime import datetime

import pandas as pd
import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.store.reading import paging
from collector.store.records import NONE_CHANGED, ChangedReviews, ItemFilter, narrowed

T = schema.items.c
NAMES = ("rating", "rating_before")


class ChangedOpinions:
    """How many of an app's reviews are changed ones, and what they had been."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def frame(self, app: str, *, since: datetime, until: datetime) -> pd.DataFrame:
        """Those of a span, by time: created_at, rating, rating_before. since inclusive, until
        exclusive."""
        query = (
            sa.select(T.created_at, *(T[name] for name in NAMES))
            .where(T.app == app, schema.is_changed(), schema.counting())
            .where(T.created_at >= since, T.created_at < until)
            .order_by(T.created_at, T.id)
        )
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
        frame = pd.DataFrame(rows, columns=["created_at", *NAMES])
        frame["created_at"] = pd.to_datetime(frame["created_at"], utc=True)
        return frame.astype(dict.fromkeys(NAMES, "float64"))

    def between(self, app: str, since: datetime, until: datetime) -> ChangedReviews:
        """How many there are in a span; since inclusive, until exclusive."""
        higher, lower = (
            sa.func.count(sa.case((side, 1)))
            for side in (T.rating_before > T.rating, T.rating_before < T.rating)
        )
        query = (
            sa.select(sa.func.count(), higher, lower)
            .where(T.app == app, schema.is_changed(), schema.counting())
            .where(T.created_at >= since, T.created_at < until)
        )
        with self.database.connect() as connection:
            return ChangedReviews(*connection.execute(query).one())

    def count(self, wanted: ItemFilter) -> ChangedReviews:
        """How many of the items that a filter matches are changed ones, as far as `count` looks."""
        with self.database.connect() as connection:
            apps = list(wanted.apps) or list(
                connection.execute(sa.select(schema.apps.c.key)).scalars()
            )
            every = paging.count(connection, narrowed(wanted, "all"), apps)
            if not every.items:
                return NONE_CHANGED
            higher = paging.count(connection, narrowed(wanted, "higher"), apps)
            lower = paging.count(connection, narrowed(wanted, "lower"), apps)
        exact = every.exact and higher.exact and lower.exact
        return ChangedReviews(every.items, higher.items, lower.items, exact)
