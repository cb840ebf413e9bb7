"""What a detector of counts could see at best: one that knows the null it is tested on.

It knows level, rhythm and dispersion exactly, looks at the same trailing windows of up to a day at
the end of each hour, and its threshold is set on that null to the same false alarms a year. Where
even it misses a burst, the burst is inside the noise. Two of them: one knows a day's factor only
by its distribution; the other also learns it from the day so far (the gamma factor's exact
posterior), which pays only if an app's factor does change at midnight, as it does in this null.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from benchmarks.nulls import HOURS, NOMINAL, WEEKDAY

WINDOWS = (1, 2, 4, 8, 16, 24)  # hours
NULL_YEARS, RUNS, APART = 400, 1500, 10  # APART: days from one burst to the next
Counts = NDArray[np.int64]


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
