"""Which bins somebody looked at: what nobody saw is missing, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import series
from analysis.trends.bins import index_of
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.times import to_us

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """Bins that nobody looked at, bool (n,): of reviews, by review source, and of posts.

    since, until: what is known of the reviews at all; None without any. missed: see series.Missed.
    """

    reviews: Flags
    sources: Mapping[str, Flags]
    posts: Flags
    since: datetime | None
    until: datetime | None
    missed: series.Missed

    def of(self, kind: str, source: str | None = None) -> Flags:
        """Of reviews or posts, of one source or of all."""
        if kind == "post":
            return self.posts
        return self.reviews if source is None else self.sources.get(source, self.reviews)


def seen(store: Store, app: str, bounds: Sequence[datetime], now: datetime) -> Seen:
    """What the polls of an app's sources saw of bins with these bounds."""
    edges = index_of(bounds).asi8
    starts, ends = edges[:-1], edges[1:]
    known = store.items.span(app)
    missed = series.coverage_so_far(store, app)
    until = series.observed_until(store, app, now)
    first = known[0] if known else None
    if first is not None and missed.polled_from is not None:
        first = min(first, pd.Timestamp(missed.polled_from, unit="us", tz="UTC").to_pydatetime())
    outside = np.ones(len(starts), dtype=bool)
    if first is not None:
        outside = (ends <= to_us(first)) | (starts > to_us(until))
    return Seen(
        outside | _within(starts, ends, missed.gaps),
        {s: outside | _within(starts, ends, holes) for s, holes in missed.unseen.items()},
        _posts(store, app, starts, ends),
        first,
        until if known else None,
        missed,
    )


def _posts(store: Store, app: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Flags:
    """Bins that no poll of a network covered."""
    found = np.ones(len(starts), dtype=bool)
    for source, spans in store.runs.spans(app).items():
        if source in SOCIAL:
            for low, high in zip(spans.covered_from, spans.covered_to, strict=True):
                found &= ~((starts < high) & (ends > low))
    return found


def _within(starts: NDArray[np.int64], ends: NDArray[np.int64], spans: NDArray[np.int64]) -> Flags:
    """Bins that lie wholly in one of the spans, int64 microseconds (n, 2)."""
    found = np.zeros(len(starts), dtype=bool)
    for low, high in spans.tolist():
        found |= (starts >= low) & (ends <= high)
    return found
