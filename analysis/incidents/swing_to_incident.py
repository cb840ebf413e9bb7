"""Swings -> incidents: what was looked at, the evidence, the verdict and the words for it."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import evidence, rules_hash
from analysis.evidence import Window
from analysis.incidents import cause, file_cut, phrases
from analysis.incidents.counted_once import counted_until, once
from analysis.incidents.excerpts import excerpts
from analysis.incidents.hands import hands_of
from analysis.incidents.star_classes import STARS, of_counted
from analysis.incidents.told_swing import told_swing
from analysis.reasons.kinds import OF_CAUSE
from analysis.records import Alarm, Coverage, Incident, Phrase, Reading, Removal, Swing
from analysis.scored_items import ItemVersion
from analysis.series import Missed
from collector.records import ImportSample
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.store.schema import ONCE
from collector.times import HOUR_US, INSTANT, from_us, to_us

BEFORE = timedelta(days=56)  # for the stars before
LEAST_RATED = 5  # reviews with stars behind a mean
STILL = timedelta(hours=24)  # without an item before the newest data
REFERENCE = timedelta(days=540)  # for the evidence
MOST_BEFORE = 30_000  # reviews of it, the newest: a busy app's texts would be read for hours
POSTS_BEFORE = timedelta(days=60)
POSTS_KEPT = timedelta(days=21)
POSTS_NEAR = timedelta(hours=72)  # before the onset
COMPLAINTS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Subject:
    """The app that an incident is about. names: what a text can call it."""

    app: str
    name: str
    names: tuple[str, ...]


def window_of(
    store: Store, subject: Subject, swing: Swing, others: Sequence[Swing], now: datetime
) -> Window:
    """Everything that the signals may look at for one swing."""
    app, onset = subject.app, swing.onset_at
    end = min(swing.ended_at or now, now)
    just_after = end + INSTANT
    since = onset - REFERENCE
    enough = store.hourly.newest_since(app, "review", onset, MOST_BEFORE)
    if enough is not None:
        since = max(since, enough)
    reviews = store.items.frame(
        app, since=since, until=just_after, kind="review", as_of=now, record=ItemVersion,
        gave_way=True,
    )  # fmt: skip
    inside = once(reviews, swing, now)
    stands = ~(reviews["gave_way_at"] <= pd.Timestamp(now))
    past = reviews[stands & (reviews["created_at"] < pd.Timestamp(onset))]
    reviews, past = (f.drop(columns=list(ItemVersion.__annotations__)) for f in (reviews, past))
    before = quiet_days(past, swing, others, now)
    posts = store.items.frame(
        app, since=onset - POSTS_BEFORE, until=just_after, kind="post", as_of=now
    )
    return Window(
        app=app,
        swing=swing,
        items=reviews[inside].reset_index(drop=True),
        before=before.reset_index(drop=True),
        posts=posts,
        context=_until(store.timeline.context(app), "at", onset - POSTS_BEFORE, end),
        releases=_until(store.timeline.releases(app), "released_at", None, end),
        snapshots=store.timeline.snapshots(app, since=onset - REFERENCE, until=end),
        names=subject.names,
        now=now,
        posts_since=_posts_since(store, app, posts, onset, now),
        others=store.other_apps.reviews(app, onset, STARS.get(swing.direction, COMPLAINTS), now),
        descriptions=tuple(store.descriptions.known(app, now)),
        **hands_of(store, app, swing, others, reviews, now),
    )


def _posts_since(
    store: Store, app: str, posts: pd.DataFrame, onset: datetime, now: datetime
) -> datetime | None:
    """Since when the social sources that matter here are read; silence before it is not known.

    Those that had posts near the swing: from when the last of them was read; where none had, the
    first of all. None: no social source was polled over the onset.
    At most three weeks are taken for silence: what is older may have been removed by retention.
    """
    spans = store.runs.spans(app, as_of=now)
    polled = {name: span for name, span in spans.items() if name in SOCIAL}
    if not polled:
        return None
    start = to_us(onset)
    reads = {
        name: from_us(int(span.covered_from[0]))
        for name, span in polled.items()
        if span.covered_from[0] <= start <= span.covered_to.max()
    }
    first = posts.groupby("source")["created_at"].min()
    near = posts.loc[posts["created_at"] >= pd.Timestamp(onset - POSTS_NEAR), "source"].unique()
    known = [min(first[name].to_pydatetime(), reads.get(name, now)) for name in near]
    since = max(known) if known else min(reads.values(), default=None)
    return None if since is None else max(since, onset - POSTS_KEPT)


def arrivals_of(
    store: Store, app: str, swing: Swing, until: datetime, as_of: datetime | None
) -> NDArray[np.int64]:
    """Times of the reviews that a swing counts, onset to end: int64 microseconds, ascending."""
    end = min(swing.ended_at or until, until) + INSTANT
    if swing.talk is not None:
        said = store.items.unrated(app, since=swing.onset_at, until=end, as_of=as_of)
        return np.array([one.at for one in said], dtype=np.int64)
    reviews = store.items.frame(
        app, since=swing.onset_at, until=end, kind="review", as_of=as_of, record=ItemVersion,
        gave_way=True,
    )  # fmt: skip
    arrived = reviews[reviews["counts"] == ONCE]
    counted = of_counted(arrived, swing.counts or swing.direction)
    times = pd.DatetimeIndex(counted["created_at"])
    return np.sort(times.as_unit("us").asi8)


def make_incident(
    window: Window,
    missed: Missed,
    *,
    incident: str,
    joined: Sequence[str] = (),
    split_from: str | None = None,
    follows: tuple[str, datetime] | None = None,
    as_of: datetime | None = None,
    cut: ImportSample | None = None,
    removals: Sequence[Removal] = (),
) -> Incident:
    """One swing and its window -> the incident with its evidence.

    incident: its id. joined, split_from: what people made of it (see merge_split). follows: id and
    end of the incident before it. as_of: of a past reading. cut: of an imported file that it rests
    on. removals: those that belong to it.
    """
    swing = window.swing
    fewer = swing.direction == "fewer"  # what does not come gives nothing to read
    signals = [] if fewer else evidence.gather(window)
    if cut is not None:
        signals.insert(0, file_cut.as_evidence(cut))
    judged = cause.judge(swing, signals)
    given = cause.reasons_given(signals)
    words = [] if fewer else _phrases(window)
    recent = window.before[window.before["created_at"] >= pd.Timestamp(swing.onset_at - BEFORE)]
    # Where those days lie within other swings, or had no stars, the longer past must do.
    rating_before = mean_stars(recent if recent["rating"].notna().any() else window.before)
    rating_during = mean_stars(window.items)
    made = told_swing(
        window.app, swing, judged, given, signals, missed, window.now, incident=incident,
        joined=joined, split_from=split_from, follows=follows, as_of=as_of,
    )  # fmt: skip
    changed, higher, lower = _changed(window)
    return replace(
        made,
        sources=_sources(window),
        rating_before=rating_before,
        rating_during=rating_during,
        phrases=words,
        coverage=_coverage(made.coverage, cut),
        quiet_since=_quiet_since(window),
        excerpts=excerpts(window.items, given, OF_CAUSE.get(judged.cause, ())) if given else [],
        removals=list(removals),
        changed_items=changed,
        higher_before=higher,
        lower_before=lower,
        tail_until=swing.tail_until,
        tail_items=swing.tail_items,
        tail_expected=swing.tail_expected,
        tail_running=swing.tail_running,
        silent_since=swing.silent_since,
    )


def _coverage(seen: Coverage, cut: ImportSample | None) -> Coverage:
    """How far polls saw it, and whether a file that it rests on lacks some of it."""
    if cut is None or seen != "complete":
        return seen
    return "gaps" if cut.cut in file_cut.STEPS else "truncated"


def _changed(window: Window) -> tuple[int, int, int]:
    """How many of the reviews that are counted are changed ones; with more stars before; fewer."""
    swing = window.swing
    until = counted_until(swing, window.now)
    counted = replace(swing, direction=swing.counts or swing.direction)
    mine = _of_direction(window.items, counted)
    mine = mine[mine["written_at"].notna() & (mine["created_at"] <= pd.Timestamp(until))]
    higher, lower = mine["rating_before"] > mine["rating"], mine["rating_before"] < mine["rating"]
    return len(mine), int(higher.sum()), int(lower.sum())


def alarms_of(app: str, swing: Swing, incident: str) -> list[Alarm]:
    """The log lines that a swing caused, in order of time. incident: its id."""
    line = partial(Alarm, incident=incident, app=app)
    log = [
        line(
            at=swing.alarmed_at,
            kind="opened",
            recurrence_days=swing.recurrence_days,
            factor=None,
            direction=swing.direction,
            where=None if swing.talk is None else "social",
        ),
        *(
            line(at=e.at, kind="escalated", recurrence_days=None, factor=e.factor, again=e.again)
            for e in swing.escalations
        ),
    ]
    over = (*swing.over_before, *([swing.closed_at] if swing.closed_at is not None else []))
    log += [line(at=at, kind="ended", recurrence_days=None, factor=None) for at in over]
    return sorted(log, key=lambda alarm: alarm.at)


def reclassified(before: Incident, after: Incident, at: datetime) -> Alarm | None:
    """The log line for an incident that reads otherwise than before; None if it does not."""
    was, became = (
        Reading(cause=one.cause, coordination=one.coordination) for one in (before, after)
    )
    if was == became:
        return None
    return Alarm(
        at=at,
        incident=after.id,
        app=after.app,
        kind="reclassified",
        recurrence_days=None,
        factor=None,
        was=was,
        became=became,
    )


def fingerprint(
    subject: Subject,
    swing: Swing,
    until: datetime,
    as_of: datetime | None,
    beside: tuple[object, ...] = (),
) -> str:
    """Changes with the rules, and with all that an incident is made from but the items.

    For those see `reaches`.

    beside: what people merged or split, and what the polls saw of it.
    """
    seen_until = None if swing.closed_at is not None and as_of is None else until
    parts = (
        rules_hash.of_incidents(),
        str(asdict(subject)),
        str(asdict(swing)),
        str(seen_until),
        str(as_of),
        str(beside),
    )
    return hashlib.blake2b("\x1e".join(parts).encode(), digest_size=16).hexdigest()


def reaches(swing: Swing, until: datetime, hours: NDArray[np.int64]) -> bool:
    """Whether a change in one of these hours (microseconds) can change the swing's incident."""
    first, last = (
        to_us(moment) for moment in (swing.onset_at - REFERENCE, swing.ended_at or until)
    )
    return bool(((hours >= first - HOUR_US) & (hours <= last)).any())


def _phrases(window: Window) -> list[Phrase]:
    """Against the app's whole past, and low stars against low, high against high."""
    items, matched = (_of_direction(f, window.swing) for f in (window.items, window.before))
    return phrases.distinctive(
        [_text(v) for v in items["text"]],
        [_text(v) for v in items["author_key"]],
        [_text(v) for v in window.before["text"]],
        matched=[_text(v) for v in matched["text"]],
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def mean_stars(reviews: pd.DataFrame) -> float | None:
    """Mean stars; None of so few that a mean says little and a single opinion shows in it."""
    stars = reviews["rating"].dropna()
    return None if len(stars) < LEAST_RATED else float(stars.mean())


def _sources(window: Window) -> list[str]:
    """Sources with more of the swing's items than their past share explains, or the busiest."""
    swing = window.swing
    if swing.direction == "fewer":
        known = window.before["source"].astype(str).unique()
        return sorted(known) if swing.source is None else [swing.source]
    now, past = (
        _of_direction(f, swing)["source"].value_counts() for f in (window.items, window.before)
    )
    if now.empty:
        return []
    expected = swing.expected_items * past / max(1, past.sum())
    high = [s for s, n in now.items() if n > 2 * expected.get(s, 0.0) and n >= 2]
    return sorted(str(s) for s in (high or [now.index[0]]))


def _of_direction(reviews: pd.DataFrame, swing: Swing) -> pd.DataFrame:
    fewer = swing.direction == "fewer"
    return of_counted(reviews, (swing.counts or "mixed") if fewer else swing.direction)


def _quiet_since(window: Window) -> datetime | None:
    """Of an open swing: its last item, where the newest data is over 24 hours later."""
    swing = window.swing
    if swing.ended_at is not None or swing.direction == "fewer":
        return None
    counted = replace(swing, direction=swing.counts or swing.direction)
    times = _of_direction(window.items, counted)["created_at"]
    last = [] if times.empty else [times.max().to_pydatetime()]
    last += [swing.hot_at] if swing.hot_at is not None else []
    return max(last) if last and window.now - max(last) > STILL else None


def quiet_days(
    before: pd.DataFrame, swing: Swing, others: Sequence[Swing], now: datetime
) -> pd.DataFrame:
    """What came on days that belong to no other swing."""
    for other in others:
        if other is not swing:
            before = before[~between(before["created_at"], other.onset_at, other.ended_at or now)]
    return before


def between(times: "pd.Series[Any]", since: datetime, until: datetime) -> "pd.Series[Any]":
    """Which times lie in a span, its ends included."""
    return (times >= pd.Timestamp(since)) & (times <= pd.Timestamp(until))


def _until(
    frame: pd.DataFrame, column: str, since: datetime | None, until: datetime
) -> pd.DataFrame:
    wanted = frame[column] <= pd.Timestamp(until)
    if since is not None:
        wanted &= frame[column] >= pd.Timestamp(since)
    return frame[wanted].reset_index(drop=True)
