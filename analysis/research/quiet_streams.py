"""Simulated quiet apps, and the score above which a detector alarms on them as often as it may."""

import itertools
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.research.own_detectors import Detector, Scores
from analysis.swings.history import DAY
from collector.errors import ContractError

Rule = Callable[[NDArray[np.int64], int, int], Scores]
LEVELS, DISPERSIONS = (0.3, 1.0, 3.0, 10.0), (0.1, 0.3, 0.6)  # items a day; of a gamma-Poisson
WEEKDAY = np.array([1.05, 1.0, 0.85, 0.8, 1.1, 1.1, 1.1])
HOURS = 1 + 0.8 * np.sin(2 * np.pi * (np.arange(24) - 9) / 24)
FIRST_DAY, YEARS, SEED = 10_000, 40, 77
APART = 10 * DAY  # an alarm within 3 + 7 days of the last hot arrival is the same event


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
    quiet = Quiet.of(rule, years, seed)
    threshold = quiet.threshold(per_year)
    return threshold, quiet.rate(threshold)


@dataclass(frozen=True, slots=True)
class Quiet:
    """What a rule says of the streams. levels: every score that it gives, float64 ascending."""

    scored: tuple[Scores, ...]
    levels: NDArray[np.float64]
    years: int

    @classmethod
    def of(cls, rule: Rule, years: int, seed: int) -> "Quiet":
        """A rule's scores. Raises ContractError where it gives none."""
        streams = itertools.product(range(len(LEVELS)), range(len(DISPERSIONS)))
        scored = tuple(rule(_stream(seed, i, j, years), FIRST_DAY, years * 365) for i, j in streams)
        levels = np.unique(np.concatenate([np.asarray(one[1], np.float64) for one in scored]))
        levels = levels[~np.isnan(levels)]
        if not len(levels):
            raise ContractError("scores: none is given on quiet apps, so no alarm can be set by it")
        return cls(scored, levels, years)

    def rate(self, threshold: float) -> float:
        """Alarms a year above a threshold."""
        found = sum(len(openings(one, threshold)[1]) for one in self.scored)
        return found / (self.years * len(self.scored))

    def threshold(self, per_year: float) -> float:
        """The least of the scores above which alarms are no more than they may be.

        Looked for from the top: so low that every day alarms, alarms are few again, as one.
        """
        levels = self.levels[::-1]
        fits, step = 0, 1
        while fits + step < len(levels) and self.rate(float(levels[fits + step])) <= per_year:
            fits, step = fits + step, 2 * step
        fails = min(fits + step, len(levels))
        while fails - fits > 1:
            middle = (fits + fails) // 2
            fit = self.rate(float(levels[middle])) <= per_year
            fits, fails = (middle, fails) if fit else (fits, middle)
        return float(levels[fits])

    def can_alarm(self, threshold: float, per_year: float) -> bool:
        """Whether the threshold lies below scores of quiet apps, where the budget allows any."""
        none_allowed = per_year * self.years * len(self.scored) < 1
        return none_allowed or len(self.levels) == 1 or threshold < self.levels[-1]


def threshold_of(detector: Detector, per_year: float) -> float:
    """The score above which a detector alarms. Raises ContractError where none fits."""
    kind = type(detector)
    try:
        settings = pickle.dumps(sorted(vars(detector).items()))
    except (pickle.PicklingError, TypeError, AttributeError):
        return _fitting(detector, per_year)  # nothing to know it by
    return _threshold(kind, settings, per_year, _Held(detector))


def _fitting(detector: Detector, per_year: float) -> float:
    quiet = Quiet.of(detector.scores, YEARS, SEED)
    threshold = quiet.threshold(per_year)
    if not quiet.can_alarm(threshold, per_year):
        raise ContractError(
            f"{detector.name}: its highest score, {threshold:g}, comes too often on quiet apps for "
            f"{per_year:g} false alarms a year"
        )
    return threshold


class _Held:
    """A detector beside what it is remembered by: two like ones are equal here."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _threshold(kind: type, settings: bytes, per_year: float, held: _Held) -> float:  # noqa: ARG001
    return _fitting(held.detector, per_year)


def _stream(seed: int, i: int, j: int, years: int) -> NDArray[np.int64]:
    rng = np.random.default_rng([seed, i, j])
    return arrivals(rng, LEVELS[i], DISPERSIONS[j], FIRST_DAY, years * 365)
