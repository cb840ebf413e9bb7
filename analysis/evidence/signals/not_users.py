"""Do the reviews come from people who, as they say, do not use the app?"""

from dataclasses import replace

import numpy as np

from analysis.evidence.case import Case
from analysis.evidence.coordination.declared import ABROAD
from analysis.evidence.coordination.review_rule import of_not_users
from analysis.evidence.saying import told_of_themselves
from analysis.evidence.signal import Signal
from analysis.evidence.version_clock import first_seen, versions_of
from analysis.records import Evidence

NAME = "not_users"
OLD_US = 365 * 86_400 * 1_000_000


def measure(case: Case) -> Evidence:
    """Share of the accounts that say that they never used the app or live elsewhere, beside the
    app's own past; beside it the share on versions that are older than a year.

    Languages, scripts and storefronts that the app hardly had are `audience`.
    """
    found = told_of_themselves(case, NAME, ABROAD, of_not_users)
    if found.value is None:
        return found
    now, before = _old_versions(case)
    return replace(found, details=found.details | {"old_share": now, "old_share_before": before})


def _old_versions(case: Case) -> tuple[float, float]:
    """(share of the reviews that name a version that are on one first seen over a year before; the
    same of the last reviews of the past). Zero where versions are not told."""
    items, past = versions_of(case)
    seen = first_seen(items, past)
    onset = case.window.swing.onset_at.timestamp() * 1e6
    old = {name for name, at in seen.items() if at < onset - OLD_US}
    shares = []
    for frame in (case.items.frame, case.before.frame.iloc[-500:]):
        named = frame["version"].dropna().astype(str)
        shares.append(float(np.mean(named.isin(old))) if len(named) else 0.0)
    return shares[0], shares[1]


SIGNAL = Signal(
    NAME,
    "Do reviews say that the writer never used the app, or lives elsewhere?",
    measure,
    shows="share",
)
