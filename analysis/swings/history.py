"""What the detectors read: one app's items as arrays in time order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOUR = 3_600_000_000  # microseconds
DAY = 24 * HOUR
LOOKBACK = 8 * DAY  # no window looks further behind a day's start than this


@dataclass(frozen=True, slots=True)
class History:
    """One app, all its sources, in time order.

    at: int64 (n,), publication times, microseconds UTC, sorted.
    stars: int8 (n,), 1..5, 0 where an item has no stars.
    source: int16 (n,), index into sources.  is_post: bool (n,), a social post, not a review.
    gaps: int64 (m, 2), spans in which nobody looked: missing, not silence.
    truncated: int64 (m, 2), spans whose counts are lower bounds.
    """

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    is_post: NDArray[np.bool_]
    sources: tuple[str, ...]
    gaps: NDArray[np.int64]
    truncated: NDArray[np.int64]

    def until(self, now: int) -> "History":
        """Items published at or before `now`, without those that fall into a gap."""
        seen = self.at <= now
        for start, end in self.gaps:
            seen &= (self.at < start) | (self.at >= end)
        if seen.all():
            return self
        return History(
            self.at[seen],
            self.stars[seen],
            self.source[seen],
            self.is_post[seen],
            self.sources,
            self.gaps,
            self.truncated,
        )


def uncovered_hours(spans: NDArray[np.int64], first_day: int, days: int) -> NDArray[np.float64]:
    """Share of each hour that lies inside the spans: float64 (days * 24,), 0 to 1."""
    share = np.zeros(days * 24)
    start = first_day * DAY
    for a, b in spans:
        a, b = max(int(a), start), min(int(b), start + days * DAY)
        if a >= b:
            continue
        edges = start + HOUR * np.arange(days * 24 + 1, dtype=np.int64)
        inside = np.minimum(edges[1:], b) - np.maximum(edges[:-1], a)
        share += np.maximum(inside, 0) / HOUR
    return np.minimum(share, 1.0)
