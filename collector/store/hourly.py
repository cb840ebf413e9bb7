"""Counts per hour, rebuilt for the hours that changed and no others."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from collector.store import schema
from collector.store.frames import read_frame
from collector.store.schema import HOUR_US, from_us, to_us

if TYPE_CHECKING:
    from collector.store.store import Store

NEAR_HOURS = 24  # dirty hours closer than this are rebuilt in one go
T, D = schema.hourly, schema.dirty_hours


class Hourly:
    """The rollup of items by app, source, kind, hour and star class (0: no stars)."""

    def __init__(self, store: "Store") -> None:
        self.store = store

    def mark_dirty(
        self, connection: sa.Connection, moments: Iterable[tuple[str, datetime]]
    ) -> None:
        """Notes that the hours of these (app, time) must be counted again."""
        hours = {(app, to_us(at) // HOUR_US * HOUR_US) for app, at in moments}
        self.store.put_missing(
            connection, D, [{"app": app, "hour": from_us(hour)} for app, hour in sorted(hours)]
        )

    def dirty(self, app: str) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """Hours that wait for a recount, int64 microseconds, ascending."""
        query = sa.select(sa.type_coerce(D.c.hour, sa.BigInteger)).where(D.c.app == app)
        with self.store.connect() as connection:
            hours = connection.execute(query.order_by(D.c.hour)).scalars().all()
        return np.asarray(hours, dtype=np.int64)

    def refresh(self, app: str) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """Recounts the dirty hours; returns them. One transaction."""
        with self.store.begin() as connection:
            query = sa.select(sa.type_coerce(D.c.hour, sa.BigInteger)).where(D.c.app == app)
            found = connection.execute(query.order_by(D.c.hour)).scalars().all()
            hours = np.asarray(found, dtype=np.int64)
            for first, last in _runs(hours):
                self._recount(connection, app, first, last + HOUR_US)
            connection.execute(sa.delete(D).where(D.c.app == app))
        return hours

    def frame(
        self,
        app: str,
        record: type,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> pd.DataFrame:
        """Hours with items, in order; an hour without a row had none (or was not looked at)."""
        from collector import tables

        query = sa.select(*(T.c[n] for n in tables.names(record))).where(T.c.app == app)
        if since is not None:
            query = query.where(T.c.hour >= since)
        if until is not None:
            query = query.where(T.c.hour < until)
        query = query.order_by(T.c.hour, T.c.source, T.c.kind, T.c.stars)
        with self.store.connect() as connection:
            return read_frame(connection, query, record)

    def _recount(self, connection: sa.Connection, app: str, start: int, end: int) -> None:
        i, s = schema.items.c, schema.scores.c
        span = (T.c.app == app, T.c.hour >= from_us(start), T.c.hour < from_us(end))
        connection.execute(sa.delete(T).where(*span))
        at = sa.type_coerce(i.created_at, sa.BigInteger)
        hour = (at - at % HOUR_US).label("hour")
        stars = sa.cast(sa.func.coalesce(sa.func.round(i.rating), 0), sa.Integer).label("stars")
        counted = (
            sa.select(
                i.app,
                hour,
                i.source,
                i.kind,
                stars,
                sa.func.count(),
                sa.func.coalesce(sa.func.sum(i.rating), 0.0),
                sa.func.coalesce(sa.func.sum(s.score), 0.0),
                sa.func.count(s.score),
            )
            .select_from(
                schema.items.outerjoin(
                    schema.scores, (s.app == i.app) & (s.text_hash == i.text_hash)
                )
            )
            .where(i.app == app, i.created_at >= from_us(start), i.created_at < from_us(end))
            .group_by(i.app, hour, i.source, i.kind, stars)
        )
        connection.execute(sa.insert(T).from_select([c.name for c in T.columns], counted))


def _runs(hours: "np.ndarray[Any, np.dtype[np.int64]]") -> Sequence[tuple[int, int]]:
    """Groups of near hours as (first, last)."""
    if not len(hours):
        return []
    cuts = np.flatnonzero(np.diff(hours) > NEAR_HOURS * HOUR_US) + 1
    return [(int(part[0]), int(part[-1])) for part in np.split(hours, cuts)]
