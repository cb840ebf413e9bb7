"""What a store no longer shows, by when a poll first did not see it any more."""

from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.times import from_us

T = schema.items.c


class Removed:
    """Reviews that vanished from their stores."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def counts(self, app: str, *, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
        """Moments at which reviews said since a moment were gone, and how many each time."""
        return self._moments(app, since, until, sa.func.count(T.item_id.distinct()))

    def reviews(self, app: str, *, since: datetime, until: datetime) -> pd.DataFrame:
        """Reviews that were gone from one moment to another, both inclusive, each with what it said
        last: at, source, item_id, created_at, rating, last_seen."""
        names = ("source", "item_id", "created_at", "rating", "last_seen")
        query = (
            sa.select(T.removed_at.label("at"), *(T[n] for n in names))
            .where(*self._of(app), T.removed_at >= since, T.removed_at <= until)
            .order_by(T.created_at, T.id)
        )
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
        frame = pd.DataFrame(rows, columns=["at", *names])
        for name in ("at", "created_at", "last_seen"):
            frame[name] = pd.to_datetime(frame[name], utc=True)
        frame["rating"] = frame["rating"].astype("float64")
        return frame.drop_duplicates(["source", "item_id"], keep="last").reset_index(drop=True)

    def _moments(
        self, app: str, since: datetime, until: datetime, counted: Any
    ) -> list[tuple[datetime, int]]:
        at = sa.type_coerce(T.removed_at, sa.BigInteger)
        query = (
            sa.select(at, counted)
            .where(*self._of(app), T.created_at >= since, T.removed_at <= until)
            .group_by(at)
            .order_by(at)
        )
        with self.database.connect() as connection:
            return [(from_us(row[0]), int(row[1])) for row in connection.execute(query)]

    def _of(self, app: str) -> list[Any]:
        return [
            T.app == app,
            T.removed_at.is_not(None),
            T.kind == "review",
            schema.counting(),
        ]
