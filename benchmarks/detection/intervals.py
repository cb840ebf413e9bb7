"""95 % intervals of what the benchmark counts and measures."""

from typing import Any

import numpy as np
from scipy import stats


def bootstrap(values: list[float], seed: int = 1) -> tuple[float, float] | None:
    """95 % percentile interval of the median over resampled events; None of under three."""
    if len(values) < 3:
        return None
    rng = np.random.default_rng(seed)
    drawn = rng.choice(np.asarray(values, dtype=np.float64), (4000, len(values)))
    low, high = np.percentile(np.median(drawn, axis=1), [2.5, 97.5])
    return float(low), float(high)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, share = 1.96, successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))


def poisson_interval(count: int) -> tuple[float, float]:
    """Exact 95 % interval of a Poisson mean (Garwood 1936)."""
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(stats.chi2.ppf(0.975, 2 * count + 2) / 2)


def median(values: list[Any]) -> float | None:
    """Median, None of nothing."""
    return float(np.median(values)) if values else None
