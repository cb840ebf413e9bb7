"""What a swing costs in stars: the mean with and without its excess, and the way back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series, concat

from collector.stars import whole_stars

Basis = Literal["snapshots", "reviews"]
STARS = np.arange(1, 6, dtype=np.float64)
CLOSE = 0.05  # stars; a pull this small counts as recovered
DRAWS = 500
LONGEST_DAYS = 3650.0
LEAST_SIDE = 10.0  # reviews above expectation
SIDE_SHARE = 0.2  # of the excess


class Lasting(Protocol):
    """What has an onset and, once it is over, an end: a swing, or the incident it became."""

    @property
    def onset_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...


class Ratings(Protocol):
    """Ratings of a swing and of its quiet past: a Window, or sums that stand for its reviews.

    items, before: columns source, country, rating, created_at. snapshots: of RatingSnapshot.
    """

    @property
    def swing(self) -> Lasting: ...
    @property
    def items(self) -> DataFrame: ...
    @property
    def before(self) -> DataFrame: ...
    @property
    def snapshots(self) -> DataFrame: ...
    @property
    def now(self) -> datetime: ...


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
    """Stars of one shop and country, with the swing and as they would be without its excess.

    stars_*: over all ratings of the basis; swing_*: over those of the swing alone. ratings: how
    many those are; with them, swing_ratings of the swing.
    basis: `snapshots` = the shop's own totals; `reviews` = the reviews that Floodgauge has.
    excess: items above expectation, by star 1 to 5. Times to recover in days at the usual inflow,
    with a 90 % interval; missing beyond ten years. sides: of a swing with at least a fifth of its
    excess, and ten reviews, on the lesser side.
    """

    source: str
    country: str
    basis: Basis
    ratings: int
    swing_ratings: int
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


@dataclass(frozen=True, slots=True)
class _Part:
    """Ratings of one shop and country, or of all: by star 1 to 5, and a day and star before."""

    source: str
    country: str
    items: DataFrame
    base: NDArray[np.float64]
    now: NDArray[np.float64]
    excess: NDArray[np.float64]
    daily: NDArray[np.float64]


def rating_impact(window: Ratings, *, seed: int = 1) -> list[Impact]:
    """One record for all shops together (`source` "all"), then one a shop and country.

    The first is the sum of the others, those with ratings both in the swing and before, all on one
    basis; only where fewer than two have both does it take everything together.
    Excess: of each star class the items of the swing above the rate of the reference, never below
    zero: ordinary reviews of the window stay in. Recovery: days of the usual inflow until the
    excess moves the mean by less than 0.05 stars; the interval resamples the reference's days
    (bootstrap).
    """
    kept = _groups(window)
    if len(kept) < 2:
        kept = [("all", "all", window.items, window.before)]
    bars = [_bars(window, source, country) for source, country, _, _ in kept]
    basis: Basis = "snapshots" if all(b is not None for b in bars) else "reviews"
    parts = [
        _part(window, *group, bar if basis == "snapshots" else None)
        for group, bar in zip(kept, bars, strict=True)
    ]
    if len(parts) > 1:
        parts = _with_total(window, parts)
    rng = np.random.default_rng(seed)
    return [
        _impact(window, part, basis, rng) for part in parts if part.base.sum() and part.now.sum()
    ]


def _groups(window: Ratings) -> list[tuple[str, str, DataFrame, DataFrame]]:
    """Store, country, items and past of those that have ratings in both."""
    pasts = dict(list(_by_shop(window.before)))
    found = []
    for key, items in _by_shop(window.items):
        if key in pasts and _histogram(items).any() and _histogram(pasts[key]).any():
            found.append((str(key[0]), str(key[1]), items, pasts[key]))
    return found


def _by_shop(frame: DataFrame) -> Any:
    return frame.groupby(["source", frame["country"].fillna("all")], sort=True)


def _part(
    window: Ratings,
    source: str,
    country: str,
    items: DataFrame,
    before: DataFrame,
    bars: NDArray[np.float64] | None,
) -> _Part:
    now, daily = _histogram(items), _daily(before)
    above = now - daily.mean(axis=0) * _days(window)
    base = daily.sum(axis=0) if bars is None else bars
    return _Part(source, country, items, base, now, np.maximum(above, 0), daily)


def _with_total(window: Ratings, parts: list[_Part]) -> list[_Part]:
    """All together, then the parts: their excess is cut to what is above expectation in all.

    Chance puts each of many small shops now above and now below its rate; only together do these
    cancel.
    """
    items, now, base = (
        concat([p.items for p in parts], ignore_index=True),
        np.sum([p.now for p in parts], axis=0),
        np.sum([p.base for p in parts], axis=0),
    )
    usual = np.sum([p.daily.mean(axis=0) for p in parts], axis=0)
    excess = np.maximum(now - usual * _days(window), 0)
    raw = np.sum([p.excess for p in parts], axis=0)
    share = np.divide(excess, raw, out=np.zeros(5), where=raw > 0)
    daily = np.zeros((max(len(p.daily) for p in parts), 5))
    for part in parts:
        daily[-len(part.daily) :] += part.daily
    total = _Part("all", "all", items, base, now, excess, daily)
    return [total, *(replace(p, excess=p.excess * share) for p in parts)]


def _impact(window: Ratings, part: _Part, basis: Basis, rng: np.random.Generator) -> Impact:
    now, excess, days = part.now, part.excess, part.daily
    total = part.base + now
    draws = rng.integers(0, days.shape[0], (DRAWS, days.shape[0]))
    inflow = np.vstack([days.mean(axis=0), days[draws].mean(axis=1)])
    recovery = _recovery(total, excess, inflow)
    low, high = np.quantile(recovery[1:], (0.05, 0.95), method="nearest")
    return Impact(
        source=part.source,
        country=part.country,
        basis=basis,
        ratings=int(total.sum()),
        swing_ratings=int(part.now.sum()),
        stars_before=_mean(part.base),
        stars_with=_mean(total),
        stars_without=_mean(total - excess),
        swing_with=_mean(now),
        swing_without=_mean(now - excess) if (now - excess).sum() >= 1 else None,
        excess=tuple(excess.tolist()),
        sides=_sides(part.items, excess, days.mean(axis=0), _end(window)),
        recovery_days=_finite(recovery[0]),
        recovery_low=_finite(float(low)),
        recovery_high=_finite(float(high)),
    )


def _end(window: Ratings) -> datetime:
    return window.swing.ended_at or window.now


def _days(window: Ratings) -> float:
    return max((_end(window) - window.swing.onset_at).total_seconds() / 86400, 1 / 24)


def _sides(
    items: DataFrame, excess: NDArray[np.float64], daily: NDArray[np.float64], end: datetime
) -> Sides | None:
    low, high = float(excess[:2].sum()), float(excess[3:].sum())
    if min(low, high) < max(LEAST_SIDE, SIDE_SHARE * float(excess.sum())):
        return None
    rated = items.dropna(subset=["rating"]).sort_values("created_at")
    stars = whole_stars(rated["rating"])
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


def _bars(window: Ratings, source: str, country: str) -> NDArray[np.float64] | None:
    """Ratings by star that stood before the swing: the last snapshot with five bars, if any.

    Of reviews without a country the shop's snapshots are taken together.
    """
    shots = window.snapshots
    shots = shots[shots["at"] <= window.swing.onset_at]
    if source != "all":
        shots = shots[shots["source"] == source]
    if country != "all":
        shots = shots[shots["country"] == country]
    bars = [f"star_{n}" for n in range(1, 6)]
    shots = shots.dropna(subset=bars).sort_values("at")
    if shots.empty:
        return None
    latest = shots.groupby(["source", "country"], dropna=False)[bars].last()
    found: NDArray[np.float64] = latest.to_numpy(dtype=np.float64).sum(axis=0)
    return found


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
    stars = whole_stars(frame["rating"].dropna()).clip(1, 5)
    return np.bincount(stars, minlength=6)[1:6].astype(np.float64)


def _daily(frame: DataFrame) -> NDArray[np.float64]:
    """Ratings a day and star, first to last day: float64 (days, 5)."""
    rated = frame.dropna(subset=["rating"])
    if rated.empty:
        return np.zeros((1, 5))
    day = rated["created_at"].dt.floor("D")
    index = ((day - day.min()).dt.days).to_numpy(dtype=np.int64)
    stars = whole_stars(rated["rating"]).clip(1, 5)
    counts = np.zeros((int(index.max()) + 1, 5))
    np.add.at(counts, (index, stars - 1), 1)
    return counts


def _mean(histogram: NDArray[np.float64]) -> float:
    return float(histogram @ STARS / histogram.sum())


def _finite(days: float) -> float | None:
    return round(days, 1) if np.isfinite(days) else None
