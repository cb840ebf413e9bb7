"""Do the reviews speak of things that were never spoken of before?"""

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.quiet_blocks import quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "new_words"


def measure(case: Case) -> Evidence:
    """Share of words that no earlier review of the app used, matched by stars.

    A quiet block is compared with the rest of the past in the same way: a word is new to it if
    only the block itself has it.
    """
    reason = case.untestable()
    if reason:
        return untested(NAME, reason)
    items, before = case.counts
    used: NDArray[np.int64] = np.asarray(before.sum(axis=0)).ravel()
    value = _share(items[case.matched_items].sum(axis=0), used == 0)
    null = []
    for block in case.quiet:
        own = np.asarray(before[block].sum(axis=0)).ravel()
        null.append(_share(own, own == used))
    baseline = float(np.mean(null))
    p_value = quiet_p(value, null, case.disjoint, share_of=case.size)
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=p_value,
        speaks_for="external" if p_value <= 0.02 else None,
        details={"reviews": int(case.matched_items.size)},
    )


def _share(counts: NDArray[np.int64], new: NDArray[np.bool_]) -> float:
    counts = np.asarray(counts).ravel()
    total = int(counts.sum())
    return float(counts[new].sum() / total) if total else 0.0


SIGNAL = Signal(
    NAME, "Do the reviews speak of things never spoken of before?", measure, shows="share_of_things"
)
