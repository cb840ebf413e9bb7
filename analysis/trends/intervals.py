"""95 % intervals of means of a bin."""

import numpy as np
from numpy.typing import NDArray

from analysis.trends.points import FEWEST

SURE = 1.96
PRIOR = 4.0
"""Reviews that the spread of the whole span is worth beside a bin's own: five reviews of five stars
are no proof that there is no other opinion."""
Array = NDArray[np.float64]


def spread(items: Array, total: Array, squares: Array) -> float:
    """The variance of everything together; 0 of fewer than two."""
    n = float(items.sum())
    if n < 2:
        return 0.0
    mean = float(total.sum()) / n
    return max(float(squares.sum()) - n * mean**2, 0.0) / (n - 1)


def means(
    items: Array, total: Array, squares: Array, bounds: tuple[float, float]
) -> tuple[Array, Array, Array]:
    """Mean, low and high of each bin; missing below FEWEST.

    items, total, squares: float64 (n,): number, sum and sum of squares. The variance of a bin is
    its own, drawn towards that of all bins with the weight of PRIOR items. bounds: of the scale.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / items
        own = np.maximum(squares - items * mean**2, 0.0)  # times n - 1
        variance = (own + PRIOR * spread(items, total, squares)) / (items - 1 + PRIOR)
        margin = SURE * np.sqrt(variance / items)
    few = items < FEWEST
    parts = mean, np.maximum(mean - margin, bounds[0]), np.minimum(mean + margin, bounds[1])
    mean, low, high = (np.where(few, np.nan, part) for part in parts)
    return mean, low, high


def shares_apart(having: tuple[int, int], items: tuple[int, int]) -> tuple[float, float]:
    """95 % of the second share less the first, of two samples.

    Method: Agresti and Caffo (2000): with one that has it and one that has not added to each.
    """
    n = [each + 2 for each in items]
    p = [(k + 1) / each for k, each in zip(having, n, strict=True)]
    margin = SURE * float(np.sqrt(sum(q * (1 - q) / each for q, each in zip(p, n, strict=True))))
    return p[1] - p[0] - margin, p[1] - p[0] + margin


def shares(having: Array, items: Array) -> Array:
    """Shares of each bin; missing below FEWEST."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(items < FEWEST, np.nan, having / items)
