"""Which bins somebody looked at: what nobody saw is missing, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis import series
from analysis.trends.bins import index_of
from collector.importers import silences
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.store.polls.runs import Spans
from collector.times import from_us, to_us

Flags = NDArray[np.bool_]
Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seen:
    """Bins that nobody looked at, bool (n,): of reviews, by review source, by network.

    since, until: what is known of the reviews at all; None without any. missed: see series.Missed.
    """

    reviews: Flags
    sources: Mapping[str, Flags]
    networks: Mapping[str, Flags]
    since: datetime | None
    until: datetime | None
    missed: series.Missed

    @property
    def posts(self) -> Flags:
        """Bins in which nobody looked at any network."""
        found = np.ones(len(self.reviews), dtype=bool)
        for each in self.networks.values():
            found &= each
        return found

    def of(self, kind: str, source: str | None = None) -> Flags:
        """Of reviews or posts, of one source or of all."""
        if kind == "post":
            unknown = np.ones(len(self.reviews), dtype=bool)
            return self.posts if source is None else self.networks.get(source, unknown)
        return self.reviews if source is None else self.sources.get(source, self.reviews)


class Sight:
    """What an app's sources saw, looked up once; `of` tells it by bins."""

    def __init__(self, store: Store, app: str, now: datetime) -> None:
        self.missed = series.coverage_so_far(store, app)
        self.spans = store.runs.spans(app)
        self.silent = silences.noted(store, app)
        sources = [s for s in store.items.distinct(app, "source") if s not in SOCIAL]
        given = store.hourly.review_ends(app, sources)
        self.known = {
            source: _known(
                given.get(source), self.missed.polled.get(source), self.spans.get(source)
            )
            for source in {*given, *self.missed.polled}
        }
        self.since = min((first for first, _ in self.known.values()), default=None)
        self.until = series.observed_until(store, app, now) if self.known else None

    def of(self, bounds: Sequence[datetime]) -> Seen:
        """What was seen of bins with these bounds."""
        edges = index_of(bounds).asi8
        starts, ends = edges[:-1], edges[1:]
        outside = np.ones(len(starts), dtype=bool)
        if self.since is not None and self.until is not None:
            outside = (ends <= to_us(self.since)) | (starts > to_us(self.until))
        return Seen(
            outside | _within(starts, ends, self.missed.gaps),
            {source: outside | self._unseen(source, starts, ends) for source in self.known},
            _posts(self.spans, starts, ends),
            self.since,
            self.until,
            self.missed,
        )

    def _unseen(self, source: str, starts: Times, ends: Times) -> Flags:
        """Bins that a source of reviews did not see: outside what is known of it, or in a hole."""
        first, last = (to_us(end) for end in self.known[source])
        found: Flags = (ends <= first) | (starts > last)
        for holes in (self.missed.unseen.get(source), self.silent.get(source)):
            if holes is not None:
                found |= _within(starts, ends, holes)
        return found


def _known(
    given: tuple[datetime, datetime] | None, polled: int | None, spans: Spans | None
) -> tuple[datetime, datetime]:
    """From the first review or poll of a source to its last."""
    ends = [] if given is None else [*given]
    if polled is not None:
        ends.append(from_us(polled))
    if spans is not None:
        ends.append(from_us(int(spans.covered_to.max())))
    return min(ends), max(ends)


def _posts(spans_of: Mapping[str, Spans], starts: Times, ends: Times) -> dict[str, Flags]:
    """Of each network the bins that none of its polls covered."""
    found = {}
    for source, spans in spans_of.items():
        if source in SOCIAL:
            seen = np.zeros(len(starts), dtype=bool)
            for low, high in zip(spans.covered_from, spans.covered_to, strict=True):
                seen |= (starts < high) & (ends > low)
            found[source] = ~seen
    return found


def _within(starts: Times, ends: Times, spans: Times) -> Flags:
    """Bins that lie wholly in one of the spans, int64 microseconds (n, 2)."""
    found = np.zeros(len(starts), dtype=bool)
    for low, high in spans.tolist():
        found |= (starts >= low) & (ends <= high)
    return found
