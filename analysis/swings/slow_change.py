"""A slow rise of the share of low stars: told on the overview, no alarm.

A swing is measured against the last two months, so what takes longer than that becomes usual. Here
the last four weeks are held against the year before the last eight. Nobody is called at night
for it: real apps do get worse slowly, far more often than chance alone allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.swings import share
from collector.store import Store

RECENT, LEFT_OUT, DAYS = 28, 28, 448  # days; those left out are between the recent and the past
LEAST_LOW, LEAST_REVIEWS = 15, 60  # recent reviews without which nothing is said
LEAST_PAST_LOW, LEAST_BLOCKS, LEAST_IN_BLOCK = 5, 4, 5
PRIOR_BLOCKS, LEAST_RHO = 4, 0.005
A_DAY = pd.Timedelta(days=1)
LIMIT = 1e-3  # chance passes it less than once in 30 years (benchmarks.detection.slow_changes)


@dataclass(frozen=True, slots=True)
class SlowChange:
    """low of reviews in the last four weeks; usual: the share of low stars in the year before."""

    low: int
    reviews: int
    usual: float

    @property
    def share(self) -> float:
        """Share of low stars in the last four weeks."""
        return self.low / self.reviews


def slow_change(
    low: NDArray[np.int64], every: NDArray[np.int64], usable: NDArray[np.bool_]
) -> SlowChange | None:
    """What has risen slowly, as seen at the end of the last day; None where nothing has.

    low, every: (n,), reviews with one or two stars and all rated reviews by UTC day, oldest first.
    usable: (n,), days outside of incidents. Overdispersion is measured between earlier blocks of
    four weeks and shrunk to that of single days (share.RHO_PRIOR).
    """
    low, every = np.where(usable, low, 0)[-DAYS:], np.where(usable, every, 0)[-DAYS:]
    x, m = int(low[-RECENT:].sum()), int(every[-RECENT:].sum())
    past = slice(None, -RECENT - LEFT_OUT)
    known, of = int(low[past].sum()), int(every[past].sum())
    if min(m, of) < LEAST_REVIEWS or x < LEAST_LOW or known < LEAST_PAST_LOW:
        return None
    usual = (known + 0.5) / (of + 1)
    lows, sizes = (_blocks(counts[past]) for counts in (low, every))
    enough = sizes >= LEAST_IN_BLOCK
    if enough.sum() < LEAST_BLOCKS:
        return None
    rho = _scatter(lows[enough], sizes[enough], usual) + 1 / (of + 2)
    p = share.tail(np.array([x]), m, np.array([usual]), np.array([rho]))
    return SlowChange(x, m, usual) if p[0] < LIMIT else None


def find(
    store: Store, app: str, midnight: datetime, swings: Sequence[tuple[datetime, datetime]]
) -> SlowChange | None:
    """The same from the hours that the store has counted, up to a UTC midnight.

    swings: spans whose days are left out, from onset to end.
    """
    since = midnight - timedelta(days=DAYS)
    counted = store.sums.low_by_day(app, since, midnight)
    day = ((counted["day"] - pd.Timestamp(since)) // A_DAY).to_numpy(np.int64)
    usable = np.ones(DAYS, dtype=bool)
    for onset, end in swings:
        first, last = ((moment - since) // timedelta(days=1) for moment in (onset, end))
        usable[max(first, 0) : max(last + 1, 0)] = False
    lows, every = np.zeros((2, DAYS), dtype=np.int64)
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
