"""What a detector of counts could see at best: one that knows the null it is tested on.

It knows level, rhythm and dispersion exactly, looks at the same trailing windows of up to a day at
the end of each hour, and its threshold is set on that null to the same false alarms a year. Where
even it misses a burst, the burst is inside the noise. Two of them: one knows a day's factor only
by its distribution; the other also learns it from the day so far (the gamma factor's exact
posterior), which pays only if an app's factor does change at midnight, as it does in this null.

And what a detector of the share of low stars could see where the mix is the same every day: one
that knows the share exactly and that it never changes.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from analysis.research.quiet_streams import HOURS, WEEKDAY, arrivals
from analysis.swings.history import DAY, HOUR
from analysis.swings.share import LATEST, LEAST_LOW, LOOKS, SPAN
from benchmarks.calibrate.thresholds import NOMINAL

WINDOWS = (1, 2, 4, 8, 16, 24)  # hours
NULL_YEARS, RUNS, APART = 400, 1500, 10  # APART: days from one burst to the next
SHARE_RUNS, SHARE_ITEMS = 1000, 6_000_000  # reviews of the null of the share
Counts = NDArray[np.int64]


@cache
def ceiling(
    level: float, phi: float, k: int, hours: int, part: float, seed: int = 4
) -> tuple[float, float]:
    """Power before the end of a burst of k items in `hours`: without and with the day so far.

    part: of the app's false-alarm budget, what the detector of counts has of it.
    """
    found = []
    for knows_the_day in (False, True):
        rng = np.random.default_rng([seed, round(10 * level), round(100 * phi)])
        counts, mean = _null(rng, level, phi, 365 * NULL_YEARS)
        daily = _scores(counts, mean, phi, knows_the_day).reshape(-1, 24).min(axis=1)
        limit = np.sort(daily)[int(NOMINAL * part * NULL_YEARS)]
        counts, mean = _null(rng, level, phi, APART * RUNS)
        starts = (APART * np.arange(RUNS) + APART // 2) * 24 + rng.integers(24, size=RUNS)
        at = starts[:, None] + rng.integers(0, hours, (RUNS, k))
        np.add.at(counts, at.ravel(), 1)
        scores = _scores(counts, mean, phi, knows_the_day)
        seen = scores[starts[:, None] + np.arange(hours)].min(axis=1) < limit
        found.append(float(seen.mean()))
    return found[0], found[1]


def _null(
    rng: np.random.Generator, level: float, phi: float, days: int
) -> tuple[Counts, NDArray[np.float64]]:
    """Hourly counts and what is expected of them: (24 * days,) each."""
    weekday = WEEKDAY[np.arange(days) % 7] / WEEKDAY.mean()
    mean = (level * weekday)[:, None] * (HOURS / HOURS.sum())
    factor = rng.gamma(1 / phi, phi, days)[:, None]
    return rng.poisson(mean * factor).ravel(), mean.ravel()


def _scores(
    counts: Counts, mean: NDArray[np.float64], phi: float, knows_the_day: bool
) -> NDArray[np.float64]:
    """The least p-value of the windows that end with each hour, weighed as the scan weighs them."""
    items, expected = (np.concatenate([[0], np.cumsum(x)]) for x in (counts, mean))
    best = np.ones(len(counts))
    for width in WINDOWS:
        last = np.arange(width - 1, len(counts))
        if knows_the_day:
            last = last[last % 24 >= width - 1]  # within the day whose factor is learned
        begin = last + 1 - width
        midnight = last // 24 * 24 if knows_the_day else begin
        size = 1 / phi + items[begin] - items[midnight]
        factor = size / (1 / phi + expected[begin] - expected[midnight])
        mu = factor * (expected[last + 1] - expected[begin])
        p = stats.nbinom.sf(items[last + 1] - items[begin] - 1, size, size / (size + mu))
        best[last] = np.minimum(best[last], p * (24 / width) ** 0.8)
    return best


@cache
def share_ceiling(low: float, high: float, phi: float, k: int, hours: int, seed: int = 5) -> float:
    """Power before the end of a burst of k low stars where each review is low by one chance.

    low, high: stars a day; phi: dispersion of a day's reviews. The detector has the whole of the
    app's budget; its threshold is the line through the logs of the smallest daily scores of the
    null against their rates.
    """
    share, every = low / (low + high), low + high
    rng = np.random.default_rng([seed, round(10 * every), round(100 * phi)])
    years = min(float(NULL_YEARS), SHARE_ITEMS / (365 * every))
    times = arrivals(rng, every, phi, 10_000, int(365 * years))
    lows = times[rng.random(len(times)) < share]
    scores = _share_scores(times, lows, share)
    least = np.ones(int(lows[-1] // DAY) - 10_000 + 1)
    np.minimum.at(least, lows // DAY - 10_000, scores)
    smallest = np.sort(least)[: int(4 * years)]
    line = np.polyfit(np.log(np.arange(1, len(smallest) + 1) / years), np.log(smallest), 1)
    limit = float(np.exp(np.polyval(line, np.log(NOMINAL))))
    seen = 0
    for _ in range(SHARE_RUNS):
        times = arrivals(rng, every, phi, 10_000, 6)
        lows = times[rng.random(len(times)) < share]
        start = 10_003 * DAY + int(rng.integers(DAY))
        burst = np.sort(start + (rng.random(k) * hours * HOUR).astype(np.int64))
        times, lows = (np.sort(np.concatenate([x, burst])) for x in (times, lows))
        inside = (lows >= start) & (lows <= start + hours * HOUR)
        seen += bool(_share_scores(times, lows, share)[inside].min() < limit)
    return seen / SHARE_RUNS


def _share_scores(times: Counts, lows: Counts, share: float) -> NDArray[np.float64]:
    """The least weighed p-value of the share among the latest reviews at each low star."""
    seen = np.searchsorted(times, lows, side="right")
    best = np.ones(len(lows))
    for m, looks in zip(LATEST, LOOKS, strict=True):
        oldest = times[np.maximum(seen - m, 0)]
        count = np.arange(1, len(lows) + 1) - np.searchsorted(lows, oldest, side="left")
        enough = (seen >= m) & (lows - oldest < SPAN) & (count >= LEAST_LOW) & (count > m * share)
        x = np.minimum(count[enough], m)
        best[enough] = np.minimum(best[enough], looks * special.betainc(x, m - x + 1, share))
    return best
