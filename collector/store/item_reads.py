"""Items: frames for the analysis, pages for the dashboard. Writing is in items.py."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from collector import tables
from collector.records import Item, Revision
from collector.store import schema
from collector.store.frames import read_frame
from collector.store.records import ItemFilter, Sort

if TYPE_CHECKING:
    from collector.store.store import Store

T = schema.items
ORDERS: dict[Sort, tuple[Any, ...]] = {
    "newest": (T.c.created_at.desc(), T.c.id.desc()),
    "oldest": (T.c.created_at, T.c.id),
    "lowest": (T.c.rating.is_(None), T.c.rating, T.c.created_at.desc(), T.c.id.desc()),
    "highest": (T.c.rating.is_(None), T.c.rating.desc(), T.c.created_at.desc(), T.c.id.desc()),
    "thumbs": (sa.func.coalesce(T.c.thumbs_up, 0).desc(), T.c.created_at.desc(), T.c.id.desc()),
}
CONTENT = ["rating", "title", "text", "version", "reply_text"]


class ItemReads:
    """Everything that reads items."""

    def __init__(self, store: "Store") -> None:
        self.store = store

    def frame(
        self,
        app: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kind: str | None = None,
        as_of: datetime | None = None,
        record: type = Item,
    ) -> pd.DataFrame:
        """Items of an app by time of publication; columns of Item, or of ScoredItem if given.

        since inclusive, until exclusive. as_of: the state at that moment as published: nothing
        later, edits undone, later replies and removals left out.
        """
        query = self._select(record).where(T.c.app == app).order_by(T.c.created_at, T.c.id)
        if since is not None:
            query = query.where(T.c.created_at >= since)
        if until is not None:
            query = query.where(T.c.created_at < until)
        if as_of is not None:
            query = query.where(T.c.created_at <= as_of)
        if kind is not None:
            query = query.where(T.c.kind == kind)
        with self.store.connect() as connection:
            frame = read_frame(connection, query, record)
            if as_of is None or frame.empty:
                return frame
            return _as_it_was(frame, self._later_revisions(connection, app, as_of), as_of)

    def arrays(
        self, app: str, *, since: datetime | None = None, as_of: datetime | None = None
    ) -> pd.DataFrame:
        """Only what the detectors need: at (int64, microseconds), stars (int8), source, is_post.

        Times in order; stars 0 where there are none. Memory: about 30 bytes an item.
        """
        query = sa.select(
            sa.type_coerce(T.c.created_at, sa.BigInteger).label("at"),
            T.c.rating,
            T.c.source,
            T.c.kind,
            T.c.item_id,
        ).where(T.c.app == app)
        if since is not None:
            query = query.where(T.c.created_at >= since)
        if as_of is not None:
            query = query.where(T.c.created_at <= as_of)
        with self.store.connect() as connection:
            query = query.order_by(T.c.created_at, T.c.id)
            result = connection.execution_options(stream_results=True).execute(query)
            parts = [_compact(list(p)) for p in result.partitions(50_000)]
            frame = pd.concat(parts, ignore_index=True) if parts else _compact([])
            if as_of is not None and not frame.empty:
                later = self._later_revisions(connection, app, as_of)
                old = later.set_index(["source", "item_id"])["rating"]
                keys = pd.MultiIndex.from_frame(frame[["source", "item_id"]].astype("str"))
                where = keys.isin(old.index)
                stars = old.reindex(keys[where]).fillna(0).round().to_numpy(np.int8)
                frame.loc[where, "stars"] = stars
        return frame.drop(columns="item_id")

    def page(
        self,
        wanted: ItemFilter,
        *,
        sort: Sort = "newest",
        limit: int = 50,
        offset: int = 0,
        record: type = Item,
    ) -> pd.DataFrame:
        """One page of items, filtered and sorted in the database; columns of `record`."""
        query = (
            self._select(record, joined=True)
            .where(*_conditions(wanted))
            .order_by(*ORDERS[sort])
            .limit(limit)
            .offset(offset)
        )
        with self.store.connect() as connection:
            return read_frame(connection, query, record)

    def count(self, wanted: ItemFilter) -> int:
        """How many items a filter matches."""
        query = sa.select(sa.func.count()).select_from(_scored()).where(*_conditions(wanted))
        with self.store.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def distinct(self, app: str | None, column: str) -> list[str]:
        """Distinct values of a column, for the filters' lists."""
        query = sa.select(T.c[column]).where(T.c[column].is_not(None)).distinct()
        if app is not None:
            query = query.where(T.c.app == app)
        with self.store.connect() as connection:
            return sorted(connection.execute(query).scalars())

    def span(self, app: str) -> tuple[datetime, datetime] | None:
        """First and last time of publication, None for an app without items."""
        first = sa.select(sa.func.min(T.c.created_at)).where(T.c.app == app)  # one end a query:
        last = sa.select(sa.func.max(T.c.created_at)).where(T.c.app == app)  # the index answers it
        with self.store.connect() as connection:
            found = connection.execute(first).scalar_one(), connection.execute(last).scalar_one()
        return None if found[0] is None else found

    def freshness(self) -> pd.DataFrame:
        """Per app and source: items, newest (time published), last_seen (time polled)."""
        query = sa.select(
            T.c.app,
            T.c.source,
            sa.func.count().label("items"),
            sa.func.max(T.c.created_at).label("newest"),
            sa.func.max(T.c.last_seen).label("last_seen"),
        ).group_by(T.c.app, T.c.source)
        with self.store.connect() as connection:
            rows = connection.execute(query.order_by(T.c.app, T.c.source)).all()
        return pd.DataFrame(rows, columns=["app", "source", "items", "newest", "last_seen"])

    def _select(self, record: type, *, joined: bool = False) -> "sa.Select[Any]":
        s = schema.scores.c
        extra = {"sentiment": s.score, "sentiment_engine": s.engine}
        chosen = [
            extra[name].label(name) if name in extra else T.c[name] for name in tables.names(record)
        ]
        joined = joined or bool(extra.keys() & set(tables.names(record)))
        return sa.select(*chosen).select_from(_scored() if joined else T)

    def _later_revisions(
        self, connection: sa.Connection, app: str, as_of: datetime
    ) -> pd.DataFrame:
        """For each item edited after as_of: the content that it had then."""
        r = schema.revisions
        query = (
            sa.select(*(r.c[n] for n in tables.names(Revision)))
            .where(r.c.app == app, r.c.replaced_at > as_of)
            .order_by(r.c.replaced_at, r.c.id)
        )
        later = read_frame(connection, query, Revision)
        return later.drop_duplicates(["source", "item_id"], keep="first")


def _scored() -> sa.Join:
    s = schema.scores
    return T.outerjoin(s, (s.c.app == T.c.app) & (s.c.text_hash == T.c.text_hash))


def _compact(rows: list[Any]) -> pd.DataFrame:
    at, rating, source, kind, item_id = zip(*rows, strict=True) if rows else ((),) * 5
    stars = np.nan_to_num(np.asarray(rating, dtype=np.float64)).round().astype(np.int8)
    return pd.DataFrame(
        {
            "at": np.asarray(at, dtype=np.int64),
            "stars": stars,
            "source": pd.Series(source, dtype="str"),
            "is_post": np.asarray([k == "post" for k in kind], dtype=bool),
            "item_id": pd.Series(item_id, dtype="str"),
        }
    )


def _as_it_was(frame: pd.DataFrame, later: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    moment = pd.Timestamp(as_of)
    if not later.empty:
        keys = pd.MultiIndex.from_frame(frame[["source", "item_id"]])
        old = later.set_index(["source", "item_id"])[CONTENT]
        where = keys.isin(old.index)
        then = old.reindex(keys[where])
        for name in CONTENT:
            frame.loc[where, name] = then[name].to_numpy()
        if "sentiment" in frame:
            frame.loc[where, ["sentiment", "sentiment_engine"]] = None
    frame.loc[frame["reply_at"] > moment, ["reply_text", "reply_at"]] = None
    for name in ("updated_at", "removed_at"):
        frame.loc[frame[name] > moment, name] = pd.NaT
    return frame


def _conditions(wanted: ItemFilter) -> list[Any]:
    s = schema.scores.c
    conditions: list[Any] = [
        column.in_(values)
        for column, values in (
            (T.c.app, wanted.apps),
            (T.c.source, wanted.sources),
            (T.c.kind, wanted.kinds),
            (T.c.version, wanted.versions),
            (T.c.country, wanted.countries),
            (T.c.lang, wanted.langs),
        )
        if values
    ]
    if wanted.stars:
        conditions.append(sa.func.round(T.c.rating).in_(wanted.stars))
    if wanted.since is not None:
        conditions.append(T.c.created_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(T.c.created_at < wanted.until)
    for word in wanted.words.split():
        either = [c.icontains(word, autoescape=True) for c in (T.c.text, T.c.title)]
        conditions.append(sa.or_(*either))
    if wanted.sentiment_below is not None:
        conditions.append(s.score < wanted.sentiment_below)
    if wanted.sentiment_above is not None:
        conditions.append(s.score > wanted.sentiment_above)
    if wanted.edited is not None:
        conditions.append(T.c.updated_at.is_not(None) == wanted.edited)
    if wanted.removed is not None:
        conditions.append(T.c.removed_at.is_not(None) == wanted.removed)
    return conditions
