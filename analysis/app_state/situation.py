"""How an app stands right now, in one record; what the overview shows and says first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.app_state.standing import Standing
from analysis.app_state.usual_range import Usual, blocks, quiet_hours, usual
from analysis.app_state.weekly import Weekly, weekly_sentiment, weekly_stars
from analysis.incidents.swing_to_incident import LEAST_RATED
from analysis.records import Incident, Removal
from analysis.sentiment.score_words import Mood, mood
from analysis.swings.slow_change import SlowChange
from collector.shop_sources import is_review_shop
from collector.store.analysis_state.last_analysis import FailedAnalysis
from collector.store.apps import App
from collector.store.records import NONE_CHANGED, ChangedReviews
from collector.times import to_us

State = Literal["incident", "watch", "calm", "silent"]
URGENCY: dict[State, int] = {"incident": 0, "watch": 1, "silent": 2, "calm": 3}
FAILED = "reason-analysis-failed"
WATCH_FOR = timedelta(days=7)
CALM = Standing("calm", "calm")
SHOWN_DAYS = 56
DAY_US = 86_400_000_000
MONTH = timedelta(days=30)
ALL = ("negative", "middle", "positive", "no_stars")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One app at one moment.

    live: somebody polls it, so as_of is now; else as_of is where the history ends.
    reason: why the state is what it is, a key of the wording.
    last_day: items of the last 24 hours by class; last_day_changed: the changed opinions among its
    reviews. removals: waves of reviews that vanished in the last days. usual_*: the usual range of
    24 hours.
    drawn: the class that the small chart shows: high stars where praise is going on, else low.
    daily: its reviews in each of the last 56 blocks of 24 hours, daily_changed: the changed
    opinions among them, daily_all: all reviews.
    unseen: which of these blocks nobody looked at, or lie before the history. slow: a slow rise of
    the share of low stars. failed: that the last analysis failed, and why.
    """

    app: App
    state: State
    reason: str
    as_of: datetime | None = None
    live: bool = False
    incident: Incident | None = None
    stars: float | None = None
    stars_before: float | None = None
    shop_stars: float | None = None
    shop_stars_before: float | None = None
    sentiment: Mood | None = None
    sentiment_before: Mood | None = None
    stars_weekly: Weekly | None = None
    sentiment_weekly: Weekly | None = None
    last_day: dict[str, int] = field(default_factory=dict)
    last_day_changed: ChangedReviews = NONE_CHANGED
    removals: tuple[Removal, ...] = ()
    usual_low: Usual | None = None
    usual_all: Usual | None = None
    drawn: Literal["negative", "positive"] = "negative"
    usual_drawn: Usual | None = None
    slow: SlowChange | None = None
    daily: tuple[float, ...] = ()
    daily_changed: tuple[int, ...] = ()
    daily_all: tuple[float, ...] = ()
    unseen: tuple[bool, ...] = ()
    sources: tuple[str, ...] = ()
    newest: datetime | None = None
    polled: datetime | None = None
    next_due: datetime | None = None
    failing: tuple[str, ...] = ()
    failed: FailedAnalysis | None = None
    waiting_hours: int = 0
    standing: Standing = CALM


def assess(
    app: App,
    *,
    now: datetime,
    hours: pd.DataFrame,
    span: tuple[datetime, datetime] | None,
    sources: tuple[str, ...],
    incidents: list[Incident],
    runs: pd.DataFrame,
    snapshots: pd.DataFrame,
    missing: Any,
    waiting_hours: int,
    standing: Standing,
    slow: SlowChange | None = None,
    failed: FailedAnalysis | None = None,
    last_day_changed: ChangedReviews = NONE_CHANGED,
    removals: tuple[Removal, ...] = (),
) -> Situation:
    """Everything about one app. hours: SeriesHour of the last 60 days, hours or days of 24 hours

    that end where whole_hour(moment_of(...)) says. snapshots: those before each of compared(...).
    missing: spans in which no shop was looked at, up to that hour.
    """
    if span is None:
        return without_items(app, runs)
    polls = _polls(runs)
    as_of, live = moment_of(app, now, span[1], runs)
    end = whole_hour(as_of)
    state, reason, incident = _state(standing, as_of, incidents)
    low = blocks(hours, ("negative",), end=end, block_hours=24, days=SHOWN_DAYS)
    everything = blocks(hours, ALL, end=end, block_hours=24, days=SHOWN_DAYS)
    unseen = _unseen(end, span[0], missing)
    since = end - timedelta(days=SHOWN_DAYS)
    shown = [i for i in incidents if _end(i, as_of) >= since]
    quiet = quiet_hours(hours, [(i.onset_at, _end(i, as_of)) for i in shown])
    noisy = unseen | _in_incidents(end, shown, as_of)
    usual_low = _usual(quiet, ("negative",), end, noisy)
    if state == "calm" and usual_low and low[-1] > max(usual_low.high, 4):
        state, reason = "watch", "reason-busy"
    elif state == "calm" and slow is not None:
        state, reason = "watch", "reason-slow"
    praise = reason in ("reason-open", "reason-just-ended") and is_praise(incident)
    drawn: Literal["negative", "positive"] = "positive" if praise else "negative"
    if failed is not None and state != "incident":
        # What came since the last analysis that worked is not judged: that is no calm.
        state, reason = "silent", FAILED
    return Situation(
        app=app,
        state=state,
        reason=reason,
        as_of=as_of,
        live=live,
        incident=incident,
        stars=_mean_stars(hours, as_of - MONTH, as_of),
        stars_before=_mean_stars(hours, as_of - 2 * MONTH, as_of - MONTH),
        shop_stars=_shop_stars(snapshots, compared(as_of)[0]),
        shop_stars_before=_shop_stars(snapshots, compared(as_of)[1]),
        stars_weekly=weekly_stars(hours, end),
        sentiment_weekly=weekly_sentiment(hours, end),
        sentiment=_mood(hours, as_of - MONTH, as_of),
        sentiment_before=_mood(hours, as_of - 2 * MONTH, as_of - MONTH),
        last_day=_last_day(hours, end),
        last_day_changed=last_day_changed,
        removals=tuple(one for one in removals if one.at >= as_of - WATCH_FOR),
        usual_low=usual_low,
        usual_all=_usual(quiet, ALL, end, noisy),
        slow=slow,
        drawn=drawn,
        usual_drawn=_usual(quiet, (drawn,), end, noisy),
        daily=tuple(blocks(hours, (drawn,), end=end, block_hours=24, days=SHOWN_DAYS).tolist()),
        daily_changed=_daily_changed(hours, drawn, end),
        daily_all=tuple(everything.tolist()),
        unseen=tuple(unseen.tolist()),
        sources=sources,
        newest=span[1],
        waiting_hours=waiting_hours,
        failed=failed,
        standing=standing,
        polled=polls.polled,
        next_due=polls.next_due,
        failing=polls.failing,
    )


def _daily_changed(hours: pd.DataFrame, drawn: str, end: datetime) -> tuple[int, ...]:
    found = blocks(hours, (drawn,), end=end, block_hours=24, days=SHOWN_DAYS, of="changed_items")
    return tuple(found.astype(np.int64).tolist())


def without_items(app: App, runs: pd.DataFrame) -> Situation:
    """Of an app that nothing is known of yet."""
    standing = Standing("not judged", "no-items")
    polls = _polls(runs)
    return Situation(
        app=app,
        state="silent",
        reason="reason-no-items",
        standing=standing,
        polled=polls.polled,
        next_due=polls.next_due,
        failing=polls.failing,
    )


def moment_of(
    app: App, now: datetime, newest: datetime, runs: pd.DataFrame
) -> tuple[datetime, bool]:
    """The moment that the situation is about: now where somebody polls, else the newest item."""
    live = _polls(runs).polled is not None and not app.simulated
    return (now if live else min(now, newest)), live


def compared(as_of: datetime) -> tuple[datetime, datetime]:
    """The two moments whose stars are compared."""
    return as_of, as_of - MONTH


def whole_hour(moment: datetime) -> datetime:
    """The end of the hour that a moment lies in."""
    ended: datetime = pd.Timestamp(moment).ceil("h").to_pydatetime()
    return ended


def ordered(situations: list[Situation]) -> list[Situation]:
    """The most urgent first: incidents before others, those of praise after those of complaints;

    by what came above expectation; then by name.
    """
    return sorted(
        situations,
        key=lambda s: (URGENCY[s.state], praised(s), -_excess(s), s.app.name.casefold()),
    )


def is_praise(incident: Incident | None) -> bool:
    """Whether there is an incident, of high stars."""
    return incident is not None and incident.direction == "positive"


def praised(situation: Situation) -> bool:
    """Whether what goes on with the app now is praise."""
    return situation.state == "incident" and is_praise(situation.incident)


def _excess(situation: Situation) -> float:
    if situation.state != "incident" or situation.incident is None:
        return 0.0
    one = situation.incident
    if one.where == "social" and one.posts is not None:
        return one.posts - (one.expected_posts or 0.0)
    return float(one.items - one.expected_items)


def _state(
    standing: Standing, as_of: datetime, incidents: list[Incident]
) -> tuple[State, str, Incident | None]:
    """What of the standing is shown: calm with something to look at is `watch`."""
    open_now = [i for i in incidents if i.ended_at is None or i.ended_at > as_of]
    if standing.state == "incident" and open_now:
        return "incident", "reason-open", open_now[0]
    if standing.state != "calm":
        return "silent", f"reason-{standing.code}", incidents[0] if incidents else None
    recent = [i for i in incidents if i.ended_at and as_of - i.ended_at <= WATCH_FOR]
    if recent:
        return "watch", "reason-just-ended", recent[0]
    return "calm", "reason-calm", incidents[0] if incidents else None


def _usual(
    quiet: pd.DataFrame, groups: tuple[str, ...], end: datetime, noisy: "np.ndarray[Any, Any]"
) -> Usual | None:
    """Usual range of 24 hours: earlier blocks that were looked at and lie outside of incidents."""
    counts = blocks(quiet, groups, end=end, block_hours=24, days=SHOWN_DAYS)
    return usual(counts[:-1][~noisy[:-1]])


def _in_incidents(
    end: datetime, incidents: list[Incident], as_of: datetime
) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    starts = to_us(end) - DAY_US * np.arange(SHOWN_DAYS, 0, -1)
    found = np.zeros(SHOWN_DAYS, dtype=bool)
    for incident in incidents:
        since, until = to_us(incident.onset_at), to_us(_end(incident, as_of))
        found |= (starts + DAY_US > since) & (starts <= until)
    return found


def _end(incident: Incident, as_of: datetime) -> datetime:
    return incident.ended_at or as_of


@dataclass(frozen=True, slots=True)
class _Polls:
    """polled: the last poll that worked. next_due: the next of any source. failing: sources."""

    polled: datetime | None
    next_due: datetime | None
    failing: tuple[str, ...]


def _polls(runs: pd.DataFrame) -> _Polls:
    worked = runs["outcome"].isin(["ok", "partial", "truncated"])
    bad = runs[~worked]
    due = runs["next_due_at"].dropna()
    # Posts go on being read while a shop fails: where a shop is polled, its polls tell.
    of_shops = runs["source"].astype(str).map(is_review_shop).astype(bool)
    counts = of_shops if of_shops.any() else ~of_shops
    ended = runs.loc[(counts & worked) if (counts & worked).any() else counts, "ended_at"]
    return _Polls(
        None if ended.empty else ended.max().to_pydatetime(),
        None if due.empty else due.min().to_pydatetime(),
        tuple(sorted(bad["source"].astype(str))),
    )


def _unseen(end: datetime, first: datetime, missing: Any) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    last = to_us(end)
    starts = last - DAY_US * np.arange(SHOWN_DAYS, 0, -1)
    found = starts + DAY_US <= to_us(first)
    for since, until in missing.tolist() if missing is not None else []:
        found |= (starts >= since) & (starts + DAY_US <= until)
    return np.asarray(found, dtype=bool)


def _last_day(hours: pd.DataFrame, end: datetime) -> dict[str, int]:
    groups = ("negative", "middle", "positive", "no_stars", "post")
    counts = {g: blocks(hours, (g,), end=end, block_hours=24, days=1) for g in groups}
    return {group: int(count.sum()) for group, count in counts.items()}


def _mean_stars(hours: pd.DataFrame, since: datetime, until: datetime) -> float | None:
    """Mean stars of reviews in a span; None of too few."""
    inside = _reviews(hours, since, until)
    inside = inside[inside["stars"] > 0]
    count = int(inside["items"].sum())
    return float(inside["rating_sum"].sum()) / count if count >= LEAST_RATED else None


def _mood(hours: pd.DataFrame, since: datetime, until: datetime) -> Mood | None:
    """What the reviews of a span say on average; None where none could be read."""
    inside = _reviews(hours, since, until)
    read = inside[inside["sentiment_items"] > 0]
    squares = None if read["sentiment_squares"].isna().any() else read["sentiment_squares"].sum()
    texts, items = int(read["sentiment_items"].sum()), int(inside["items"].sum())
    return mood(float(read["sentiment_sum"].sum()), squares, texts, items)


def _reviews(hours: pd.DataFrame, since: datetime, until: datetime) -> pd.DataFrame:
    return hours[
        (hours["hour"] >= pd.Timestamp(since))
        & (hours["hour"] < pd.Timestamp(until))
        & (hours["kind"] == "review")
    ]


def _shop_stars(snapshots: pd.DataFrame, at: datetime) -> float | None:
    """The shops' own mean, weighted by their ratings; None without a snapshot by then."""
    known = snapshots[snapshots["at"] <= pd.Timestamp(at)].dropna(subset=["average"])
    if known.empty:
        return None
    latest = known.sort_values("at").groupby(["source", "country"]).tail(1)
    weights = latest["count"].fillna(1).astype("float64").clip(lower=1)
    return float((latest["average"] * weights).sum() / weights.sum())
