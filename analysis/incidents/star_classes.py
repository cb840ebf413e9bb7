"""Reviews of the stars that a swing counts."""

import pandas as pd

STARS = {"negative": (1, 2), "positive": (4, 5)}  # from, to


def of_counted(reviews: pd.DataFrame, counts: str) -> pd.DataFrame:
    """Those with low stars, with high ones, or all. counts: as `Swing.counts`."""
    if counts == "negative":
        return reviews[reviews["rating"] < 2.5]
    if counts == "positive":
        return reviews[reviews["rating"] >= 3.5]
    return reviews
