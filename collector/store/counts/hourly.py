"""Counts per hour, rebuilt for the hours that changed and no others."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from collector import record_frames
from collector.store import schema
from collector.store.counts import groups
from collector.store.counts.whole_stars import whole_stars
from collector.store.database import Database
from collector.store.query_frames import read_frame
from collector.times import HOUR_US, from_us, to_us

NEAR_HOURS = 24  # dirty hours closer than this are rebuilt in one go
T, D, C = schema.hourly, schema.dirty_hours, schema.counted


@dataclass(frozen=True, slots=True)
class Dirty:
    """Hours that changed, int64 microseconds, ascending, each with the stamp of its last change."""

    hours: NDArray[np.int64]
    stamps: NDArray[np.int64]


class Hourly:
    """The rollup of items by app, source, kind, hour and star class (0: no stars)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def mark_dirty(
        self, connection: sa.Connection, moments: Iterable[tuple[str, datetime]]
    ) -> None:
        """Notes that the hours of these (app, time) must be counted again."""
        hours = {(app, to_us(at) // HOUR_US * HOUR_US) for app, at in moments}
        stamp = secrets.randbits(62)
        self.database.put_all(
            connection,
            D,
            [{"app": app, "hour": from_us(hour), "stamp": stamp} for app, hour in sorted(hours)],
        )

    def dirty(self, app: str) -> Dirty:
        """Hours that wait for a recount."""
        with self.database.connect() as connection:
            return _read_dirty(connection, app)

    def waiting(self) -> dict[str, int]:
        """How many hours of each app wait for a recount; apps without any are left out."""
        query = sa.select(D.c.app, sa.func.count()).group_by(D.c.app)
        with self.database.connect() as connection:
            return {app: int(hours) for app, hours in connection.execute(query)}

    def recount(self, app: str) -> Dirty:
        """Counts the dirty hours anew and returns them. They stay dirty until `settle`."""
        with self.database.begin() as connection:
            dirty = _read_dirty(connection, app)
            more = 0
            for first, last in _runs(dirty.hours):
                span = (T.c.app == app, T.c.hour >= from_us(first), T.c.hour <= from_us(last))
                more -= _items(connection, *span)
                self._recount(connection, app, first, last + HOUR_US)
                more += _items(connection, *span)
            if more:
                insert = self.database.inserting(C)
                added = {"items": C.c["items"] + insert.excluded["items"]}
                adding = insert.on_conflict_do_update(index_elements=["app"], set_=added)
                connection.execute(adding, [{"app": app, "items": more}])
        return dirty

    def settle(self, app: str, dirty: Dirty) -> None:
        """Says that all that follows from these hours is done; one marked again meanwhile stays."""
        if not len(dirty.hours):
            return
        done = sa.delete(D).where(
            D.c.app == app, D.c.hour == sa.bindparam("at"), D.c.stamp == sa.bindparam("was")
        )
        pairs = zip(dirty.hours.tolist(), dirty.stamps.tolist(), strict=True)
        with self.database.begin() as connection:
            connection.execute(done, [{"at": from_us(h), "was": stamp} for h, stamp in pairs])

    def total(self, app: str, *, until: datetime | None = None) -> int:
        """Items of an app (in hours that began by `until`), as far as they have been counted."""
        with self.database.connect() as connection:
            query = sa.select(C.c["items"]).where(C.c.app == app)
            items = int(connection.execute(query).scalar_one_or_none() or 0)
            if until is not None:
                items -= _items(connection, T.c.app == app, T.c.hour > until)
            return items

    def review_ends(self, app: str, sources: Iterable[str]) -> dict[str, tuple[datetime, datetime]]:
        """First and last hour with opinions of reviews, by source; those without are left out.

        What waits for a recount counts, too. Looks from both ends to the first row that fits.
        """
        found: dict[str, tuple[datetime, datetime]] = {}
        with self.database.unchanging() as connection:
            waiting = {row[0]: row[1:] for row in connection.execute(_waiting_ends(app))}
            for source in sources:
                counted = _counted_ends(connection, app, source)
                known = [int(end) for end in (*waiting.get(source, ()), *counted)]
                if known:
                    low, high = (
                        from_us(end // HOUR_US * HOUR_US) for end in (min(known), max(known))
                    )
                    found[source] = low, high
        return found

    def newest_since(self, app: str, kind: str, before: datetime, items: int) -> datetime | None:
        """The hour from which on the newest `items` before an hour came; None: there are fewer."""
        query = sa.select(T.c.hour, T.c["items"]).where(
            T.c.app == app, T.c.kind == kind, T.c.hour < before
        )
        left = items
        with self.database.connect() as connection:
            result = connection.execution_options(stream_results=True, yield_per=500).execute(
                query.order_by(T.c.hour.desc())
            )
            for hour, count in result:
                left -= count
                if left <= 0:
                    result.close()
                    return hour  # type: ignore[no-any-return]
        return None

    def frame(
        self,
        app: str,
        record: type,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> pd.DataFrame:
        """Hours with items, in order; an hour without a row had none (or was not looked at)."""
        query = sa.select(*(T.c[n] for n in record_frames.names(record))).where(T.c.app == app)
        if since is not None:
            query = query.where(T.c.hour >= since)
        if until is not None:
            query = query.where(T.c.hour < until)
        query = query.order_by(T.c.hour, T.c.source, T.c.kind, T.c.stars)
        with self.database.connect() as connection:
            return read_frame(connection, query, record)

    def _recount(self, connection: sa.Connection, app: str, start: int, end: int) -> None:
        i, s = schema.items.c, schema.scores.c
        span = (T.c.app == app, T.c.hour >= from_us(start), T.c.hour < from_us(end))
        connection.execute(sa.delete(T).where(*span))
        at = sa.type_coerce(i.created_at, sa.BigInteger)
        hour = (at - at % HOUR_US).label("hour")
        stars = whole_stars(i.rating).label("stars")
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
                sa.func.coalesce(sa.func.sum(s.score * s.score), 0.0),
                sa.func.count(sa.case((schema.is_changed(), 1))),
            )
            .select_from(
                schema.items.outerjoin(
                    schema.scores, (s.app == i.app) & (s.text_hash == i.text_hash)
                )
            )
            .where(schema.counting())
            .where(i.app == app, i.created_at >= from_us(start), i.created_at < from_us(end))
            .group_by(i.app, hour, i.source, i.kind, stars)
        )
        connection.execute(sa.insert(T).from_select([c.name for c in T.columns], counted))
        groups.recount(connection, app, from_us(start), from_us(end))


def _counted_ends(connection: sa.Connection, app: str, source: str) -> list[int]:
    at = sa.type_coerce(T.c.hour, sa.BigInteger)
    waits = sa.select(D.c.hour).where(D.c.app == T.c.app, D.c.hour == T.c.hour).exists()
    review = T.c.kind == sa.literal_column("'review'")
    mine = sa.select(at).where(T.c.app == app, T.c.source == source, review, ~waits).limit(1)
    ends = (connection.execute(mine.order_by(way)).scalar() for way in (T.c.hour, T.c.hour.desc()))
    return [end for end in ends if end is not None]


def _waiting_ends(app: str) -> "sa.Select[Any]":
    i = schema.items.c
    at = sa.type_coerce(i.created_at, sa.BigInteger)
    return (
        sa.select(i.source, sa.func.min(at), sa.func.max(at))
        .select_from(schema.items.join(D, groups.within_hour()))
        .where(i.app == app, i.kind == "review", schema.counting())
        .group_by(i.source)
    )


def _items(connection: sa.Connection, *where: "sa.ColumnElement[bool]") -> int:
    query = sa.select(sa.func.coalesce(sa.func.sum(T.c["items"]), 0)).where(*where)
    return int(connection.execute(query).scalar_one())


def _read_dirty(connection: sa.Connection, app: str) -> Dirty:
    hour = sa.type_coerce(D.c.hour, sa.BigInteger)
    query = sa.select(hour, D.c.stamp).where(D.c.app == app).order_by(D.c.hour)
    pairs = np.asarray(connection.execute(query).all(), dtype=np.int64).reshape(-1, 2)
    return Dirty(pairs[:, 0], pairs[:, 1])


def _runs(hours: NDArray[np.int64]) -> Sequence[tuple[int, int]]:
    """Groups of near hours as (first, last)."""
    if not len(hours):
        return []
    cuts = np.flatnonzero(np.diff(hours) > NEAR_HOURS * HOUR_US) + 1
    return [(int(part[0]), int(part[-1])) for part in np.split(hours, cuts)]
