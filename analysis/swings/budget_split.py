"""How the app's one budget of false alarms is split over its detectors.

Each detector has a weight; those that have something to look at share the budget in proportion, so
that an app with ten reviews a month spends all of it on low stars.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.swings.baseline import MEMORY, windows
from analysis.swings.further import further
from analysis.swings.history import POSTS, RATINGS, REVIEWS
from analysis.swings.streams import SEEN, Days

WEIGHTS = {"negative": 0.6, "share": 0.2, "positive": 0.08, RATINGS: 0.08, POSTS: 0.04}
FROM = {"positive": 0.5, "share": 3.0, RATINGS: 0.05, POSTS: 0.05}  # items a day to be of use
STREAM = {"positive": "positive", "share": REVIEWS, RATINGS: RATINGS, POSTS: POSTS}
SHARE_FULLY = 20.0  # reviews a day from which the share has its whole weight
MOST_LOW = 0.35  # of all reviews: where low stars are usual, their share tells no more than counts
BY_SOURCE = 0.5  # part of the negative budget that goes to single sources where there are several


def parts(days: Days, day: int, n: int) -> dict[str, NDArray[np.float64]]:
    """Each detector's part of the budget on n days from `day` on: float64 (n,), together 1.

    Known at the start of each day: it depends on what the MEMORY days before held. The stores'
    single sources have names like "negative/app_store".
    """
    weights = {"negative": np.full(n, WEIGHTS["negative"])}
    for name, least in FROM.items():
        enough = _daily(days, STREAM[name], day, n) >= least
        weights[name] = np.where(enough, WEIGHTS[name], 0.0)
    for each in further():
        enough = _daily(days, each.stream, day, n) >= each.least
        weights[each.name] = np.where(enough, each.weight, 0.0)
    low, every = (_daily(days, name, day, n) for name in ("negative", REVIEWS))
    fully = np.clip(every / SHARE_FULLY, 0.1, 1.0)  # with few reviews a day it can spend little
    weights["share"] *= np.where(low < MOST_LOW * every, fully, 0.0)
    total = np.sum(list(weights.values()), axis=0)
    found = {name: weight / total for name, weight in weights.items()}
    if len(days.sources) > 1:
        active = {
            s: (_daily(days, f"reviews/{s}", day, n) > 0) & _apart(days, s, day, n)
            for s in days.sources
        }
        many = np.sum(list(active.values()), axis=0)
        to_sources = np.where(many > 1, BY_SOURCE * found["negative"], 0.0)
        found["negative"] = found["negative"] - to_sources
        for source, here in active.items():
            found[f"negative/{source}"] = np.where(here, to_sources / np.maximum(many, 1), 0.0)
    return found


def _apart(days: Days, source: str, day: int, n: int) -> NDArray[np.bool_]:
    """Whether a source is judged by itself on n days: a part of one (see source_parts) only where
    the MEMORY days before hold some on which it was not there and the whole was."""
    whole = source.partition("/")[0]
    if whole == source or whole not in days.exposure:
        return np.ones(n, dtype=bool)
    lacks = (days.exposure[source] < SEEN) & (days.exposure[whole] >= SEEN)
    offset = day - days.first
    return np.asarray(windows(lacks[offset : offset + MEMORY + n - 1].astype(np.int64)).any(axis=1))


def _daily(days: Days, name: str, day: int, n: int) -> NDArray[np.float64]:
    offset = day - days.first
    daily = days.streams[name].hourly[offset : offset + MEMORY + n - 1].sum(axis=1)
    return np.asarray(windows(daily).sum(axis=1) / MEMORY)
