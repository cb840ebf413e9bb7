"""The share of low stars among the latest reviews, against its usual share: for busy apps.

Where hundreds of reviews come in a day, thirty low ones drown in the count's own scatter but not in the mix of
stars. Beta-binomial upper tail over the latest m reviews, whatever time they took (up to two days).
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import special

from analysis.swings.baseline import MEMORY, Baselines
from analysis.swings.history import DAY, HOUR

LATEST = np.array([8, 16, 32, 64, 128, 320], dtype=np.int64)  # reviews
SPAN = 48 * HOUR
LEAST_LOW = 5
SCREEN = 3.0
RHO_PRIOR, RHO_LEAST, RHO_MOST = 0.03, 0.002, 0.3


@dataclass(frozen=True, slots=True)
class Mix:
    """Usual share of low stars and its overdispersion, by day: float64 (n,)."""

    share: NDArray[np.float64]
    rho: NDArray[np.float64]
    per_day: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShareHits:
    """which: index into the low-star stream; p: smallest over LATEST; latest: reviews it rests on."""

    which: NDArray[np.int64]
    p: NDArray[np.float64]
    latest: NDArray[np.int64]


def fit(low: NDArray[np.int64], every: NDArray[np.int64], bases: Baselines) -> Mix:
    """low, every: (MEMORY + n - 1,) daily counts; the reference days are those of `bases`.

    rho by moments, shrunk towards RHO_PRIOR by its information, and widened by the doubt about the
    share itself.
    """
    x = np.where(bases.chosen, sliding_window_view(low, MEMORY), 0).astype(np.float64)
    n = np.where(bases.chosen, sliding_window_view(every, MEMORY), 0).astype(np.float64)
    total = n.sum(axis=1)
    share = (x.sum(axis=1) + 0.5) / (total + 1)
    binomial = share * (1 - share)
    excess = ((x - n * share[:, None]) ** 2 - n * binomial[:, None]).sum(axis=1)
    pairs = (n * (n - 1)).sum(axis=1) * binomial
    raw = np.clip(excess / np.maximum(pairs, 1e-9), 0, 1)
    days = np.maximum(bases.days, 1)
    typical = np.maximum(total / days - 1, 0)
    information = days * typical**2 / (2 * (1 + typical * raw) ** 2)
    weight = information / (information + 1 / RHO_PRIOR**2)
    rho = weight * raw + (1 - weight) * RHO_PRIOR + 1 / (total + 2)
    return Mix(share, np.clip(rho, RHO_LEAST, RHO_MOST), total / days)


def scan(
    reviews: NDArray[np.int64],
    low: NDArray[np.int64],
    first_day: int,
    until: int,
    fence: int,
    mix: Mix,
    known: NDArray[np.bool_],
) -> ShareHits:
    """Low-star arrivals with an improbable share among the latest reviews.

    reviews, low: sorted arrival times of all reviews and of those with low stars.
    """
    begin, end = np.searchsorted(low, [first_day * DAY, until])
    at = low[begin:end]
    day = (at - first_day * DAY) // DAY
    seen = np.searchsorted(reviews, at, side="right")
    p = np.ones(len(at))
    latest = np.zeros(len(at), dtype=np.int64)
    for m in LATEST:
        oldest = reviews[np.maximum(seen - m, 0)]
        lows = np.arange(begin, end) + 1 - np.searchsorted(low, oldest, side="left")
        mean = m * mix.share[day]
        spread = np.sqrt(mean * (1 - mix.share[day]) * (1 + (m - 1) * mix.rho[day]))
        ok = (seen >= m) & (oldest > np.maximum(at - SPAN, fence)) & known[day]
        ok &= (lows >= LEAST_LOW) & (lows > mean + SCREEN * spread)
        which = np.flatnonzero(ok)
        if not len(which):
            continue
        value = _tail(np.minimum(lows[which], m), int(m), mix, day[which])
        better = value < p[which]
        p[which[better]], latest[which[better]] = value[better], m
    found = np.flatnonzero(p < 1)
    return ShareHits(begin + found, p[found], latest[found])


def _tail(x: NDArray[np.int64], m: int, mix: Mix, day: NDArray[np.int64]) -> NDArray[np.float64]:
    """P(X >= x), X beta-binomial of size m; summed in logs from a table a day."""
    days, place = np.unique(day, return_inverse=True)
    strength = (1 - mix.rho[days]) / mix.rho[days]
    a, b = mix.share[days] * strength, (1 - mix.share[days]) * strength
    k = np.arange(m + 1)[None, :]
    log_pmf = (
        special.gammaln(m + 1)
        - special.gammaln(k + 1)
        - special.gammaln(m - k + 1)
        + special.betaln(k + a[:, None], m - k + b[:, None])
        - special.betaln(a, b)[:, None]
    )
    upper = np.logaddexp.accumulate(log_pmf[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(np.exp(np.minimum(upper[place, x], 0.0)))
