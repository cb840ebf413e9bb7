"""How a value compares with the app's own quiet past: consecutive blocks of equal size."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_BLOCKS = 60
LARGEST_BLOCK = 150
SMALLEST_BLOCK = 20


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
