"""What happened around the reviews: rating snapshots, releases, context events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.records import ContextEvent, RatingSnapshot, Release
from collector.store import schema
from collector.store.counts.hourly import Hourly
from collector.store.database import Database
from collector.store.query_frames import read_frame
from collector.text.addresses import canonical

MOST_TITLES = 500
"""Headlines that one question to the database names."""


class Timeline:
    """Everything on the timeline that is not an item."""

    def __init__(self, database: Database, hourly: Hourly) -> None:
        self.database = database
        self.hourly = hourly

    def write_snapshots(self, snapshots: Sequence[RatingSnapshot]) -> None:
        """Keeps rating snapshots; the same (app, source, country, time) once."""
        self._add(schema.rating_snapshots, RatingSnapshot, "at", snapshots)

    def poll_snapshots(self, snapshots: Sequence[RatingSnapshot]) -> None:
        """Keeps what a poll saw. Of totals that stay the same, the first and the last sight are
        kept, and the first of each day (UTC); what lies between goes when the next one comes."""
        table = schema.rating_snapshots
        for row in snapshots:
            same_place = [table.c[n] == getattr(row, n) for n in ("app", "source", "country")]
            newest = sa.select(table).where(*same_place).order_by(table.c.at.desc()).limit(2)
            with self.database.connect() as connection:
                known = [RatingSnapshot(**r) for r in connection.execute(newest).mappings()]
            if len(known) == 2 and _unchanged(known[1], known[0], row):
                with self.database.begin() as connection:
                    between = sa.delete(table).where(*same_place, table.c.at == known[0].at)
                    connection.execute(between)
                    # No hour is marked: what is known of every moment stays the same.
                    self.database.put_missing(connection, table, [_values(RatingSnapshot, row)])
            else:
                self.write_snapshots([row])

    def write_releases(self, releases: Sequence[Release]) -> None:
        """Keeps releases; the first sight of a version stays."""
        self._add(schema.releases, Release, "released_at", releases)

    def write_context(self, events: Sequence[ContextEvent]) -> None:
        """Keeps news and statements; the first sight of an event stays, also where its feed gives
        it another id at every poll."""
        if events:
            with self.database.begin() as connection:
                new = _told_once([*self._known_context(connection, events), *events])
                rows = [event for event in events if id(event) in new]
                if rows:
                    self._put(connection, schema.context_events, ContextEvent, "at", rows)

    def snapshots(
        self, app: str, *, since: datetime | None = None, until: datetime | None = None
    ) -> pd.DataFrame:
        """Rating snapshots of a span, both ends inclusive, in order of time."""
        at = schema.rating_snapshots.c.at
        span = [at >= since] if since is not None else []
        span += [at <= until] if until is not None else []
        return self._frame(schema.rating_snapshots, RatingSnapshot, app, "at", span)

    def last_snapshots(self, app: str, at: datetime, having: Sequence[str]) -> pd.DataFrame:
        """Of each store and country the newest snapshot by a moment that has these columns."""
        t = schema.rating_snapshots
        place = (t.c.source, t.c.country)
        newest = sa.select(*place, sa.func.max(t.c.at).label("newest")).group_by(*place)
        newest = newest.where(t.c.app == app, t.c.at <= at, *(t.c[n].is_not(None) for n in having))
        these = sa.tuple_(*place, t.c.at).in_(newest)
        return self._frame(t, RatingSnapshot, app, "at", [these])

    def releases(self, app: str) -> pd.DataFrame:
        """Releases in order of time."""
        return self._frame(schema.releases, Release, app, "released_at")

    def context(self, app: str) -> pd.DataFrame:
        """News and statements in order of time."""
        return self._frame(schema.context_events, ContextEvent, app, "at")

    def context_freshness(self) -> pd.DataFrame:
        """Per app: context events as items, newest (time published), last_seen (first polled)."""
        events = schema.context_events.c
        query = sa.select(
            events.app, sa.func.count(), sa.func.max(events.at), sa.func.max(events.first_seen)
        ).group_by(events.app)
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(events.app)).all()
        return pd.DataFrame(rows, columns=["app", "items", "newest", "last_seen"])

    def _known_context(
        self, connection: sa.Connection, events: Sequence[ContextEvent]
    ) -> list[ContextEvent]:
        """What the store has under the same headlines."""
        table = schema.context_events
        titles = sorted({event.title for event in events})
        apps = sorted({event.app for event in events})
        found: list[ContextEvent] = []
        for first in range(0, len(titles), MOST_TITLES):
            part = titles[first : first + MOST_TITLES]
            query = sa.select(*(table.c[n] for n in record_frames.names(ContextEvent)))
            query = query.where(table.c.app.in_(apps), table.c.title.in_(part))
            rows = connection.execute(query).mappings()
            found += [ContextEvent(**row) for row in rows]
        return found

    def _add(self, table: sa.Table, record: type, moment: str, rows: Sequence[Any]) -> None:
        if rows:
            with self.database.begin() as connection:
                self._put(connection, table, record, moment, rows)

    def _put(
        self,
        connection: sa.Connection,
        table: sa.Table,
        record: type,
        moment: str,
        rows: Sequence[Any],
    ) -> None:
        if self.database.put_missing(connection, table, [_values(record, row) for row in rows]):
            touched = [(row.app, getattr(row, moment)) for row in rows]
            self.hourly.mark_dirty(connection, touched)

    def _frame(
        self, table: sa.Table, record: type, app: str, order: str, span: Sequence[Any] = ()
    ) -> pd.DataFrame:
        query = sa.select(*(table.c[n] for n in record_frames.names(record)))
        query = query.where(table.c.app == app, *span)
        query = query.order_by(table.c[order], *table.primary_key.columns)
        with self.database.connect() as connection:
            return read_frame(connection, query, record)


def _unchanged(first: RatingSnapshot, middle: RatingSnapshot, last: RatingSnapshot) -> bool:
    """Whether three sights say the same, and the middle one is not the first of its day."""
    same = replace(first, at=last.at) == replace(middle, at=last.at) == last
    return same and first.at < middle.at < last.at and first.at.date() == middle.at.date()


def _told_once(events: Sequence[ContextEvent]) -> set[int]:
    """The events (by `id`) that are not an earlier one of the list under another id: the same
    headline of the same feed, with the same address or at the same moment."""
    seen: set[tuple[object, ...]] = set()
    ids: set[tuple[str, str, str]] = set()
    kept: set[int] = set()
    for event in events:
        key = (event.app, event.source, event.event_id)
        feed = (event.app, event.source, event.kind, event.title)
        marks: set[tuple[object, ...]] = {(*feed, event.at)}
        if event.url is not None and "/" in (address := canonical(event.url)):
            marks.add((*feed, address))  # a whole address; a site's front page has many articles
        if key in ids or not marks & seen:
            kept.add(id(event))
            ids.add(key)
        seen |= marks
    return kept


def _values(record: type, row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in record_frames.names(record)}
