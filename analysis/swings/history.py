"""What the detectors read: one app's items as arrays in time order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from collector.times import HOUR_US

HOUR = HOUR_US
DAY = 24 * HOUR
BEGINNING = int(np.iinfo(np.int64).min)  # of all time
REVIEWS = "reviews"  # every review with stars
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
    unseen: by source, int64 (l, 2), spans whose counts of it are lower bounds; of one that is not
    named those are the truncated ones. polled: since when polls saw a source.
    talk: what is said outside the stores: stars are 1, 3 or 5 by what a text says.
    """

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    is_post: NDArray[np.bool_]
    sources: tuple[str, ...]
    gaps: NDArray[np.int64]
    truncated: NDArray[np.int64]
    ratings: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    unseen: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    polled: Mapping[str, int] = field(default_factory=dict)
    talk: bool = False

    def between(self, since: int, until: int) -> "History":
        """Items from one moment to before another, without a copy."""
        low, high = self.at.searchsorted([since, until])
        first, last = self.ratings.searchsorted([since, until])
        return History(
            self.at[low:high],
            self.stars[low:high],
            self.source[low:high],
            self.is_post[low:high],
            self.sources,
            self.gaps,
            self.truncated,
            self.ratings[first:last],
            self.unseen,
            self.polled,
            self.talk,
        )

    def until(self, now: int) -> "History":
        """Items published at or before `now`, without those that fall into a gap."""
        early = self.between(BEGINNING, now + 1)
        if not len(self.gaps):
            return early
        gaps = self.gaps[np.argsort(self.gaps[:, 0], kind="stable")]
        ended = np.maximum.accumulate(gaps[:, 1])  # the last of the gaps begun by then
        begun = np.searchsorted(gaps[:, 0], early.at, side="right")
        seen = (begun == 0) | (early.at >= ended[begun - 1])
        return replace(
            early,
            at=early.at[seen],
            stars=early.stars[seen],
            source=early.source[seen],
            is_post=early.is_post[seen],
        )


def joined(parts: Sequence[History]) -> History:
    """All items in time order; what was not seen is that of the last part."""
    *_, last = parts
    if len(parts) == 1:
        return last
    sources = tuple(dict.fromkeys(name for part in parts for name in part.sources))
    code = [np.array([sources.index(s) for s in part.sources], np.int16) for part in parts]
    at = np.concatenate([part.at for part in parts])
    in_order = bool((at[1:] >= at[:-1]).all())
    order = slice(None) if in_order else np.argsort(at, kind="stable")
    return replace(
        last,
        at=at[order],
        stars=np.concatenate([part.stars for part in parts])[order],
        source=np.concatenate([c[p.source] for c, p in zip(code, parts, strict=True)])[order],
        is_post=np.concatenate([part.is_post for part in parts])[order],
        sources=sources,
        ratings=np.sort(np.concatenate([part.ratings for part in parts])),
    )


def uncovered_hours(spans: NDArray[np.int64], first_day: int, days: int) -> NDArray[np.float64]:
    """Share of each hour that lies inside the spans: float64 (days * 24,), 0 to 1."""
    if not len(spans):
        return np.zeros(days * 24)
    low, high = first_day * DAY, (first_day + days) * DAY
    begin, end = (np.clip(edge, low, high) - low for edge in spans.T)
    first, last = begin // HOUR, end // HOUR
    inside = np.zeros(days * 24 + 1, dtype=np.int64)  # microseconds: whole numbers add up alike
    whole = np.zeros(days * 24 + 2, dtype=np.int64)
    np.add.at(inside, first, np.minimum(end, (first + 1) * HOUR) - begin)
    later = last > first
    np.add.at(inside, last[later], end[later] - last[later] * HOUR)
    np.add.at(whole, first[later] + 1, 1)
    np.add.at(whole, last[later], -1)
    inside += np.cumsum(whole[:-1]) * HOUR
    return np.asarray(np.minimum(inside[:-1] / HOUR, 1.0))
