"""Items: frames for the analysis, pages for the dashboard. Writing is in items.py."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from collector import record_frames
from collector.records import Item, Revision
from collector.store import schema
from collector.store.database import Database
from collector.store.query_frames import read_frame
from collector.store.reading import item_arrays, paging, unrated
from collector.store.reading.item_arrays import ItemArrays
from collector.store.reading.item_order import ORDERS, Order, Place
from collector.store.reading.paging import Count, Slice
from collector.store.reading.unrated import Unrated
from collector.store.records import ItemFilter, SameText, Sort
from collector.times import from_us

T = schema.items
LOOKUP = 500
KEY = ["source", "item_id", "created_at"]
CONTENT = ["rating", "title", "text", "version", "reply_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Until(Revision):
    """A revision with the time of its version."""

    created_at: Annotated[datetime, "when the version was said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What goes with a version and is learned later."""

    source: str
    item_id: str
    created_at: datetime
    thumbs_up: int | None
    removed_at: datetime | None


class ItemReads:
    """Everything that reads items."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def frame(
        self,
        app: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kind: str | None = None,
        as_of: datetime | None = None,
        record: type = Item,
        gave_way: bool = False,
    ) -> pd.DataFrame:
        """Items of an app by time of publication; columns of Item, or of ScoredItem if given.

        since inclusive, until exclusive. A review of several opinions has a row for each, at its
        own time. as_of: the state at that moment as published: nothing later, and without later
        replies, votes and removals. gave_way: also opinions that another one took the place of
        within a day.
        """
        which = T.c.counts > 0 if gave_way else schema.counting(as_of)
        query = self._select(record).where(T.c.app == app, which)
        query = query.order_by(T.c.created_at, T.c.id)
        if since is not None:
            query = query.where(T.c.created_at >= since)
        if until is not None:
            query = query.where(T.c.created_at < until)
        if as_of is not None:
            query = query.where(T.c.created_at <= as_of)
        if kind is not None:
            query = query.where(T.c.kind == kind)
        with self.database.connect() as connection:
            frame = read_frame(connection, query, record)
            if as_of is None or frame.empty:
                return frame
            frame = _as_it_was(frame, self._later_revisions(connection, app, as_of))
            return _without_later(frame, self._later_changes(connection, app, as_of), as_of)

    def versions(self, app: str, item_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """Every version of an app's items, by time, also those that are no opinion of their own;
        columns of Item. item_ids: of these alone."""
        query = self._select(Item).where(T.c.app == app).order_by(T.c.created_at, T.c.id)
        parts = [query]
        if item_ids is not None:
            wanted = sorted(set(item_ids))
            spans = [wanted[start : start + LOOKUP] for start in range(0, len(wanted), LOOKUP)]
            parts = [query.where(T.c.item_id.in_(some)) for some in spans]
        with self.database.connect() as connection:
            frames = [read_frame(connection, part, Item) for part in parts]
        found = [frame for frame in frames if not frame.empty]
        return pd.concat(found, ignore_index=True) if found else record_frames.empty_frame(Item)

    def arrays(
        self,
        app: str,
        *,
        since: datetime | None = None,
        as_of: datetime | None = None,
        split: Sequence[item_arrays.Split] = (),
    ) -> ItemArrays:
        """Only what the detectors need, in order of time; as_of as for `frame`. split: parts of
        sources that are told apart as sources.

        Memory: about 30 bytes an item, more while it is read.
        """
        with self.database.unchanging() as connection:
            return item_arrays.read(connection, app, since, as_of, split)

    def unrated(
        self,
        app: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        as_of: datetime | None = None,
    ) -> list[Unrated]:
        """What is said without stars, in order of time; until inclusive."""
        with self.database.connect() as connection:
            return unrated.read(connection, app, since, until, as_of)

    def text_of(self, app: str, text_hash: str) -> str | None:
        """A text of an app by its hash; None where the store no longer has it."""
        with self.database.connect() as connection:
            return unrated.text_of(connection, app, text_hash)

    def newest_unrated(self, app: str) -> datetime | None:
        """When the newest of it came."""
        with self.database.connect() as connection:
            return unrated.newest(connection, app)

    def page(
        self,
        wanted: ItemFilter,
        *,
        sort: Sort = "newest",
        limit: int = 50,
        place: Place | None = None,
        record: type = Item,
    ) -> "ItemPage":
        """One page of items from a place on; its cost does not grow with the store (paging.py)."""
        with self.database.connect() as connection:
            apps = list(wanted.apps) or self._apps(connection)
            found = paging.slice_of(connection, wanted, apps, sort, place, limit)
            if place is not None and place.back and len(found.keys) < limit and not found.stopped:
                place, found = None, paging.slice_of(connection, wanted, apps, sort, None, limit)
            ids = [key[3] for key in found.keys]
            order = sa.case({row: n for n, row in enumerate(ids)}, value=T.c.id) if ids else T.c.id
            query = self._select(record).where(T.c.id.in_(ids)).order_by(order)
            return item_page(read_frame(connection, query, record), found, place, ORDERS[sort])

    def count(self, wanted: ItemFilter) -> Count:
        """How many items a filter matches: exactly where they are few, else at least how many."""
        with self.database.connect() as connection:
            apps = list(wanted.apps) or self._apps(connection)
            return paging.count(connection, wanted, apps)

    def matched(self, wanted: ItemFilter) -> pd.DataFrame | None:
        """Every item that a filter matches, by time: created_at and rating; None where they are too
        many to look at each."""
        with self.database.connect() as connection:
            apps = list(wanted.apps) or self._apps(connection)
            keys, exact = paging.matches(connection, wanted, apps)
            if not exact:
                return None
            ids = [key[3] for key in keys]
            rows: list[Any] = []
            for start in range(0, len(ids), LOOKUP):
                some = T.c.id.in_(ids[start : start + LOOKUP])
                rows += connection.execute(sa.select(T.c.created_at, T.c.rating).where(some)).all()
        frame = pd.DataFrame(rows, columns=["created_at", "rating"])
        frame["created_at"] = pd.to_datetime(frame["created_at"], utc=True)
        typed = frame.astype({"rating": "float64"})
        return typed.sort_values("created_at", ignore_index=True)

    def distinct(self, app: str | None, column: str) -> list[str]:
        """Distinct values of version, country, lang or source, for the filters' lists."""
        with self.database.connect() as connection:
            apps = self._apps(connection) if app is None else [app]
            found = (value for key in apps for value in paging.distinct(connection, key, column))
            return sorted(set(found))

    def _apps(self, connection: sa.Connection) -> list[str]:
        return list(connection.execute(sa.select(schema.apps.c.key)).scalars())

    def span(self, app: str) -> tuple[datetime, datetime] | None:
        """First and last time of publication, None for an app without items."""
        first = sa.select(sa.func.min(T.c.created_at)).where(T.c.app == app)  # one end a query:
        last = sa.select(sa.func.max(T.c.created_at)).where(T.c.app == app)  # the index answers it
        with self.database.connect() as connection:
            found = connection.execute(first).scalar_one(), connection.execute(last).scalar_one()
        return None if found[0] is None else found

    def newest(self, app: str, kind: str | None = None) -> datetime | None:
        """The last time at which anything was said in an app's items, or in those of a kind; None
        without. Whatever has given way since, or is no opinion of its own, was said as well."""
        query = sa.select(T.c.created_at).where(T.c.app == app)
        if kind is not None:  # walks the index of times backwards to the first of the kind
            query = query.where(T.c.kind == kind)
        with self.database.connect() as connection:
            last = connection.execute(query.order_by(T.c.created_at.desc()).limit(1))
            moment: datetime | None = last.scalar_one_or_none()
        return moment

    def published_before(self, moment: datetime, app: str | None = None) -> dict[str, int]:
        """How many items each app has from before a moment; apps without any are left out."""
        query = sa.select(T.c.app, sa.func.count()).where(T.c.created_at < moment)
        if app is not None:
            query = query.where(T.c.app == app)
        with self.database.connect() as connection:
            rows = connection.execute(query.group_by(T.c.app).order_by(T.c.app)).all()
            return {row[0]: row[1] for row in rows}

    def of_texts(self, app: str, hashes: Sequence[str]) -> dict[str, list[SameText]]:
        """The items of an app that have one of these texts, by the text's hash."""
        found: dict[str, list[SameText]] = {}
        chosen = [T.c[name.name] for name in fields(SameText)]
        with self.database.connect() as connection:
            for start in range(0, len(hashes), LOOKUP):
                some = hashes[start : start + LOOKUP]
                query = sa.select(*chosen, T.c.text_hash).where(
                    T.c.app == app, T.c.text_hash.in_(some)
                )
                for row in connection.execute(query):
                    found.setdefault(row.text_hash, []).append(SameText(*row[: len(chosen)]))
        return found

    def freshness(self) -> pd.DataFrame:
        """Per app and source: items, newest (time published), last_seen (time polled)."""
        query = sa.select(
            T.c.app,
            T.c.source,
            sa.func.count().label("items"),
            sa.func.max(T.c.created_at).label("newest"),
            sa.func.max(T.c.last_seen).label("last_seen"),
        ).group_by(T.c.app, T.c.source)
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(T.c.app, T.c.source)).all()
        return pd.DataFrame(rows, columns=["app", "source", "items", "newest", "last_seen"])

    def _select(self, record: type) -> "sa.Select[Any]":
        s = schema.scores.c
        extra = {"sentiment": s.score, "sentiment_engine": s.engine}
        chosen = [
            extra[name].label(name) if name in extra else T.c[name]
            for name in record_frames.names(record)
        ]
        joined = bool(extra.keys() & set(record_frames.names(record)))
        return sa.select(*chosen).select_from(paging.SCORED if joined else T)

    def _later_revisions(
        self, connection: sa.Connection, app: str, as_of: datetime
    ) -> pd.DataFrame:
        """For each item edited after as_of: the content that it had then."""
        r = schema.revisions
        query = (
            sa.select(*(r.c[n] for n in record_frames.names(Revision)), T.c.created_at)
            .join_from(r, T, r.c.item == T.c.id)
            .where(r.c.app == app, r.c.replaced_at > as_of)
            .order_by(r.c.replaced_at, r.c.id)
        )
        later = read_frame(connection, query, _Until)
        return later.drop_duplicates(KEY, keep="first")

    def _later_changes(self, connection: sa.Connection, app: str, as_of: datetime) -> pd.DataFrame:
        """For each item of which more was learned after as_of: its votes, and whether it was gone,
        as they were known then."""
        c = schema.item_changes
        names = (T.c.source, T.c.item_id, T.c.created_at, c.c.thumbs_up, c.c.removed_at)
        query = (
            sa.select(*names)
            .join_from(c, T, c.c.item == T.c.id)
            .where(c.c.app == app, c.c.stored_at > as_of, T.c.created_at <= as_of)
            .order_by(c.c.stored_at, c.c.id)
        )
        later = read_frame(connection, query, _Beside)
        return later.drop_duplicates(KEY, keep="first")


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of items. before, after: the places of the pages around it, where there are any.

    stopped_at: nothing more was found up to the items of this moment, and the search rests there;
    `after` goes on from it.
    """

    items: pd.DataFrame
    before: Place | None = None
    after: Place | None = None
    stopped_at: datetime | None = None


def item_page(items: pd.DataFrame, found: Slice, place: Place | None, order: Order) -> ItemPage:
    """The frame of a slice with the places around it; the way back has the place's own row."""
    back = place is not None and place.back
    keys = found.keys
    goes_on = found.more or found.stopped is not None
    first = last = None if place is None else order.beside(place.key, back=back)
    if keys:
        first, last = keys[0], keys[-1]
    if found.stopped is not None:
        first, last = (found.stopped, last) if back else (first, found.stopped)
    before = first if (goes_on if back else place is not None) else None
    after = last if (back or goes_on) else None
    return ItemPage(
        items,
        None if before is None else Place(before, back=True),
        None if after is None else Place(after),
        None if found.stopped is None else from_us(found.stopped[2]),
    )


def _as_it_was(frame: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Rows that were edited later with what they said; those of other words have no score."""
    if later.empty:
        return frame
    where, then = _then(frame, later, CONTENT)
    if "sentiment" in frame:
        other = _reads_otherwise(frame.loc[where], then)
        frame.loc[where[where].index[other], ["sentiment", "sentiment_engine"]] = None
    for name in CONTENT:
        frame.loc[where, name] = then[name].to_numpy()
    return frame


def _without_later(frame: pd.DataFrame, later: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """Without replies, votes, edits and removals of after a moment."""
    moment = pd.Timestamp(as_of)
    if not later.empty:
        where, then = _then(frame, later, ["thumbs_up", "removed_at"])
        for name in then:
            frame.loc[where, name] = then[name].to_numpy()
    frame.loc[frame["reply_at"] > moment, ["reply_text", "reply_at"]] = None
    for name in ("updated_at", "removed_at"):
        frame.loc[frame[name] > moment, name] = pd.NaT
    return frame


def _then(
    frame: pd.DataFrame, later: pd.DataFrame, names: list[str]
) -> "tuple[pd.Series[bool], pd.DataFrame]":
    """Which rows were something else, and what."""
    keys = pd.MultiIndex.from_frame(frame[KEY])
    old = later.set_index(KEY)[names]
    where = pd.Series(keys.isin(old.index), index=frame.index)
    return where, old.reindex(keys[where])


def _reads_otherwise(now: pd.DataFrame, then: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows have another title or text than they had."""
    same = [
        now[name].fillna("").to_numpy() == then[name].fillna("").to_numpy()
        for name in ("title", "text")
    ]
    return np.asarray(~(same[0] & same[1]), dtype=np.bool_)
