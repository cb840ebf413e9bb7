"""Items as the arrays and hourly counts that the detectors and charts work on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.records import CoverageBasis
from analysis.scored_items import SeriesHour
from analysis.source_parts import Apart, apart
from analysis.swings import History
from analysis.swings.history import HOUR
from collector.importers import late_parts, silences
from collector.polling.elsewhere import A_GAP, elsewhere
from collector.shop_sources import CONTEXT, SOCIAL, is_review_shop
from collector.store import Store
from collector.store.polls.runs import Spans
from collector.store.reading.item_arrays import Split
from collector.times import INSTANT, from_us, to_us

Microseconds = TypeVar("Microseconds", int, NDArray[np.int64])
GROUPS = ("negative", "middle", "positive", "no_stars", "post")
LONGEST_BETWEEN = timedelta(hours=36)  # two sights of a shop's totals
NO_SHOPS = SOCIAL | CONTEXT  # their polls say nothing of reviews


@dataclass(frozen=True, slots=True)
class Missed:
    """Spans in which polls of the review shops missed something, int64 us, (n, 2): from, to.

    gaps: no shop was looked at. truncated: some reviews may be missing, counts are lower bounds,
    because a shop was not looked at or a platform showed less than there was.
    unseen: the same by shop, each for itself. polled: by shop, the start of what polls saw.
    apart: by shop, its storefronts or languages that are compared by themselves. unread: shops
    with languages or storefronts that nobody reads: what comes there is missing, not silent.
    silent: spans that the files of a shop lack while the app's others go on (importers.silences).
    """

    gaps: NDArray[np.int64]
    truncated: NDArray[np.int64]
    unseen: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    polled: Mapping[str, int] = field(default_factory=dict)
    apart: Mapping[str, Sequence[Apart]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    silent: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)

    @property
    def split(self) -> tuple[Split, ...]:
        """The parts that are compared by themselves."""
        return tuple(part.split for mine in self.apart.values() for part in mine)

    def unseen_by_part(self) -> dict[str, NDArray[np.int64]]:
        """`unseen` of the shops, and of each part that is compared by itself."""
        found = dict(self.unseen)
        for shop, spans in self.silent.items():
            found[shop] = np.concatenate([found.get(shop, self.truncated), spans])
        for shop, mine in self.apart.items():
            own = found.get(shop, self.truncated)
            found |= {p.split.name: np.concatenate([own, p.unseen]) for p in mine}
        return found

    def polled_by_part(self) -> dict[str, int]:
        """`polled` of the shops, and of each part that is compared by itself."""
        found = dict(self.polled)
        for shop, mine in self.apart.items():
            for part in mine:
                since = self.polled.get(shop) if part.since is None else part.since
                found |= {} if since is None else {part.split.name: since}
        return found

    @property
    def polled_from(self) -> int | None:
        """Start of what polls saw; what lies before was imported. None: no polls."""
        return min(self.polled.values(), default=None)

    def named(self) -> list[tuple[str, NDArray[np.int64]]]:
        """All of it as spans, (n, 2) each, in a fixed order of names."""
        polled = {f"from {name}": _array([(at, at)]) for name, at in self.polled.items()}
        polled |= {
            f"from {p.split.name}": _array([(p.since or 0, p.since or 0)])
            for mine in self.apart.values()
            for p in mine
        }
        unseen = self.unseen_by_part() if self.apart or self.silent else self.unseen
        spans = {"gaps": self.gaps, "truncated": self.truncated, **unseen, **polled}
        return sorted(spans.items())

    def basis(self, since: datetime, until: datetime) -> CoverageBasis:
        """Whether polls saw a span, only a part of it, or none: then it was imported, and nothing
        tells what the import lacks."""
        if self.polled_from is None or self.polled_from >= to_us(until):
            return "imported"
        return "polled" if self.polled_from <= to_us(since) else "partly"

    def within(self, since: datetime, until: datetime) -> str:
        """`gaps`, `truncated` or `complete` for a span."""
        start, end = to_us(since), to_us(until)
        for name, spans in (("gaps", self.gaps), ("truncated", self.truncated)):
            if any(a < end and b > start for a, b in spans.tolist()):
                return name
        watched = self.polled_from is not None and self.polled_from < end
        return "gaps" if self.unread and watched else "complete"


def history(
    store: Store,
    app: str,
    *,
    since: int | None = None,
    as_of: datetime | None = None,
    missed: Missed | None = None,
) -> History:
    """The app's items in time order with what was not seen; nothing later than `as_of`.

    since: microseconds, items from there on. missed: the coverage, if it is known already.
    """
    start = None if since is None or since < 0 else from_us(since)
    missed = missed or coverage(store, app, as_of=as_of)
    items = store.items.arrays(app, since=start, as_of=as_of, split=missed.split)
    return History(
        at=items.at,
        stars=items.stars,
        source=items.source,
        is_post=items.is_post,
        sources=items.sources,
        gaps=missed.gaps,
        truncated=missed.truncated,
        ratings=low_ratings(store, app, since=since, as_of=as_of),
        unseen=missed.unseen_by_part(),
        polled=missed.polled_by_part(),
    )


def low_ratings(
    store: Store, app: str, *, since: int | None = None, as_of: datetime | None = None
) -> NDArray[np.int64]:
    """A full hour for each low rating that the shops' histograms gained: `History.ratings`.

    What was gained over more than LONGEST_BETWEEN says too little about when, and is left out; so
    are totals that fall, which is the shop's own housekeeping.
    """
    # A pair that says something ends at most an hour before `since` and began soon before that.
    first = None
    if since is not None and since > 0:
        first = from_us(since - HOUR) - LONGEST_BETWEEN
    seen = store.timeline.snapshots(app, since=first, until=as_of)
    seen["low"] = seen["star_1"] + seen["star_2"]
    stamps = [np.empty(0, np.int64)]
    for _, one in seen.dropna(subset=["low"]).groupby(["source", "country"]):
        at = one["at"].dt.as_unit("us").astype("int64").to_numpy()
        gained = np.maximum(np.diff(one["low"].to_numpy(np.int64)), 0)
        gained[np.diff(at) > LONGEST_BETWEEN // INSTANT] = 0
        stamps.append(np.repeat(hour_of(at[1:]), gained))
    found = np.sort(np.concatenate(stamps))
    return found if since is None else found[found >= since]


def coverage(store: Store, app: str, *, as_of: datetime | None = None) -> Missed:
    """What the polls of an app's review shops could not see, from the first poll on.

    Social sources and feeds count for nothing here. An imported history has no polls and counts as
    complete; `Missed.basis` tells it apart.
    """
    seen = coverage_of(store.runs.spans(app, as_of=as_of))
    parts = apart(store.part_spans.of(app, as_of=as_of), late_parts.noted(store, app))
    return replace(seen, apart=parts, silent=silences.noted(store, app))


def coverage_so_far(store: Store, app: str, *, as_of: datetime | None = None) -> Missed:
    """The same with the hours since a shop's last good poll, as far as later polls of it failed.

    For what is said and drawn. The detector does without: it has the other shops' counts in these
    hours, and must not run out of usual days while one shop stays away.
    """
    spans = store.runs.spans(app, as_of=as_of)
    for source, at in store.runs.blind_until(app, as_of=as_of).items():
        moment = to_us(at)
        if source in spans and moment > spans[source].covered_to.max():
            spans[source] = spans[source].and_then(moment)
    shops = (source for source in spans if is_review_shop(source))
    unread = [s for s in shops if elsewhere(store, app, s).missing(least=A_GAP)]
    return replace(coverage_of(spans), unread=tuple(unread))


def coverage_of(
    spans: Mapping[str, Spans], counts: Callable[[str], bool] = is_review_shop
) -> Missed:
    """What polls with these spans, by source, could not see of the reviews, or of what else the
    sources give that count."""
    shops = {source: spans[source] for source in sorted(spans) if counts(source)}
    holes = {name: _holes(mine) for name, mine in shops.items()}
    unseen = [[(a, b) for a, b, cut in mine if not cut] for mine in holes.values()]
    everywhere = reduce(_common, unseen) if unseen else []
    some = {(a, b) for mine in holes.values() for a, b, _ in mine}
    return Missed(
        gaps=_array(everywhere),
        truncated=_array(sorted(some.difference(everywhere))),
        unseen={name: _array([(a, b) for a, b, _ in mine]) for name, mine in holes.items()},
        polled={name: int(mine.covered_from[0]) for name, mine in shops.items()},
    )


def observed_until(store: Store, app: str, now: datetime) -> datetime:
    """The last moment that the reviews are known of, at most `now`.

    The newest of the reviews, the polls of review shops that saw something, and the low ratings in
    the shops' totals. What social sources were asked meanwhile says nothing of a shop that fails;
    they count, as every item does, where there are neither reviews nor polls of shops.
    """
    own = (store.items.newest(app, "review"), store.runs.covered_until(app, but=NO_SHOPS))
    known = [moment for moment in own if moment is not None]
    if not known:
        every = (store.items.newest(app), store.runs.covered_until(app))
        known = [moment for moment in every if moment is not None]
    if not known:
        return now
    until = min(now, max(known))
    hour = hour_of(to_us(until))
    if store.timeline.snapshots(app, since=from_us(hour), until=now).empty:
        return until
    rated = low_ratings(store, app, since=hour + 1, as_of=now)
    rated = rated[rated <= to_us(now)]
    return from_us(int(rated[-1])) if len(rated) else until


def group_of(hours: pd.DataFrame) -> "pd.Series[str]":
    """The class of each row of SeriesHour: negative, middle, positive, no_stars or post."""
    stars = hours["stars"].to_numpy()
    names = np.select(
        [
            (hours["kind"] == "post").to_numpy(),
            stars == 0,
            stars <= 2,
            stars == 3,
        ],
        ["post", "no_stars", "negative", "middle"],
        default="positive",
    )
    return pd.Series(names, index=hours.index, dtype="str")


def hourly_counts(
    store: Store, app: str, *, since: datetime | None = None, until: datetime | None = None
) -> pd.DataFrame:
    """Hourly counts by source, kind and star class; columns of SeriesHour."""
    return store.hourly.frame(app, SeriesHour, since=since, until=until)


def daily_counts(store: Store, app: str, *, end: datetime, days: int) -> pd.DataFrame:
    """The same summed over days of 24 hours, the last of which stops at `end`."""
    return store.sums.days(app, SeriesHour, end=end, days=days)


def class_counts(store: Store, app: str, *, since: datetime, until: datetime) -> pd.DataFrame:
    """Hourly counts of all sources by kind and star class; 1 means one or two, 5 four or five."""
    return store.sums.classes(app, SeriesHour, since=since, until=until)


def _holes(spans: Spans) -> list[tuple[int, int, bool]]:
    """Spans between a source's polls that none of them covered; whether the next poll was cut."""
    reached = np.maximum.accumulate(spans.covered_to)[:-1]
    starts = spans.covered_from[1:]
    open_ = starts > reached
    found = (reached[open_].tolist(), starts[open_].tolist(), spans.cut[1:][open_].tolist())
    return list(zip(*found, strict=True))


def _common(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What two lists of spans share; each in order of time and without overlaps."""
    found = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return found


def _array(spans: list[tuple[int, int]]) -> NDArray[np.int64]:
    return np.asarray(spans, dtype=np.int64).reshape(-1, 2)


def hour_of(at: Microseconds) -> Microseconds:
    """The full hour, at or after a moment, at which low ratings seen by then are stamped."""
    return -(-at // HOUR) * HOUR
