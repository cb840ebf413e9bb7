"""Small histories with known truth."""

import numpy as np
from numpy.typing import NDArray

from analysis.swings import History
from analysis.swings.history import DAY, HOUR

START = 18_000 * DAY  # some UTC midnight
NO_SPANS = np.empty((0, 2), dtype=np.int64)


def history(
    parts: list[tuple[NDArray[np.int64], int]],
    *,
    gaps: NDArray[np.int64] = NO_SPANS,
    truncated: NDArray[np.int64] = NO_SPANS,
) -> History:
    """parts: arrival times and their stars; one source."""
    at = np.concatenate([times for times, _ in parts]) if parts else np.empty(0, np.int64)
    stars = np.concatenate(
        [np.full(len(t), s, np.int8) for t, s in parts] or [np.empty(0, np.int8)]
    )
    order = np.argsort(at, kind="stable")
    n = len(at)
    none = np.zeros(n, dtype=np.int16), np.zeros(n, dtype=bool)
    return History(at[order], stars[order], *none, ("store",), gaps, truncated)


def arrivals(
    rng: np.random.Generator, per_day: float, days: float, since: int = START
) -> NDArray[np.int64]:
    """Poisson arrivals at random moments."""
    n = rng.poisson(per_day * days)
    return np.sort(since + (rng.random(n) * days * DAY).astype(np.int64))


def flood(rng: np.random.Generator, n: int, hours: float, since: int) -> NDArray[np.int64]:
    """n arrivals within some hours, the first at once."""
    times = np.sort(since + (rng.random(n) * hours * HOUR).astype(np.int64))
    times[:1] = since + 1  # not a full hour: that would pass for a date without a time
    return times
