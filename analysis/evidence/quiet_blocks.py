"""How a value compares with the app's own quiet past: consecutive blocks of equal size."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

MOST_BLOCKS = 60
LARGEST_BLOCK = 150
SMALLEST_BLOCK = 20
LEAST_INDEPENDENT = 2.0
ALIKE = 0.05  # autocorrelation below which neighbouring blocks count as independent


def block_size(items: int, reference: int) -> int:
    """Reviews in a block: as many as the swing has, few enough to cut several from the past."""
    return min(items, LARGEST_BLOCK, max(SMALLEST_BLOCK, reference // 3))


def blocks(reference: int, size: int) -> NDArray[np.int64]:
    """Starts of at most 60 runs of `size` consecutive reviews, evenly spread over the reference."""
    last = reference - size
    if size < 1 or last < 0:
        return np.empty(0, dtype=np.int64)
    starts = np.linspace(0, last, min(MOST_BLOCKS, last + 1)).round()
    return np.unique(starts.astype(np.int64))


def even_sample(n: int, size: int) -> NDArray[np.int64]:
    """Positions of `size` items spread evenly over `n`; all of them where there are no more."""
    if n <= size:
        return np.arange(n, dtype=np.int64)
    return np.linspace(0, n - 1, size).round().astype(np.int64)


def conformal(value: float, null: Sequence[float] | NDArray[np.float64]) -> float:
    """Share of quiet values at least as large, the swing's own counted in: never zero.

    Method: conformal p-value (Vovk, Gammerman and Shafer 2005), exact where the swing is
    exchangeable with the blocks.
    """
    values = np.asarray(null, dtype=np.float64)
    return float((1 + np.count_nonzero(values >= value - 1e-12)) / (1 + values.size))


def conformal_two_sided(value: float, null: Sequence[float] | NDArray[np.float64]) -> float:
    """Twice the smaller of the two one-sided p-values, at most 1."""
    values = np.asarray(null, dtype=np.float64)
    return min(1.0, 2 * min(conformal(value, values), conformal(-value, -values)))


def quiet_p(
    value: float,
    null: Sequence[float] | NDArray[np.float64],
    disjoint: float,
    *,
    two_sided: bool = False,
    share_of: int = 0,
) -> float:
    """How improbable a value is beside values of quiet blocks that overlap and drift.

    null: in time order. disjoint: how many blocks fit side by side into the past. share_of: reviews
    in a block, where the value is a share of them; it scatters binomially where no block shows how.
    Sixty blocks that overlap are no sixty observations: their conformal p-value is far too small
    where only eight fit side by side, or where the app changes slowly. So the p-value is the larger
    of the conformal one and Student's tail of the value beside as many observations as the blocks
    are worth (`independent`), the variance made unbiased for that number.
    """
    values = np.asarray(null, dtype=np.float64)
    if values.size == 0:
        return 1.0
    rank = conformal_two_sided(value, values) if two_sided else conformal(value, values)
    n = independent(values, disjoint)
    variance = float(values.var()) * n / (n - 1)
    if variance <= 1e-18 and share_of:
        usual = (float(values.mean()) * share_of * n + 0.5) / (share_of * n + 1)
        variance = usual * (1 - usual) / share_of
    distance = value - float(values.mean())
    if variance <= 1e-18:
        same = abs(distance) <= 1e-12 or (distance < 0 and not two_sided)
        return 1.0 if same else max(rank, (1 + two_sided) / (1 + n))
    z = distance / sqrt(variance * (1 + 1 / n))
    # Student's t; scipy.stats says the same and takes a second to load.
    upper = float(special.stdtr(n - 1, -abs(z) if two_sided else -z))
    tail = 2 * upper if two_sided else upper
    return max(rank, tail)


def independent(null: NDArray[np.float64], disjoint: float) -> float:
    """How many independent observations a null in time order is worth: at least 2.

    Not more than blocks that fit side by side, and fewer where neighbours are alike.
    Method: n over 1 + 2 * sum of autocorrelations (Bartlett 1946), up to the first below 0.05.
    """
    n = null.size
    most = max(LEAST_INDEPENDENT, min(float(n), disjoint))
    centred = null - null.mean()
    power = float(centred @ centred)
    if n < 3 or power <= 1e-18:
        return most
    alike = 0.0
    for lag in range(1, n - 1):
        correlation = float(centred[:-lag] @ centred[lag:]) / power
        if correlation <= ALIKE:
            break
        alike += 2 * (1 - lag / n) * correlation
    return max(LEAST_INDEPENDENT, min(most, n / (1 + alike)))
