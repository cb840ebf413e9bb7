"""How large is the swing against everybody who ever rated the app?"""

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "ratings_share"


def measure(case: Case) -> Evidence:
    """Reviews of the swing over all ratings that the shops showed before it.

    The number of installs is not public to the digit, so the shop's count of ratings stands in:
    more reviews in a day than a sizeable part of all ratings hints at people who do not use it.
    """
    shots = case.window.snapshots
    shots = shots[(shots["at"] <= case.window.swing.onset_at) & shots["count"].notna()]
    if shots.empty:
        return untested(NAME, why("no-totals"))
    total = float(shots.sort_values("at").groupby(["source", "country"])["count"].last().sum())
    value = len(case.window.items) / max(total, 1.0)
    return Evidence(
        signal=NAME,
        value=value,
        baseline=None,
        p_value=None,
        speaks_for=None,
        details={"reviews": len(case.window.items), "of": round(total)},
    )


SIGNAL = Signal(NAME, "How large is the swing against all earlier ratings?", measure, shows="share")
