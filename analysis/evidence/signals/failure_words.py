"""Do the reviews speak of faults more than they usually do?"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import Weights, shipped
from analysis.evidence.fault_language.word_weights import (
    LEAST_KNOWN,
    known_share,
    merged,
    risen_weights,
)
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "failure_words"


def measure(case: Case) -> Evidence:
    """The signal with the shipped vocabulary."""
    return measure_with(case, shipped())


def measure_with(case: Case, learned: Mapping[str, Weights]) -> Evidence:
    """Mean fault weight of the words that rose, against that of all words of the past.

    Star-matched: low-star reviews always speak of faults; the question is whether what is new in
    these is a fault. A word without weight, bound to this app or this day, counts 0. In quiet
    blocks the words that rose by chance are weighed in the same way. Weights: see `_fault_words`.
    """
    reason = case.untestable()
    if reason:
        return untested(NAME, reason)
    weights = merged(learned, case.languages, "fault")
    if known_share(case, weights) < LEAST_KNOWN:
        return untested(NAME, why("no-vocabulary"))
    value, null, baseline = risen_weights(case, weights)
    p_value = quiet_p(value, null, case.disjoint, two_sided=True)
    more = value > baseline
    degree = _degree(value, baseline, null)
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=p_value,
        speaks_for=_speaks_for(p_value, more=more),
        details={"degree": degree},
    )


def _speaks_for(p_value: float, *, more: bool) -> str | None:
    if p_value > 0.05:
        return None
    return "service" if more else "external"


def _degree(value: float, baseline: float, null: NDArray[np.float64]) -> str:
    if abs(value - baseline) <= null.std():
        return "same"
    return "more" if value > baseline else "less"


SIGNAL = Signal(NAME, "Do the reviews speak of faults more than usual?", measure)
