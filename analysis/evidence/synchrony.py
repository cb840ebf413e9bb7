"""Does the swing come from several stores and countries at once, without a release?"""

from collections import Counter
from datetime import timedelta

from pandas import DataFrame
from scipy.stats import poisson

from analysis.evidence._case import Case
from analysis.evidence._reasons import why
from analysis.evidence._signal import Signal, untested
from analysis.records import Evidence

NAME = "synchrony"
RELEASE_BEFORE = timedelta(days=7)
CLEAR_P = 1e-4


def measure(case: Case) -> Evidence:
    """Share of (store, country) groups whose count of the swing's stars is improbable (Poisson).

    An outage hits all groups at once as well, so this alone speaks for nothing.
    """
    end = case.window.swing.ended_at or case.window.now
    length = max((end - case.window.swing.onset_at).total_seconds() / 86400, 1 / 24)
    before = case.before.frame.iloc[case.matched_before]
    items = case.items.frame.iloc[case.matched_items]
    now, past = _counts(items), _counts(before)
    groups = sorted(now.keys() | past.keys())
    if len(groups) < 2 or before.empty:
        return untested(NAME, why("one-store"))
    days = (case.window.swing.onset_at - before["created_at"].min()).total_seconds() / 86400
    up = sum(
        poisson.sf(now[g] - 1, (past[g] + 0.5) / max(days, 1.0) * length) <= CLEAR_P for g in groups
    )
    released = case.window.releases["released_at"]
    near = (released >= case.window.swing.onset_at - RELEASE_BEFORE) & (released <= end)
    return Evidence(
        signal=NAME,
        value=up / len(groups),
        baseline=None,
        p_value=None,
        speaks_for=None,
        statement=(
            f"{up} of {len(groups)} stores and countries swing at the same time"
            f"{', and a release of that week may explain it' if near.any() else ''}."
        ),
        details={"groups": int(up), "of": len(groups), "release": bool(near.any())},
    )


def _counts(frame: DataFrame) -> Counter[tuple[str, str]]:
    """Reviews of each (store, country)."""
    return Counter(zip(frame["source"], frame["country"].fillna(""), strict=True))


SIGNAL = Signal(NAME, "Do several stores and countries swing at once?", measure)
