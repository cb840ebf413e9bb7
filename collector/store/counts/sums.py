"""Sums over many hours or many items, made in the database: what pages read instead of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.store import schema
from collector.store.columns import UtcTime
from collector.store.database import Database
from collector.store.query_frames import read_frame
from collector.times import DAY_US, to_us

H, T = schema.hourly.c, schema.items
SUMS = (
    "items", "rating_sum", "sentiment_sum", "sentiment_items", "sentiment_squares", "changed_items"
)  # fmt: skip
ALL_SOURCES: Any = sa.literal_column("''")
Span = tuple[datetime, datetime]  # from, until; until exclusive


@dataclass(frozen=True, slots=True)
class Rated:
    """A source's reviews with stars since a moment. began: the hour of its first, None where it has
    earlier ones. first, last: times of publication. low: those of one or two stars."""

    source: str
    began: datetime | None
    first: datetime
    last: datetime
    reviews: int
    low: int


class Sums:
    """Sums of hours that have been counted, and of items by day."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def days(self, app: str, record: type, *, end: datetime, days: int) -> pd.DataFrame:
        """Hourly counts summed over blocks of 24 hours, the last of which stops at `end`.

        Columns of `record` (SeriesHour), with `hour` the start of the block.
        """
        at = sa.type_coerce(H.hour, sa.BigInteger)
        last, length = _number(to_us(end)), _number(DAY_US)
        start = last - ((last - at - 1) // length + 1) * length
        query = self._summed(record, app, {"hour": sa.type_coerce(start, UtcTime)})
        query = query.where(at >= _number(to_us(end) - days * DAY_US), at < last)
        with self.database.connect() as connection:
            return read_frame(connection, query, record)

    def classes(self, app: str, record: type, *, since: datetime, until: datetime) -> pd.DataFrame:
        """Hourly counts of all sources together; stars 1 for one and two, 5 for four and five."""
        one, five = _number(1), _number(5)
        low, high = H.stars.in_((one, _number(2))), H.stars.in_((_number(4), five))
        stars = sa.case((low, one), (high, five), else_=H.stars)
        parts = {"source": ALL_SOURCES, "stars": stars}
        query = self._summed(record, app, parts).where(H.hour >= since, H.hour < until)
        with self.database.connect() as connection:
            return read_frame(connection, query, record)

    def stars(self, app: str, spans: Sequence[Span]) -> pd.DataFrame:
        """Rated reviews by day, source and country: day, source, country, rating, items.

        Reads the items of the spans; their index gives them in order of time.
        """
        at = sa.type_coerce(T.c.created_at, sa.BigInteger)
        keys = (at - at % _number(DAY_US), T.c.source, T.c.country, T.c.rating)
        parts: list[Any] = []
        with self.database.connect() as connection:
            for since, until in spans:
                query = (
                    sa.select(*keys, sa.func.count())
                    .with_hint(T, "INDEXED BY ix_items_app_created_at", "sqlite")
                    .where(T.c.app == app, T.c.created_at >= since, T.c.created_at < until)
                    .where(T.c.kind == "review", T.c.rating.is_not(None), schema.counting())
                    .group_by(*keys)
                )
                parts += connection.execute(query).all()
        return _stars_frame(parts)

    def star_hours(self, app: str, spans: Sequence[Span]) -> pd.DataFrame:
        """The same from the hours that are counted, for any number of items: without a country.

        An hour belongs to the span that it begins in.
        """
        at = sa.type_coerce(H.hour, sa.BigInteger)
        keys = (at - at % _number(DAY_US), H.source, sa.null(), H.stars)
        parts: list[Any] = []
        with self.database.connect() as connection:
            for since, until in spans:
                query = (
                    sa.select(*keys, sa.cast(sa.func.sum(H["items"]), sa.BigInteger))
                    .where(H.app == app, H.hour >= since, H.hour < until)
                    .where(H.kind == "review", H.stars > 0)
                    .group_by(keys[0], H.source, H.stars)
                )
                parts += connection.execute(query).all()
        return _stars_frame(parts)

    def low_by_day(self, app: str, since: datetime, until: datetime) -> pd.DataFrame:
        """Reviews with one or two stars, and all with stars, as counted: day, low, rated.

        Days without reviews are left out. since, until: midnights UTC, until exclusive.
        """
        low = sa.case((H.stars <= _number(2), H["items"]), else_=_number(0))
        hours = (  # hour by hour first: so much the index has in order
            sa.select(
                sa.type_coerce(H.hour, sa.BigInteger).label("at"),
                sa.cast(sa.func.sum(low), sa.BigInteger).label("low"),
                sa.cast(sa.func.sum(H["items"]), sa.BigInteger).label("rated"),
            )
            .where(H.app == app, H.hour >= since, H.hour < until)
            .where(H.kind == "review", H.stars > 0)
            .group_by(H.app, H.hour)
            .subquery()
        )
        day = hours.c.at - hours.c.at % _number(DAY_US)
        sums = [sa.cast(sa.func.sum(c), sa.BigInteger) for c in (hours.c.low, hours.c.rated)]
        with self.database.connect() as connection:
            rows = connection.execute(sa.select(day, *sums).group_by(day).order_by(day)).all()
        frame = pd.DataFrame(rows, columns=["day", "low", "rated"]).astype("int64")
        return frame.assign(day=pd.to_datetime(frame["day"], unit="us", utc=True))

    def rated(self, app: str, since: datetime) -> list[Rated]:
        """Of each source what it had of reviews with stars from a moment on."""
        low = sa.case((H.stars <= _number(2), H["items"]), else_=_number(0))
        sums = [sa.cast(sa.func.sum(c), sa.BigInteger) for c in (H["items"], low)]
        rated = (H.app == app, H.kind == "review", H.stars > 0)
        query = sa.select(H.source, sa.func.min(H.hour), sa.func.max(H.hour), *sums)
        query = query.where(*rated, H.hour >= since).group_by(H.source).order_by(H.source)
        before = sa.select(H.hour).where(*rated, H.hour < since).limit(1)
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
            older = {
                row.source
                for row in rows
                if connection.execute(before.where(H.source == row.source)).first() is not None
            }
            return [
                Rated(
                    source=row.source,
                    began=None if row.source in older else row[1],
                    first=_in_hour(connection, app, row.source, row[1], sa.func.min),
                    last=_in_hour(connection, app, row.source, row[2], sa.func.max),
                    reviews=int(row[3]),
                    low=int(row[4]),
                )
                for row in rows
            ]

    def any_stars(self, app: str) -> bool:
        """Whether any review with stars has been counted."""
        query = sa.select(H.hour).where(H.app == app, H.kind == "review", H.stars > 0).limit(1)
        with self.database.connect() as connection:
            return connection.execute(query).first() is not None

    def count(self, app: str, since: datetime, until: datetime) -> int:
        """Items in the hours of a span, as far as they have been counted."""
        query = sa.select(sa.func.coalesce(sa.func.sum(H["items"]), 0)).where(
            H.app == app, H.hour >= since, H.hour < until
        )
        with self.database.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def _summed(self, record: type, app: str, parts: dict[str, Any]) -> "sa.Select[Any]":
        kept = [n for n in record_frames.names(record) if n not in SUMS]
        keys = {name: parts.get(name, H[name]) for name in kept}
        if "hour" in parts:
            keys["hour"] = sa.type_coerce(parts["hour"], UtcTime)
        sums = [  # a sum of whole numbers is a decimal one on PostgreSQL
            sa.cast(sa.func.sum(H[name]), H[name].type).label(name)
            for name in record_frames.names(record)
            if name in SUMS
        ]
        labelled = [column.label(name) for name, column in keys.items()]
        groups = [c for name, c in keys.items() if name != "app" and c is not ALL_SOURCES]
        return (
            sa.select(*labelled, *sums)
            .where(H.app == app)
            .group_by(H.app, *groups)
            .order_by(*groups)
        )


def _in_hour(connection: Any, app: str, source: str, hour: datetime, end: Any) -> datetime:
    """The first or last review with stars of an hour; the hour itself where it is gone."""
    at = T.c.created_at
    query = sa.select(end(at)).where(T.c.app == app, T.c.source == source, T.c.kind == "review")
    query = query.where(
        schema.counting(), T.c.rating.is_not(None), at >= hour, at < hour + timedelta(hours=1)
    )
    return connection.execute(query).scalar_one() or hour


def _number(value: int) -> "sa.ColumnClause[int]":
    """A number written out: PostgreSQL takes two bound values in GROUP BY for different ones."""
    return sa.literal_column(str(value), sa.BigInteger)


def _stars_frame(rows: Sequence[Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["day", "source", "country", "rating", "items"])
    return pd.DataFrame(
        {
            "day": pd.to_datetime(frame["day"].astype("int64"), unit="us", utc=True),
            "source": frame["source"].astype("str"),
            "country": pd.Series(frame["country"], dtype="str"),
            "rating": frame["rating"].astype("float64"),
            "items": frame["items"].astype("int64"),
        }
    )
