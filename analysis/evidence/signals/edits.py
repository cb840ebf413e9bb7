"""Do people go back to their old reviews and lower the stars?"""

from scipy.stats import poisson

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "edits"


def measure(case: Case) -> Evidence:
    """Earlier reviews edited during the swing that now give one star, against the earlier rate.

    Null: such edits come evenly (Poisson) over the days of the reference.
    """
    before, swing = case.window.before, case.window.swing
    edited = before[before["updated_at"].notna() & (before["updated_at"] > before["created_at"])]
    if edited.empty:
        return untested(NAME, why("no-edit-times"))
    low = edited[edited["rating"] <= 1]
    end = swing.ended_at or case.window.now
    during = int(((low["updated_at"] >= swing.onset_at) & (low["updated_at"] <= end)).sum())
    earlier = int((low["updated_at"] < swing.onset_at).sum())
    days = max((swing.onset_at - before["created_at"].min()).total_seconds() / 86400, 1.0)
    length = max((end - swing.onset_at).total_seconds() / 86400, 1 / 24)
    expected = (earlier + 0.5) / days * length
    return Evidence(
        signal=NAME,
        value=float(during),
        baseline=expected,
        p_value=float(poisson.sf(during - 1, expected)),
        speaks_for=None,
        details={"reviews": during},
    )


SIGNAL = Signal(NAME, "Do people lower the stars of their old reviews?", measure, shows="people")
