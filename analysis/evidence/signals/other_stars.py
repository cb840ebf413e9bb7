"""Do the stars that the swing is not about come faster as well?"""

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import MOST_BLOCKS, quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.evidence.version_clock import span_us
from analysis.records import Evidence
from collector.times import DAY_US

NAME = "other_stars"
LEAST_PAST = 20  # reviews with those stars
LEAST_SPANS = 20


def measure(case: Case) -> Evidence:
    """Pace of the high-star reviews where the low ones swing, of the low-star ones amid praise.

    A new version makes all sorts of users write; an outage only those whom it hits. The value is
    the number of reviews over the expected one, one added to both. Null: spans of the past that are
    as long. It speaks for nothing alone: an occasion outside the app often has two sides, too.
    """
    positive = case.window.swing.direction == "positive"
    onset = int(case.window.swing.onset_at.timestamp() * 1e6)
    past = _times(case.before.frame, positive=positive)
    length = span_us(case)
    if past.size < LEAST_PAST:
        return untested(NAME, why("few-past", have=int(past.size), need=LEAST_PAST))
    first = int(case.before.frame["created_at"].astype("int64").iloc[0])
    if onset - first < LEAST_SPANS * DAY_US or onset - first <= 2 * length:
        return untested(NAME, why("few-spans", have=int((onset - first) // length)))
    # Not `case.items`, which is thinned where it is large: this is a count.
    now = _times(case.window.items, positive=positive).size
    expected = past.size * length / (onset - first)
    starts = np.linspace(first, onset - length, MOST_BLOCKS).astype(np.int64)
    counts = np.searchsorted(past, starts + length) - np.searchsorted(past, starts)
    value, null = (now + 1) / (expected + 1), (counts + 1) / (expected + 1)
    stars = "low" if positive else "high"
    return Evidence(
        signal=NAME,
        value=float(value),
        baseline=float(null.mean()),
        p_value=quiet_p(float(np.log(value)), np.log(null), (onset - first) / length),
        speaks_for=None,
        details={"stars": stars},
    )


def _times(frame: DataFrame, *, positive: bool) -> NDArray[np.int64]:
    """Times of the reviews with the other stars: microseconds, ascending."""
    rating = frame["rating"]
    wanted = (rating <= 2) if positive else (rating >= 4)
    at = frame.loc[(frame["kind"] == "review") & wanted.fillna(False), "created_at"]
    return np.sort(at.astype("int64").to_numpy(dtype=np.int64))


SIGNAL = Signal(NAME, "Do the other stars come faster as well?", measure)
