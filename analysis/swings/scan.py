"""Prospective multi-window scan of arrivals against a negative-binomial predictive distribution.

After Kulldorff (2001, prospective scan statistics), in time alone. The upper-tail evidence of a
trailing window can only grow at an arrival, so the windows are looked at only then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import special

from analysis.swings.baseline import DAYS, Baselines
from analysis.swings.clock_changes import SHIFTS
from analysis.swings.dispersion import SCALES
from analysis.swings.history import DAY, HOUR

WINDOWS = np.array([1, 2, 4, 8, 16, 24, 48, 96, 168], dtype=np.int64)  # hours
WIDTHS = WINDOWS * HOUR  # microseconds
NEEDS_TIMES = WINDOWS < 24  # windows in which an item that carries only a date has no place
LEAST_ITEMS = 4  # without which a window is not looked at
CLUSTER = 0.2  # dispersion that windows of one hour have beyond those of six
# A window of w hours offers about 1/w independent looks a year. Its p-values count that much more,
# so that each window spends a like part of the false-alarm budget; beyond a day, where the level of
# real apps drifts, a window is not given what its fewer looks would allow.
LOOKS = (24 / np.minimum(WINDOWS, 24)) ** 0.8
TOGETHER = 4_096  # arrivals that are looked at in one go
SCREEN = 2.5  # standard deviations; nothing below can have p < 1e-3, upper tails being heavier


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the arrivals of n days are compared with, by slot of the day and window.

    mean: float64 (n * slots, 9), the larger of what windows that end at the slot's two edges may
    expect: how arrivals lie within a slot is not known. size: float64 (n, 9) of the predictive
    negative binomial.
    critical: int64 (9, n * 24), counts under which no p-value needs to be computed.
    """

    mean: NDArray[np.float64]
    size: NDArray[np.float64]
    critical: NDArray[np.int64]

    @property
    def slots(self) -> int:
        """Parts of a day that are told apart."""
        return len(self.mean) // len(self.size)


@dataclass(frozen=True, slots=True)
class Hits:
    """Arrivals worth a look. which: int64 (m,), index into the stream; p, count: (m, 9).

    score: (m, 9), the p-values weighed by the looks that their windows offer.
    """

    which: NDArray[np.int64]
    p: NDArray[np.float64]
    count: NDArray[np.int64]
    score: NDArray[np.float64]

    def until(self, end: int) -> "Hits":
        """The first `end` hits."""
        return Hits(self.which[:end], self.p[:end], self.count[:end], self.score[:end])

    def and_then(self, later: "Hits") -> "Hits":
        """These and later ones."""
        if not len(self.which) or not len(later.which):
            return self if len(self.which) else later
        mine = (self.which, self.p, self.count, self.score)
        theirs = (later.which, later.p, later.count, later.score)
        return Hits(*(np.concatenate(pair) for pair in zip(mine, theirs, strict=True)))


NONE = Hits(
    np.empty(0, np.int64),
    np.empty((0, len(WINDOWS))),
    np.empty((0, len(WINDOWS)), np.int64),
    np.empty((0, len(WINDOWS))),
)


def expectation(
    bases: Baselines,
    phi: NDArray[np.float64],
    first_day: int,
    covered: NDArray[np.float64] | None,
    least: int = LEAST_ITEMS,
    clocks: NDArray[np.bool_] | None = None,
    answers: float = 0.0,
) -> Expectation:
    """phi: (n, 3), dispersion at dispersion.SCALES.

    covered: float64 (168 + n * 24,), how much of each hour was looked at, from seven days before;
    None: everything. least: items without which a window is not looked at. clocks: bool (n, 4),
    days on which the rhythm may stand earlier or later by one of clocks.SHIFTS. answers: by how
    much the variance over the mean exceeds one where items answer items, however few they are.
    """
    n = len(bases.level)
    weekday = (first_day - 7 + np.arange(n)) % 7
    seen = None if covered is None else sliding_window_view(covered, 192)[::24]
    mean = _at_edges(bases.week, weekday, seen)
    for shift, days in zip(SHIFTS, () if clocks is None else clocks.T, strict=False):
        if days.any():
            moved = np.roll(bases.week[days], round(shift * bases.week.shape[1] / 168), axis=1)
            here = _at_edges(moved, weekday[days], None if seen is None else seen[days])
            mean[days] = np.maximum(mean[days], here)
    slots = mean.shape[1]
    mean *= (bases.level / slots)[:, None, None]
    mean[:, :, NEEDS_TIMES] *= bases.timed[:, None, None]
    np.maximum(mean, 1e-9, out=mean)
    fewer_days = phi[:, 1] * np.maximum(1 / np.maximum(bases.days, 1) - 1 / DAYS, 0)
    unknown = 0.02 + 1 / (bases.items + 0.5) + fewer_days  # how far the level itself may be off
    size = 1 / (window_dispersion(phi) + unknown[:, None])
    if answers:
        usual = np.maximum(bases.level[:, None] * WINDOWS / 24, 1e-9)
        size = np.minimum(size, usual / answers)
    lowest = mean.reshape(n, 24, -1, len(WINDOWS)).min(axis=2)
    spread = np.sqrt(lowest + lowest**2 / size[:, None, :])
    critical = np.ceil(lowest + SCREEN * spread)
    critical = np.where(bases.known[:, None, None], critical, 2**31)
    flat = np.maximum(critical.reshape(n * 24, -1).T, least).astype(np.int64)
    return Expectation(mean.reshape(n * slots, -1), size, np.ascontiguousarray(flat))


def _at_edges(
    week: NDArray[np.float64], weekday: NDArray[np.int64], seen: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """Relative items in the windows that end within each slot of a day: (n, slots, 9).

    The larger of those at the slot's edges. week: (n, 7 * slots); weekday: of the day seven days
    before each. seen: (n, 192), how much of each hour since then was looked at.
    """
    slots = week.shape[1] // 7
    an_hour = slots // 24
    place = (weekday[:, None] * slots + np.arange(8 * slots)) % (7 * slots)
    rhythm = np.take_along_axis(week, place, axis=1)
    if seen is not None:
        rhythm = rhythm * np.repeat(seen, an_hour, axis=1)
    summed = np.zeros((len(week), 8 * slots + 1))
    np.cumsum(rhythm, axis=1, out=summed[:, 1:])
    ends = 7 * slots + np.arange(slots + 1)
    within = summed[:, ends, None] - summed[:, ends[:, None] - WINDOWS * an_hour]
    return np.asarray(np.maximum(within[:, :-1], within[:, 1:]))


def window_dispersion(phi: NDArray[np.float64]) -> NDArray[np.float64]:
    """Dispersion of counts in each window from that at dispersion.SCALES: (n, 3) -> (n, 9).

    Linear in the log of the window; below six hours counts cluster further.
    """
    where = np.interp(np.log(WINDOWS), np.log(SCALES), np.arange(len(SCALES)))
    cell = np.minimum(where.astype(np.int64), len(SCALES) - 2)
    part = where - cell
    found = (1 - part) * phi[:, cell] + part * phi[:, cell + 1]
    shorter = np.maximum(1 - np.log(WINDOWS) / np.log(SCALES[0]), 0)
    return np.asarray(found + CLUSTER * shorter)


def tail(
    count: NDArray[np.int64], mean: NDArray[np.float64], size: NDArray[np.float64]
) -> NDArray[np.float64]:
    """P(X >= count) of the negative binomial: the regularised incomplete beta function."""
    return np.asarray(special.betainc(np.maximum(count, 1), size, mean / (mean + size)))


def scan(
    times: NDArray[np.int64],
    timed: NDArray[np.int64],
    first_day: int,
    until: int,
    fence: int,
    expected: Expectation,
    since: int = 0,
) -> Hits:
    """Arrivals from `first_day` to before `until` at which a window reaches its critical count.

    times: sorted arrival times that reach at least seven days back; timed: those with a time of
    day. fence: no window reaches behind this moment. since: arrivals before it are left out.
    """
    low, high = times.searchsorted([max(first_day * DAY, since), until])
    every = len(timed) == len(times)
    found = [np.empty(0, np.int64)]
    for begin in range(int(low), int(high), TOGETHER):
        place = np.arange(begin, min(begin + TOGETHER, int(high)))
        arrivals = times[place[0] : place[-1] + 1]
        critical = expected.critical[:, (arrivals - first_day * DAY) // HOUR]
        after = np.maximum(arrivals - WIDTHS[:, None], fence)
        if every:
            reached = _reached(times, place - critical + 1, after)
        else:
            latest = np.searchsorted(timed, arrivals, side="right") - 1
            short = slice(np.count_nonzero(NEEDS_TIMES))
            reached = _reached(timed, latest - critical[short] + 1, after[short])
            longer = slice(short.stop, None)
            reached |= _reached(times, place - critical[longer] + 1, after[longer])
        found.append(place[reached])
    which = np.concatenate(found)
    return _weigh(times, timed, which, first_day, fence, expected) if len(which) else NONE


def _reached(
    series: NDArray[np.int64], oldest: NDArray[np.int64], after: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Arrivals with a window that holds the item which makes its critical count: bool (k,).

    oldest: (windows, k), place of that item in the series. after: where the windows begin.
    """
    if not len(series):
        return np.zeros(oldest.shape[1], dtype=bool)
    return np.asarray(((series[np.maximum(oldest, 0)] > after) & (oldest >= 0)).any(axis=0))


def _weigh(
    times: NDArray[np.int64],
    timed: NDArray[np.int64],
    which: NDArray[np.int64],
    first_day: int,
    fence: int,
    expected: Expectation,
) -> Hits:
    """Counts and p-values of all windows that end at the given arrivals."""
    arrivals = times[which]
    hour = (arrivals - first_day * DAY) // HOUR
    count = np.empty((len(which), len(WINDOWS)), dtype=np.int64)
    here = which + 1
    here_timed = np.searchsorted(timed, arrivals, side="right")
    if len(timed) == len(times):
        here_timed = here  # ties: what has been counted so far, not all of the moment
    for w, width in enumerate(WIDTHS):
        series, last = (timed, here_timed) if NEEDS_TIMES[w] else (times, here)
        after = np.maximum(arrivals - width, fence)
        count[:, w] = last - np.searchsorted(series, after, side="right")
    p = np.ones(count.shape)
    row, window = np.nonzero(count >= expected.critical[:, hour].T)
    slots = expected.slots
    at = (arrivals[row] - first_day * DAY) // (DAY // slots)
    size = expected.size[at // slots, window]
    p[row, window] = tail(count[row, window], expected.mean[at, window], size)
    return Hits(which, p, count, np.where(p < 1, p * LOOKS, np.inf))


def onset(
    times: NDArray[np.int64], last: int, since: int, level: float, week: NDArray[np.float64]
) -> tuple[int, int, float]:
    """Most likely start of a rise seen at arrival `last`: start, items since, items expected since.

    The start maximises the Poisson likelihood ratio k ln(k/mu) - (k - mu) over the arrivals of the
    last 168 hours after `since` (Kulldorff 2001).
    """
    end = int(times[last])
    first = int(np.searchsorted(times, max(end - 168 * HOUR, since), side="right"))
    starts = times[min(first, last) : last + 1]
    k = np.arange(len(starts), 0, -1).astype(np.float64)
    mu = mean_between(level, week, starts - HOUR, end)  # an hour more: the first item sets it off
    ratio = np.where(k > mu, k * np.log(k / mu) - (k - mu), 0.0)
    best = int(np.argmax(ratio))
    return int(starts[best]), int(k[best]), float(mu[best])


def mean_between(
    level: float, week: NDArray[np.float64], starts: NDArray[np.int64], end: int
) -> NDArray[np.float64]:
    """Items expected between each start and the end, with the weekly rhythm."""
    slots = len(week)
    summed = np.concatenate([[0.0], np.cumsum(week)]) * 7 / slots

    def until(at: NDArray[np.int64]) -> NDArray[np.float64]:
        weeks, rest = np.divmod(at / HOUR, 168)
        edges = np.arange(slots + 1) * (168 / slots)
        return np.asarray(weeks * summed[-1] + np.interp(rest, edges, summed))

    return np.asarray(level * (until(np.asarray([end])) - until(starts)) + 1e-6)
