"""A history that begins with a surge: a launch, or an event whose start was not seen. No alarm."""

import numpy as np

from analysis.swings.baseline import MEMORY
from analysis.swings.burst_end import Burst, Rise, Usual
from analysis.swings.episodes import Episode
from analysis.swings.history import DAY, HOUR, REVIEWS
from analysis.swings.streams import DIRECTIONS, Days

KNOWN_AFTER = 28  # days after the first review at which the surge can be told from the usual
SURGE = 7  # days
TIMES = 3.0  # the surge against the level of days 14 to 27
LEAST_ITEMS = 30


def find(first_day: int, days: Days) -> Episode | None:
    """The surge that the history begins with, once it is KNOWN_AFTER days old."""
    known = first_day + KNOWN_AFTER
    if not days.first < known <= days.first + days.n:
        return None
    row = first_day - days.first + MEMORY
    reviews = days.hourly_of(REVIEWS, known)
    daily = reviews[row : row + KNOWN_AFTER].sum(axis=1)
    surge, usual = daily[:SURGE], max(float(daily[14:].mean()), 0.05)
    if surge.sum() < LEAST_ITEMS or surge.mean() < TIMES * usual:
        return None
    lasted = int(np.argmax(daily < 2 * usual)) if (daily < 2 * usual).any() else KNOWN_AFTER
    lasted = max(lasted, 1)
    hours = reviews[row : row + lasted].ravel()
    begin = first_day * 24 + int(np.argmax(hours > 0))
    low = {d: int(days.hourly_of(d, known)[row : row + lasted].sum()) for d in DIRECTIONS}
    mixed = min(low.values()) > 0.5 * max(low.values())
    end, items = (first_day + lasted) * DAY, int(daily[:lasted].sum())
    rise = Rise(begin * HOUR, end, items, items)
    burst = Burst(begin * HOUR, Usual(usual, 0.0, []), rise)
    burst.settled = (usual * lasted, 0.0)
    return Episode(
        direction="mixed" if mixed else max(low, key=lambda d: low[d]),
        alarmed=known * DAY,
        recurrence_days=0.0,
        detector="launch",
        window_hours=24.0 * SURGE,
        burst=burst,
        reported=[],
        peak=(first_day * 24 + int(hours.argmax())) * HOUR,
        counted_until=end,
        peak_items=int(hours.max()),
        launch=True,
        closed=known * DAY,
        done=True,
    )
