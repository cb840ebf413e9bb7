"""Were these accounts met elsewhere, or in the wave before?"""

from datetime import timedelta

import numpy as np
import pandas as pd
from pandas import DataFrame
from scipy.stats import binom

from analysis.evidence.case import Case
from analysis.evidence.coordination.review_rule import READABLE, of_hands
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "same_hands"
NEAR = timedelta(days=3)  # before and after the swing
USUAL = timedelta(days=90)  # before that: how many of the quiet past are met elsewhere anyway


def measure(case: Case) -> Evidence:
    """Share of the named accounts that also rated another watched app within days, or that wrote in
    an earlier wave of this app. Accounts are keyed hashes; only their number leaves here.

    Null: binomial at the rate of the app's own reviewers of the 87 quiet days, looked for elsewhere
    in the same days. A fault that several apps share,
    or one that comes again, brings the same people back; so this bears other signs out and is no
    more than `some` by itself. Helpful votes are told beside it and count for nothing: what many
    read gets many.
    """
    known = case.flood_rows["author_key"].dropna()
    accounts = set(known)
    if len(accounts) < READABLE:
        return untested(NAME, why("few-named", have=len(accounts), need=READABLE))
    window = case.window
    if window.hands_elsewhere is None and window.hands_earlier is None:
        return untested(NAME, why("one-app"))
    elsewhere = accounts & (window.hands_elsewhere or frozenset())
    earlier = accounts & (window.hands_earlier or frozenset())
    people = len(elsewhere | earlier)
    past = _quiet(case)
    if len(past) < READABLE:
        return untested(NAME, why("few-past", have=len(past), need=READABLE))
    usual = (len(past & (window.hands_usual or frozenset())) + 1) / (len(past) + 2)
    p_value = float(binom.sf(people - 1, len(accounts), usual)) if people else 1.0
    degree = of_hands(people, len(accounts), p_value)
    return Evidence(
        signal=NAME,
        value=people / len(accounts),
        baseline=usual,
        p_value=p_value,
        speaks_for=None if degree == "none" else "coordination",
        details={
            "degree": degree,
            "people": people,
            "of": len(accounts),
            "people_elsewhere": len(elsewhere),
            "people_earlier": len(earlier),
            "votes": _votes(case.flood_rows),
            "votes_before": _votes(case.before.frame.iloc[case.matched_before]),
        },
    )


def _quiet(case: Case) -> set[str]:
    """Accounts of the quiet days whose like elsewhere was looked for."""
    past, onset = case.before.frame, pd.Timestamp(case.window.swing.onset_at)
    at = past["created_at"]
    return set(past.loc[(at >= onset - USUAL) & (at < onset - NEAR), "author_key"].dropna())


def _votes(reviews: DataFrame) -> float:
    """Helpful votes of a review in the mean; 0 where the source tells none."""
    votes = pd.to_numeric(reviews["thumbs_up"]).fillna(0).to_numpy(dtype=np.float64)
    return float(votes.mean()) if votes.size else 0.0


SIGNAL = Signal(NAME, "Were these accounts met elsewhere or earlier?", measure, shows="share")
