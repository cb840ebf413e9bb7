"""Mean stars and sentiment week by week, with their intervals: the small lines of the overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analysis.trends import intervals
from analysis.trends.panels import SCORES, STARS

WEEKS = 8
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Means of the last weeks, the newest last, and the ends of their 95 % intervals; None for a
    week of under five, and for ends that are not known."""

    value: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def weekly_stars(hours: pd.DataFrame, end: datetime) -> Weekly:
    """Of reviews with stars. hours: SeriesHour, hours or days; end: of the last week."""
    rated = _placed(hours[hours["stars"] > 0], end)
    squares = rated["stars"].astype("float64") ** 2 * rated["items"]
    return _means(rated["week"], rated["items"], rated["rating_sum"], squares, STARS)


def weekly_sentiment(hours: pd.DataFrame, end: datetime) -> Weekly:
    """Of reviews whose text could be read."""
    read = _placed(hours[hours["sentiment_items"] > 0], end)
    squares = read["sentiment_squares"]
    return _means(read["week"], read["sentiment_items"], read["sentiment_sum"], squares, SCORES)


def _placed(hours: pd.DataFrame, end: datetime) -> pd.DataFrame:
    """The reviews of these weeks, with the number of each row's week."""
    since = pd.Timestamp(end) - WEEKS * WEEK
    mine = hours[(hours["kind"] == "review") & (hours["hour"] >= since) & (hours["hour"] < end)]
    return mine.assign(week=(mine["hour"] - since) // WEEK)


def _means(
    week: "pd.Series[int]",
    items: "pd.Series[float]",
    total: "pd.Series[float]",
    squares: "pd.Series[float]",
    bounds: tuple[float, float],
) -> Weekly:
    counts, sums, spread = (
        np.bincount(week, each.to_numpy(np.float64, na_value=np.nan), WEEKS).astype(np.float64)
        for each in (items, total, squares)
    )
    found = intervals.means(counts, sums, spread, bounds)
    return Weekly(*(_plain(each.tolist()) for each in found))


def _plain(values: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(None if value != value else float(value) for value in values)
