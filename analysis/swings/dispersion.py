"""How much an app's counts scatter beyond chance, measured on its own forecast errors.

Each day's counts are compared with what the baseline said beforehand, at three scales: six hours,
a day, and the latest week. Errors of real forecasts contain what a fit to the same days hides:
drift of the level, busy weeks, clustered hours. Moment estimate, (x - mu)^2 - mu over mu^2, with a
memory of about a year, shrunk towards a prior by its information.

A young app's dispersion is not known yet. It is taken to be larger by the standard error that time
will still remove, and no smaller than the scatter of the reference days themselves.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.swings.baseline import GUARD, MEMORY, Baselines, windows

SCALES = np.array([6.0, 24.0, 168.0])  # hours
PRIOR = np.array([0.6, 0.3, 0.25])
PRIOR_SD = 0.3
LEAST, MOST = 0.03, 4.0
KEPT = 0.5 ** (1 / 180)  # of the sums, from one day to the next
LEAST_ITEMS = 5.0  # items in the reference under which a forecast says nothing
INDEPENDENT = np.array([1.0, 1.0, 1 / 7])  # weeks overlap
LASTING = 1 / (1 - KEPT)  # days that the memory is worth in the long run
A_DAY = np.array([4, 1, 1])  # forecasts, by scale
YOUNG = 56.0  # forecasts of a day, under which the reference's own scatter counts too


def move(
    hourly: NDArray[np.int64],
    usable: NDArray[np.bool_],
    bases: Baselines,
    first_day: int,
    errors: NDArray[np.float64],
    followed: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Forecast errors at the start of each of n + 1 days: (n + 1, 1 + GUARD, 3, 3).

    hourly: (MEMORY + n, 24), usable: (MEMORY + n,), today's included.  errors: (1 + GUARD, 3, 3),
    by scale (x - mu)^2 - mu, mu^2 and the number of terms: first their sums, then those of the
    latest days, which a slow start may have touched. followed: (n,), as for `accumulate`.
    """
    return accumulate(_terms(hourly, usable, bases, first_day), errors, followed)


def accumulate(
    terms: NDArray[np.float64],
    errors: NDArray[np.float64],
    followed: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Errors at the start of each of n + 1 days: terms (n, ...), errors (1 + GUARD, ...).

    followed: bool (n,); days on which it is False leave the errors as they are. None: all days.
    """
    if followed is not None and not followed.all():
        place = np.concatenate([[0], np.cumsum(followed)])
        return np.asarray(accumulate(terms[followed], errors)[place])
    waiting = np.concatenate([errors[1:], terms])
    moved = np.empty((len(terms) + 1, *errors.shape))
    moved[0] = errors
    for i in range(len(terms)):  # one after the other: the same rounding however days are cut
        moved[i + 1, 0] = KEPT * moved[i, 0] + waiting[i]
        moved[i + 1, 1:] = waiting[i + 1 : i + 1 + GUARD]
    return moved


def known_so_far(sums: NDArray[np.float64], bases: Baselines) -> NDArray[np.float64]:
    """Dispersion by scale from the sums of (n, 3, 3) forecast errors: (n, 3)."""
    excess, squares, terms = sums[:, :, 0], sums[:, :, 1], sums[:, :, 2]
    raw = np.clip(excess / np.maximum(squares, 1e-9), 0.0, MOST)
    typical = np.sqrt(squares / np.maximum(terms, 1e-9))
    information = INDEPENDENT * squares / (2 * (1 + np.maximum(raw, LEAST) * typical) ** 2)
    prior = 1 / PRIOR_SD**2
    weight = information / (information + prior)
    phi = weight * raw + (1 - weight) * PRIOR
    young = terms[:, 1:2] < YOUNG
    phi = np.where(young, np.maximum(phi, bases.phi[:, None]), phi)
    mean = bases.level[:, None] * SCALES / 24
    lasting = INDEPENDENT * A_DAY * LASTING * mean**2 / (2 * (1 + phi * mean) ** 2)
    phi = phi + error_to_come(information, lasting, prior)
    return np.asarray(np.clip(phi, LEAST, MOST))


def error_to_come(
    information: NDArray[np.float64], lasting: NDArray[np.float64], prior: float
) -> NDArray[np.float64]:
    """How much of an estimate's standard error time will still remove.

    information: what it rests on now; lasting: what the memory will hold in the long run; prior:
    1/variance of the prior. What remains in the long run is in the thresholds.
    """
    later = np.maximum(lasting, information)
    return np.asarray(1 / np.sqrt(information + prior) - 1 / np.sqrt(later + prior))


def _terms(
    hourly: NDArray[np.int64], usable: NDArray[np.bool_], bases: Baselines, first_day: int
) -> NDArray[np.float64]:
    """What each day adds to the sums: (n, 3, 3)."""
    n = len(bases.level)
    weekday = (first_day + np.arange(n)) % 7
    week = bases.week.reshape(n, 7, -1)
    blocks = week[np.arange(n), weekday].reshape(n, 4, -1).sum(axis=2)
    six = (bases.level / week.shape[2])[:, None] * blocks
    seen = hourly[MEMORY:].reshape(n, 4, 6).sum(axis=2)
    daily = hourly.sum(axis=1)
    latest = windows(daily[MEMORY - 6 :], 7).sum(axis=1)
    good = bases.known & (bases.items >= LEAST_ITEMS) & usable[MEMORY:]
    whole = good & windows(usable[MEMORY - 6 :], 7).all(axis=1)
    terms = np.zeros((n, 3, 3))
    _add(terms[:, 0], seen, six, good)
    _add(terms[:, 1], daily[MEMORY:, None], six.sum(axis=1)[:, None], good)
    _add(terms[:, 2], latest[:, None], 7 * bases.level[:, None], whole)
    return terms


def _add(
    terms: NDArray[np.float64],
    seen: NDArray[np.int64],
    mean: NDArray[np.float64],
    good: NDArray[np.bool_],
) -> None:
    """Counts far outside are clipped, so that an unnoticed event does not pass for scatter."""
    x = np.minimum(seen, mean + 4 * np.sqrt(mean + mean**2) + 3)
    terms[good, 0] = ((x - mean) ** 2 - mean).sum(axis=1)[good]
    terms[good, 1] = (mean**2).sum(axis=1)[good]
    terms[good, 2] = mean.shape[1]
