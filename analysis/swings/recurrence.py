"""How small a p-value must be so that chance alone raises an alarm only so often.

The smallest p-value over windows and arrivals of a year is not uniform: the threshold depends on
how many arrivals look at it (the level) and on how they cluster (the dispersion).
"""

import numpy as np

DAYS_A_YEAR = 365.25


def threshold(level: float, phi: float, per_year: float) -> float:
    """The p-value that chance undercuts `per_year` times a stream-year."""
    return float(np.clip(per_year / _looks(level, phi), 1e-12, 1e-2))


def per_year(level: float, phi: float, p: float) -> float:
    """How often a year chance alone would give a p-value this small: the inverse of threshold."""
    return p * _looks(level, phi)


def _looks(level: float, phi: float) -> float:
    """Effective number of independent looks in a stream-year."""
    return 1500.0 * min(max(level, 0.05), 30.0) ** 0.5 * (1 + 3 * phi)
