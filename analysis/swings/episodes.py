"""One event, one swing: opening, escalation, waves and closing of a track.

A track is one direction of one app; every stream of that direction feeds it. The largest count that
has been reported is remembered for each window, so that a small alarm never swallows a big one.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.swings.history import DAY, HOUR
from analysis.swings.scan import WINDOWS, tail

HOT = 1e-3
QUIET = 3 * DAY  # an open swing closes after so long without a hot arrival
WAVE = 7 * DAY  # a new alarm so soon after the close belongs to the same event
NEW_NORMAL = 42 * DAY
LADDER = 4.0
LADDER_ITEMS = 20
LOCAL_ITEMS, LOCAL_PHI, LOCAL_P = 10, 0.5, 1e-5
AFTER_OPENING, BETWEEN = HOUR, DAY  # least time before the first and between later escalations


@dataclass(slots=True)
class Episode:
    """A swing in the making; times in microseconds. reported: largest count told of, by window."""

    direction: str
    onset: int
    alarmed: int
    last_hot: int
    level: float
    expected: float
    recurrence_days: float
    detector: str
    window_hours: float
    items: int
    reported: list[int]
    peak: int
    peak_items: int
    launch: bool = False
    closed: int | None = None
    escalations: list[tuple[int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Track:
    """One direction of one app. fence: no window looks behind it; regime: day the past begins at."""

    episodes: list[Episode] = field(default_factory=list)
    fence: int = -(2**62)
    regime: int = -(2**31)
    retry: int = -(2**62)

    @property
    def current(self) -> Episode | None:
        """The open episode."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].closed is None else None

    def close_if_quiet(self, now: int) -> None:
        """Closes the open episode once it has been quiet, or has lasted so long as to be normal."""
        episode = self.current
        if episode is None:
            return
        settled = episode.onset + NEW_NORMAL
        if now - episode.last_hot > QUIET and episode.last_hot + QUIET <= settled:
            episode.closed = episode.last_hot + QUIET
        elif now > settled:
            episode.closed = settled
            self.regime = int(episode.onset // DAY) + 1
        if episode.closed is not None:
            self.fence = episode.closed


def escalate(episode: Episode, at: int, count: NDArray[np.int64], recent: float) -> None:
    """Adds an escalation where an arrival shows clear growth over what has been reported.

    count: (9,) by window. recent: items a day in (at - 4 d, at - 1 d].
    """
    since = episode.escalations[-1][0] + BETWEEN if episode.escalations else None
    if at < (since if since is not None else episode.alarmed + AFTER_OPENING):
        return
    reported = np.asarray(episode.reported)
    factor = count / np.maximum(reported, 1)
    climbed = (factor >= LADDER) & (count >= LADDER_ITEMS)
    grew = _local(count, recent) & (factor >= 1.5) & (at > episode.onset + 2 * DAY)
    best = np.flatnonzero(climbed | grew)
    if len(best):
        episode.escalations.append((at, float(factor[best].max())))
        episode.reported = np.maximum(reported, count).tolist()


def _local(count: NDArray[np.int64], recent: float) -> NDArray[np.bool_]:
    mean = np.maximum(recent * WINDOWS / 24, 1e-6)
    size = np.full(len(WINDOWS), 1 / (LOCAL_PHI + 1 / (3 * recent + 0.5)))
    return (count >= LOCAL_ITEMS) & (WINDOWS <= 48) & (tail(count, mean, size) < LOCAL_P)
