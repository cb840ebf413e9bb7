"""How an app stands: an incident, calm, or not judged, decided in one place from what is known.

Calm is said only where a swing of the usual size would have been seen: with a past to compare with,
fresh and whole data, and an analysis of it that worked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis import series
from analysis.swings.baseline import LEAST_SHORT, MEMORY, SHORT_GUARD
from analysis.swings.history import DAY as DAY_US
from analysis.swings.streams import SEEN
from collector.shop_sources import is_review_shop
from collector.store import Store
from collector.store.counts.sums import Rated
from collector.times import from_iso, from_us, to_us

State = Literal["incident", "calm", "not judged"]
FRESH = timedelta(hours=48)  # older, and what came since is not known
GIVEN_UP = timedelta(days=30)  # a source that was not asked for so long is no longer read
LATELY = timedelta(days=3)  # in which a hole could hide a swing that goes on
LONG = timedelta(hours=24)  # such a hole
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an app stands and why: a code, and the values that its sentence needs."""

    state: State
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the decision rests on.

    open_since: onset of the oldest incident that goes on. failed: when the last analysis failed.
    waiting: reviews wait for an analysis. items, posts: whether there are any. rated: reviews with
    stars of the latest weeks by source. lacking: by source, days until it has a past.
    own_time: of a simulated app. seen_until: the last moment that the reviews are known of.
    unread: since when each source that is polled was not read. hole: the latest long hole. cut: a
    platform showed less than there was.
    """

    now: datetime
    open_since: datetime | None = None
    failed: datetime | None = None
    waiting: bool = False
    items: bool = False
    posts: bool = False
    stars: bool = False
    rated: Sequence[Rated] = ()
    lacking: Mapping[str, int] = field(default_factory=dict)
    own_time: bool = False
    seen_until: datetime | None = None
    unread: Mapping[str, datetime] = field(default_factory=dict)
    hole: tuple[datetime, datetime] | None = None
    cut: bool = False


def judge(known: Known) -> Standing:
    """The one decision."""
    if known.open_since is not None:
        return Standing("incident", *_how_open(known, known.open_since))
    missing = _nothing_to_judge(known) or _not_seen(known) or _no_past(known)
    return missing or Standing("calm", "calm")


def _how_open(known: Known, since: datetime) -> tuple[str, dict[str, Any]]:
    """Of what began and was not seen to end: whether anybody has looked since."""
    seen = known.seen_until
    if seen is None or known.own_time or known.now - seen <= FRESH:
        return "open", {"since": since}
    return "open-unseen", {"since": since, "seen": seen}


def _nothing_to_judge(known: Known) -> Standing | None:
    if not known.items:
        return _not("no-items")
    if known.failed is not None:
        return _not("analysis-failed", failed=known.failed)
    if known.waiting:
        return _not("not-analysed")
    if not known.stars:
        return _not("posts-only" if known.posts else "no-stars")
    return None


def _not_seen(known: Known) -> Standing | None:
    if known.own_time:
        return None
    if known.seen_until is not None and known.now - known.seen_until > FRESH:
        return _not("seen-until", seen=known.seen_until)
    late = {s: at for s, at in known.unread.items() if known.now - at > FRESH}
    if late:
        source = min(late, key=lambda s: (late[s], s))
        return _not("source-unread", source=source, seen=late[source])
    if known.hole is not None:
        return _not("gap", since=known.hole[0], until=known.hole[1])
    return None


def _no_past(known: Known) -> Standing | None:
    short = {source: days for source, days in known.lacking.items() if days > 0}
    if known.lacking and not short:
        return None
    if len(short) < len(known.lacking):
        source = min(short, key=lambda s: (-short[s], s))
        return _not("young-source", source=source, days=short[source], **_shown(known, [source]))
    days = min(short.values(), default=LEAST_SHORT + SHORT_GUARD + 1)
    return _not("young", days=days, **_shown(known, list(short)))


def _shown(known: Known, sources: Sequence[str]) -> dict[str, Any]:
    """What there is of some sources."""
    of = [r for r in known.rated if r.source in sources]
    reviews = sum(r.reviews for r in of)
    span = max((r.last for r in of), default=known.now) - min(
        (r.first for r in of), default=known.now
    )
    low = sum(r.low for r in of) / reviews if reviews else None
    return {"count": reviews, "span": span, "low": low, "cut": known.cut}


def _not(code: str, **values: Any) -> Standing:
    return Standing("not judged", code, values)


class Standings:
    """How the apps of a store stand; what is told of all at once is read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.waiting = store.hourly.waiting()
        self.failed = store.analyses.failed()
        self.runs = dict(list(store.runs.latest().groupby("app")))
        self.listed: dict[str, list[dict[str, Any]]] = {}
        for one in store.incidents.listed():
            self.listed.setdefault(one["app"], []).append(one)

    def of(self, key: str, now: datetime) -> Standing:
        """How an app stands at `now`."""
        return judge(self.known(key, now))

    def known(self, key: str, now: datetime) -> Known:
        """What the store knows of an app; a simulated one's time ends with its items."""
        store, app = self.store, self.store.apps.get(key)
        span = store.items.span(key)
        if span is None:
            return Known(now=now)
        own_time = app is not None and app.simulated
        now = min(now, span[1]) if own_time else now
        missed = series.coverage(store, key)
        rated = store.sums.rated(key, now - MEMORY * DAY)
        runs, failed = self.runs.get(key), self.failed.get(key)
        return Known(
            now=now,
            open_since=_open_since(self.listed.get(key, []), now),
            failed=None if failed is None else failed.at,
            waiting=bool(self.waiting.get(key)),
            items=True,
            posts=store.items.newest(key, "post") is not None,
            stars=bool(rated) or store.sums.any_stars(key),
            rated=rated,
            lacking=_lacking(rated, missed, now),
            own_time=own_time,
            seen_until=series.observed_until(store, key, now),
            unread={} if runs is None else _unread(store, key, runs, now),
            hole=_hole(missed, now),
            cut=runs is not None and bool((runs["outcome"] == "truncated").any()),
        )


def _open_since(listed: Sequence[dict[str, Any]], now: datetime) -> datetime | None:
    onsets = [
        from_iso(one["onset_at"])
        for one in listed
        if one["ended_at"] is None or from_iso(one["ended_at"]) > now
    ]
    return min(onsets, default=None)


def _lacking(rated: Sequence[Rated], missed: series.Missed, now: datetime) -> dict[str, int]:
    """In how many days the reviews of each source can be compared with a past of their own, if it
    is read until then; as in swings.source_groups."""
    today = to_us(now) // DAY_US
    began = {r.source: r.began for r in rated if r.began is not None}
    found = {}
    for source in {r.source for r in rated} | missed.polled.keys():
        starts = [to_us(began[source])] if source in began else []
        starts += [missed.polled[source]] if source in missed.polled else []
        first = min(starts) // DAY_US if starts else today - MEMORY - 1
        days = np.arange(today - MEMORY, today + LEAST_SHORT + 1)
        good = np.cumsum(_seen(missed, source, days) & (days > first))
        enough = int(days[np.searchsorted(good, LEAST_SHORT)])
        found[source] = max(0, enough + 1 + SHORT_GUARD - today)
    return found


def _seen(missed: series.Missed, source: str, days: Any) -> Any:
    """Which days were looked at for the better part: bool, as `days`."""
    starts, unseen = days * DAY_US, np.zeros(len(days))
    for since, until in missed.unseen.get(source, missed.truncated).tolist():
        inside = np.minimum(until, starts + DAY_US) - np.maximum(since, starts)
        unseen += np.maximum(inside, 0)
    return unseen <= (1 - SEEN) * DAY_US


def _unread(store: Store, key: str, runs: pd.DataFrame, now: datetime) -> dict[str, datetime]:
    """Since when each shop that is still asked was not read."""
    recent = runs[runs["ended_at"] >= pd.Timestamp(now - GIVEN_UP)]
    asked = {source for source in recent["source"].astype(str) if is_review_shop(source)}
    spans = store.runs.spans(key)
    return {s: from_us(int(spans[s].covered_to.max())) for s in asked & spans.keys()}


def _hole(missed: series.Missed, now: datetime) -> tuple[datetime, datetime] | None:
    """The longest hole of a shop that reaches into the latest days, if it is a long one."""
    earliest, latest = to_us(now - LATELY), to_us(now)
    holes = [
        (max(since, earliest), min(until, latest), since, until)
        for spans in missed.unseen.values()
        for since, until in spans.tolist()
        if until > earliest and since < latest
    ]
    if not holes:
        return None
    begin, end, since, until = max(holes, key=lambda hole: hole[1] - hole[0])
    if from_us(end) - from_us(begin) < LONG:
        return None
    return from_us(since), from_us(until)
