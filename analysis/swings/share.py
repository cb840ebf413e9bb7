"""The share of low stars among the latest reviews, against its usual share: for busy apps.

Where hundreds of reviews come in a day, thirty low ones drown in the count's own scatter but not in
the mix of stars. Upper tail of a binomial with scattered odds over the latest m reviews, whatever
time they took (up to two days).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.swings.baseline import MEMORY, Baselines, windows
from analysis.swings.dispersion import LASTING, YOUNG, accumulate, error_to_come
from analysis.swings.history import DAY, HOUR

LATEST = np.array([16, 32, 64, 128, 192, 256, 320], dtype=np.int64)  # reviews
LOOKS = (128 / LATEST) ** 0.8  # as for the windows of the count scan
SPAN = 48 * HOUR
LEAST_LOW = 5
GREW, SURELY = 1.2, 0.002  # times the low stars usual in that time: else the others stay away
OTHERS, LATELY = 0.4, 72 * HOUR  # of the usual other stars must have come in so long
SCREEN = 3.0
TOGETHER = 4_096  # arrivals that are looked at in one go
NODES, REACH = 97, 8.0  # of the sum over scattered odds: points, and standard deviations each way
LEAST_SHAPE = 0.05
RHO_PRIOR, RHO_SD, RHO_LEAST, RHO_MOST = 0.03, 0.06, 0.0001, 0.5


Parts = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]
NONE: Parts = np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Mix:
    """Usual share of low stars and its overdispersion, by day: float64 (n,).

    critical: (windows, n), low ones among the latest up to which no p-value needs to be computed.
    """

    share: NDArray[np.float64]
    rho: NDArray[np.float64]
    per_day: NDArray[np.float64]
    critical: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        mean, spread = LATEST[:, None] * self.share, 1 + (LATEST[:, None] - 1) * self.rho
        critical = mean + SCREEN * np.sqrt(mean * (1 - self.share) * spread)
        object.__setattr__(self, "critical", critical)


@dataclass(frozen=True, slots=True)
class ShareHits:
    """which: index into the low-star stream. score: least weighed p. latest: reviews it is of."""

    which: NDArray[np.int64]
    score: NDArray[np.float64]
    latest: NDArray[np.int64]


def measure(
    low: NDArray[np.int64],
    every: NDArray[np.int64],
    good: NDArray[np.bool_],
    bases: Baselines,
    errors: NDArray[np.float64],
    followed: NDArray[np.bool_] | None = None,
) -> tuple[Mix, NDArray[np.float64]]:
    """The usual mix at the start of each of n days, and the errors at the start of n + 1 days.

    low, every: (MEMORY + n,) daily counts, today's included; the reference days are those of
    `bases`. good: (n,) days whose forecast error counts. errors: (1 + GUARD, 3) of
    (x - m p)^2 - m p q, m (m - 1) p q and p q over days of m reviews: like the dispersion of
    counts, rho is measured on what the forecasts missed, with a memory of about a year, and shrunk
    towards RHO_PRIOR; in a young app it is no smaller than among the reference days.
    """
    lows, past = (np.where(bases.chosen, windows(days[:-1]), 0) for days in (low, every))
    x, m = lows.sum(axis=1), past.sum(axis=1)
    share = (x + 0.5) / (m + 1)
    terms = _terms(low[MEMORY:], every[MEMORY:], share)
    terms[~(good & bases.known)] = 0.0
    moved = accumulate(terms, errors, followed)
    raw, information, forecasts = _overdispersion(moved[:-1, 0], share)
    prior = 1 / RHO_SD**2
    weight = information / (information + prior)
    rho = weight * raw + (1 - weight) * RHO_PRIOR + 1 / (m + 2)
    reference, *_ = _overdispersion(_terms(lows, past, share[:, None]).sum(axis=1), share)
    rho = np.where(forecasts < YOUNG, np.maximum(rho, reference), rho)
    per_day = m / np.maximum(bases.days, 1)
    lasting = LASTING * per_day**2 / (2 * (1 + rho * per_day) ** 2)
    rho = rho + error_to_come(information, lasting, prior)
    return Mix(share, np.clip(rho, RHO_LEAST, RHO_MOST), per_day), moved


def _terms(
    low: NDArray[np.int64], every: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What days add to the errors: (*s, 3) from counts of shape s."""
    q = share * (1 - share)
    excess = (low - every * share) ** 2 - every * q
    return np.stack([excess, every * (every - 1) * q, q * (every > 1)], axis=-1)


def _overdispersion(
    sums: NDArray[np.float64], share: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Moment estimate of rho from (n, 3) errors, its information and the number of days: (n,)."""
    excess, pairs, days = sums.T
    q = np.maximum(share * (1 - share), 1e-9)
    raw = np.clip(excess / np.maximum(pairs, 1e-9), 0.0, RHO_MOST)
    typical = pairs / np.maximum(days, 1e-9)  # of m (m - 1)
    return raw, pairs / q / (2 * (1 + raw * np.sqrt(typical)) ** 2), days / q


def scan(
    reviews: NDArray[np.int64],
    low: NDArray[np.int64],
    first_day: int,
    until: int,
    fence: int,
    mix: Mix,
    known: NDArray[np.bool_],
    since: int = 0,
) -> ShareHits:
    """Low-star arrivals with an improbable share among the latest reviews.

    reviews, low: sorted arrival times of all reviews and of those with low stars. since: arrivals
    before it are left out.
    """
    begin, end = low.searchsorted([max(first_day * DAY, since), until])
    found = [NONE]
    for start in range(int(begin), int(end), TOGETHER):
        place = np.arange(start, min(start + TOGETHER, int(end)))
        at = low[place[0] : place[-1] + 1]
        day = (at - first_day * DAY) // DAY
        seen = reviews.searchsorted(at, side="right")
        oldest = reviews[np.maximum(seen - LATEST[:, None], 0)]
        lows = place + 1 - low.searchsorted(oldest, side="left")
        ok = (seen >= LATEST[:, None]) & (oldest > np.maximum(at - SPAN, fence))
        usual = mix.share[day] * mix.per_day[day] * (at - oldest) / DAY
        ok &= special.pdtrc(lows - 1, GREW * usual) < SURELY
        ok &= _others(reviews, low, at) >= OTHERS * ((1 - mix.share) * mix.per_day)[day]
        ok &= (lows >= LEAST_LOW) & (lows > mix.critical[:, day]) & known[day]
        if ok.any():
            found.append(_weigh(place, lows, ok, mix.share[day], mix.rho[day]))
    return ShareHits(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _others(
    reviews: NDArray[np.int64], low: NDArray[np.int64], at: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Reviews a day without low stars, lately."""
    every, bad = (
        times.searchsorted(at, side="right") - times.searchsorted(at - LATELY, side="right")
        for times in (reviews, low)
    )
    return np.asarray((every - bad) * (DAY / LATELY))


def _weigh(
    place: NDArray[np.int64],
    lows: NDArray[np.int64],
    ok: NDArray[np.bool_],
    share: NDArray[np.float64],
    rho: NDArray[np.float64],
) -> Parts:
    """The fields of ShareHits for the arrivals at these places with something `ok`: (7, k)."""
    score = np.full(len(place), np.inf)
    latest = np.zeros(len(place), dtype=np.int64)
    for m, looks, count, worth in zip(LATEST, LOOKS, lows, ok, strict=True):
        which = np.flatnonzero(worth)
        if not len(which):
            continue
        p = tail(np.minimum(count[which], m), int(m), share[which], rho[which])
        better = looks * p < score[which]
        score[which[better]], latest[which[better]] = (looks * p)[better], m
    found = np.flatnonzero(np.isfinite(score))
    return place[found], score[found], latest[found]


def tail(
    x: NDArray[np.int64], m: int, share: NDArray[np.float64], rho: NDArray[np.float64]
) -> NDArray[np.float64]:
    """P(X >= x) where X of m reviews are low and the odds scatter: all but m of shape (n,).

    Low and other stars scatter apart by gamma factors of the same dispersion 1/k, so that the log
    of the odds is scattered by the logit of a Beta(k, k): heavier above than a beta-distributed
    share where low stars are few. k from the overdispersion rho, exact at a share of a half.
    Trapezoidal rule over the logit.
    """
    k = np.maximum(2 * share * (1 - share) * (1 / rho - 1), LEAST_SHAPE)[:, None]
    logit = np.linspace(-REACH, REACH, NODES) * np.sqrt(2 * special.polygamma(1, k))
    weight = np.exp(k * (logit - 2 * np.logaddexp(0, logit)) + 2 * k * np.log(2))  # 1 at the centre
    low = special.expit(special.logit(share)[:, None] + logit)
    above = special.betainc(x[:, None], m - x[:, None] + 1, low)
    return np.asarray((weight * above).sum(axis=1) / weight.sum(axis=1))
