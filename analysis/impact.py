"""What a swing costs in stars: the mean with and without its excess, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series

from analysis.evidence import Window

STARS = np.arange(1, 6, dtype=np.float64)
CLOSE = 0.05  # stars; a pull this small counts as recovered
DRAWS = 500
LONGEST_DAYS = 3650.0
LEAST_SIDE = 10.0  # reviews above expectation
SIDE_SHARE = 0.2  # of the excess


@dataclass(frozen=True, slots=True)
class Sides:
    """Praise and complaints above expectation in one swing: reviews of 4-5 and of 1-2 stars.

    *_from: when each began to come, as the likeliest onset of its own; the later is the answer to
    the other, or both came of one occasion.
    """

    high: float
    high_from: datetime
    low: float
    low_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Stars of one store and country, with the swing and as they would be without its excess.

    stars_*: over all ratings of the basis; swing_*: over those of the swing alone.
    basis: `snapshots` = the store's own totals; `reviews` = the reviews that Floodgauge has.
    excess: items above expectation, by star 1 to 5. Times to recover in days at the usual inflow,
    with a 90 % interval; missing beyond ten years. sides: of a swing with at least a fifth of its
    excess, and ten reviews, on the lesser side.
    """

    source: str
    country: str
    basis: Literal["snapshots", "reviews"]
    ratings: int
    stars_before: float
    stars_with: float
    stars_without: float
    swing_with: float
    swing_without: float | None
    excess: tuple[float, ...]
    sides: Sides | None
    recovery_days: float | None
    recovery_low: float | None
    recovery_high: float | None


def rating_impact(window: Window, *, seed: int = 1) -> list[Impact]:
    """One record for all stores together (`source` "all"), then one a store and country.

    Excess: of each star class the items of the swing above the rate of the reference, never below
    zero: ordinary reviews of the window stay in. Recovery: days of the usual inflow until the
    excess moves the mean by less than 0.05 stars; the interval resamples the reference's days
    (bootstrap).
    """
    groups = [("all", "all", window.items, window.before)]
    parts = window.items.groupby(["source", window.items["country"].fillna("all")], sort=True)
    if len(parts) > 1:
        for (source, country), items in parts:
            before = window.before
            same = (before["source"] == source) & (before["country"].fillna("all") == country)
            groups.append((str(source), str(country), items, before[same]))
    rng = np.random.default_rng(seed)
    found = [_impact(window, *group, rng) for group in groups]
    return [impact for impact in found if impact is not None]


def _impact(
    window: Window,
    source: str,
    country: str,
    items: DataFrame,
    before: DataFrame,
    rng: np.random.Generator,
) -> Impact | None:
    now, days = _histogram(items), _daily(before)
    past = days.sum(axis=0)
    if past.sum() == 0 or now.sum() == 0:
        return None
    end = window.swing.ended_at or window.now
    length = max((end - window.swing.onset_at).total_seconds() / 86400, 1 / 24)
    excess = np.maximum(now - days.mean(axis=0) * length, 0)
    basis, base = _base(window, source, country, past)
    total = base + now
    stars_before, stars_with = _mean(base), _mean(total)
    draws = rng.integers(0, days.shape[0], (DRAWS, days.shape[0]))
    inflow = np.vstack([days.mean(axis=0), days[draws].mean(axis=1)])
    recovery = _recovery(total, excess, inflow)
    low, high = np.quantile(recovery[1:], (0.05, 0.95), method="nearest")
    return Impact(
        source=source,
        country=country,
        basis=basis,
        ratings=int(total.sum()),
        stars_before=stars_before,
        stars_with=stars_with,
        stars_without=_mean(total - excess),
        swing_with=_mean(now),
        swing_without=_mean(now - excess) if (now - excess).sum() >= 1 else None,
        excess=tuple(excess.tolist()),
        sides=_sides(items, excess, days.mean(axis=0), end),
        recovery_days=_finite(recovery[0]),
        recovery_low=_finite(float(low)),
        recovery_high=_finite(float(high)),
    )


def _sides(
    items: DataFrame, excess: NDArray[np.float64], daily: NDArray[np.float64], end: datetime
) -> Sides | None:
    low, high = float(excess[:2].sum()), float(excess[3:].sum())
    if min(low, high) < max(LEAST_SIDE, SIDE_SHARE * float(excess.sum())):
        return None
    rated = items.dropna(subset=["rating"]).sort_values("created_at")
    stars = rated["rating"].round()
    return Sides(
        high,
        _onset(rated["created_at"][stars >= 4], float(daily[3:].sum()), end),
        low,
        _onset(rated["created_at"][stars <= 2], float(daily[:2].sum()), end),
    )


def _onset(at: Series, a_day: float, end: datetime) -> datetime:
    """Arrival from which the count up to the end is least like the usual rate.

    Method: largest k ln(k / mu) - (k - mu) over arrivals (Kulldorff 2001, for one stream).
    """
    k = np.arange(len(at), 0, -1, dtype=np.float64)
    days = (end - at).dt.total_seconds().to_numpy() / 86400
    mu = np.maximum(a_day * days, 1e-9)
    unlike = np.where(k > mu, k * np.log(k / mu) - (k - mu), 0.0)
    moment: datetime = at.iloc[int(np.argmax(unlike))].to_pydatetime()
    return moment


def _base(
    window: Window, source: str, country: str, past: NDArray[np.float64]
) -> tuple[Literal["snapshots", "reviews"], NDArray[np.float64]]:
    """Ratings that stood before the swing: the last snapshot with five bars, else the reviews."""
    shots = window.snapshots
    shots = shots[shots["at"] <= window.swing.onset_at]
    if source != "all":
        shots = shots[(shots["source"] == source) & (shots["country"] == country)]
    bars = [f"star_{n}" for n in range(1, 6)]
    shots = shots.dropna(subset=bars).sort_values("at")
    if shots.empty:
        return "reviews", past
    latest = shots.groupby(["source", "country"])[bars].last()
    return "snapshots", latest.to_numpy(dtype=np.float64).sum(axis=0)


def _recovery(
    total: NDArray[np.float64], excess: NDArray[np.float64], daily: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Days until the excess moves the mean by at most 0.05 stars: float64, one a row of `daily`.

    The pull at day t is the mean with and without the excess after t days of usual inflow; it
    shrinks as ratings come in, so bisection finds its last crossing. Infinite beyond ten years.
    """
    low, high = np.zeros(daily.shape[0]), np.full(daily.shape[0], LONGEST_DAYS)

    def pull(days: NDArray[np.float64]) -> NDArray[np.float64]:
        grown = total + days[:, None] * daily
        without = grown - excess
        gap: NDArray[np.float64] = grown @ STARS / grown.sum(1) - without @ STARS / without.sum(1)
        return np.abs(gap)

    out_of_reach = pull(high) > CLOSE
    if float(pull(low)[0]) <= CLOSE:
        return low
    for _ in range(30):
        middle = (low + high) / 2
        still = pull(middle) > CLOSE
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return np.where(out_of_reach, np.inf, high)


def _histogram(frame: DataFrame) -> NDArray[np.float64]:
    stars = frame["rating"].dropna().round().clip(1, 5).to_numpy(dtype=np.int64)
    return np.bincount(stars, minlength=6)[1:6].astype(np.float64)


def _daily(frame: DataFrame) -> NDArray[np.float64]:
    """Ratings a day and star, first to last day: float64 (days, 5)."""
    rated = frame.dropna(subset=["rating"])
    if rated.empty:
        return np.zeros((1, 5))
    day = rated["created_at"].dt.floor("D")
    index = ((day - day.min()).dt.days).to_numpy(dtype=np.int64)
    stars = rated["rating"].round().clip(1, 5).to_numpy(dtype=np.int64)
    counts = np.zeros((int(index.max()) + 1, 5))
    np.add.at(counts, (index, stars - 1), 1)
    return counts


def _mean(histogram: NDArray[np.float64]) -> float:
    return float(histogram @ STARS / histogram.sum())


def _finite(days: float) -> float | None:
    return round(days, 1) if np.isfinite(days) else None
