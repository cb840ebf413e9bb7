"""Do the reviews come from a version that is only just out?"""

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import MOST_BLOCKS, quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.evidence.version_clock import (
    carrier,
    first_seen,
    share_new,
    span_us,
    versions_of,
)
from analysis.records import Evidence
from collector.times import DAY_US

NAME = "new_version"
LEAST_NAMED = 5
NEW_US = 14 * DAY_US  # a version spreads for about two weeks
LEAST_HISTORY_US = 42 * DAY_US
LEAST_SPANS = 20
CLEAR_SHARE = 0.5


def measure(case: Case) -> Evidence:
    """Share of the matched reviews on a version that came out within the 14 days before the onset.

    A version is dated by its reviews (`first_seen`). Where versions follow each other quickly most
    reviews are always on a new one: the p-value holds the share against quiet spans as long.
    """
    at, version = versions_of(case)
    own = case.items.frame.iloc[case.matched_items]["version"].to_numpy(dtype=object)
    onset = int(case.window.swing.onset_at.timestamp() * 1e6)
    if at.size == 0 or onset - int(at[0]) < LEAST_HISTORY_US:
        return untested(NAME, why("young"))
    seen = first_seen(at, version)
    value = share_new(own, seen, onset - NEW_US, LEAST_NAMED)
    carried = carrier(case)
    if value is None or carried is None:
        return untested(NAME, why("unnamed", need=LEAST_NAMED))
    null = _quiet(case, seen)
    disjoint = (onset - int(at[0])) / span_us(case)
    named = int(sum(isinstance(name, str) for name in own))
    p_value = quiet_p(value, null, disjoint, share_of=named) if null.size >= LEAST_SPANS else None
    newest, reviews = carried
    clear = value >= CLEAR_SHARE and p_value is not None and p_value <= 0.05
    return Evidence(
        signal=NAME,
        value=value,
        baseline=float(null.mean()) if null.size else None,
        p_value=p_value,
        speaks_for="release" if clear else None,
        details={"version": newest, "reviews": reviews},
    )


def _quiet(case: Case, seen: dict[str, int]) -> NDArray[np.float64]:
    """The same share in at most 60 quiet spans: float64."""
    frame = case.before.frame.iloc[case.matched_before]
    at = frame["created_at"].astype("int64").to_numpy(dtype=np.int64)
    version = frame["version"].to_numpy(dtype=object)
    length = span_us(case)
    if at.size == 0:
        return np.empty(0)
    starts = np.linspace(at[0] + LEAST_HISTORY_US, at[-1] - length, MOST_BLOCKS).astype(np.int64)
    found = []
    for start in starts[starts >= at[0] + LEAST_HISTORY_US]:
        first, last = np.searchsorted(at, (start, start + length))
        share = share_new(version[first:last], seen, int(start) - NEW_US, LEAST_NAMED)
        if share is not None:
            found.append(share)
    return np.array(found)


SIGNAL = Signal(
    NAME, "Do the reviews come from a version that is only just out?", measure, shows="share"
)
