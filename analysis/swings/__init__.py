"""Is something unusual happening? Prospective swings of one app's reviews.

`detect` rebuilds from the whole history; `advance` continues from a checkpoint with the items since
`needed_from(checkpoint)` and ends in exactly what a rebuild gives.
"""

from datetime import UTC, datetime, timedelta
from typing import cast

import numpy as np
from numpy.typing import NDArray

from analysis.records import Direction, Escalation, Swing
from analysis.swings import fold, state, streams
from analysis.swings.episodes import WAVE, Episode
from analysis.swings.history import DAY, LOOKBACK, History

__all__ = ["History", "advance", "detect", "needed_from"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FEWEST = 5  # reviews without which nothing can be said
STRAY = 730 * DAY  # an app with a review a year is quiet, not new


def detect(history: History, *, now: int, false_alarms_per_app_year: float = 0.2) -> list[Swing]:
    """Swings that would have been known at `now` (microseconds UTC), by time of alarm.

    Nothing later than `now` is looked at, and an alarm depends only on what came before it.
    """
    found, _ = advance(None, history, now=now, false_alarms_per_app_year=false_alarms_per_app_year)
    return found


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
    seen = history.until(now)
    known = state.from_bytes(checkpoint) if checkpoint is not None else None
    today = now // DAY
    resumed = known.day if known is not None else None
    if known is not None and known.day > today:
        raise ValueError("the checkpoint is of a later day than `now`: take an earlier one")
    if known is None:
        reviews = seen.at[(seen.stars > 0) & ~seen.is_post]
        if len(reviews) < FEWEST:
            return [], None
        known = state.start(_begin(reviews[:FEWEST]) // DAY, streams.DIRECTIONS)
    if today > known.day:
        fold.advance(known, streams.load(known, seen, today), now, false_alarms_per_app_year)
    kept = checkpoint if known.day == resumed else state.to_bytes(known)
    if today >= known.day:
        fold.advance(known, streams.load(known, seen, today + 1), now, false_alarms_per_app_year)
    for track in known.tracks.values():
        track.close_if_over(now)
    episodes = [(e, name) for name, track in known.tracks.items() for e in track.episodes]
    episodes += [(known.launch, "mixed")] if known.launch else []
    found = sorted(
        (_swing(e, now, counts) for e, counts in episodes),
        key=lambda s: (s.alarmed_at, s.direction),
    )
    return found, kept


def needed_from(checkpoint: bytes | None) -> int:
    """The moment from which on `advance` needs the items, microseconds UTC."""
    day = state.day_of(checkpoint) if checkpoint is not None else None
    return int(np.iinfo(np.int64).min) if day is None else day * DAY - LOOKBACK


def _begin(earliest: NDArray[np.int64]) -> int:
    """Where the history begins: a few items long before all others are strays of a wrong clock."""
    after_a_hole = np.flatnonzero(np.diff(earliest) > STRAY) + 1
    return int(earliest[after_a_hole[-1] if len(after_a_hole) else 0])


def _swing(episode: Episode, now: int, counts: str) -> Swing:
    closed = episode.closed
    final = None if closed is None else closed + WAVE
    return Swing(
        direction=cast(Direction, episode.direction),
        onset_at=_time(episode.onset),
        alarmed_at=_time(episode.alarmed),
        peak_at=_time(episode.peak),
        ended_at=None if closed is None else _time(min(episode.last_hot, closed)),
        closed_at=_time(final) if final is not None and final <= now else None,
        items=episode.items,
        expected_items=episode.expected,
        recurrence_days=episode.recurrence_days,
        escalations=tuple(Escalation(at=_time(at), factor=f) for at, f in episode.escalations),
        detector=episode.detector,
        window_hours=episode.window_hours,
        launch=episode.launch,
        counts=cast(Direction, counts),
        hot_at=_time(episode.last_hot),
    )


def _time(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
