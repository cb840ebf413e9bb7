"""Do the reviews arrive like clockwork?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from analysis.evidence.case import Case
from analysis.evidence.coordination.clockwork import Even, at_night, even_gaps, one_second
from analysis.evidence.coordination.review_rule import Degree, of_clockwork
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "clockwork"


def measure(case: Case) -> Evidence:
    """Whether arrivals are more even than chance makes them, on one second, or all at night.

    Store by store, because each rounds its times in its own way; p is that of the smallest of what
    stands out, times the number of tests. value: what stands out; baseline: the same by chance, or
    in the past.
    """
    found = list(_found(case))
    if not found:
        return untested(NAME, why("coarse-times"))
    degree, what, best = telling(found)
    p_value = min(1.0, best.p * len(found))
    return Evidence(
        signal=NAME,
        value=best.share,
        baseline=best.usual,
        p_value=p_value,
        speaks_for=None if degree == "none" else "coordination",
        details={"degree": degree, "what": what if degree != "none" else "none"},
    )


def telling(found: Sequence[tuple[str, Even]]) -> tuple[Degree, str, Even]:
    """Of what stands out the best, nights last, which may be another time zone's days; else the
    smallest p."""
    judged = [
        (of_clockwork(min(1.0, one.p * len(found)), one.share, one.usual), what, one)
        for what, one in found
    ]
    return min(judged, key=lambda j: (j[0] == "none", j[1] == "night", j[2].p))


def _found(case: Case) -> list[tuple[str, Even]]:
    rows, before = case.flood_rows, case.before.frame
    found: list[tuple[str, Even | None]] = []
    for source in sorted(rows["source"].unique()):
        at = _seconds(rows[rows["source"] == source])
        past = _seconds(before[before["source"] == source])
        found += [
            ("gaps", even_gaps(at)),
            ("second", one_second(at, past)),
            ("night", at_night(at, past)),
        ]
    return [(what, one) for what, one in found if one is not None]


def _seconds(frame: DataFrame) -> NDArray[np.float64]:
    micros = frame["created_at"].astype("datetime64[us, UTC]").to_numpy(dtype="datetime64[us]")
    return micros.astype(np.int64) / 1e6


SIGNAL = Signal(NAME, "Do the reviews arrive like clockwork?", measure, shows="share_of_things")
