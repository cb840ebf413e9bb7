"""Is something unusual happening? Prospective swings of one app's reviews.

`detect` rebuilds from the whole history; `advance` continues from a checkpoint with the items since
`needed_from(checkpoint)` and ends in exactly what a rebuild gives; `Live` looks again and again.
"""

from analysis.records import Swing
from analysis.swings import state
from analysis.swings.history import BEGINNING, DAY, LOOKBACK, History
from analysis.swings.looks import Live

__all__ = ["History", "Live", "advance", "detect", "needed_from"]


def detect(history: History, *, now: int, false_alarms_per_app_year: float = 0.2) -> list[Swing]:
    """Swings that would have been known at `now` (microseconds UTC), by time of alarm.

    Nothing later than `now` is looked at, and an alarm depends only on what came before it.
    """
    return Live(None, history, now=now, false_alarms_per_app_year=false_alarms_per_app_year).found


def advance(
    checkpoint: bytes | None,
    history: History,
    *,
    now: int,
    false_alarms_per_app_year: float = 0.2,
) -> tuple[list[Swing], bytes | None]:
    """Swings known at `now`, and the checkpoint at the start of its UTC day.

    history: every item since `needed_from(checkpoint)`. A checkpoint is of use only as long as no
    item from before its day is added, changed or removed. None: from the beginning.
    """
    live = Live(checkpoint, history, now=now, false_alarms_per_app_year=false_alarms_per_app_year)
    return live.found, live.checkpoint


def needed_from(checkpoint: bytes | None) -> int:
    """The moment from which on `advance` needs the items, microseconds UTC."""
    day = state.day_of(checkpoint) if checkpoint is not None else None
    return BEGINNING if day is None else day * DAY - LOOKBACK
