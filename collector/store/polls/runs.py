"""Runs of sources: what each saw."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from collector import record_frames
from collector.records import RunReport
from collector.store import schema
from collector.store.database import Database
from collector.store.polls.cursors import Cursors
from collector.store.polls.fast_clocks import Clocks
from collector.store.polls.run_compaction import KEPT_SINGLY, LEAST, MOST, joined
from collector.store.query_frames import read_frame
from collector.store.records import Cursor
from collector.times import to_us

T = schema.runs
COLUMNS = record_frames.names(RunReport)
MISSED = ("failed", "partial", "suspect_empty")
LOOKUP = 500  # ids in one IN list
JOINED_TO = "runs:joined"
"""Name of the cursor behind which nothing is left to join: the id of a row."""


@dataclass(frozen=True, slots=True)
class Spans:
    """What one source's runs covered: int64 microseconds, (n,) each, in order of `covered_from`.

    cut: bool (n,), where the platform withheld what came before.
    """

    covered_from: NDArray[np.int64]
    covered_to: NDArray[np.int64]
    cut: NDArray[np.bool_]

    def and_then(self, moment: int) -> "Spans":
        """The same, and one more sight of a moment later than all of these, of no length."""
        return Spans(
            np.append(self.covered_from, moment),
            np.append(self.covered_to, moment),
            np.append(self.cut, False),
        )


class Runs:
    """What each run saw, and what it could not see."""

    def __init__(self, database: Database, cursors: Cursors, clocks: Clocks) -> None:
        self.database = database
        self.cursors = cursors
        self.clocks = clocks

    def write(
        self,
        report: RunReport,
        *,
        message: str | None = None,
        details: dict[str, Any] | None = None,
        cursor: Cursor | None = None,
    ) -> None:
        """Keeps a run's report, with its cursor in the same transaction."""
        values = {name: getattr(report, name) for name in COLUMNS}
        text = None if details is None else json.dumps(details)
        with self.database.begin() as connection:
            connection.execute(sa.insert(T), [{**values, "message": message, "details": text}])
            self.clocks.note_in(connection, report.ended_at)
            if cursor is not None:
                self.cursors.put(connection, cursor)

    def join_old(self, app: str, source: str, now: datetime) -> int:
        """Joins like runs in a row that are older than KEPT_SINGLY; returns how many rows went.

        Bounded work, in one transaction; call it while no other process runs this source, after
        a run was written: the newest one stays as it is. See run_compaction.py for what is joined.
        """
        reached = self.cursors.get(app, source, JOINED_TO)
        old = sa.and_(T.c.app == app, T.c.source == source, T.c.started_at < now - KEPT_SINGLY)
        columns = [column for column in T.columns if column.name != "details"]
        query = sa.select(*columns).where(old, T.c.id >= int(reached or 0))
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(T.c.id).limit(MOST)).mappings().all()
        if len(rows) < LEAST:
            return 0
        groups = joined([dict(row) for row in rows])
        gone = [row_id for group in groups for row_id in group.gone]
        with self.database.begin() as connection:
            for group in groups:
                if group.gone:
                    values = {name: group.row[name] for name in group.row if name != "id"}
                    changed = sa.update(T).where(T.c.id == group.row["id"])
                    connection.execute(changed.values(values))
            for start in range(0, len(gone), LOOKUP):
                ids = gone[start : start + LOOKUP]
                connection.execute(sa.delete(T).where(T.c.id.in_(ids)))
            cursor = Cursor(app, source, JOINED_TO, str(groups[-1].row["id"]))
            self.cursors.put(connection, cursor)
        return len(gone)

    def spans(self, app: str, *, as_of: datetime | None = None) -> dict[str, Spans]:
        """What each source covered, as far as it was known at `as_of`; sources without are left
        out. Joined runs count from the end of their first."""
        times = [sa.type_coerce(T.c[n], sa.BigInteger) for n in ("covered_from", "covered_to")]
        query = sa.select(T.c.source, *times, T.c.outcome == "truncated").where(
            T.c.app == app, T.c.covered_from.is_not(None), T.c.covered_to.is_not(None)
        )
        if as_of is not None:
            query = query.where(sa.func.coalesce(T.c.first_ended_at, T.c.ended_at) <= as_of)
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(T.c.covered_from, T.c.covered_to)).all()
        latest = np.iinfo(np.int64).max if as_of is None else to_us(as_of)
        found: dict[str, list[tuple[int, int, bool]]] = {}
        for source, start, end, cut in rows:
            found.setdefault(source, []).append((start, min(end, latest), cut))
        return {name: _spans(mine) for name, mine in sorted(found.items())}

    def covered_until(self, app: str, *, but: Collection[str] = ()) -> datetime | None:
        """The latest moment that a run of an app covered. but: sources that do not count."""
        query = sa.select(sa.func.max(T.c.covered_to)).where(T.c.app == app)
        query = query.where(T.c.source.not_in(sorted(but)))
        with self.database.connect() as connection:
            moment: datetime | None = connection.execute(query).scalar_one_or_none()
        return moment

    def blind_until(self, app: str, *, as_of: datetime | None = None) -> dict[str, datetime]:
        """When the newest run of each source ended that saw nothing, as known at `as_of`."""
        query = sa.select(T.c.source, sa.func.max(T.c.ended_at)).group_by(T.c.source)
        query = query.where(T.c.app == app, T.c.covered_to.is_(None))
        if as_of is not None:
            query = query.where(sa.func.coalesce(T.c.first_ended_at, T.c.ended_at) <= as_of)
        with self.database.connect() as connection:
            found = connection.execute(query.order_by(T.c.source)).all()
        return {source: at if as_of is None else min(at, as_of) for source, at in found}

    def frame(self, app: str | None = None) -> pd.DataFrame:
        """All runs, oldest first; columns of RunReport."""
        query = sa.select(*(T.c[n] for n in COLUMNS)).order_by(T.c.started_at, T.c.id)
        if app is not None:
            query = query.where(T.c.app == app)
        with self.database.connect() as connection:
            return read_frame(connection, query, RunReport)

    def latest(self, app: str | None = None) -> pd.DataFrame:
        """The newest run of each app and source: RunReport's columns, message, details (JSON)."""
        newest = sa.select(sa.func.max(T.c.id)).group_by(T.c.app, T.c.source)
        query = sa.select(*(T.c[n] for n in COLUMNS), T.c.message, T.c.details)
        query = query.where(T.c.id.in_(newest)).order_by(T.c.app, T.c.source)
        if app is not None:
            query = query.where(T.c.app == app)
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
        frame = record_frames.frame_from_rows(RunReport, [row[: len(COLUMNS)] for row in rows])
        frame["message"] = pd.Series([row.message for row in rows], dtype="str")
        frame["details"] = pd.Series([row.details for row in rows], dtype="str")
        return frame

    def costs(self, since: datetime) -> dict[tuple[str, str], float]:
        """US dollars of the runs since a moment, by app and source; joined runs keep to a month."""
        query = sa.select(T.c.app, T.c.source, sa.func.sum(T.c.cost_usd))
        query = query.where(T.c.started_at >= since).group_by(T.c.app, T.c.source)
        with self.database.connect() as connection:
            return {(app, source): float(cost) for app, source, cost in connection.execute(query)}

    def last_errors(self) -> dict[tuple[str, str], tuple[datetime, str]]:
        """End and words of the newest run of each app and source that missed something."""
        newest = sa.select(sa.func.max(T.c.id)).where(T.c.outcome.in_(MISSED))
        query = sa.select(T).where(T.c.id.in_(newest.group_by(T.c.app, T.c.source)))
        with self.database.connect() as connection:
            return {
                (row.app, row.source): (row.ended_at, row.message or row.stop_reason)
                for row in connection.execute(query)
            }


def _spans(rows: list[tuple[int, int, bool]]) -> Spans:
    all_three = np.asarray(rows, dtype=np.int64).reshape(-1, 3)
    return Spans(all_three[:, 0], all_three[:, 1], all_three[:, 2].astype(bool))
