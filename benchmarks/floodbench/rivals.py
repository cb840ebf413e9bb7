"""Further rules that others use, in the form of benchmarks.detection.rivals: scores over time.

Each takes the sorted times of the low-star reviews (microseconds), the first day and the number of
days; daily rules judge at the end of the UTC day, from days before it alone.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import stats

from analysis.swings.history import DAY
from benchmarks.detection.rivals import Rival, Scores, daily_counts

Floats = NDArray[np.float64]
MONTH, LONG = 28, 56
LEAST = 3  # items of a day without which no rule alarms


def _judged(x: Floats, first: int, past: int, score: Floats) -> Scores:
    """Scores of the days from `past` on, at their ends; few items never alarm."""
    ends = (first + 1 + np.arange(len(x))) * DAY
    return ends[past:], np.where(x[past:] >= LEAST, np.nan_to_num(score), 0.0)


def _before(x: Floats, days: int, gap: int = 0) -> Floats:
    """(n - days - gap, days): the days before each day, without the latest `gap`."""
    return np.asarray(sliding_window_view(x, days)[: len(x) - days - gap])


def _log_p(p: Floats) -> Floats:
    """How improbable, as -log10; at most 300."""
    return np.asarray(-np.log10(np.maximum(p, 1e-300)))


def ears_c1(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Hutwagner et al. (2003): the day against the 7 days before."""
    x = daily_counts(times, first, n)
    past = _before(x, 7)
    spread = np.maximum(past.std(axis=1, ddof=1), 0.5)
    return _judged(x, first, 7, (x[7:] - past.mean(axis=1)) / spread)


def ears_c3(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Hutwagner et al. (2003): the excess of three days of C2."""
    x = daily_counts(times, first, n)
    past = _before(x, 7, 2)
    c2 = (x[9:] - past.mean(axis=1)) / np.maximum(past.std(axis=1, ddof=1), 0.5)
    excess = np.maximum(c2 - 1, 0)
    return _judged(x, first, 9, np.convolve(excess, np.ones(3))[: len(excess)])


def poisson_day(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Shewhart chart: the upper tail of a Poisson with the mean of 28 days."""
    x = daily_counts(times, first, n)
    mean = np.maximum(_before(x, MONTH).mean(axis=1), 1 / MONTH)
    return _judged(x, first, MONTH, _log_p(stats.poisson.sf(x[MONTH:] - 1, mean)))


def negative_binomial_day(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """The upper tail of a negative binomial with mean and variance of 56 days."""
    x = daily_counts(times, first, n)
    past = _before(x, LONG)
    mean = np.maximum(past.mean(axis=1), 1 / LONG)
    size = mean**2 / np.maximum(past.var(axis=1, ddof=1) - mean, 0.05 * mean)
    return _judged(
        x, first, LONG, _log_p(stats.nbinom.sf(x[LONG:] - 1, size, size / (size + mean)))
    )


def weekday_limits(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Historical limits (Stroup et al. 1989): the day against the same weekday of eight weeks."""
    x = daily_counts(times, first, n)
    past = _before(x, LONG)[:, ::7]
    spread = np.maximum(past.std(axis=1, ddof=1), 0.5)
    return _judged(x, first, LONG, (x[LONG:] - past.mean(axis=1)) / spread)


def robust_z(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """The day against median and median absolute deviation of 28 days (S-ESD's residuals)."""
    x = daily_counts(times, first, n)
    past = _before(x, MONTH)
    middle = np.median(past, axis=1)
    spread = 1.4826 * np.median(np.abs(past - middle[:, None]), axis=1)
    return _judged(x, first, MONTH, (x[MONTH:] - middle) / np.maximum(spread, 1.0))


def square_root_z(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """z of square roots, which even out the variance of counts, against 56 days."""
    x = daily_counts(times, first, n)
    roots = np.sqrt(x + 3 / 8)
    past = _before(roots, LONG)
    spread = np.maximum(past.std(axis=1, ddof=1), 0.25)
    return _judged(x, first, LONG, (roots[LONG:] - past.mean(axis=1)) / spread)


def highest_before(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """The day as a multiple of the busiest of 56 days."""
    x = daily_counts(times, first, n)
    return _judged(x, first, LONG, x[LONG:] / np.maximum(_before(x, LONG).max(axis=1), 1.0))


def ewma(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Borror et al. (1998): exponentially weighted mean of days, weight 0.3, Poisson limits."""
    x = daily_counts(times, first, n)
    usual = np.maximum(_before(x, LONG).mean(axis=1), 1 / LONG)
    z, score = float(usual[0]), np.empty(len(usual))
    for i, (day, mean) in enumerate(zip(x[LONG:].tolist(), usual.tolist(), strict=True)):
        z = 0.3 * day + 0.7 * z
        score[i] = (z - mean) / np.sqrt(mean * 0.3 / 1.7)
    return _judged(x, first, LONG, score)


def poisson_cusum(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Lucas (1985): CUSUM of days against a doubling, in units of the usual mean."""
    x = daily_counts(times, first, n)
    usual = np.maximum(_before(x, LONG).mean(axis=1), 0.1)
    total, score = 0.0, np.empty(len(usual))
    for i, (day, mean) in enumerate(zip(x[LONG:].tolist(), usual.tolist(), strict=True)):
        total = min(max(0.0, total + (day - mean / np.log(2)) / np.sqrt(mean)), 50.0)
        score[i] = total
    return _judged(x, first, LONG, score)


def page_hinkley(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Page (1954), Hinkley (1971): rise of the summed deviations of roots."""
    x = daily_counts(times, first, n)
    roots = np.sqrt(x + 3 / 8)
    drift = roots[LONG:] - _before(roots, LONG).mean(axis=1) - 0.25
    total, score = 0.0, np.empty(len(drift))
    for i, step in enumerate(drift.tolist()):
        total = min(max(0.0, total + step), 50.0)
        score[i] = total
    return _judged(x, first, LONG, score)


def likelihood_ratio(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Generalised likelihood ratio of a higher Poisson level in the latest 1 to 7 days."""
    x = daily_counts(times, first, n)
    usual = np.maximum(_before(x, LONG).mean(axis=1), 1 / LONG)
    summed = np.concatenate([[0.0], np.cumsum(x)])
    score = np.zeros(len(usual))
    for k in range(1, 8):
        inside = summed[LONG + 1 :] - summed[LONG + 1 - k : -k]
        expected = k * usual
        ratio = inside * np.log(np.maximum(inside, 1e-9) / expected) - (inside - expected)
        score = np.maximum(score, np.where(inside > expected, ratio, 0.0))
    return _judged(x, first, LONG, score)


def holt(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Exponential smoothing of level and weekday (Holt and Winters): the error in its own scale."""
    x = daily_counts(times, first, n)
    level, week, scale = float(x[:MONTH].mean()), np.zeros(7), 1.0
    score = np.zeros(n)
    for t, day in enumerate(x.tolist()):
        error = day - level - week[t % 7]
        score[t] = error / max(scale, 0.5)
        clipped = float(np.clip(error, -3 * scale, 3 * scale))
        level += 0.05 * clipped
        week[t % 7] += 0.05 * (clipped - 0.05 * clipped)
        scale = 0.95 * scale + 0.05 * 1.25 * abs(clipped)
    return _judged(x, first, LONG, score[LONG:])


def poisson_rolling(times: NDArray[np.int64], first: int, n: int) -> Scores:  # noqa: ARG001
    """The latest 24 hours at every arrival: upper tail of a Poisson with the mean of 28 days."""
    at = times[times >= (first + MONTH + 1) * DAY]
    now, before = _rolling(times, at)
    mean = np.maximum(before / MONTH, 1 / MONTH)
    score = _log_p(stats.poisson.sf(now - 1, mean))
    return at, np.where(now >= LEAST, score, 0.0)


def times_the_rate_rolling(times: NDArray[np.int64], first: int, n: int) -> Scores:  # noqa: ARG001
    """The latest 24 hours at every arrival, as a multiple of the usual; at least five items."""
    at = times[times >= (first + MONTH + 1) * DAY]
    now, before = _rolling(times, at)
    return at, np.where(now >= 5, now / np.maximum(before / MONTH, 1 / MONTH), 0.0)


def _rolling(times: NDArray[np.int64], at: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Items of the latest 24 hours, and of the 28 days before."""
    place = [np.searchsorted(times, at - n * DAY, side="right") for n in (0, 1, MONTH + 1)]
    return (place[0] - place[1]).astype(np.float64), (place[1] - place[2]).astype(np.float64)


FURTHER: dict[str, tuple[Rival, int]] = {
    "EARS C1": (ears_c1, 7),
    "EARS C3": (ears_c3, 9),
    "Poisson chart, 28 days": (poisson_day, MONTH),
    "negative binomial, 56 days": (negative_binomial_day, LONG),
    "historical limits, weekday": (weekday_limits, LONG),
    "median and MAD, 28 days": (robust_z, MONTH),
    "z of square roots, 56 days": (square_root_z, LONG),
    "x times the busiest day": (highest_before, LONG),
    "EWMA": (ewma, LONG),
    "Poisson CUSUM": (poisson_cusum, LONG),
    "Page-Hinkley": (page_hinkley, LONG),
    "likelihood ratio, 1 to 7 days": (likelihood_ratio, LONG),
    "Holt-Winters": (holt, LONG),
    "Poisson, rolling 24 h": (poisson_rolling, MONTH),
    "x times the rate, rolling 24 h": (times_the_rate_rolling, MONTH),
}
"""Each rule, and the days of history without which it judges nothing."""
