"""Do the reviews speak the way they do in the first week of a new version?"""

from collections.abc import Mapping

import numpy as np

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import Weights, shipped
from analysis.evidence.fault_language.word_weights import (
    LEAST_KNOWN,
    known_share,
    mean_weights,
    merged,
)
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "update_words"


def measure(case: Case) -> Evidence:
    """The signal with the shipped vocabulary."""
    return measure_with(case, shipped())


def measure_with(case: Case, learned: Mapping[str, Weights]) -> Evidence:
    """Mean update weight of the words of the swing against quiet blocks of the same stars."""
    reason = case.untestable()
    if reason:
        return untested(NAME, reason)
    weights = merged(learned, case.languages, "update")
    if known_share(case, weights) < LEAST_KNOWN:
        return untested(NAME, why("no-vocabulary"))
    value, null = mean_weights(case, weights)
    baseline, p_value = float(np.mean(null)), quiet_p(value, null, case.disjoint)
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=p_value,
        speaks_for="release" if p_value <= 0.02 else None,
        details={"degree": "more" if p_value <= 0.02 else "same"},
    )


SIGNAL = Signal(NAME, "Do the reviews speak of a new version?", measure)
