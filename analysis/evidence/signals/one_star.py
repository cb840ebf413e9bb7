"""How absolute are the complaints? Faults annoy, outrage is absolute."""

import numpy as np

from analysis.evidence.case import LEAST_REFERENCE, Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import block_size, blocks, quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "one_star"
LEAST_COMPLAINTS = 10
COMPLAINT = 3  # stars, at most


def measure(case: Case) -> Evidence:
    """Share of the complaints (1-3 stars) that give one star, against quiet blocks."""
    now = case.items.stars[case.items.stars <= COMPLAINT] < 2
    past = case.before.stars[case.before.stars <= COMPLAINT] < 2
    if now.size < LEAST_COMPLAINTS:
        return untested(NAME, why("few-complaints", have=int(now.size), need=LEAST_COMPLAINTS))
    if past.size < LEAST_REFERENCE:
        return untested(NAME, why("few-past", have=int(past.size), need=LEAST_REFERENCE))
    size = block_size(now.size, past.size)
    null = np.array([past[start : start + size].mean() for start in blocks(past.size, size)])
    value, baseline = float(now.mean()), float(past.mean())
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=quiet_p(value, null, past.size / size, two_sided=True, share_of=size),
        speaks_for=None,
        details={"reviews": int(now.sum()), "of": int(now.size)},
    )


SIGNAL = Signal(NAME, "How absolute are the complaints?", measure, shows="share")
