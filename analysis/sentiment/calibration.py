"""Scores -> the stars that such texts get in this app, learned as reviews come.

Sums of weights and stars in bins of the score; the app's own bins are mixed with what holds for any
app, then made rising by pooling neighbours (Ayer et al. 1955).
"""

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

Floats = NDArray[np.float64]
CENTRES = np.linspace(-1.0, 1.0, 11)
ANY_APP = 20.0  # reviews that what holds for any app weighs, in each bin
ORDER_SLOPE = 1e-3  # keeps the order of scores that the curve would make equal


def no_stars() -> Floats:
    """Sums before the first review, float64 (2, 11): reviews and stars by bin."""
    return np.zeros((2, len(CENTRES)))


def counted(curve: Floats, scores: Floats, stars: Floats) -> Floats:
    """The sums with some more scored reviews; scores NaN where nothing was read."""
    known = ~np.isnan(scores)
    bins = np.rint((scores[known] + 1) / 2 * (len(CENTRES) - 1)).astype(np.int64)
    more = [np.bincount(bins, w, len(CENTRES)) for w in (np.ones(len(bins)), stars[known])]
    return curve + np.array(more)


def expected_stars(scores: Floats, curve: Floats) -> Floats:
    """Stars, 1 to 5, of each score -1 to 1; NaN stays NaN. Higher scores never get fewer."""
    weights = curve[0] + ANY_APP
    means = (curve[1] + ANY_APP * (3 + 2 * CENTRES)) / weights
    rising = IsotonicRegression().fit_transform(CENTRES, means, sample_weight=weights)
    found = np.interp(scores, CENTRES, rising) + ORDER_SLOPE * scores
    return np.asarray(np.clip(found, 1.0, 5.0), dtype=np.float64)


def as_scores(leans: Floats) -> Floats:
    """What a text leans to, without bounds -> sentiment, -1 to 1."""
    return np.asarray(np.tanh(1.25 * leans), dtype=np.float64)
