"""Raw predictions -> expected stars, and stars -> sentiment."""

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

Floats = NDArray[np.float64]
MOST_BINS = 20
BIN_ITEMS = 25
ORDER_SLOPE = 1e-3  # keeps the order of predictions that the curve would make equal


def fit_curve(raw: Floats, stars: Floats) -> tuple[Floats, Floats]:
    """Knots (x, y) of a rising, piecewise linear curve from raw predictions to mean stars.

    Equal-count bins of at least 25 items, at most 20; pool-adjacent-violators on their means (Ayer
    et al. 1955). With fewer than two bins the raw predictions are kept as they are.
    """
    bins = min(MOST_BINS, len(raw) // BIN_ITEMS)
    if bins < 2:
        return np.array([1.0, 5.0]), np.array([1.0, 5.0])
    parts = np.array_split(np.argsort(raw, kind="stable"), bins)
    x = np.array([raw[part].mean() for part in parts])
    y = np.array([stars[part].mean() for part in parts])
    weights = np.array([len(part) for part in parts], dtype=np.float64)
    y = IsotonicRegression().fit_transform(x, y, sample_weight=weights)
    keep = np.concatenate([[True], np.diff(x) > 0])
    return x[keep], np.asarray(y, dtype=np.float64)[keep]


def expected_stars(raw: Floats, curve: tuple[Floats, Floats]) -> Floats:
    """Expected stars, 1 to 5; beyond the outer knots the curve goes on with slope 1."""
    x, y = curve
    inside = np.interp(raw, x, y)
    beyond = raw - np.clip(raw, x[0], x[-1])
    ordered = inside + beyond + ORDER_SLOPE * (raw - x[0])
    return np.asarray(np.clip(ordered, 1.0, 5.0), dtype=np.float64)


def sentiment_of(stars: Floats) -> Floats:
    """Expected stars 1 to 5 -> sentiment -1 to 1."""
    return (stars - 3.0) / 2.0
