"""Windows of simulated histories, whose truth is known: kept apart from the real events."""

from datetime import timedelta
from typing import Any

import pandas as pd
from pandas import DataFrame

from analysis.evidence import Window, gather
from analysis.incidents import cause
from analysis.records import Swing
from analysis.scored_items import ScoredItem
from analysis.simulate import World, scenarios, simulate
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from benchmarks.windows import REFERENCE
from collector.privacy.protect import protect
from collector.record_frames import columns, to_frame
from collector.records import ContextEvent, Item, RatingSnapshot, Release

POSTS_FROM = timedelta(days=60)
SECRET = b"simulated histories need no secret"
SCENARIOS = (
    "iwatch_drill",
    "iwatch_without_posts",
    "angry_protest_with_news",
    "policy_reaction",
    "bad_release",
    "outage",
    "promotion",
    "counter_swing",
)


def simulated(seed: int = 0) -> dict[str, dict[str, Any]]:
    """Verdict on the first true event of each scenario."""
    found = {}
    for name in SCENARIOS:
        world = simulate(getattr(scenarios, name)(), seed)
        window = simulated_window(world)
        evidence = gather(window)
        judged = cause.judge(window.swing, evidence)
        call = next(e for e in evidence if e.signal == "call_to_action")
        found[name] = {
            "truth": world.truth[0].cause,
            "coordinated": world.truth[0].coordinated,
            "cause": judged.cause,
            "coordination": judged.coordination,
            "call_to_action": finding(call, english()),
        }
    return found


def simulated_window(world: World, event: int = 0) -> Window:
    """The window of one true event: the swing is the truth's own span, at most four days."""
    truth = world.truth[event]
    end = min(truth.end, truth.onset + timedelta(days=4), world.end)
    items = to_frame(
        Item,
        [protect(raw, app=world.app, secret=SECRET, seen_at=raw.created_at) for raw in world.items],
    )
    reviews = _scored(items[items["kind"] == "review"])
    at = reviews["created_at"]
    inside, before = reviews[(at >= truth.onset) & (at < end)], at < truth.onset
    before &= at >= truth.onset - REFERENCE
    context = to_frame(ContextEvent, world.context)
    posts = items[items["kind"] == "post"]
    low = inside["rating"] <= 2 if truth.direction == "negative" else inside["rating"] >= 4
    earlier = reviews[before]
    low_before = earlier["rating"] <= 2 if truth.direction == "negative" else earlier["rating"] >= 4
    days = max((truth.onset - earlier["created_at"].min()).days, 1) if len(earlier) else 1
    swing = Swing(
        direction=truth.direction,
        onset_at=truth.onset,
        alarmed_at=truth.onset,
        peak_at=truth.onset,
        ended_at=end,
        closed_at=end,
        items=int(low.sum()),
        expected_items=low_before.sum() / days * (end - truth.onset).total_seconds() / 86400,
        recurrence_days=1800.0,
        escalations=(),
        detector="count",
        window_hours=24.0,
        launch=len(earlier) < 10,
    )
    ids = tuple(app_id for _, app_id in world.ids)
    return Window(
        app=world.app,
        swing=swing,
        items=inside,
        before=earlier,
        posts=_between(posts, "created_at", truth.onset - POSTS_FROM, end),
        context=_between(context, "at", truth.onset - POSTS_FROM, end),
        releases=_between(to_frame(Release, world.releases), "released_at", None, end),
        snapshots=_between(to_frame(RatingSnapshot, world.snapshots), "at", None, end),
        names=(world.app, world.name, *ids),
        now=end,
    )


def _between(frame: DataFrame, column: str, first: Any, end: Any) -> DataFrame:
    keep = frame[column] < end
    if first is not None:
        keep &= frame[column] >= first
    return frame[keep]


def _scored(items: DataFrame) -> DataFrame:
    """Items with the columns of ScoredItem, sentiment missing."""
    scored = items.assign(
        sentiment=pd.Series(float("nan"), index=items.index),
        sentiment_engine=pd.Series(None, index=items.index, dtype="str"),
    )
    return scored[[c.name for c in columns(ScoredItem)]]
