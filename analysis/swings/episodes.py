"""One event, one swing: opening, escalation, and when it is over.

A track is one direction of one app; every detector of that direction feeds it. The largest count
that has been reported is remembered for each window, so that a small alarm never swallows a big
event.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from analysis.swings.burst_end import Burst
from analysis.swings.history import DAY, HOUR, RATINGS, REVIEWS
from analysis.swings.scan import WINDOWS, Hits, tail

WAVE = 7 * DAY  # for so long behind a burst a tail is looked for
RUNNING = 3 * DAY  # and behind the latest end of one that was found
NEW_NORMAL = 28 * DAY
LADDER, LADDER_ITEMS = 4.0, 20
LOCAL, LOCAL_ITEMS, LOCAL_PHI, LOCAL_P = 1.5, 10, 0.5, 1e-5
REST, BETWEEN_SURGES = HOUR, DAY  # least time after what was told, and before a new surge is
NEVER = -(2**62)
PAUSE = "pause"  # what notices the first reviews after a long silence
NEW_NORMAL_AFTER_PAUSE = 14 * DAY


@dataclass(slots=True)
class Episode:
    """A swing in the making; times in microseconds.

    others: items of the other direction from the onset to the burst's end; others_total: and to
    before counted_until. reported: largest count told of so far, by window; fence: no window of
    those reached behind it. surged: when growth within days, not only over them, was told last.
    closed: when it was told to be over; closed_before: and was not; again: when that was known.
    silent_since: the last review before a pause that it ends. done: nothing of it can change any
    more.
    """

    direction: str
    alarmed: int
    recurrence_days: float
    detector: str
    window_hours: float
    burst: Burst
    reported: list[int]
    peak: int
    counted_until: int
    fence: int = NEVER
    surged: int = NEVER
    others: int = 0
    others_total: int = 0
    peak_items: int = 0
    launch: bool = False
    silent_since: int | None = None
    closed: int | None = None
    done: bool = False
    escalations: list[tuple[int, float]] = field(default_factory=list)
    closed_before: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)

    def counted_in(self, direction: str) -> str:
        """The stream of a direction that its items are counted in."""
        if self.detector == PAUSE:
            return REVIEWS
        return RATINGS if self.detector == RATINGS else direction

    def branch(self) -> "Episode":
        """The same episode to go on with apart."""
        return replace(
            self,
            burst=self.burst.branch(),
            reported=[*self.reported],
            escalations=[*self.escalations],
            closed_before=[*self.closed_before],
            again=[*self.again],
        )

    def reopen(self, at: int, before: int) -> None:
        """It turned out at a moment that it goes on. before: items when it was told to be over."""
        if self.closed is not None:
            self.closed_before.append(self.closed)
        self.closed = None
        self.again.append(at)
        self.surged = at
        self.escalations.append((at, self.burst.items / max(before, 1)))

    @property
    def settles(self) -> int:
        """The midnight (UTC) from which on its level is the normal one, if it still lasts."""
        lasts = NEW_NORMAL_AFTER_PAUSE if self.detector == PAUSE else NEW_NORMAL
        return -(-max(self.burst.onset + lasts, self.alarmed) // DAY) * DAY

    @property
    def tail_until(self) -> int:
        """Up to when more than usual is its tail."""
        tail = self.burst.tail.end + RUNNING if self.burst.tailing else NEVER
        return max(self.burst.end + WAVE, tail)


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

    @property
    def followed(self) -> Episode | None:
        """The open episode, or one whose tail can still be told."""
        return self.episodes[-1] if self.episodes and not self.episodes[-1].done else None

    def branch(self) -> "Track":
        """The same track to go on with apart; only its last episode can still change."""
        episodes = self.episodes[:-1] + [e.branch() for e in self.episodes[-1:]]
        return Track(episodes, self.fence, self.regime, self.accepted, self.retry)

    def close(self, episode: Episode) -> None:
        """The burst is told to be over."""
        episode.closed, self.fence = episode.burst.over_at, episode.burst.end

    def reopen(self, episode: Episode, at: int, before: int) -> None:
        """What was told to be over goes on: its windows reach as far back as when it opened, for
        growth is growth over what they held then."""
        episode.reopen(at, before)
        self.fence = episode.fence

    def close_if_over(self, now: int, times: NDArray[np.int64]) -> None:
        """Closes the open episode once it is over, or has lasted so long as to be normal; and lets
        go of one whose tail has ended.

        times: of the stream that its items are counted in.
        """
        episode = self.followed
        if episode is None:
            return
        settled = episode.settles
        if episode.closed is None:
            burst, until = episode.burst, int(np.searchsorted(times, episode.counted_until))
            while now > burst.over_at < settled and burst.goes_on(times, until):
                pass
            if now >= settled and burst.over_at > settled:
                episode.closed = settled
                self._is_normal(episode)
            elif now > burst.over_at:
                self.close(episode)
        elif now >= settled and episode.burst.tailing and episode.tail_until > settled:
            self._is_normal(episode)
        elif now > min(episode.tail_until, settled):
            self._let_go(episode)

    def _is_normal(self, episode: Episode) -> None:
        """The level of a swing, or of its tail, is the usual one from now on."""
        settled = episode.settles
        self.fence = settled
        self.regime, self.accepted = episode.burst.onset // DAY + 1, settled // DAY
        self._let_go(episode)

    def let_go(self, before: int) -> None:
        """Ends the tail of the episode that is over where a new one begins."""
        episode = self.followed
        if episode is not None:
            episode.burst.tailing &= episode.burst.tail.end < before
            self._let_go(episode)

    def _let_go(self, episode: Episode) -> None:
        episode.done = True
        episode.burst.settle()


def escalate(episode: Episode, times: NDArray[np.int64], hits: Hits, begin: int) -> None:
    """Adds an escalation wherever a day's hits show clear growth over what has been reported.

    Either a window holds LADDER times its largest reported count, or, once a day at most, it is
    improbable under the rate of (t - 4 d, t - 1 d]: a new surge on top of one that had settled.
    Slow growth, told of a window longer than a day alone, holds no surge back.
    """
    at = times[hits.which]
    while begin < len(at):
        told = episode.escalations[-1][0] if episode.escalations else episode.alarmed
        begin = max(begin, int(np.searchsorted(at, told + REST)))
        count = hits.count[begin:]
        factor = count / np.maximum(np.asarray(episode.reported), 1)
        grown = (factor >= LADDER) & (count >= LADDER_ITEMS)
        surge = _surge(times, at[begin:], count, factor, episode.burst.onset)
        surge[at[begin:] < episode.surged + BETWEEN_SURGES] = False
        grown |= surge
        where = np.flatnonzero(grown.any(axis=1))
        if not len(where):
            return
        first = int(where[0])
        episode.escalations.append(
            (int(at[begin + first]), float(factor[first][grown[first]].max()))
        )
        episode.reported = np.maximum(episode.reported, count[first]).tolist()
        if (surge[first] | grown[first] & (WINDOWS <= 24)).any():
            episode.surged = int(at[begin + first])
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
