"""How many of the reviews are changed opinions, moved the way the swing goes?"""

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame
from scipy.stats import poisson

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "edits"
MOST_PART = 0.5  # of the reviews: who takes complaints back says that something was mended
LEAST_RAISED = 10


def measure(case: Case) -> Evidence:
    """Reviews of the swing whose writers had given more stars before (of praise: fewer).

    Null: such changes come evenly (Poisson) over the days of the reference.
    """
    items, before = case.window.items, case.window.before
    if not (items["written_at"].notna().any() or before["written_at"].notna().any()):
        return untested(NAME, why("no-edit-times"))
    swing = case.window.swing
    raised = swing.direction == "positive"
    during = int(_moved(items, up=raised).sum())
    earlier = int(_moved(before, up=raised).sum())
    began = before["created_at"].min() if len(before) else swing.onset_at
    days = max((swing.onset_at - began).total_seconds() / 86400, 1.0)
    end = swing.ended_at or case.window.now
    length = max((end - swing.onset_at).total_seconds() / 86400, 1 / 24)
    expected = (earlier + 0.5) / days * length
    taken_back = raised and during >= max(LEAST_RAISED, MOST_PART * case.matched_items.size)
    return Evidence(
        signal=NAME,
        value=float(during),
        baseline=expected,
        p_value=float(poisson.sf(during - 1, expected)),
        speaks_for="repair" if taken_back else None,
        details={"reviews": during, "moved": "raised" if raised else "lowered"},
    )


def _moved(reviews: DataFrame, *, up: bool) -> NDArray[np.bool_]:
    now = reviews["rating"].to_numpy(np.float64, na_value=np.nan)
    then = reviews["rating_before"].to_numpy(np.float64, na_value=np.nan)
    return np.asarray(now > then if up else now < then)


SIGNAL = Signal(
    NAME, "Do people change the stars that they had given before?", measure, shows="people"
)
