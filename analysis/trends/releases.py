"""Releases side by side: how the reviews of each version are, and whether it is liked better.

Compared are the reviews that name a version, in the four weeks from its release, with those of the
release before in its own four weeks. Within each store and language their means are compared, and
the differences weighed by how much they tell (n0 n1 / (n0 + n1)), so that another mix of stores and
languages is no better version. The probability is that of a normal difference above nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.trends import intervals
from analysis.trends.panels import READ
from analysis.trends.points import FEWEST
from collector.store import Store

DAYS = (3, 7, 28)
LEAST = 10
"""Reviews of both versions that tell something of a difference."""
MOST = 12
STRATA = ["source", "lang"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Against the release before. better: probability; low, high: 95 % of the difference."""

    better: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReleaseTrend:
    """A version. reviews: that name it in its first 3, 7, 28 days; None where these are not over.

    stars, sentiment: means of the 28 days, None of under five. share: of all reviews of these days
    that name a version. verdict: None where it is too early to tell; before: the version before.
    """

    version: str
    released_at: datetime
    reviews: tuple[int | None, ...]
    rated: int
    stars: float | None
    sentiment: float | None
    share: float | None
    before: str | None
    verdict: Verdict | None


def releases(store: Store, app: str, until: datetime) -> list[ReleaseTrend]:
    """The newest releases by a moment, the newest first."""
    frame = store.timeline.releases(app)
    first = frame[frame["released_at"] < until].groupby("version")["released_at"].min()
    listed = first.sort_values().tail(MOST + 1)
    sums = [_sums(store, app, at.to_pydatetime(), until) for at in listed]
    names = [str(name) for name in listed.index]
    found = []
    for n, (version, at) in enumerate(zip(names, listed, strict=True)):
        mine = sums[n][sums[n]["version"] == version]
        earlier = None if n == 0 else sums[n - 1][sums[n - 1]["version"] == names[n - 1]]
        found.append(
            _release(
                version,
                at.to_pydatetime(),
                mine,
                int(sums[n]["items"][sums[n]["version"] != ""].sum()),
                names[n - 1] if n else None,
                None if earlier is None else compared(earlier, mine),
                until,
            )
        )
    return found[::-1][:MOST]


def compared(before: pd.DataFrame, after: pd.DataFrame) -> Verdict | None:
    """Whether the second is liked better; rows of STRATA and sums. None: too early to tell."""
    sides = [_rated(rows).groupby(STRATA)[list(NAMES)].sum() for rows in (before, after)]
    both = sides[0].add_suffix("_0").join(sides[1].add_suffix("_1"), how="inner")
    if both.empty:
        return None
    n0, n1 = both["items_0"].to_numpy(float), both["items_1"].to_numpy(float)
    weight = n0 * n1 / (n0 + n1)
    if weight.sum() < LEAST / 2 or min(n0.sum(), n1.sum()) < LEAST:
        return None
    m0, m1 = both["rating_sum_0"].to_numpy() / n0, both["rating_sum_1"].to_numpy() / n1
    within = both["rating_squares_0"] - n0 * m0**2 + both["rating_squares_1"] - n1 * m1**2
    freedom = max(n0.sum() + n1.sum() - 2 * len(both), 1.0)
    variance = max(float(within.sum()) / freedom, 1e-3)
    difference = float((weight * (m1 - m0)).sum() / weight.sum())
    error = float(np.sqrt(variance / weight.sum()))
    margin = intervals.SURE * error
    better = float(norm.cdf(difference / error))
    return Verdict(better, difference, difference - margin, difference + margin)


NAMES = ("items", "rating_sum", "rating_squares")


def _release(
    version: str,
    at: datetime,
    mine: pd.DataFrame,
    named: int,
    before: str | None,
    verdict: Verdict | None,
    until: datetime,
) -> ReleaseTrend:
    rated = _rated(mine)
    read = mine[mine["lean"].isin(READ)]
    items = int(mine["items"].sum())
    over = [at + timedelta(days=days) <= until for days in DAYS]
    counts = [int(mine["items"][mine["bin"] <= n].sum()) for n in range(len(DAYS))]
    return ReleaseTrend(
        version,
        at,
        tuple(count if done else None for count, done in zip(counts, over, strict=True)),
        int(rated["items"].sum()),
        _mean(rated, "rating_sum"),
        _mean(read, "score_sum"),
        items / named if named >= FEWEST else None,
        before,
        verdict if over[0] else None,
    )


def _sums(store: Store, app: str, at: datetime, until: datetime) -> pd.DataFrame:
    """Reviews of the days after a release, by version, store and language."""
    start = pd.Timestamp(at).floor("h")
    ends = [start + pd.Timedelta(days=days) for days in DAYS]
    last = pd.Timestamp(until).ceil("h")
    edges = [start, *(end for end in ends if end < last), *([last] if last < ends[-1] else [])]
    bounds: Sequence[datetime] = [edge.to_pydatetime() for edge in edges]
    if len(bounds) < 2:
        bounds = [bounds[0], bounds[0] + timedelta(hours=1)]
    sums = store.groups.sums(app, bounds, ("version", "lang"))
    return sums[sums["kind"] == "review"]


def _rated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["stars"] > 0]


def _mean(rows: pd.DataFrame, what: str) -> float | None:
    items = int(rows["items"].sum())
    return float(rows[what].sum()) / items if items >= FEWEST else None
