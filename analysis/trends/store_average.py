"""The stores' own averages over time, and the ratings behind them that nobody wrote a review for.

A store's totals come by country; of each country the last sight counts, all of them weighed by
their ratings. Silent ratings are what a store's histogram gained beyond the reviews that were
written meanwhile; totals that fall are the store's own housekeeping and say nothing.
"""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends.bins import index_of
from analysis.trends.panels import Grid
from analysis.trends.points import FEWEST
from collector.shop_sources import routes_of
from collector.store import Store

BARS = [f"star_{n}" for n in range(1, 6)]
LONGEST_KNOWN = timedelta(days=7)
"""How long a store's total is taken to stand without having been seen again."""
Array = NDArray[np.float64]


def averages(store: Store, app: str, sums: pd.DataFrame, grid: Grid) -> Iterator[pd.DataFrame]:
    """Average and silent ratings of each store. sums: the reviews by bin and source."""
    since, until = grid.bounds[0] - LONGEST_KNOWN, grid.bounds[-1]
    shown = store.timeline.snapshots(app, since=since, until=until)
    for source, mine in shown.groupby("source"):
        yield _average(str(source), mine, grid)
        routes = routes_of(str(source))
        written = sums[(sums["kind"] == "review") & sums["source"].isin(routes)]
        if mine[BARS].notna().all(axis=1).any():
            yield _silent(str(source), mine, written, grid)


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


def _silent(source: str, shown: pd.DataFrame, written: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """What the histograms gained from the last sight before a bin to the last in it, less what was
    written. value: the mean of these ratings."""
    gained = np.zeros((grid.bins, 5))
    known = np.zeros(grid.bins, dtype=bool)
    for _, one in shown.dropna(subset=BARS).groupby("country"):
        bars = one[BARS].to_numpy(np.float64)
        ends = _last_by(one, grid)
        starts = np.append(_before(one, grid), ends[:-1])
        both = (ends >= 0) & (starts >= 0)
        gained[both] += bars[ends[both]] - bars[starts[both]]
        known |= both
    wrote = np.stack([_written(written, star, grid) for star in range(1, 6)], axis=1)
    silent = gained - wrote
    count = silent.sum(axis=1)
    fair = known & (gained >= 0).all(axis=1) & (count >= 0)
    count = np.where(fair, count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (silent * np.arange(1, 6)).sum(axis=1) / count
    told = fair & (count >= FEWEST) & (silent >= 0).all(axis=1)
    return grid.rows("store_average", f"silent:{source}", np.where(told, mean, np.nan), count)


def _written(rows: pd.DataFrame, star: int, grid: Grid) -> Array:
    return grid.summed(rows[rows["stars"] == star], "items")


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
