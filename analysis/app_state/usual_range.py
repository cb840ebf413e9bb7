"""What is usual of an app: the range of counts in quiet blocks of its own past."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.series import group_of
from collector.times import to_us

HOUR_US = 3_600_000_000
LEAST_BLOCKS = 14  # blocks below which a usual range would be a guess


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle 90 % of blocks of one length in an app's own past; None: too little past."""

    low: float
    middle: float
    high: float


def quiet_hours(hours: pd.DataFrame, spans: list[tuple[datetime, datetime]]) -> pd.DataFrame:
    """The hours outside of the spans of incidents: what a usual range is made of."""
    calm = np.ones(len(hours), dtype=bool)
    for since, until in spans:
        low, high = pd.Timestamp(since).floor("h"), pd.Timestamp(until)
        calm &= ~((hours["hour"] >= low) & (hours["hour"] <= high)).to_numpy()
    return hours[calm]


def blocks(
    hours: pd.DataFrame,
    groups: tuple[str, ...],
    *,
    end: datetime,
    block_hours: int,
    days: float,
    of: Literal["items", "changed_items"] = "items",
) -> NDArray[np.float64]:
    """Counts of the blocks that end at `end` and before, oldest first: float64 (n,).

    of: all items, or the changed opinions among them.
    """
    n = int(days * 24 // block_hours)
    last = to_us(end)
    chosen = hours[group_of(hours).isin(groups)]
    at = pd.DatetimeIndex(chosen["hour"]).as_unit("us").asi8
    index = n - 1 - (last - 1 - at) // (block_hours * HOUR_US)
    inside = (index >= 0) & (at < last)
    weights = chosen[of].to_numpy()[inside]
    return np.bincount(index[inside], weights=weights, minlength=n).astype(np.float64)


def usual(counts: NDArray[np.float64]) -> Usual | None:
    """Middle 90 % and median of quiet blocks; None below 14 blocks."""
    if counts.size < LEAST_BLOCKS:
        return None
    low, middle, high = np.quantile(counts, (0.05, 0.5, 0.95), method="inverted_cdf")
    return Usual(float(low), float(middle), float(high))
