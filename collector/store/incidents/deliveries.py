"""What each channel was told, and what waits for it: one row an event and channel.

An event is named by whoever tells it; of an alarm it is its incident, kind and time.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.columns import UtcTime
from collector.store.database import Database

D = schema.deliveries
Key = tuple[str, str]  # app, event
UNTOLD = sa.and_(D.c.failed_at.is_not(None), D.c.told_at.is_(None))


@dataclass(frozen=True, slots=True)
class Delivered:
    """due_at: known to be due. failed_at, tried_at: first and last try that the channel did not
    take. told_at: taken."""

    app: str
    event: str
    due_at: datetime
    failed_at: datetime | None
    tried_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Failing:
    """A channel that has not taken what it was given. since: the first of it; tried: the last."""

    channel: str
    since: datetime
    tried: datetime
    waiting: int


class Deliveries:
    """What is due stays a row until it is told or taken back."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, channel: str) -> dict[Key, Delivered]:
        """All that a channel was told or is to be told."""
        t = D.c
        query = sa.select(t.app, t.event, t.due_at, t.failed_at, t.tried_at, t.told_at)
        with self.database.connect() as connection:
            rows = connection.execute(query.where(t.channel == channel)).all()
        return {(row.app, row.event): Delivered(*row) for row in rows}

    def due(self, channel: str, keys: Iterable[Key], now: datetime) -> None:
        """These are due from now on, where they are not known yet."""
        none = dict.fromkeys(("failed_at", "tried_at", "told_at"))
        rows = [
            {"channel": channel, "app": app, "event": event, "due_at": now, **none}
            for app, event in keys
        ]
        with self.database.begin() as connection:
            self.database.put_missing(connection, D, rows)

    def told(self, channel: str, keys: Iterable[Key], now: datetime) -> None:
        """The channel took these."""
        self.due(channel, keys := list(keys), now)
        self._set(channel, keys, {"told_at": now})

    def failed(self, channel: str, keys: Iterable[Key], now: datetime) -> None:
        """The channel did not take these."""
        first = sa.func.coalesce(D.c.failed_at, sa.bindparam("first", now, UtcTime))
        self._set(channel, keys, {"failed_at": first, "tried_at": now})

    def drop(self, channel: str, keys: Iterable[Key]) -> None:
        """Nothing to tell any more."""
        with self.database.begin() as connection:
            for app, event in keys:
                connection.execute(sa.delete(D).where(*_is(channel, app, event)))

    def failing(self, channels: Collection[str] | None = None) -> list[Failing]:
        """Channels with something that they did not take, by name; all, or of these alone."""
        t = D.c
        times = (sa.func.min(t.failed_at), sa.func.max(t.tried_at), sa.func.count())
        query = sa.select(t.channel, *times).where(UNTOLD).group_by(t.channel).order_by(t.channel)
        if channels is not None:
            query = query.where(t.channel.in_(list(channels)))
        with self.database.connect() as connection:
            return [Failing(*row) for row in connection.execute(query).all()]

    def left_by_others(self, channels: Collection[str]) -> set[Key]:
        """What channels other than these did not take."""
        query = sa.select(D.c.app, D.c.event).where(UNTOLD, D.c.channel.not_in(list(channels)))
        with self.database.connect() as connection:
            return {(row.app, row.event) for row in connection.execute(query)}

    def _set(self, channel: str, keys: Iterable[Key], values: dict[str, Any]) -> None:
        with self.database.begin() as connection:
            for app, event in keys:
                where = _is(channel, app, event)
                connection.execute(sa.update(D).where(*where).values(values))


def _is(channel: str, app: str, event: str) -> tuple["sa.ColumnElement[bool]", ...]:
    return (D.c.channel == channel, D.c.app == app, D.c.event == event)
