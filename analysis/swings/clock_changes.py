"""An app's day moves by an hour against UTC where its users' clocks change, and nothing else does.

Where they live is not known here. So on the days after any clocks change, and as long as the latest
days fit the rhythm better an hour (or half of one) earlier or later, both are taken for possible.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

SHIFTS = (-1.0, -0.5, 0.5, 1.0)  # hours
LATEST = 3  # days by which a change shows, or may not show yet
GAIN = 4.0  # of the log likelihood of their items' times of day
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
SINCE_1970 = datetime(1970, 1, 1, tzinfo=UTC)


def possible(
    counted: NDArray[np.int64], week: NDArray[np.float64], first_day: int
) -> NDArray[np.bool_]:
    """Of each of n days, which of SHIFTS the rhythm may have made: (n, 4).

    counted: (LATEST + n - 1, slots), from LATEST days before the first on. week: (n, 7 * slots).
    """
    n = len(week)
    slots = week.shape[1] // 7
    days = sliding_window_view(counted, LATEST, axis=0).sum(axis=2)
    usual = np.log(week.reshape(n, 7, slots).mean(axis=1))
    now = np.einsum("ns,ns->n", days, usual)
    found = np.empty((n, len(SHIFTS)), dtype=bool)
    for place, shift in enumerate(SHIFTS):
        moved = np.roll(usual, round(shift * slots / 24), axis=1)
        found[:, place] = np.einsum("ns,ns->n", days, moved) - now > GAIN
    soon = np.array([_changed(day) for day in range(first_day - LATEST, first_day + n)])
    lately = np.asarray(sliding_window_view(soon, LATEST + 1).any(axis=1))
    return np.asarray(found | lately[:, None])


@cache
def _changed(day: int) -> bool:
    """Whether any clocks change on a UTC day, or on the day before it."""
    since = SINCE_1970 + timedelta(days=day - 1)
    until = since + timedelta(days=2)
    zones = [ZoneInfo(name) for name in ZONES]
    return any(since.astimezone(z).utcoffset() != until.astimezone(z).utcoffset() for z in zones)
