"""Does the swing come from several shops and countries at once, without a release?"""

from collections import Counter
from datetime import datetime, timedelta

import numpy as np
from pandas import DataFrame
from scipy.stats import nbinom

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import conformal
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "synchrony"
RELEASE_BEFORE = timedelta(days=7)
CLEAR_P = 1e-3
LEAST_PAST = 5  # reviews of the past that a shop and country needs to count
LEAST_SPANS = 20
MOST_SPANS = 200
LONGEST = timedelta(days=7)  # looked at from the onset on
DAY_S = 86_400.0


def measure(case: Case) -> Evidence:
    """Share of (store, country) groups whose count of the swing's stars is improbable.

    A group's count against its own past rate, whose uncertainty is in the predictive (negative
    binomial). Null: the same share in quiet spans of the same length, conformal. An outage hits all
    groups at once as well, so this alone speaks for nothing.
    """
    onset = case.window.swing.onset_at
    end = min(case.window.swing.ended_at or case.window.now, onset + LONGEST)
    length = max(end - onset, timedelta(hours=1))
    before = case.before.frame.iloc[case.matched_before]
    items = case.items.frame.iloc[case.matched_items]
    past = {g: n for g, n in _counts(before).items() if n >= LEAST_PAST}
    if len(past) < 2:
        return untested(NAME, why("one-store"))
    first: datetime = before["created_at"].min()
    days = (onset - first).total_seconds() / DAY_S
    now = _counts(items[items["created_at"] < onset + length])
    up = _risen(now, past, days, length)
    spans = [
        _risen(_counts(_within(before, start, length)), past, days, length) / len(past)
        for start in _quiet_starts(first, onset, length)
    ]
    if len(spans) < LEAST_SPANS:
        return untested(NAME, why("few-spans", have=len(spans)))
    released = case.window.releases["released_at"]
    near = (released >= onset - RELEASE_BEFORE) & (released <= end)
    return Evidence(
        signal=NAME,
        value=up / len(past),
        baseline=float(np.mean(spans)),
        p_value=conformal(up / len(past), spans),
        speaks_for=None,
        details={"groups": up, "of": len(past), "release": bool(near.any())},
    )


def _risen(
    now: Counter[tuple[str, str]],
    past: dict[tuple[str, str], int],
    days: float,
    length: timedelta,
) -> int:
    """Groups with an improbable count in a span of this length."""
    part = length.total_seconds() / DAY_S / max(days, 1.0)
    # Poisson counts whose rate is known from n earlier reviews: negative binomial.
    return sum(nbinom.sf(now[g] - 1, n + 0.5, 1 / (1 + part)) <= CLEAR_P for g, n in past.items())


def _quiet_starts(first: datetime, onset: datetime, length: timedelta) -> list[datetime]:
    """Starts of spans of that length that do not overlap, the latest first."""
    number = min(MOST_SPANS, int((onset - first) / length))
    return [onset - (n + 1) * length for n in range(number)]


def _within(frame: DataFrame, start: datetime, length: timedelta) -> DataFrame:
    at = frame["created_at"]
    return frame[(at >= start) & (at < start + length)]


def _counts(frame: DataFrame) -> Counter[tuple[str, str]]:
    """Reviews of each (store, country)."""
    return Counter(zip(frame["source"], frame["country"].fillna(""), strict=True))


SIGNAL = Signal(
    NAME, "Do several stores and countries swing at once?", measure, shows="share_of_things"
)
