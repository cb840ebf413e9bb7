"""Hourly counts -> bars on the reader's clock, their usual range, and what was not seen."""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.series import GROUPS, group_of

Step = Literal["hour", "quarter", "day"]
STEP_HOURS: dict[str, int] = {"hour": 1, "quarter": 6, "day": 24}
HOUR_US = 3_600_000_000


def step_for(since: datetime, until: datetime) -> Step:
    """Bars of an hour up to eight days, of six hours up to six weeks, else of a day."""
    span = until - since
    if span <= timedelta(days=8):
        return "hour"
    return "quarter" if span <= timedelta(days=42) else "day"


def edges(since: datetime, until: datetime, step: Step, zone: ZoneInfo) -> pd.DatetimeIndex:
    """Bounds of the bars, UTC; days and quarters of days begin by the zone's clock.

    Counts are known by whole hours of UTC. Where the zone's midnight lies within one, the bar
    begins with the next, and its label says so: a bar counts exactly what lies between its bounds.
    """
    first, last = pd.Timestamp(since).tz_convert(zone), pd.Timestamp(until).tz_convert(zone)
    if step == "hour":
        start = first.tz_convert("UTC").floor("h")
        return pd.date_range(start, last.tz_convert("UTC").ceil("h"), freq="h", unit="us")
    hours = STEP_HOURS[step]
    naive = pd.date_range(
        first.tz_localize(None).floor(f"{hours}h"),
        last.tz_localize(None).ceil(f"{hours}h"),
        freq=f"{hours}h",
        unit="us",
    )
    local = naive.tz_localize(
        zone, ambiguous=np.ones(len(naive), dtype=bool), nonexistent="shift_forward"
    )
    return local.tz_convert("UTC").ceil("h").unique()


def bars(
    hours: pd.DataFrame,
    bounds: pd.DatetimeIndex,
    zone: ZoneInfo,
    *,
    missing: NDArray[np.int64] | None = None,
) -> pd.DataFrame:
    """One row a bar and class: start, end (UTC), wall_start, wall_end (the zone's clock), group,
    items.

    items is missing where the whole bar lies in a span of `missing` (int64 microseconds, (n, 2)).
    The clock is written as if it were UTC, so that no browser moves it again.
    """
    where = bounds.searchsorted(pd.DatetimeIndex(hours["hour"]), side="right") - 1
    inside = (where >= 0) & (where < len(bounds) - 1)
    groups = group_of(hours)
    starts, ends = bounds[:-1], bounds[1:]
    walls = wall_edges(bounds, zone)
    unseen = hidden(starts, ends, missing)
    parts = []
    for group in GROUPS:
        mine = inside & (groups == group).to_numpy()
        counts = np.bincount(
            where[mine], weights=hours["items"].to_numpy()[mine], minlength=len(starts)
        ).astype(np.float64)
        counts[unseen & (counts == 0)] = np.nan
        parts.append(
            pd.DataFrame(
                {
                    "start": starts,
                    "end": ends,
                    "wall_start": walls[:-1],
                    "wall_end": walls[1:],
                    "group": group,
                    "items": counts,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def changed(
    found: pd.DataFrame | None, bounds: pd.DatetimeIndex, zone: ZoneInfo
) -> NDArray[np.int64]:
    """How many changed opinions each row of `bars` counts. found: columns created_at and rating."""
    if found is None:
        found = pd.DataFrame({"created_at": pd.DatetimeIndex([], tz="UTC"), "rating": []})
    hours = pd.DataFrame(
        {
            "hour": found["created_at"].dt.floor("h"),
            "stars": np.floor(found["rating"].astype("float64").fillna(0) + 0.5),
            "kind": "review",
            "items": 1,
        }
    )
    return bars(hours, bounds, zone)["items"].to_numpy().astype(np.int64)


def hidden(
    starts: pd.DatetimeIndex, ends: pd.DatetimeIndex, missing: NDArray[np.int64] | None
) -> NDArray[np.bool_]:
    """Which bars lie wholly in a span that nobody looked at."""
    found = np.zeros(len(starts), dtype=bool)
    if missing is None:
        return found
    low, high = starts.as_unit("us").asi8, ends.as_unit("us").asi8
    for since, until in missing.tolist():
        found |= (low >= since) & (high <= until)
    return found


def wall(moments: pd.DatetimeIndex, zone: ZoneInfo) -> pd.DatetimeIndex:
    """What the zone's clock shows, written as UTC."""
    return moments.tz_convert(zone).tz_localize(None).tz_localize("UTC")


def wall_edges(bounds: pd.DatetimeIndex, zone: ZoneInfo) -> pd.DatetimeIndex:
    """Bounds of bars on the clock, each after the one before: where it goes back an hour and shows
    the same hour twice, each of both has half of its place."""
    shown = wall(bounds, zone)
    found = list(shown)
    for n in np.flatnonzero(np.diff(shown.asi8) <= 0).tolist():
        after = shown[n + 2] if n + 2 < len(shown) else shown[n] + (bounds[n + 1] - bounds[n])
        found[n + 1] = shown[n] + (after - shown[n]) / 2
    return pd.DatetimeIndex(found)


def wall_time(moment: datetime, zone: ZoneInfo) -> pd.Timestamp:
    """What the zone's clock shows at one moment, written as UTC."""
    return pd.Timestamp(moment).tz_convert(zone).tz_localize(None).tz_localize("UTC")
