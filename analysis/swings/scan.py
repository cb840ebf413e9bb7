"""Prospective multi-window scan of arrivals against a negative-binomial predictive distribution.

After Kulldorff (2001), prospective space-time scan statistics, in time alone. Upper-tail evidence of a
trailing window can only grow at an arrival, so the windows are looked at only then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.swings.baseline import Baseline
from analysis.swings.history import DAY, HOUR

WINDOWS = np.array([1, 2, 4, 8, 16, 24, 48, 96, 168], dtype=np.int64)  # hours
NEEDS_TIMES = WINDOWS < 24  # windows in which an item that carries only a date cannot be placed
LEAST_ITEMS = 5
SCREEN = 2.5  # standard deviations; nothing under it can reach p < 1e-3 (upper tails are heavier)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a day's arrivals are compared with.

    mean, size: float64 (24, 9) of the predictive negative binomial, by hour of the day and window.
    critical: int64 (24, 9), counts under which no p-value needs to be computed.
    """

    mean: NDArray[np.float64]
    size: NDArray[np.float64]
    critical: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """Arrivals worth a look: which: int64 (m,) index into the day's arrivals; p, count: (m, 9)."""

    which: NDArray[np.int64]
    p: NDArray[np.float64]
    count: NDArray[np.int64]


def expectation(base: Baseline, today: int, covered: NDArray[np.float64]) -> Expectation:
    """covered: float64 (192,), how much of each hour from seven days before today was looked at."""
    first = (today - 7) % 7 * 24
    rhythm = base.week[(first + np.arange(192)) % 168] * covered
    summed = np.concatenate([[0.0], np.cumsum(rhythm)]) * (base.level / 24)
    ends = 168 + 1 + np.arange(24)[:, None]
    mean = summed[ends] - summed[ends - WINDOWS[None, :]]
    mean = np.maximum(np.where(NEEDS_TIMES, mean * base.timed, mean), 1e-9)
    size = 1 / (
        window_dispersion(base.phi) + 0.02 + 1 / (base.items + 0.5) + base.phi / max(base.days, 1)
    )
    size = np.broadcast_to(size, mean.shape)
    critical = np.ceil(mean + SCREEN * np.sqrt(mean + mean**2 / size)).astype(np.int64)
    return Expectation(mean, size, np.maximum(critical, LEAST_ITEMS))


def window_dispersion(phi: float) -> NDArray[np.float64]:
    """Dispersion of counts in each window, from that of days: float64 (9,)."""
    hours = WINDOWS.astype(np.float64)
    short = phi + 0.4 * (1 - np.log(hours) / np.log(24))
    return np.where(hours <= 24, short, phi * (24 / hours) ** 0.2)


def tail(
    count: NDArray[np.int64], mean: NDArray[np.float64], size: NDArray[np.float64]
) -> NDArray[np.float64]:
    """P(X >= count) for X ~ negative binomial: regularised incomplete beta function."""
    return np.asarray(special.betainc(np.maximum(count, 1), size, mean / (mean + size)))


def scan(
    times: NDArray[np.int64],
    timed: NDArray[np.int64],
    since: int,
    until: int,
    fence: int,
    expected: Expectation,
) -> Hits:
    """Arrivals in [since, until) at which some window holds at least its critical count.

    times: sorted arrival times that reach at least seven days behind `since`; timed: those of them
    with a time of day. fence: no window reaches behind this moment.
    """
    low, high = np.searchsorted(times, [since, until])
    arrivals = times[low:high]
    hours = (arrivals % DAY) // HOUR
    full = _reached(times, np.arange(low, high), hours, fence, expected, ~NEEDS_TIMES)
    place = np.searchsorted(timed, arrivals, side="right") - 1
    short = _reached(timed, place, hours, fence, expected, NEEDS_TIMES)
    which = np.flatnonzero(full | short)
    hour = hours[which]
    count = np.empty((len(which), len(WINDOWS)), dtype=np.int64)
    for w, width in enumerate(WINDOWS * HOUR):
        series = timed if NEEDS_TIMES[w] else times
        last = place[which] if NEEDS_TIMES[w] else which + low
        start = np.maximum(arrivals[which] - width, fence)
        count[:, w] = last + 1 - np.searchsorted(series, start, side="right")
    p = tail(count, expected.mean[hour], expected.size[hour])
    return Hits(which + low, np.where(count >= LEAST_ITEMS, p, 1.0), count)


def _reached(
    series: NDArray[np.int64],
    place: NDArray[np.int64],
    hours: NDArray[np.int64],
    fence: int,
    expected: Expectation,
    windows: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Whether any of the windows that end at series[place] holds its critical count.

    A window of width w holds c items exactly when the c-th latest is younger than w.
    """
    found = np.zeros(len(place), dtype=bool)
    if not len(series):
        return found
    for w in np.flatnonzero(windows):
        oldest = place - expected.critical[hours, w] + 1
        there = oldest >= 0
        age = series[np.maximum(place, 0)] - series[np.maximum(oldest, 0)]
        found |= there & (age < WINDOWS[w] * HOUR) & (series[np.maximum(oldest, 0)] > fence)
    return found


def onset(
    times: NDArray[np.int64], last: int, fence: int, base: Baseline, covered_from: int
) -> tuple[int, int, float]:
    """Most likely start of a rise that is seen at arrival `last`: start, items and expected items.

    The start maximises the Poisson likelihood ratio k ln(k/mu) - (k - mu) over the arrivals of the
    last 168 hours (Kulldorff 2001, eq. 1).
    """
    end = int(times[last])
    first = int(np.searchsorted(times, max(end - 168 * HOUR, fence + 1, covered_from)))
    first = min(first, last)
    starts = times[first : last + 1]
    k = np.arange(len(starts), 0, -1).astype(np.float64)
    mu = np.maximum(mean_between(base, starts, end), 1e-6)
    ratio = np.where(k > mu, k * np.log(k / mu) - (k - mu), 0.0)
    best = int(np.argmax(ratio))
    return int(starts[best]), int(k[best]), float(mu[best])


def mean_between(base: Baseline, starts: NDArray[np.int64], end: int) -> NDArray[np.float64]:
    """Items expected between each start and the end, with the weekly rhythm."""
    summed = np.concatenate([[0.0], np.cumsum(base.week)]) / 24

    def until(at: NDArray[np.int64]) -> NDArray[np.float64]:
        hours = at / HOUR
        weeks, rest = np.divmod(hours, 168)
        return np.asarray(weeks * summed[-1] + np.interp(rest, np.arange(169), summed))

    return base.level * (until(np.asarray([end])) - until(starts)) + 1e-6
