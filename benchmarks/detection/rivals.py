"""The rules that others use, as scores over time: an alarm is a score above a threshold.

Each takes the sorted times of the low-star reviews (microseconds), the first day and the number of
days, and gives the moments at which it judges and its score there. Daily rules judge at the end of
the UTC day.
"""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import special, stats

from analysis.swings.history import DAY

Scores = tuple[NDArray[np.int64], NDArray[np.float64]]
Rival = Callable[[NDArray[np.int64], int, int], Scores]
REFERENCE = 56


def daily_counts(times: NDArray[np.int64], first: int, n: int) -> NDArray[np.float64]:
    """float64 (n,)."""
    day = times // DAY - first
    return np.bincount(day[(day >= 0) & (day < n)], minlength=n).astype(np.float64)


def _ends(first: int, n: int) -> NDArray[np.int64]:
    return (first + 1 + np.arange(n)) * DAY


def ears_c2(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Hutwagner et al. (2003): the day against the 7 days that end 2 days before."""
    x = daily_counts(times, first, n)
    return _ends(first, n)[9:], _c2(x[9:], sliding_window_view(x, 7)[: n - 9])


def ears_c2_rolling(times: NDArray[np.int64], first: int, n: int) -> Scores:  # noqa: ARG001
    """C2 on the latest 24 hours, at every arrival."""
    at = times[times >= (first + 9) * DAY]
    edges = at[:, None] - np.arange(10) * DAY
    place = np.searchsorted(times, edges, side="right")
    blocks = (place[:, :-1] - place[:, 1:]).astype(np.float64)
    return at, _c2(blocks[:, 0], blocks[:, 2:9])


def _c2(now: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = np.maximum(before.std(axis=1, ddof=1), 0.5)
    return np.asarray(np.where(now >= 3, (now - before.mean(axis=1)) / spread, 0.0))


def daily_z(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """The day against mean and standard deviation of the 28 days before."""
    x = daily_counts(times, first, n)
    before = sliding_window_view(x, 28)[: n - 28]
    z = (x[28:] - before.mean(axis=1)) / np.maximum(before.std(axis=1, ddof=1), 0.5)
    return _ends(first, n)[28:], np.where(x[28:] >= 3, z, 0.0)


def rate_rule(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """The day as a multiple of the usual, at least five items."""
    x = daily_counts(times, first, n)
    usual = sliding_window_view(x, REFERENCE)[: n - REFERENCE].mean(axis=1)
    ratio = x[REFERENCE:] / np.maximum(usual, 1 / REFERENCE)
    return _ends(first, n)[REFERENCE:], np.where(x[REFERENCE:] >= 5, ratio, 0.0)


def nb_cusum(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Hoehle and Paul (2008): likelihood-ratio CUSUM for a doubling, dispersion 0.3."""
    x = daily_counts(times, first, n)
    usual = np.maximum(sliding_window_view(x, REFERENCE)[: n - REFERENCE].mean(axis=1), 0.02)
    size = 1 / 0.3
    day = x[REFERENCE:]
    steps = day * np.log(2) - (day + size) * np.log((size + 2 * usual) / (size + usual))
    total, score = 0.0, np.empty(len(steps))
    for i, step in enumerate(steps):
        total = max(0.0, total + step)
        score[i] = total
        if total > 50:
            total = 0.0
    return _ends(first, n)[REFERENCE:], score


def bocpd(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """Adams and MacKay (2007), Poisson counts: log odds that the level rose within three days.

    Gamma prior of the level from the whole reference; hazard 1/100 a day; run lengths up to 120.
    """
    x = daily_counts(times, first, n)
    prior = max(float(x[:REFERENCE].mean()), 0.05)
    a0, b0 = 0.5, 0.5 / prior
    keep = 120
    log_run = np.full(keep, -np.inf)
    log_run[0] = 0.0
    a, b = np.full(keep, a0), np.full(keep, b0)
    score = np.zeros(n)
    hazard = np.log(1 / 100), np.log1p(-1 / 100)
    for t, count in enumerate(x):
        predicted = stats.nbinom.logpmf(count, a, b / (b + 1))
        change = special.logsumexp(log_run + predicted) + hazard[0]
        grown = log_run + predicted + hazard[1]
        log_run = np.concatenate([[change], grown[:-1]])
        log_run -= special.logsumexp(log_run)
        level = np.concatenate([[a0 / b0], (a + count)[:-1] / (b + 1)[:-1]])
        a, b = np.concatenate([[a0], (a + count)[:-1]]), np.concatenate([[b0], (b + 1)[:-1]])
        older = np.exp(log_run[8:])
        usual = float((older * level[8:]).sum() / max(older.sum(), 1e-12)) if t > 20 else prior
        recent = special.logsumexp(log_run[1:4][level[1:4] > usual], b=1.0) if t > 20 else -np.inf
        score[t] = np.nan_to_num(recent - np.log1p(-min(np.exp(recent), 1 - 1e-12)), neginf=-99)
    return _ends(first, n)[REFERENCE:], score[REFERENCE:]


def weekly_z(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """obsei's rule: the week against mean and standard deviation of the eight weeks before."""
    x = daily_counts(times, first, n)
    week = np.convolve(x, np.ones(7))[6:n]
    rows = np.arange(63 - 7, len(week), 7)
    before = np.stack([week[rows - 7 * k] for k in range(1, 9)], axis=1)
    spread = np.maximum(before.std(axis=1, ddof=1), 0.5)
    z = np.where(week[rows] >= 5, (week[rows] - before.mean(axis=1)) / spread, 0.0)
    return (first + rows + 7) * DAY, z


RIVALS: dict[str, Rival] = {
    "EARS C2, daily": ears_c2,
    "EARS C2, rolling": ears_c2_rolling,
    "daily z, 28 days": daily_z,
    "x times the rate, at least 5": rate_rule,
    "NB-CUSUM": nb_cusum,
    "BOCPD": bocpd,
    "weekly z (obsei)": weekly_z,
}

NEEDS = {"EARS C2, daily": 9, "EARS C2, rolling": 9, "daily z, 28 days": 28} | dict.fromkeys(
    ("x times the rate, at least 5", "NB-CUSUM", "BOCPD"), REFERENCE
)
"""Days of history without which a rule judges nothing."""
