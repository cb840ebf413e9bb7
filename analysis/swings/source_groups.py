"""Which sources are compared with each other: expectation and exposure go together.

A source that begins (a feed that shows its newest 500, a store that is added later) brings no
arrivals to what all of them are judged by before it has a past of its own, and what is expected of
several rests on the days on which each of them was seen.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.swings.baseline import LEAST_SHORT, MEMORY, SHORT_GUARD

STRAY = 730  # days: a review so long before all others is one of a wrong clock


def begun(days: NDArray[np.int64], known: tuple[int, int] | None) -> tuple[int, int] | None:
    """The day on which a source began and that of its latest review; None before its first.

    days: of further reviews, sorted. known: the same of what came before them.
    """
    if not len(days):
        return known
    first, latest = known or (int(days[0]), int(days[0]))
    holes = np.flatnonzero(np.diff(days, prepend=latest) > STRAY)
    return int(days[holes[-1]]) if len(holes) else first, max(latest, int(days[-1]))


def members(seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which sources count on each of n + 1 days: those with a past of their own by then.

    seen: bool (sources, MEMORY + n), days on which a source was there and was looked at. Together
    they have enough days on which all were seen: else the source with the fewest stays out. Where
    none has a past, all count, and nothing is known.
    """
    if len(seen) == 1:
        return np.ones((1, seen.shape[1] - MEMORY + 1), dtype=bool)
    own = _past(seen)
    chosen = own >= LEAST_SHORT
    for _ in range(len(seen) - 1):
        lacking = _lacking(seen, chosen)
        if not lacking.any():
            break
        fewest = np.where(chosen, own, MEMORY + 1).argmin(axis=0)
        chosen[fewest[lacking], np.flatnonzero(lacking)] = False
    chosen[:, ~chosen.any(axis=0)] = True
    return chosen


def _lacking(seen: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Days on which the chosen have too few days in common: (n + 1,)."""
    found = np.zeros(chosen.shape[1], dtype=bool)
    patterns, which = np.unique(chosen, axis=1, return_inverse=True)
    for place, pattern in enumerate(patterns.T):
        if pattern.sum() > 1:
            here = which.reshape(-1) == place
            found[here] = _past(seen[pattern].all(axis=0)[None])[0, here] < LEAST_SHORT
    return found


def _past(seen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Days that may serve as reference before each of n + 1 days: (sources, n + 1)."""
    summed = np.zeros((len(seen), seen.shape[1] + 1), dtype=np.int64)
    np.cumsum(seen, axis=1, out=summed[:, 1:])
    days = np.arange(seen.shape[1] - MEMORY + 1)
    return summed[:, days + MEMORY - SHORT_GUARD] - summed[:, days]


def runs(chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    """Of each day, how many days in a row from it on have the same members."""
    changes = np.append((chosen[:, 1:] != chosen[:, :-1]).any(axis=0), True)
    ends = np.flatnonzero(changes)
    days = np.arange(chosen.shape[1])
    return tuple((ends[np.searchsorted(ends, days)] - days + 1).tolist())
