"""One event, one swing: opening, escalation, waves and closing.

A track is one direction of one app; every detector of that direction feeds it. The largest count
that has been reported is remembered for each window, so that a small alarm never swallows a big
event.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from analysis.swings.history import DAY, HOUR, RATINGS
from analysis.swings.scan import WINDOWS, Hits, tail

HOT = 1e-3
QUIET = 3 * DAY  # an open episode closes after so long without a hot arrival
WAVE = 7 * DAY  # a new alarm so soon after the close belongs to the same event
NEW_NORMAL = 28 * DAY
LADDER, LADDER_ITEMS = 4.0, 20
LOCAL, LOCAL_ITEMS, LOCAL_PHI, LOCAL_P = 1.5, 10, 0.5, 1e-5
REST, BETWEEN_SURGES = HOUR, DAY  # least time after what was told, and before a new surge is
NEVER = -(2**62)


@dataclass(slots=True)
class Episode:
    """A swing in the making; times in microseconds.

    reported: largest count told of so far, by window. total: items from the onset to before
    counted_until; items: up to the last hot arrival.
    """

    direction: str
    onset: int
    alarmed: int
    last_hot: int
    level: float
    expected_at_alarm: float
    recurrence_days: float
    detector: str
    window_hours: float
    items: int
    total: int
    counted_until: int
    reported: list[int]
    peak: int
    peak_items: int = 0
    launch: bool = False
    closed: int | None = None
    escalations: list[tuple[int, float]] = field(default_factory=list)

    def counted_in(self, direction: str) -> str:
        """The stream of a direction that its items are counted in."""
        return RATINGS if self.detector == RATINGS else direction

    def branch(self) -> "Episode":
        """The same episode to go on with apart."""
        return replace(self, reported=[*self.reported], escalations=[*self.escalations])

    @property
    def settles(self) -> int:
        """The midnight (UTC) from which on its level is the normal one, if it still lasts."""
        return -(-max(self.onset + NEW_NORMAL, self.alarmed) // DAY) * DAY

    def may_return(self, at: int) -> bool:
        """Whether an alarm at this moment is a wave of this closed swing. What has become normal
        does not come back: a rise above it is a new swing."""
        return self.closed is not None and self.closed < self.settles and at - self.closed <= WAVE

    @property
    def expected(self) -> float:
        """Items that the app's own past leads to expect from the onset to the last hot arrival."""
        return self.expected_at_alarm + self.level * (self.last_hot - self.alarmed) / DAY


@dataclass(slots=True)
class Track:
    """One direction of one app.

    fence: no window looks behind it. regime: day at which the past begins. accepted: day before
    which, from there on, days of the swing that became normal are days like any other. retry:
    earliest moment of the next attempt to open after one that an open episode explained.
    """

    episodes: list[Episode] = field(default_factory=list)
    fence: int = NEVER
    regime: int = NEVER // DAY
    accepted: int = NEVER // DAY
    retry: int = NEVER

    @property
    def current(self) -> Episode | None:
        """The open episode."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].closed is None else None

    def branch(self) -> "Track":
        """The same track to go on with apart; only its last episode can still change."""
        episodes = self.episodes[:-1] + [e.branch() for e in self.episodes[-1:]]
        return Track(episodes, self.fence, self.regime, self.accepted, self.retry)

    def close_if_over(self, now: int) -> None:
        """Closes the open episode once it has been quiet, or has lasted so long as to be normal."""
        episode = self.current
        if episode is None:
            return
        quiet = episode.last_hot + QUIET
        settled = episode.settles
        if now >= settled and quiet > settled:
            episode.closed = settled
            self.regime, self.accepted = episode.onset // DAY + 1, settled // DAY
        elif now > quiet:
            episode.closed = quiet
        if episode.closed is not None:
            self.fence = episode.closed


def reopen(episode: Episode, at: int, count: NDArray[np.int64], window: int) -> None:
    """A further wave of an episode that had closed; told of only where it is larger than before."""
    factor = float(count[window]) / max(episode.reported[window], 1)
    episode.closed = None
    episode.last_hot = at
    if factor >= LOCAL:
        episode.escalations.append((at, factor))
    episode.reported = np.maximum(episode.reported, count).tolist()


def escalate(episode: Episode, times: NDArray[np.int64], hits: Hits, begin: int) -> None:
    """Adds an escalation wherever a day's hits show clear growth over what has been reported.

    Either a window holds LADDER times its largest reported count, or, once a day at most, it is
    improbable under the rate of (t - 4 d, t - 1 d]: a new surge on top of one that had settled.
    """
    at = times[hits.which]
    while begin < len(at):
        told = episode.escalations[-1][0] if episode.escalations else episode.alarmed
        begin = max(begin, int(np.searchsorted(at, told + REST)))
        count = hits.count[begin:]
        factor = count / np.maximum(np.asarray(episode.reported), 1)
        grown = (factor >= LADDER) & (count >= LADDER_ITEMS)
        surge = _surge(times, at[begin:], count, factor, episode.onset)
        if episode.escalations:
            surge[at[begin:] < told + BETWEEN_SURGES] = False
        grown |= surge
        where = np.flatnonzero(grown.any(axis=1))
        if not len(where):
            return
        first = int(where[0])
        episode.escalations.append(
            (int(at[begin + first]), float(factor[first][grown[first]].max()))
        )
        episode.reported = np.maximum(episode.reported, count[first]).tolist()
        begin += first + 1


def _surge(
    times: NDArray[np.int64],
    at: NDArray[np.int64],
    count: NDArray[np.int64],
    factor: NDArray[np.float64],
    onset: int,
) -> NDArray[np.bool_]:
    found = np.zeros(count.shape, dtype=bool)
    worth = (factor >= LOCAL) & (count >= LOCAL_ITEMS) & (WINDOWS <= 48)
    rows = np.flatnonzero(worth.any(axis=1) & (at > onset + 2 * DAY))
    if len(rows):
        moment = at[rows]
        before = np.searchsorted(times, moment - DAY, side="right")
        before = before - np.searchsorted(times, moment - 4 * DAY, side="right")
        mean = np.maximum((before / 3)[:, None] * WINDOWS / 24, 1e-6)
        size = 1 / (LOCAL_PHI + 1 / (before + 0.5))
        p = tail(count[rows], mean, np.broadcast_to(size[:, None], mean.shape))
        found[rows] = worth[rows] & (p < LOCAL_P)
    return found
