"""Counts by class of stars as bars to both sides of a line."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends.bins import index_of
from dashboard.drawing import binning
from dashboard.words.catalogue import Wording

Array = NDArray[np.float64]


def bars(
    bounds: Sequence[datetime],
    counts: Mapping[str, Array],
    tooltips: Mapping[str, Sequence[str]],
    words: Wording,
) -> pd.DataFrame:
    """A row for each bin and class that has any: wall_start, wall_end, side, low, high, tooltip.

    counts: of low, middle, high and, where there are any, no_stars.
    """
    walls = list(binning.wall_edges(index_of(bounds), words.zone))
    none = np.zeros(len(bounds) - 1)
    middle = counts["middle"]
    above = middle + counts["high"]
    spans = {
        "high": (middle, above),
        "middle": (none, middle),
        "low": (-counts["low"], none),
        "no_stars": (above, above + counts.get("no_stars", none)),
    }
    parts = [
        pd.DataFrame(
            {
                "wall_start": walls[:-1],
                "wall_end": walls[1:],
                "side": side,
                "low": low,
                "high": high,
                "tooltip": tooltips.get(side, ""),
            }
        )
        for side, (low, high) in spans.items()
    ]
    found = pd.concat(parts, ignore_index=True)
    return found[found["high"] > found["low"]]
