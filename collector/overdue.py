"""What is wrong with collecting, as a monitor asks: sources that fail, or that nobody reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from collector.freshness import ANALYSIS, NOT_READ, SourceState
from collector.store.incidents.channel_notes import EVERY_APP

Fault = Literal["failed", "not_read", "overdue", "analysis", "channel", "nothing"]
INTERVALS = 3  # a run may be late, and one may be left out
SHORTEST = timedelta(hours=1)
WELL = frozenset({"ok", "imported", "truncated"})


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong. since: the last run, where there was one; message: as the row's."""

    fault: Fault
    app: str
    source: str
    since: datetime | None
    message: str | None = None


def wrong(rows: Iterable[SourceState], now: datetime) -> list[Wrong]:
    """What is wrong, in the order of the rows; a store that holds nothing is wrong as well."""
    rows = list(rows)
    if not rows:
        return [Wrong("nothing", EVERY_APP, "", None)]
    return [
        Wrong(fault, row.app, row.source, row.last_run, row.message)
        for row in rows
        if (fault := _fault(row, now)) is not None
    ]


def is_overdue(row: SourceState, now: datetime) -> bool:
    """Whether no run came for three of its intervals."""
    if row.next_due is None or row.last_run is None:
        return False
    interval = max(row.next_due - row.last_run, SHORTEST)
    return now > row.last_run + INTERVALS * interval


def _fault(row: SourceState, now: datetime) -> Fault | None:
    if row.source == ANALYSIS:
        return "analysis"
    if row.app == EVERY_APP:
        return "channel"
    if row.outcome == NOT_READ:
        return "not_read"
    if is_overdue(row, now):
        return "overdue"
    return None if row.outcome in WELL else "failed"
