"""What the detectors read: one app's items as arrays in time order."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

HOUR = 3_600_000_000  # microseconds
DAY = 24 * HOUR
RATINGS, POSTS = "ratings", "posts"  # streams beside the reviews
LOOKBACK = 8 * DAY  # no window looks further behind a day's start than this


@dataclass(frozen=True, slots=True)
class History:
    """One app, all its sources, in time order.

    at: int64 (n,), publication times, microseconds UTC, sorted.
    stars: int8 (n,), 1..5, 0 where an item has no stars.
    source: int16 (n,), index into sources.  is_post: bool (n,), a social post, not a review.
    gaps: int64 (m, 2), spans in which nobody looked: missing, not silence.
    truncated: int64 (m, 2), spans whose counts are lower bounds.
    ratings: int64 (k,), sorted: a full hour for each further low rating in the stores' totals, with
    text or without, the first at which a poll had shown it.
    """

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    is_post: NDArray[np.bool_]
    sources: tuple[str, ...]
    gaps: NDArray[np.int64]
    truncated: NDArray[np.int64]
    ratings: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def until(self, now: int) -> "History":
        """Items published at or before `now`, without those that fall into a gap."""
        seen = self.at <= now
        for start, end in self.gaps:
            seen &= (self.at < start) | (self.at >= end)
        return replace(
            self,
            at=self.at[seen],
            stars=self.stars[seen],
            source=self.source[seen],
            is_post=self.is_post[seen],
            ratings=self.ratings[self.ratings <= now],
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
