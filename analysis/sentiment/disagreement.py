"""Where text and stars say different things: praise with one star, a complaint with five.

A signal of its own: someone who joins in with hearts and one star rates something else than the
app. Ordinary readers do it too, so compare a swing's share with the app's own past.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CLEAR_GAP = 1.25  # of 2: a one-star review whose text reads like more than 3.5 stars


def disagreement(sentiment: Floats, stars: Floats) -> Floats:
    """Sentiment of the text minus that of the stars, -2 to 2; NaN where either is missing.

    Positive: the text is kinder than the stars. sentiment: -1 to 1; stars: 1 to 5.
    """
    return np.asarray(sentiment, dtype=np.float64) - (np.asarray(stars, dtype=np.float64) - 3) / 2


def disagrees(sentiment: Floats, stars: Floats, gap: float = CLEAR_GAP) -> NDArray[np.bool_]:
    """Whether text and stars clearly disagree; False where either is missing."""
    difference = disagreement(sentiment, stars)
    return np.abs(np.nan_to_num(difference)) >= gap
