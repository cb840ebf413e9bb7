"""The newest run that the store holds, and what a clock that was fast has left behind."""

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.counts.hourly import Hourly
from collector.store.database import Database
from collector.times import from_us, to_us

NEWEST = "newest_run"
"""Key in `meta`: microseconds of the newest run, import or analysis."""
META, RUNS = schema.meta, schema.runs
CLIPPED: tuple[tuple[sa.Table, tuple[str, ...]], ...] = (
    (
        schema.items,
        ("first_seen", "last_seen", "arrived_at", "stored_at", "removed_at", "changed_after"),
    ),
    (schema.item_changes, ("first_seen", "arrived_at", "stored_at", "removed_at")),
    (schema.revisions, ("replaced_at", "seen_at", "stored_at")),
    (schema.moments, ("at",)),
    (schema.scores, ("scored_at",)),
    (schema.score_changes, ("scored_at", "stored_at")),
    (schema.releases, ("first_seen", "released_at")),
    (schema.context_events, ("first_seen",)),
    (schema.apps, ("created_at",)),
    (RUNS, ("ended_at", "covered_to", "first_ended_at")),
)
"""Moments that Floodgauge's own clock gave: none can be later than now."""
DROPPED = (
    (RUNS, "started_at"),
    (schema.rating_snapshots, "at"),
    (schema.checkpoints, "at"),
    (schema.incidents, "alarmed_at"),
    (schema.alarms, "at"),
)
"""What was made at a moment that has not come; it is made again."""
A_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:\d\d)?)?")


class Clocks:
    """What the store knows of the clocks of those who wrote it."""

    def __init__(self, database: Database, hourly: Hourly) -> None:
        self.database = database
        self.hourly = hourly

    def newest(self) -> datetime | None:
        """When the newest run, import or analysis was; None where there was none."""
        with self.database.connect() as connection:
            return _newest(connection)

    def note(self, now: datetime) -> None:
        """Notes a run; one that is earlier than the newest changes nothing."""
        with self.database.begin() as connection:
            self.note_in(connection, now)

    def note_in(self, connection: sa.Connection, now: datetime) -> None:
        """The same, inside somebody's transaction."""
        newest = _newest(connection)
        if newest is None or now > newest:
            row = {"key": NEWEST, "value": str(to_us(now))}
            self.database.put(connection, META, row)

    def repair(self, now: datetime) -> dict[str, int]:
        """Brings every date that lies after now, and was this side's own, back to now.

        Returns how many rows of each table were changed. What polls and analyses made of such a
        moment goes and is made again.
        """
        with self.database.begin() as connection:
            changed = {table.name: _drop(connection, table, name, now) for table, name in DROPPED}
            for table, names in CLIPPED:
                changed[table.name] = changed.get(table.name, 0) + sum(
                    _clip(connection, table, name, now) for name in names
                )
            changed["cursors"] = _drop_cursors(connection, now)
            noted = {"key": NEWEST, "value": str(to_us(now))}
            self.database.put(connection, META, noted)
            if any(changed.values()):
                self._look_again(connection)
        return {name: rows for name, rows in changed.items() if rows}

    def _look_again(self, connection: sa.Connection) -> None:
        """Has the next analysis look at everything."""
        connection.execute(sa.update(schema.incidents).values(fingerprint=""))
        connection.execute(sa.delete(schema.checkpoints))
        hours = sa.select(schema.hourly.c.app, schema.hourly.c.hour).distinct()
        found = connection.execute(hours).all()
        self.hourly.mark_dirty(connection, [(row.app, row.hour) for row in found])


def _newest(connection: sa.Connection) -> datetime | None:
    noted = sa.select(META.c.value).where(META.c.key == NEWEST)
    value: str | None = connection.execute(noted).scalar_one_or_none()
    if value is not None:
        return from_us(int(value))
    found: datetime | None = connection.execute(sa.select(sa.func.max(RUNS.c.ended_at))).scalar()
    return found


def _drop(connection: sa.Connection, table: sa.Table, name: str, now: datetime) -> int:
    return connection.execute(sa.delete(table).where(table.c[name] > now)).rowcount


def _clip(connection: sa.Connection, table: sa.Table, name: str, now: datetime) -> int:
    late = sa.update(table).where(table.c[name] > now)
    return connection.execute(late.values({name: now})).rowcount


def _drop_cursors(connection: sa.Connection, now: datetime) -> int:
    """Takes out the marks of walks that ended after now: the next walk goes without."""
    c = schema.cursors
    late = [
        row
        for row in connection.execute(sa.select(c)).all()
        if any(moment > now for moment in _moments(row.value))
    ]
    for row in late:
        mine = sa.and_(c.c.app == row.app, c.c.source == row.source, c.c.name == row.name)
        connection.execute(sa.delete(c).where(mine))
    return len(late)


def _moments(value: Any) -> list[datetime]:
    found = []
    for text in A_DAY.findall(value):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue  # digits that only look like a date
        found.append(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)
    return found
