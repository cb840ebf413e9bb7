"""An app's usual rate: level, dispersion and weekly rhythm, from its own quiet past.

Days far above the level are clipped, so that an unnoticed bump does not raise the baseline (after
Noufaily et al. 2013, who weigh such days down). Every function works on many days at once.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)
DAYS = 56  # length of the reference
GUARD = 7  # latest days left out of it: a slow start must not raise its own baseline
LEAST_DAYS = 14
SHORT_GUARD = 3  # while the history is too young for the above
LEAST_SHORT = 7
MEMORY = DAYS + GUARD
PHI_PRIOR, PHI_LEAST, PHI_MOST = 0.3, 0.03, 3.0
RHYTHM_ITEMS = 60.0  # pseudo-items that pull hour and weekday profiles to flat
QUARTER_ITEMS = 40.0  # and the quarters of each hour: as steep as the app's own where it is busy
RECENT = 21  # the second, short reference: days before the guard
DROP = 3.5  # standard errors by which the level must have fallen for the short one to be taken


@dataclass(frozen=True, slots=True)
class Baselines:
    """The usual rate as known at the start of each of n days.

    known: bool (n,), False where the past is too short.  level: items a day.
    phi: variance of a day's count = level + phi level^2.  items, days: what it rests on.
    week: float64 (n, 7 * slots), relative rate in each slot of the week, mean 1, from Thursday
    00:00 UTC (1970 began on a Thursday); as many slots a day as the counts it was fitted to have.
    timed: share of items that carry a time of day, not just a date.
    chosen: bool (n, MEMORY), the reference days.
    """

    known: NDArray[np.bool_]
    level: NDArray[np.float64]
    phi: NDArray[np.float64]
    items: NDArray[np.float64]
    days: NDArray[np.float64]
    week: NDArray[np.float64]
    timed: NDArray[np.float64]
    chosen: NDArray[np.bool_]


def fit(
    counted: NDArray[np.int64],
    dated: NDArray[np.int64],
    exposure: NDArray[np.float64],
    usable: NDArray[np.bool_],
    first_day: int,
) -> Baselines:
    """Baselines of n consecutive days from the MEMORY days before each.

    counted: (MEMORY + n - 1, slots) counts by hour or quarter of an hour, oldest first; the last
    row is the day before the last day.
    dated: items of a day that carry only a date. exposure: share of the day that was looked at.
    usable: False for days before the history, inside an episode, or mostly unseen.
    first_day: number of the first of the n days since 1970.
    """
    daily = counted.sum(axis=1)
    counts = windows(daily / np.maximum(exposure, 0.5))
    chosen = _without_the_fallen(counts, _reference(windows(usable)))
    days = chosen.sum(axis=1)
    known = days >= LEAST_SHORT
    level, phi = level_and_dispersion(counts, chosen)
    items = np.einsum("nd,nd->n", chosen, windows(daily))
    only_dates = np.einsum("nd,nd->n", chosen, windows(dated))
    return Baselines(
        known=known,
        level=level,
        phi=phi,
        items=items.astype(np.float64),
        days=(chosen * windows(exposure)).sum(axis=1),
        week=_week(counted, dated, daily, chosen, phi, first_day),
        timed=1.0 - only_dates / np.maximum(items, 1),
        chosen=chosen,
    )


def level_and_dispersion(
    counts: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Robust mean and shrunken moment dispersion of daily counts: (n, d) -> (n,), (n,)."""
    n = np.maximum(chosen.sum(axis=1), 1)
    ordered = np.sort(np.where(chosen, counts, np.inf), axis=1)
    lower = np.cumsum(np.where(np.isfinite(ordered), ordered, 0.0), axis=1)
    quarters = np.maximum((3 * n + 3) // 4, 1)
    level = lower[np.arange(len(n)), quarters - 1] / quarters
    phi = np.full(len(n), PHI_PRIOR)
    kept = np.where(chosen, counts, 0.0)
    for _ in range(5):
        before = level, phi
        roof = level + 3 * np.sqrt(level + phi * level**2) + 1
        clipped = np.minimum(kept, roof[:, None])
        total = clipped.sum(axis=1)
        level = total / n
        squares = (clipped * clipped).sum(axis=1) - total * level
        raw = (squares - total) / np.maximum(n * level**2, 1e-9)
        information = n * level**2 / (2 * (1 + np.maximum(raw, 0.0) * level) ** 2)
        weight = information / (information + 1 / PHI_PRIOR**2)
        phi = np.clip(weight * raw + (1 - weight) * PHI_PRIOR, PHI_LEAST, PHI_MOST)
        if (level == before[0]).all() and (phi == before[1]).all():
            break  # the same for ever
    return np.maximum(level, 0.5 / n), phi


def windows(days: NDArray[T], length: int = MEMORY) -> NDArray[T]:
    """Every `length` days in a row: (m,) -> (m - length + 1, length)."""
    return days[None] if len(days) == length else sliding_window_view(days, length)


def _reference(usable: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Up to DAYS days before the guard; with a shorter guard while there are too few."""
    long, short = usable.astype(bool), usable.astype(bool)
    long[:, MEMORY - GUARD :] = False
    short[:, MEMORY - SHORT_GUARD :] = False
    young = long.sum(axis=1) < LEAST_DAYS
    return np.where(young[:, None], short, long)


def _without_the_fallen(
    counts: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Drops the older reference days where the level has clearly fallen since.

    A history that begins inside a flood, or a decaying launch, would otherwise hide what follows.
    """
    late = chosen.copy()
    late[:, : MEMORY - GUARD - RECENT] = False
    early = chosen & ~late
    n_late, n_early = late.sum(axis=1), early.sum(axis=1)
    now = (counts * late).sum(axis=1) / np.maximum(n_late, 1)
    before = (counts * early).sum(axis=1) / np.maximum(n_early, 1)

    def fell_beyond(scatter: NDArray[np.float64] | float) -> NDArray[np.bool_]:
        spread = before + scatter * before**2
        error = np.sqrt(spread / np.maximum(n_early, 1) + spread / np.maximum(n_late, 1))
        return np.asarray(before - now > DROP * error)

    fell = (n_late >= LEAST_SHORT) & (n_early >= LEAST_SHORT) & fell_beyond(PHI_PRIOR)
    if fell.any():  # else no larger scatter makes it so
        scatter = np.full(len(fell), PHI_PRIOR)
        phi = level_and_dispersion(counts[fell], late[fell])[1]
        scatter[fell] = np.maximum(phi, PHI_PRIOR)
        fell &= fell_beyond(scatter)
    return np.where(fell[:, None], late, chosen)


def _week(
    counted: NDArray[np.int64],
    dated: NDArray[np.int64],
    daily: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    phi: NDArray[np.float64],
    first_day: int,
) -> NDArray[np.float64]:
    """Time-of-day times weekday profile, each shrunk to flat.

    Days that scatter say less about their weekday: an item of theirs counts 1 / (1 + phi mean).
    """
    n = len(chosen)
    mask = chosen.astype(np.float64)
    slots = _times_of_day(counted, dated, mask)
    weekday = (first_day - MEMORY + np.arange(len(daily))) % 7
    is_day = np.eye(7)[weekday]
    items = np.einsum("nd,ndk->nk", mask, _windows_of(is_day * daily[:, None]))
    seen = np.einsum("nd,ndk->nk", mask, _windows_of(is_day))
    mean = items.sum(axis=1, keepdims=True) / np.maximum(seen.sum(axis=1, keepdims=True), 1)
    worth = 1 / (1 + phi[:, None] * mean)
    weekdays = (items * worth + RHYTHM_ITEMS / 7) / (seen * mean * worth + RHYTHM_ITEMS / 7)
    week = (weekdays[:, :, None] * slots[:, None, :]).reshape(n, -1)
    return np.asarray(week / week.mean(axis=1, keepdims=True))


def _times_of_day(
    counted: NDArray[np.int64], dated: NDArray[np.int64], mask: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share of a day's items in each of its slots, by hour and then within the hour: (n, slots)."""
    timed = counted.astype(np.float64)
    timed[:, 0] -= dated  # a date without a time is stamped 00:00
    timed = np.maximum(timed, 0)
    n, slots = len(mask), timed.shape[1]
    by_slot = np.empty((n, slots))
    for i in range(n):
        by_slot[i] = mask[i] @ timed[i : i + MEMORY]
    parts = by_slot.reshape(n, 24, -1)
    by_hour = parts.sum(axis=2)
    hours = (by_hour + RHYTHM_ITEMS / 24) / (by_hour.sum(axis=1, keepdims=True) + RHYTHM_ITEMS)
    if slots == 24:
        return np.asarray(hours)
    inside = (parts + QUARTER_ITEMS * 24 / slots) / (by_hour + QUARTER_ITEMS)[:, :, None]
    return np.asarray((hours[:, :, None] * inside).reshape(n, slots))


def _windows_of(table: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(table) == MEMORY:
        return table[None]
    return sliding_window_view(table, MEMORY, axis=0).transpose(0, 2, 1)
