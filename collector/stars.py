"""Ratings as whole stars: half a star counts up, in every place and on every database."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 5


def whole_stars(ratings: Any) -> NDArray[np.int8]:
    """Whole stars, 0 where there are none; (n,) of numbers, nan where there are none."""
    known = np.nan_to_num(np.asarray(ratings, dtype=np.float64))
    return np.floor(known + 0.5).astype(np.int8)


def whole(rating: float) -> int:
    """The same of one rating."""
    return math.floor(rating + 0.5)
