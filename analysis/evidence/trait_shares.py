"""Evidence from a yes-or-no trait of each review: its share now and in quiet blocks."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import LEAST_ITEMS, LEAST_REFERENCE, Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import block_size, blocks, quiet_p
from analysis.evidence.signal import untested
from analysis.evidence.texts import Sample
from analysis.records import Evidence


def share_evidence(case: Case, name: str, trait: Callable[[Sample], NDArray[np.bool_]]) -> Evidence:
    """Share of all reviews with the trait; it says how the swing differs, not why."""
    now, past = trait(case.items), trait(case.before)
    if now.size < LEAST_ITEMS or past.size < LEAST_REFERENCE:
        return untested(name, why("few-both", now=now.size, past=past.size))
    size = block_size(now.size, past.size)
    null = np.array([past[start : start + size].mean() for start in blocks(past.size, size)])
    value, baseline = float(now.mean()), float(null.mean())
    return Evidence(
        signal=name,
        value=value,
        baseline=baseline,
        p_value=quiet_p(value, null, past.size / size, two_sided=True, share_of=size),
        speaks_for=None,
        details={"reviews": int(now.sum()), "of": int(now.size)},
    )
