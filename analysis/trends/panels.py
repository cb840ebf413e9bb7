"""Sums by bin -> the rows of the panels: reviews, stars, sentiment, posts, replies."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends import intervals
from analysis.trends.bins import index_of
from analysis.trends.points import Panel
from analysis.trends.seen import Seen

Array = NDArray[np.float64]
STAR_CLASSES = {"low": (1, 2), "middle": (3,), "high": (4, 5)}
LEANS = {"negative": -1, "mixed": 0, "positive": 1, "unread": 2}
READ, NO_TEXT = (-1, 0, 1), 3
STARS, SCORES = (1.0, 5.0), (-1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Grid:
    """The bins that rows are made for. bounds: n + 1 moments. every: what is counted stands for
    so many."""

    bounds: Sequence[datetime]
    seen: Seen
    every: int = 1

    @property
    def bins(self) -> int:
        """How many bins there are."""
        return len(self.bounds) - 1

    def summed(self, rows: pd.DataFrame, column: str) -> Array:
        """A column added up by bin."""
        weights = rows[column].to_numpy(dtype=np.float64)
        found = np.bincount(rows["bin"], weights=weights, minlength=self.bins)
        return found.astype(np.float64)  # of nothing it has whole numbers

    def counted(
        self, panel: Panel, series: str, counts: Array, changed: Array | None = None
    ) -> pd.DataFrame:
        """One series of counts; value and changed: as many as these stand for."""
        changed = None if changed is None else changed * self.every
        return self.rows(panel, series, counts * self.every, counts, changed=changed)

    def rows(
        self,
        panel: Panel,
        series: str,
        value: Array,
        items: Array,
        interval: tuple[Array, Array] | None = None,
        changed: Array | None = None,
    ) -> pd.DataFrame:
        """One series; items that are missing make the bin missing."""
        none = np.full(self.bins, np.nan)
        low, high = interval or (none, none)
        return pd.DataFrame(
            {
                "at": index_of(self.bounds[:-1]),
                "panel": panel,
                "series": series,
                "value": np.where(np.isnan(items), np.nan, value),
                "low": low,
                "high": high,
                "items": items,
                "changed": none if changed is None else np.where(np.isnan(items), np.nan, changed),
            }
        )


Part = Callable[[pd.DataFrame, Grid, str | None], Iterator[pd.DataFrame]]


def reviews(sums: pd.DataFrame, grid: Grid, source: str | None) -> Iterator[pd.DataFrame]:
    """Reviews of each class of stars; those without stars where there are any."""
    mine = sums[sums["kind"] == "review"]
    every = grid.summed(mine, "items")
    unseen = grid.seen.of("review", source) & (every == 0)
    without = {"no_stars": (0,)} if (mine["stars"] == 0).any() else {}
    for name, stars in (STAR_CLASSES | without).items():
        those = mine[mine["stars"].isin(stars)]
        counts = grid.summed(those, "items")
        counts[unseen] = np.nan
        changed = grid.summed(those, "changed")
        yield grid.counted("reviews", name, counts, changed)


def stars(sums: pd.DataFrame, grid: Grid, source: str | None) -> Iterator[pd.DataFrame]:
    """The mean stars of the reviews, with its interval."""
    mine = sums[(sums["kind"] == "review") & (sums["stars"] > 0)]
    unseen = grid.seen.of("review", source)
    yield _mean("stars", "mean", mine, grid, "rating", intervals_of=STARS, unseen=unseen)


def sentiment(sums: pd.DataFrame, grid: Grid, source: str | None) -> Iterator[pd.DataFrame]:
    """Shares of what the reviews with a text say, and their mean score."""
    mine = sums[(sums["kind"] == "review") & sums["lean"].isin(LEANS.values())]
    unseen = grid.seen.of("review", source)
    every = grid.summed(mine, "items")
    for name, lean in LEANS.items():
        having = grid.summed(mine[mine["lean"] == lean], "items")
        items = np.where(unseen & (every == 0), np.nan, having)
        yield grid.rows("sentiment", name, intervals.shares(having, every), items)
    read = mine[mine["lean"].isin(READ)]
    yield _mean("sentiment", "mean", read, grid, "score", intervals_of=SCORES, unseen=unseen)


def posts(sums: pd.DataFrame, grid: Grid) -> Iterator[pd.DataFrame]:
    """Posts of each network, and their mean score."""
    mine = sums[sums["kind"] == "post"]
    for network, part in mine.groupby("source"):
        unseen = grid.seen.of("post", str(network))
        counts = grid.summed(part, "items")
        counts[unseen & (counts == 0)] = np.nan
        yield grid.counted("posts", str(network), counts)
        read, name = part[part["lean"].isin(READ)], f"sentiment:{network}"
        yield _mean("posts", name, read, grid, "score", intervals_of=SCORES, unseen=unseen)


def answered(sums: pd.DataFrame, grid: Grid, source: str | None) -> Iterator[pd.DataFrame]:
    """The share of reviews that were answered. sums: of stores that show replies."""
    mine = sums[sums["kind"] == "review"]
    if mine.empty:
        return
    every, having = grid.summed(mine, "items"), grid.summed(mine, "answered")
    items = np.where(grid.seen.of("review", source) & (every == 0), np.nan, having)
    yield grid.rows("replies", "answered", intervals.shares(having, every), items)


def _mean(
    panel: Panel,
    series: str,
    rows: pd.DataFrame,
    grid: Grid,
    what: str,
    *,
    intervals_of: tuple[float, float],
    unseen: NDArray[np.bool_],
) -> pd.DataFrame:
    names = ("items", f"{what}_sum", f"{what}_squares")
    items, total, squares = (grid.summed(rows, name) for name in names)
    value, low, high = intervals.means(items, total, squares, intervals_of)
    items = np.where(unseen & (items == 0), np.nan, items)
    return grid.rows(panel, series, value, items, (low, high))
