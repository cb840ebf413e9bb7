"""Simulated quiet apps, and the score above which a detector alarms on them as often as it may."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.research.own_detectors import Detector, Scores
from analysis.swings.history import DAY

Rule = Callable[[NDArray[np.int64], int, int], Scores]
LEVELS, DISPERSIONS = (0.3, 1.0, 3.0, 10.0), (0.1, 0.3, 0.6)  # items a day; of a gamma-Poisson
WEEKDAY = np.array([1.05, 1.0, 0.85, 0.8, 1.1, 1.1, 1.1])
HOURS = 1 + 0.8 * np.sin(2 * np.pi * (np.arange(24) - 9) / 24)
FIRST_DAY, YEARS, SEED = 10_000, 40, 77
APART = 10 * DAY  # an alarm within 3 + 7 days of the last hot arrival is the same event
HIGHEST = 60.0
HALVINGS = 30


def arrivals(
    rng: np.random.Generator, level: float, phi: float, first_day: int, n: int
) -> NDArray[np.int64]:
    """Sorted arrival times of n days in which nothing happens, microseconds."""
    weekday = WEEKDAY[(first_day + np.arange(n)) % 7]
    mean = level * weekday / WEEKDAY.mean() * rng.gamma(1 / phi, phi, n)
    day = np.repeat(np.arange(n), rng.poisson(mean))
    edges = np.concatenate([[0], np.cumsum(HOURS) / HOURS.sum()])
    within = np.interp(rng.random(len(day)), edges, np.arange(25) / 24)
    return np.sort(((first_day + day + within) * DAY).astype(np.int64))


def openings(scores: Scores, threshold: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Alarms above a threshold, at most one a day, and those of them that come after APART
    without."""
    at = scores[0][scores[1] > threshold]
    sent = at[np.concatenate([[True], np.diff(at // DAY) > 0])] if len(at) else at
    opened = sent[np.concatenate([[True], np.diff(sent) > APART])] if len(sent) else sent
    return sent, opened


def tune(
    rule: Rule, per_year: float, *, years: int = YEARS, seed: int = SEED
) -> tuple[float, float]:
    """The threshold at which a rule raises as many alarms a year as it may, and how many it does.

    Over streams of LEVELS and DISPERSIONS, `years` of each.
    """
    scored = [
        rule(_stream(seed, i, j, years), FIRST_DAY, years * 365)
        for i in range(len(LEVELS))
        for j in range(len(DISPERSIONS))
    ]

    def rate(threshold: float) -> float:
        found = sum(len(openings(one, threshold)[1]) for one in scored)
        return found / (years * len(scored))

    low, high = 0.0, HIGHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rate(middle) > per_year else (low, middle)
    return high, rate(high)


def threshold_of(detector: Detector, per_year: float) -> float:
    """The score above which a detector of one's own alarms."""
    kind = type(detector)
    return _threshold(kind, repr(sorted(vars(detector).items())), per_year, _Held(detector))


class _Held:
    """A detector beside what it is remembered by: two like ones are equal here."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _threshold(kind: type, settings: str, per_year: float, held: _Held) -> float:  # noqa: ARG001
    return tune(held.detector.scores, per_year)[0]


def _stream(seed: int, i: int, j: int, years: int) -> NDArray[np.int64]:
    rng = np.random.default_rng([seed, i, j])
    return arrivals(rng, LEVELS[i], DISPERSIONS[j], FIRST_DAY, years * 365)
