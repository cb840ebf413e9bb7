"""An app's usual rate: level, dispersion and weekly rhythm, from its own quiet past.

Robust mean and moment estimate of the dispersion after Noufaily et al. (2013) in spirit: days far
above the level are clipped, so that an unnoticed bump does not raise the baseline.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAYS = 56  # length of the reference
GUARD = 7  # latest days left out of it: a slow start must not raise its own baseline
LEAST_DAYS = 14
SHORT_GUARD = 3  # for a history younger than DAYS of reference
LEAST_SHORT = 7
MEMORY = DAYS + GUARD
PHI_PRIOR, PHI_LEAST, PHI_MOST = 0.3, 0.03, 3.0
RHYTHM_ITEMS = 60.0  # pseudo-items that pull hour and weekday profiles to flat
DROP = 4.0  # a recent level this many standard errors under the earlier one replaces it
RECENT = 21


@dataclass(frozen=True, slots=True)
class Baseline:
    """level: items a day; phi: variance = level + phi level^2; items over days: what it rests on.

    week: float64 (168,), relative rate of each hour of the week, mean 1, Thursday 00:00 first
    (1970 began on a Thursday). timed: share of items with a time of day, not just a date.
    """

    level: float
    phi: float
    items: float
    days: float
    week: NDArray[np.float64]
    timed: float


def fit(
    hourly: NDArray[np.int64],
    dated: NDArray[np.int64],
    covered: NDArray[np.float64],
    usable: NDArray[np.bool_],
    today: int,
) -> Baseline | None:
    """The baseline for day `today`, or None where the past is too short.

    hourly: (MEMORY, 24) counts of the days before today, oldest first.
    dated: (MEMORY,) items of the day that carry only a date. covered: (MEMORY, 24), 0 to 1.
    usable: (MEMORY,) False for days before the history, inside an incident, or mostly unseen.
    """
    chosen = _reference(usable)
    if chosen is None:
        return None
    exposure = covered.mean(axis=1)
    daily = hourly.sum(axis=1) / np.maximum(exposure, 0.5)
    chosen = _lower_if_it_fell(daily, chosen)
    counts = daily[chosen]
    level, phi = level_and_dispersion(counts)
    total = float(hourly[chosen].sum())
    week = _week(hourly[chosen], dated[chosen], np.flatnonzero(chosen) + today - MEMORY)
    timed = 1.0 - float(dated[chosen].sum()) / total if total else 1.0
    return Baseline(level, phi, total, float(exposure[chosen].sum()), week, timed)


def level_and_dispersion(counts: NDArray[np.float64]) -> tuple[float, float]:
    """Robust mean and shrunken moment dispersion of daily counts: float64 (n,)."""
    n = len(counts)
    ordered = np.sort(counts)
    level = float(ordered[: max(1, (3 * n + 3) // 4)].mean())
    phi = PHI_PRIOR
    for _ in range(5):
        clipped = np.minimum(counts, level + 3 * np.sqrt(level + phi * level**2) + 1)
        level = float(clipped.mean())
        raw = float(((clipped - level) ** 2 - level).sum()) / max(n * level**2, 1e-9)
        information = n * level**2 / (2 * (1 + max(raw, 0.0) * level) ** 2)
        weight = information / (information + 1 / PHI_PRIOR**2)
        phi = min(max(weight * raw + (1 - weight) * PHI_PRIOR, PHI_LEAST), PHI_MOST)
    return max(level, 0.5 / n), phi


def _reference(usable: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    for guard, least in ((GUARD, LEAST_DAYS), (SHORT_GUARD, LEAST_SHORT)):
        chosen = usable.copy()
        chosen[len(usable) - guard :] = False
        if chosen.sum() >= least:
            return chosen
    return None


def _lower_if_it_fell(daily: NDArray[np.float64], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Only the recent part of the reference, where the level has clearly dropped to it."""
    late = chosen.copy()
    late[: len(chosen) - GUARD - RECENT] = False
    early = chosen & ~late
    if late.sum() < LEAST_DAYS or early.sum() < LEAST_SHORT:
        return chosen
    was, is_now = daily[early], daily[late]
    spread = was.mean() + 0.3 * was.mean() ** 2
    error = np.sqrt(spread / len(was) + spread / len(is_now))
    return late if was.mean() - is_now.mean() > DROP * error else chosen


def _week(
    hourly: NDArray[np.int64], dated: NDArray[np.int64], days: NDArray[np.int64]
) -> NDArray[np.float64]:
    timed = hourly.astype(np.float64)
    timed[:, 0] -= dated  # items with only a date are stamped at some full hour, nearly always 0
    timed = np.maximum(timed, 0)
    by_hour = timed.sum(axis=0)
    hours = (by_hour + RHYTHM_ITEMS / 24) / (by_hour.sum() + RHYTHM_ITEMS) * 24
    per_weekday = np.bincount(days % 7, weights=hourly.sum(axis=1), minlength=7)
    seen = np.bincount(days % 7, minlength=7)
    mean = hourly.sum() / max(len(days), 1)
    weekdays = (per_weekday + RHYTHM_ITEMS / 7) / np.maximum(seen * mean + RHYTHM_ITEMS / 7, 1e-9)
    week = (weekdays[:, None] * hours[None, :]).ravel()
    return np.asarray(week / week.mean())
