"""Do the complaints speak of faults, beside the complaints about other apps in their language?"""

from collections.abc import Mapping

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import Weights, shipped
from analysis.evidence.fault_language.word_levels import level_of
from analysis.evidence.not_testable import Reason
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "fault_level"
CLEAR_P = 0.05


def measure(case: Case) -> Evidence:
    """The signal with the shipped vocabulary."""
    return measure_with(case, shipped())


def measure_with(case: Case, learned: Mapping[str, Weights]) -> Evidence:
    """Mean fault weight of the low-star reviews' words, in standard deviations of what is usual.

    The baseline is the app's own past, 0 where it has none; see `level_of`.
    """
    level = level_of(case, learned, "fault")
    if isinstance(level, Reason):
        return untested(NAME, level)
    more = level.value > 0
    cause, degree = ("service", "more") if more else ("external", "less")
    return Evidence(
        signal=NAME,
        value=level.value,
        baseline=level.own or 0.0,
        p_value=level.p_value,
        speaks_for=cause if level.p_value <= CLEAR_P else None,
        details={"degree": degree, "own_past": level.own is not None},
    )


SIGNAL = Signal(NAME, "Do the complaints speak of faults, beside those about other apps?", measure)
