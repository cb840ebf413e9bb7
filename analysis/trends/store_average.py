"""The stores' own averages over time, and the ratings behind them that nobody wrote a review for.

A store's totals come by country; of each country the last sight counts, all of them weighed by
their ratings. Silent ratings are what a store's histogram gained from one sight to another beyond
the reviews that were written between the same two; totals that fall are the store's own
housekeeping and say nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends.bins import index_of
from analysis.trends.panels import Grid
from analysis.trends.points import FEWEST
from collector.shop_sources import routes_of
from collector.store import Store
from collector.times import HOUR_US, from_us

BARS = [f"star_{n}" for n in range(1, 6)]
LONGEST_KNOWN = timedelta(days=7)
"""How long a store's total is taken to stand without having been seen again."""
LONGEST_APART = 1.5
"""Bins that two sights may lie apart: what was gained over more is not of one bin."""
Array = NDArray[np.float64]


def averages(store: Store, app: str, grid: Grid) -> Iterator[pd.DataFrame]:
    """Average and silent ratings of each store."""
    since, until = grid.bounds[0] - LONGEST_KNOWN, grid.bounds[-1]
    shown = store.timeline.snapshots(app, since=since, until=until)
    for source, mine in shown.groupby("source"):
        yield _average(str(source), mine, grid)
        full = mine.dropna(subset=BARS)
        if not full.empty:
            yield _silent(store, app, str(source), full, grid)


def _average(source: str, shown: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    totals, counts = np.zeros(grid.bins), np.zeros(grid.bins)
    usable = shown.dropna(subset=["average", "count"])
    for _, one in usable.groupby("country"):
        place = _last_by(one, grid)
        has = place >= 0
        rows = one.iloc[place[has]]
        totals[has] += (rows["average"] * rows["count"]).to_numpy(np.float64)
        counts[has] += rows["count"].to_numpy(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(counts > 0, totals / counts, np.nan)
    return grid.rows("store_average", source, value, np.where(counts > 0, counts, np.nan))


def _silent(store: Store, app: str, source: str, shown: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """What the histograms gained from the last sight before a bin to the last in it, less what was
    written between these two, to the hour. value: the mean of these ratings."""
    pairs = [_Sights.of(one, grid) for _, one in shown.groupby("country")]
    first = np.min([pair.starts for pair in pairs], axis=0)
    last = np.max([pair.ends for pair in pairs], axis=0)
    known = _told(pairs, grid) & ~grid.seen.of("review", source)
    gained = np.sum([pair.gained for pair in pairs], axis=0)
    silent = gained - _written(store, app, source, first, last, known)
    count = silent.sum(axis=1)
    fair = known & np.all([(pair.gained >= 0).all(axis=1) for pair in pairs], axis=0) & (count >= 0)
    count = np.where(fair, count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (silent * np.arange(1, 6)).sum(axis=1) / count
    told = fair & (count >= FEWEST) & (silent >= 0).all(axis=1)
    return grid.rows("store_average", f"silent:{source}", np.where(told, mean, np.nan), count)


@dataclass(frozen=True, slots=True)
class _Sights:
    """A country's sights behind each bin. starts, ends: hours in microseconds, -1 for none; gained:
    float64 (bins, 5), 0 without both."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    gained: Array

    @classmethod
    def of(cls, one: pd.DataFrame, grid: Grid) -> "_Sights":
        hours = pd.DatetimeIndex(one["at"]).as_unit("us").floor("h").asi8
        bars = one[BARS].to_numpy(np.float64)
        ends = _last_by(one, grid)
        starts = np.append(_before(one, grid), ends[:-1])
        both = (ends >= 0) & (starts >= 0)
        gained = np.where(both[:, None], bars[ends] - bars[starts], 0.0)
        return cls(
            np.where(starts >= 0, hours[starts], -1), np.where(ends >= 0, hours[ends], -1), gained
        )


def _told(pairs: Sequence[_Sights], grid: Grid) -> NDArray[np.bool_]:
    """Bins in which a store was seen anew, soon after the sight before, all its countries together.

    Reviews tell no country there: what was written is known of the same hours of all only.
    """
    starts, ends = (np.array([getattr(p, name) for p in pairs]) for name in ("starts", "ends"))
    idle = (starts < 0) & (ends < 0)  # a country that nobody looks at
    both = (starts >= 0) & (ends > starts)
    lengths = np.diff(index_of(grid.bounds).asi8)
    soon = ends - starts <= lengths * LONGEST_APART + HOUR_US
    fits = ((both & soon) | idle).all(axis=0) & ~idle.all(axis=0)
    spread = [np.ptp(np.where(idle, each.max(axis=0), each), axis=0) for each in (starts, ends)]
    together: NDArray[np.bool_] = fits & (spread[0] <= HOUR_US) & (spread[1] <= HOUR_US)
    return together


def _written(
    store: Store,
    app: str,
    source: str,
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    known: NDArray[np.bool_],
) -> Array:
    """Reviews of each star class that were written from one hour to before another: (bins, 5)."""
    found = np.zeros((len(known), 5))
    hours = np.unique(np.concatenate([first[known], last[known]]))
    if len(hours) < 2:
        return found
    sums = store.groups.sums(app, [from_us(int(hour)) for hour in hours])
    mine = sums[(sums["kind"] == "review") & sums["source"].isin(routes_of(source))]
    starred = mine[mine["stars"] > 0]
    by_span = np.zeros((len(hours), 5))
    places = (starred["bin"].to_numpy() + 1, starred["stars"].to_numpy() - 1)
    np.add.at(by_span, places, starred["items"].to_numpy())
    until = by_span.cumsum(axis=0)
    ends, starts = hours.searchsorted(last[known]), hours.searchsorted(first[known])
    found[known] = until[ends] - until[starts]
    return found


def _last_by(one: pd.DataFrame, grid: Grid) -> NDArray[np.int64]:
    """Of each bin the last sight by its end, at most LONGEST_KNOWN old; -1 for none."""
    at = pd.DatetimeIndex(one["at"])
    ends = index_of(grid.bounds[1:])
    place = at.searchsorted(ends, side="left") - 1
    stale = at[np.maximum(place, 0)] < index_of(grid.bounds[:-1]) - LONGEST_KNOWN
    return np.where((place >= 0) & ~stale, place, -1)


def _before(one: pd.DataFrame, grid: Grid) -> NDArray[np.int64]:
    """The last sight before the first bin; -1 for none."""
    found = pd.DatetimeIndex(one["at"]).searchsorted(pd.Timestamp(grid.bounds[0]), side="left") - 1
    return np.array([found], dtype=np.int64)
