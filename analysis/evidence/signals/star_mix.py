"""Do the stars differ from the app's own past?"""

import numpy as np

from analysis.evidence.case import LEAST_REFERENCE, Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import block_size, blocks, quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "star_mix"
CLEAR_RISE = 0.25  # stars; below, praise is not what the swing is about


def measure(case: Case) -> Evidence:
    """Mean stars of all reviews of the swing against blocks of all earlier reviews."""
    now, past = case.items.stars, case.before.stars
    if now.size == 0 or past.size < LEAST_REFERENCE:
        return untested(NAME, why("few-past", have=int(past.size), need=LEAST_REFERENCE))
    size = block_size(now.size, past.size)
    null = np.array([past[start : start + size].mean() for start in blocks(past.size, size)])
    value, baseline = float(now.mean()), float(past.mean())
    p_value = quiet_p(value, null, past.size / size, two_sided=True)
    rise = value - baseline >= CLEAR_RISE and p_value <= 0.05
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=p_value,
        speaks_for="promotion" if rise else None,
        details={
            "one_star": float(np.mean(now <= 1)),
            "one_star_before": float(np.mean(past <= 1)),
            "five_stars": float(np.mean(now >= 5)),
            "five_stars_before": float(np.mean(past >= 5)),
        },
    )


SIGNAL = Signal(NAME, "Do the stars differ from the app's own past?", measure)
