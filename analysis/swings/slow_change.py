"""What gets worse slowly, and what has stayed worse: told on the overview, no alarm.

A swing is measured against the last two months, so what takes longer than that becomes usual. Here
the last four weeks are held against the year before the last eight, and against half a year around
the same day of earlier years: so a level that has changed is told for as long as it lasts. Nobody
is called at night for it: real apps do get worse slowly, far more often than chance alone allows.

The share of low stars rises in two ways that mean opposite things: more people complain, or those
who praised stay away. Which of the two it is, the counts tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.swings import share
from collector.store import Store

RECENT, LEFT_OUT = 28, 28  # days; those left out are between the recent and the past
A_YEAR, SEASON = 364, 84  # days; so many on each side of the same day of an earlier year
DAYS = A_YEAR + SEASON  # without which nothing is held against a year ago
MONTHS_AGO = (12, 18, 24, 36)
ALL_DAYS = 3 * A_YEAR + SEASON
LEAST_LOW, LEAST_REVIEWS = 15, 60  # recent reviews without which nothing is said
LEAST_PAST_LOW, LEAST_BLOCKS, LEAST_IN_BLOCK = 5, 4, 5
PRIOR_BLOCKS, LEAST_RHO = 4, 0.005
A_DAY = pd.Timedelta(days=1)
LIMIT = 1e-3  # chance passes it less than once in 30 years (benchmarks.detection.slow_changes)
LIMIT_LONG_AGO = LIMIT / len(MONTHS_AGO)
GREW = 1.15  # times as many low stars a day: else it is the others that have become fewer

Change = Literal["low-more", "others-fewer"]


@dataclass(frozen=True, slots=True)
class SlowChange:
    """low of reviews in the last four weeks; usual: the share of low stars before.

    kind: what has changed. months: how long ago `usual` was; 0: in the year before. a_day, was: of
    the reviews that have changed, in the last four weeks and before.
    """

    low: int
    reviews: int
    usual: float
    kind: Change = "low-more"
    months: int = 0
    a_day: float = 0.0
    was: float = 0.0

    @property
    def share(self) -> float:
        """Share of low stars in the last four weeks."""
        return self.low / self.reviews


def slow_change(
    low: NDArray[np.int64], every: NDArray[np.int64], usable: NDArray[np.bool_]
) -> SlowChange | None:
    """What has changed, as seen at the end of the last day; None where nothing has.

    low, every: (n,), reviews with one or two stars and all rated reviews by UTC day, oldest first.
    usable: (n,), days outside of incidents. Overdispersion is measured between earlier blocks of
    four weeks and shrunk to that of single days (share.RHO_PRIOR).
    """
    held = usable[-ALL_DAYS:]
    lows, rated = (np.where(held, counts[-ALL_DAYS:], 0) for counts in (low, every))
    days = _Days(lows, rated, held)
    for months in (0, *MONTHS_AGO):
        past = _past(len(held), months)
        if past is not None:
            found = _against(days, past, months)
            if found is not None:
                return found
    return None


@dataclass(frozen=True, slots=True)
class _Days:
    low: NDArray[np.int64]
    every: NDArray[np.int64]
    usable: NDArray[np.bool_]


def _past(n: int, months: int) -> slice | None:
    """The days that the last four weeks are held against; None where there are none."""
    if months == 0:
        return slice(max(n - DAYS, 0), max(n - RECENT - LEFT_OUT, 0))
    middle = n - months * A_YEAR // 12
    return None if middle < SEASON else slice(middle - SEASON, middle + SEASON)


def _against(days: _Days, past: slice, months: int) -> SlowChange | None:
    x, m = (int(counts[-RECENT:].sum()) for counts in (days.low, days.every))
    known, of = (int(counts[past].sum()) for counts in (days.low, days.every))
    if min(m, of) < LEAST_REVIEWS or x < LEAST_LOW or known < LEAST_PAST_LOW:
        return None
    usual = (known + 0.5) / (of + 1)
    lows, sizes = (_blocks(counts[past]) for counts in (days.low, days.every))
    enough = sizes >= LEAST_IN_BLOCK
    if enough.sum() < LEAST_BLOCKS:
        return None
    rho = _scatter(lows[enough], sizes[enough], usual) + 1 / (of + 2)
    p = share.tail(np.array([x]), m, np.array([usual]), np.array([rho]))
    if p[0] >= (LIMIT_LONG_AGO if months else LIMIT):
        return None
    now = max(int(days.usable[-RECENT:].sum()), 1)
    then = max(int((days.usable[past] & (np.cumsum(days.every[past]) > 0)).sum()), 1)
    if x / now >= GREW * known / then:
        return SlowChange(x, m, usual, "low-more", months, x / now, known / then)
    return SlowChange(x, m, usual, "others-fewer", months, (m - x) / now, (of - known) / then)


def find(
    store: Store,
    app: str,
    midnight: datetime,
    swings: Sequence[tuple[datetime, datetime]],
    accepted: datetime | None = None,
) -> SlowChange | None:
    """The same from the hours that the store has counted, up to a UTC midnight.

    swings: spans whose days are left out, from onset to end. accepted: when a person took the level
    of that time for the new usual one: then nothing from more than four weeks before it counts.
    """
    since = midnight - timedelta(days=ALL_DAYS)
    counted = store.sums.low_by_day(app, since, midnight)
    day = ((counted["day"] - pd.Timestamp(since)) // A_DAY).to_numpy(np.int64)
    usable = np.ones(ALL_DAYS, dtype=bool)
    for onset, end in swings:
        first, last = ((moment - since) // timedelta(days=1) for moment in (onset, end))
        usable[max(first, 0) : max(last + 1, 0)] = False
    if accepted is not None:
        usable[: max((accepted - since).days - RECENT, 0)] = False
    lows, every = np.zeros((2, ALL_DAYS), dtype=np.int64)
    lows[day], every[day] = counted["low"], counted["rated"]
    return slow_change(lows, every, usable)


def _blocks(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    whole = len(counts) // RECENT * RECENT
    return np.asarray(counts[len(counts) - whole :].reshape(-1, RECENT).sum(axis=1))


def _scatter(low: NDArray[np.int64], of: NDArray[np.int64], usual: float) -> float:
    q = usual * (1 - usual)
    excess = ((low - of * usual) ** 2 - of * q).sum()
    raw = float(np.clip(excess / (of * (of - 1) * q).sum(), 0.0, share.RHO_MOST))
    weight = len(low) / (len(low) + PRIOR_BLOCKS)
    return max(weight * raw + (1 - weight) * share.RHO_PRIOR, LEAST_RHO)
