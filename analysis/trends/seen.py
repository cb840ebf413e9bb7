"""Which bins somebody looked at: what nobody saw is missing, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis import series
from analysis.trends.bins import index_of
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.store.polls.runs import Spans
from collector.times import from_us, to_us

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


class Sight:
    """What an app's sources saw, looked up once; `of` tells it by bins."""

    def __init__(self, store: Store, app: str, now: datetime) -> None:
        known = store.items.span(app)
        self.missed = series.coverage_so_far(store, app)
        self.spans = store.runs.spans(app)
        self.until = series.observed_until(store, app, now) if known else None
        self.since = known[0] if known else None
        if self.since is not None and self.missed.polled_from is not None:
            self.since = min(self.since, from_us(self.missed.polled_from))

    def of(self, bounds: Sequence[datetime]) -> Seen:
        """What was seen of bins with these bounds."""
        edges = index_of(bounds).asi8
        starts, ends = edges[:-1], edges[1:]
        outside = np.ones(len(starts), dtype=bool)
        if self.since is not None and self.until is not None:
            outside = (ends <= to_us(self.since)) | (starts > to_us(self.until))
        unseen = self.missed.unseen.items()
        return Seen(
            outside | _within(starts, ends, self.missed.gaps),
            {source: outside | _within(starts, ends, holes) for source, holes in unseen},
            _posts(self.spans, starts, ends),
            self.since,
            self.until,
            self.missed,
        )


def _posts(
    spans_of: Mapping[str, Spans], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> Flags:
    """Bins that no poll of a network covered."""
    found = np.ones(len(starts), dtype=bool)
    for source, spans in spans_of.items():
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
