"""Does one version of the app carry the swing?"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import LEAST_REFERENCE, Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import MOST_BLOCKS, quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.evidence.version_clock import span_us
from analysis.records import Evidence
from collector.times import DAY_US

NAME = "version_concentration"
LEAST_NAMED = 5  # reviews of a span that name their version
LEAST_SPANS = 20
RECENT_US, EARLIER_US = 7 * DAY_US, 28 * DAY_US
CLEAR_SHARE = 0.5
CLEAR_GAIN = 0.3


@dataclass(frozen=True, slots=True)
class Gain:
    """The version whose share grew most against the weeks before."""

    version: str
    share: float
    gain: float


def measure(case: Case) -> Evidence:
    """Largest gain in share of one version over the weeks before, against quiet spans.

    Before means 28 to 7 days before the onset: the version of a failed release is often a few days
    old. Quiet spans are as long as the swing and compared in the same way, so that the ordinary
    adoption of new versions is part of the null.
    """
    named = case.before.frame[case.before.frame["version"].notna()]
    past_at = named["created_at"].astype("int64").to_numpy(dtype=np.int64)
    past_version: NDArray[np.object_] = named["version"].to_numpy(dtype=object)
    onset = int(case.window.swing.onset_at.timestamp() * 1e6)
    own = case.items.frame.iloc[case.matched_items]["version"].dropna().to_numpy(dtype=object)
    if own.size < LEAST_NAMED or past_at.size < LEAST_REFERENCE:
        return untested(NAME, why("few-versions", now=int(own.size), past=int(past_at.size)))
    before = past_version[(past_at >= onset - EARLIER_US) & (past_at < onset - RECENT_US)]
    if before.size < LEAST_NAMED:
        before = past_version[-4 * LEAST_NAMED :]
    found = _gain(own, before)
    null = _quiet_gains(past_at, past_version, span_us(case))
    if null.size < LEAST_SPANS:
        return untested(NAME, why("few-spans", have=int(null.size)))
    # Side by side means: sharing neither the span nor the weeks that it is compared with.
    disjoint = (past_at[-1] - past_at[0]) / (span_us(case) + EARLIER_US - RECENT_US)
    baseline = float(null.mean())
    p_value = quiet_p(found.gain, null, disjoint, share_of=int(own.size))
    carried = found.share >= CLEAR_SHARE and found.gain >= CLEAR_GAIN and p_value <= 0.05
    return Evidence(
        signal=NAME,
        value=found.gain,
        baseline=baseline,
        p_value=p_value,
        speaks_for="release" if carried else None,
        details={"version": found.version, "share": found.share, "reviews": int(own.size)},
    )


def _quiet_gains(
    at: NDArray[np.integer[Any]], version: NDArray[np.object_], length: int
) -> NDArray[np.float64]:
    """Largest gain of each of at most 60 spans, in time order: float64."""
    starts = np.linspace(at[0] + EARLIER_US, at[-1] - length, MOST_BLOCKS).astype(np.int64)
    gains = []
    for start in starts[starts > at[0]]:
        first, last = np.searchsorted(at, (start, start + length))
        since, until = np.searchsorted(at, (start - EARLIER_US, start - RECENT_US))
        if last - first >= LEAST_NAMED and until - since >= LEAST_NAMED:
            gains.append(_gain(version[first:last], version[since:until]).gain)
    return np.array(gains)


def _gain(now: NDArray[np.object_], before: NDArray[np.object_]) -> Gain:
    earlier = Counter(before.tolist())
    shares = {name: n / now.size for name, n in Counter(now.tolist()).items()}
    gains = {name: share - earlier[name] / before.size for name, share in shares.items()}
    best = max(gains, key=lambda name: (gains[name], str(name)))
    return Gain(str(best), shares[best], gains[best])


SIGNAL = Signal(
    NAME, "Does one version of the app carry the swing?", measure, shows="share_of_things"
)
