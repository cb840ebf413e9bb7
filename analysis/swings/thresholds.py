"""How small a score must be so that chance alone raises an alarm only so often.

A score is a p-value times the looks that its window offers (scan.LOOKS, share.LOOKS). The smallest
score of a year depends on how many arrivals look (the level) and on how they cluster (the
dispersion). The thresholds are found by simulation of the null
(`python -m benchmarks.calibrate.thresholds --table`) and read here from thresholds.csv.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

DAYS_A_YEAR = 365.25
LEAST, MOST = 1e-12, 3e-2
DETECTORS = ("count", "praise", "share")
FLATTEST = 0.5  # least rise of log score with log rate


@dataclass(frozen=True, slots=True)
class RecurrenceTable:
    """log p by (level, dispersion) at one alarm in `years[k]` stream-years, on a log grid.

    level: (a,) items a day; phi: (b,); rates: (c,) alarms a stream-year; log_p: (a, b, c).
    """

    level: NDArray[np.float64]
    phi: NDArray[np.float64]
    rates: NDArray[np.float64]
    log_p: NDArray[np.float64]


@cache
def table(detector: str) -> RecurrenceTable:
    """The shipped thresholds of a detector: one of DETECTORS."""
    text = resources.files("analysis.swings").joinpath("thresholds.csv").read_text("utf-8")
    rows = [r for r in csv.DictReader(text.splitlines()) if r["detector"] == detector]
    level, phi, rates = (
        np.unique([float(r[name]) for r in rows]) for name in ("level", "phi", "per_year")
    )
    log_p = np.array([np.log(float(r["p"])) for r in rows])
    order = np.lexsort([[float(r[n]) for r in rows] for n in ("per_year", "phi", "level")])
    return RecurrenceTable(
        level, phi, rates, log_p[order].reshape(len(level), len(phi), len(rates))
    )


def threshold(
    detector: str, axes: NDArray[np.float64], per_year: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The score that chance undercuts `per_year` times in a stream-year.

    axes: (2, n), level and dispersion. per_year: (n,).
    """
    shipped = table(detector)
    by_rate = at_nodes(shipped, axes[0], axes[1])
    x, log_rates = np.log(per_year), np.log(shipped.rates)
    cell = np.clip(np.searchsorted(log_rates, x) - 1, 0, len(log_rates) - 2)
    rows = np.arange(len(x))
    low, high = by_rate[rows, cell], by_rate[rows, cell + 1]
    slope = np.maximum((high - low) / (log_rates[cell + 1] - log_rates[cell]), FLATTEST)
    return np.asarray(np.clip(np.exp(low + slope * (x - log_rates[cell])), LEAST, MOST))


def per_year(detector: str, axes: tuple[float, float], score: float) -> float:
    """How often a year chance alone gives a score this small: the inverse of `threshold`."""
    shipped = table(detector)
    by_rate = at_nodes(shipped, np.array([axes[0]]), np.array([axes[1]]))[0]
    x, log_rates = np.log(max(score, 1e-300)), np.log(shipped.rates)
    cell = int(np.clip(np.searchsorted(by_rate, x) - 1, 0, len(by_rate) - 2))
    run = log_rates[cell + 1] - log_rates[cell]
    slope = max((by_rate[cell + 1] - by_rate[cell]) / run, FLATTEST)
    return float(np.exp(log_rates[cell] + (x - by_rate[cell]) / slope))


def at_nodes(
    shipped: RecurrenceTable, level: NDArray[np.float64], phi: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Bilinear in the logs of level and phi, held constant outside the grid: (n, c)."""
    i, u = place(shipped.level, level)
    j, v = place(shipped.phi, phi)
    p = shipped.log_p
    i1, j1 = np.minimum(i + 1, len(shipped.level) - 1), np.minimum(j + 1, len(shipped.phi) - 1)
    low = (1 - v)[:, None] * p[i, j] + v[:, None] * p[i, j1]
    high = (1 - v)[:, None] * p[i1, j] + v[:, None] * p[i1, j1]
    return np.asarray((1 - u)[:, None] * low + u[:, None] * high)


def place(
    grid: NDArray[np.float64], x: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Grid cell and position in it, 0 to 1."""
    where = np.interp(np.log(np.maximum(x, 1e-9)), np.log(grid), np.arange(len(grid)))
    cell = np.minimum(where.astype(np.int64), len(grid) - 1)
    return cell, where - cell
