"""Where a swing's burst ends, when that is told, and how long a tail follows.

The burst reaches from the onset to the arrival up to which it stands out most. It goes on wherever
what came after that, looked at by itself, is improbable within a day. The tail is what stands out
behind the burst only over days.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from analysis.swings import scan
from analysis.swings.history import DAY, HOUR

HOT, IN_TAIL = 1e-3, 1e-2  # chance of what makes a burst go on, and of what makes a tail
USUAL = 0.05  # chance of what came behind an end, under which that is no return to the usual range
PART = 1 / 8  # of the burst's pace above the usual: what comes at less behind it is a tail
TWICE = 2.0  # the usual pace: what is less behind a burst that was told to be over is a tail
WITHIN_A_DAY = slice(np.count_nonzero(scan.WINDOWS <= 24))  # windows
OVER_DAYS = slice(WITHIN_A_DAY.stop, None)
LEAST_WAIT = 15 * HOUR  # a night and a morning back in the usual range: then a burst is over
MOST_WAIT, MOST_WAIT_RARE = DAY, 3 * DAY  # with items every day, and without
MISSED = 4.0  # items that the burst's own pace would have brought until it is told to be over


@dataclass(frozen=True, slots=True)
class Usual:
    """What a stream's own past leads to expect, as known at an alarm. week: by hour of the week."""

    level: float
    phi: float
    week: list[float]

    def between(self, since: NDArray[np.int64], until: NDArray[np.int64]) -> NDArray[np.float64]:
        """Items to be expected from each `since` to its `until`."""
        week, last = np.asarray(self.week), int(np.max(until, initial=0))
        begun, ended = (scan.mean_between(self.level, week, at, last) for at in (since, until))
        return np.asarray(np.maximum(begun - ended, 1e-6))

    def chance(
        self, count: NDArray[np.int64], at: NDArray[np.int64], windows: slice = slice(None)
    ) -> NDArray[np.float64]:
        """P(X >= count) in windows that end at moments: (n, w) of the scan's windows."""
        widths = scan.WIDTHS[windows]
        until = np.repeat(at, len(widths))
        mean = self.between(until - np.tile(widths, len(at)), until).reshape(count.shape)
        size = 1 / (scan.window_dispersion(np.full((1, 3), self.phi))[:, windows] + 0.02)
        return scan.tail(count, mean, np.broadcast_to(size, count.shape))


@dataclass(slots=True)
class Rise:
    """Items from a moment on, and the arrival up to which they stand out most.

    count: items so far. best: the largest likelihood ratio so far, reached with the `items` up to
    `end` (Kulldorff 2001, with a fixed beginning).
    """

    since: int
    end: int
    count: int = 0
    items: int = 0
    best: float = 0.0

    def along(
        self, usual: Usual, arrivals: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Its end, its items and its best after each of further arrivals; it stays as it is."""
        k = self.count + 1.0 + np.arange(len(arrivals))
        mu = usual.between(np.full(len(arrivals), self.since), arrivals)
        ratio = np.concatenate([[self.best], np.where(k > mu, k * np.log(k / mu) - (k - mu), 0.0)])
        best = np.maximum.accumulate(ratio)
        reached = np.where(ratio >= best, np.arange(len(ratio)), 0)
        place = np.maximum.accumulate(reached)[1:]
        ends = np.concatenate([[self.end], arrivals])[place]
        items = np.concatenate([[self.items], k])[place].astype(np.int64)
        return ends, items, best[1:]

    def follow(self, usual: Usual, arrivals: NDArray[np.int64]) -> None:
        """Takes further arrivals in."""
        if len(arrivals):
            ends, items, best = self.along(usual, arrivals)
            self.end, self.items, self.best = int(ends[-1]), int(items[-1]), float(best[-1])
            self.count += len(arrivals)


@dataclass(slots=True)
class Burst:
    """A swing's burst and its tail, as far as they have been followed.

    whole: from the onset on; surge: from where it last went on after an end; base: items up to
    there. tail: from the burst's end on; tailing: that it is more than chance gives. settled: what
    was to be expected in both, once nothing of them can change.
    lasts_until: before this moment it is not told to be over.
    """

    onset: int
    usual: Usual
    whole: Rise
    surge: Rise | None = None
    base: int = 0
    tail: Rise = field(default_factory=lambda: Rise(0, 0))
    tailing: bool = False
    settled: tuple[float, float] | None = None
    lasts_until: int = 0

    @property
    def end(self) -> int:
        """Its last item so far."""
        return max(self.whole.end, self.surge.end if self.surge else self.whole.end)

    @property
    def items(self) -> int:
        """Items from the onset to the end."""
        surge = self.base + self.surge.items if self.surge else 0
        return max(self.whole.items, surge)

    @property
    def expected(self) -> float:
        """Items to be expected in that time."""
        return self.settled[0] if self.settled else self._expected(self.onset, self.end)

    @property
    def expected_in_tail(self) -> float:
        """Items to be expected from its end to that of the tail."""
        if self.settled:
            return self.settled[1]
        return self._expected(self.tail.since, self.tail.end)

    @property
    def over_at(self) -> int:
        """When it is told to be over, unless it goes on until then."""
        end, items = np.array([self.end]), np.array([self.items])
        return int(self._over(end, items)[0])

    def branch(self) -> "Burst":
        """The same to go on with apart."""
        return replace(
            self,
            whole=replace(self.whole),
            surge=replace(self.surge) if self.surge else None,
            tail=replace(self.tail),
        )

    def settle(self) -> None:
        """Forgets what is needed only as long as it can change."""
        self.settled = (self.expected, self.expected_in_tail)
        self.usual = Usual(self.usual.level, self.usual.phi, [])

    def follow(self, times: NDArray[np.int64], low: int, high: int) -> int:
        """Takes in the arrivals times[low:high]; returns the place before which it was over."""
        first = low
        while low < high:
            at = times[low:high]
            ends, items = self._along(at)
            before = np.concatenate([[self.end], ends[:-1]])
            over = self._over(before, np.concatenate([[self.items], items[:-1]]))
            closes = _first(at > over)
            hot = _first(self._hot(times, low, at[:closes], ends[:closes]))
            until = low + min(closes, hot + 1)
            self._take(times, low, until)
            low = until
            if hot < closes:
                self._go_on(times, until)
            elif closes < len(at) and not self.goes_on(times, until):
                return until
        self._look_behind(times, first, high)
        return high

    def goes_on(self, times: NDArray[np.int64], until: int) -> bool:
        """Whether, when it would be over, more has come than usual: then it is not.

        until: place before which the arrivals have been taken in.
        """
        if not self._is_more(self.tail.count, self.over_at, USUAL):
            return False
        self._go_on(times, until)
        return True

    def follow_tail(self, times: NDArray[np.int64], low: int, high: int) -> int:
        """Takes in the arrivals times[low:high] once it is over.

        Returns the place behind the arrival at which it turned out to go on, or `high`.
        """
        at = times[low:high]
        if not len(at):
            return high
        count = self.tail.count + 1 + np.arange(len(at))
        mean = self.usual.between(np.full(len(at), self.end), at)
        worth = np.flatnonzero((count >= TWICE * mean) & (count >= scan.LEAST_ITEMS))
        again = [n for n in worth.tolist() if self._is_more(int(count[n]), int(at[n]), HOT)]
        until = low + again[0] + 1 if again else high
        self._take(times, low, until)
        if again:
            self._go_on(times, until)
        else:
            self._look_behind(times, low, until)
        return until

    def _is_more(self, count: int, at: int, chance: float) -> bool:
        """Whether what came from the end to a moment is improbable, and no mere tail."""
        mean, length = self._expected(self.end, at), max(at - self.end, HOUR)
        pace = (self.items - self.expected) / (self.end - self.onset + HOUR)
        if count < scan.LEAST_ITEMS or count - mean < PART * pace * length:
            return False
        size = 1 / (self.usual.phi + 0.02)
        return bool(scan.tail(np.array([count]), np.array([mean]), np.array([size]))[0] < chance)

    def _expected(self, since: int, until: int) -> float:
        return float(self.usual.between(np.array([since]), np.array([until]))[0])

    def _along(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ends, items, _ = self.whole.along(self.usual, at)
        if self.surge is None:
            return ends, items
        later, more, _ = self.surge.along(self.usual, at)
        return np.maximum(ends, later), np.maximum(items, self.base + more)

    def _take(self, times: NDArray[np.int64], low: int, until: int) -> None:
        at = times[low:until]
        self.whole.follow(self.usual, at)
        if self.surge is not None:
            self.surge.follow(self.usual, at)
        if self.tail.since == self.end:
            self.tail.follow(self.usual, at)
        else:
            self._begin_tail(times, until)

    def _begin_tail(self, times: NDArray[np.int64], until: int) -> None:
        self.tail, self.tailing = Rise(self.end, self.end), False
        first = int(np.searchsorted(times, self.end, side="right"))
        self.tail.follow(self.usual, times[first:until])

    def _go_on(self, times: NDArray[np.int64], until: int) -> None:
        """What came behind the end belongs to it."""
        self.base = self.whole.count - self.tail.count
        self.surge = self.tail
        self._begin_tail(times, until)

    def _look_behind(self, times: NDArray[np.int64], low: int, high: int) -> None:
        """Notes whether what came behind the end is, over days, more than chance gives."""
        low = max(low, int(np.searchsorted(times, self.end, side="right")))
        at = times[low:high]
        if len(at):
            count = _counts(times, low, at, np.full(len(at), self.end), OVER_DAYS)
            self.tailing |= bool(self._improbable(count, at, OVER_DAYS, IN_TAIL).any())

    def _hot(
        self,
        times: NDArray[np.int64],
        low: int,
        at: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """Arrivals at which what came after the end is improbable within a day."""
        behind = np.flatnonzero(at > ends)
        found = np.zeros(len(at), dtype=bool)
        if len(behind):
            count = _counts(times, low + behind, at[behind], ends[behind], WITHIN_A_DAY)
            found[behind] = self._improbable(count, at[behind], WITHIN_A_DAY, HOT)
        return found

    def _improbable(
        self, count: NDArray[np.int64], at: NDArray[np.int64], windows: slice, chance: float
    ) -> NDArray[np.bool_]:
        found = np.zeros(len(at), dtype=bool)
        worth = np.flatnonzero((count >= scan.LEAST_ITEMS).any(axis=1))
        if len(worth):
            p = self.usual.chance(count[worth], at[worth], windows)
            found[worth] = ((p < chance) & (count[worth] >= scan.LEAST_ITEMS)).any(axis=1)
        return found

    def _over(self, end: NDArray[np.int64], items: NDArray[np.int64]) -> NDArray[np.int64]:
        pace = np.maximum(items, 1) / (end - self.onset + HOUR)
        most = MOST_WAIT if self.usual.level >= 1 else MOST_WAIT_RARE
        wait = np.clip(MISSED / pace, LEAST_WAIT, most).astype(np.int64)
        over = end + wait + np.where(end % HOUR == 0, DAY, 0)  # a date is a whole day
        return np.asarray(np.maximum(over, self.lasts_until))


def begun(usual: Usual, onset: int, times: NDArray[np.int64], at: int) -> Burst:
    """The burst of a swing that is noticed at the moment `at`, up to which it goes on at least."""
    first, last = np.searchsorted(times, [onset, at + 1])
    # An hour more, as for the onset: the first item sets it off.
    burst = Burst(onset, usual, Rise(onset - HOUR, at))
    n = max(int(last - first), 1)
    mu = burst._expected(onset - HOUR, at)
    burst.whole.count = burst.whole.items = n
    burst.whole.best = max(n * float(np.log(n / mu)) - (n - mu), 0.0)
    return burst


def _first(found: NDArray[np.bool_]) -> int:
    """Place of the first that holds, or how many there are."""
    return int(found.argmax()) if found.any() else len(found)


def _counts(
    times: NDArray[np.int64],
    place: NDArray[np.int64] | int,
    at: NDArray[np.int64],
    fence: NDArray[np.int64],
    windows: slice,
) -> NDArray[np.int64]:
    """Items in windows that end at arrivals and reach behind no fence: (n, w).

    place: of the arrivals in `times`, or of the first of them.
    """
    here = place if isinstance(place, np.ndarray) else place + np.arange(len(at))
    after = np.maximum(at[:, None] - scan.WIDTHS[windows], fence[:, None])
    return np.asarray(here[:, None] + 1 - np.searchsorted(times, after, side="right"))
