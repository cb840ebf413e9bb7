"""When a version came out, read off the reviews where no shop tells it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from collector.times import DAY_US

LEAST_REVIEWS = 3
WITHIN_US = 7 * DAY_US
UNSEEN_US = 14 * DAY_US  # a version of the history's first days may be older than the history


def first_seen(at: NDArray[np.integer[Any]], version: NDArray[np.object_]) -> dict[str, int]:
    """First of three reviews within a week that name a version: microseconds, by version.

    at: ascending. A lone early review (a tester's, an edited one) does not date a version; one that
    was there in the first 14 days of the history has no date.
    """
    times: dict[str, list[int]] = {}
    for moment, name in zip(at.tolist(), version.tolist(), strict=True):
        if isinstance(name, str):
            times.setdefault(name, []).append(moment)
    since = int(at[0]) + UNSEEN_US if at.size else 0
    found = {}
    for name, seen in times.items():
        runs = zip(seen, seen[LEAST_REVIEWS - 1 :], strict=False)
        first = next((a for a, b in runs if b - a <= WITHIN_US), None)
        if first is not None and first > since:
            found[name] = first
    return found


def span_us(case: Case) -> int:
    """How long the swing lasts, at least a day: microseconds."""
    swing = case.window.swing
    length = ((swing.ended_at or case.window.now) - swing.onset_at).total_seconds() * 1e6
    return max(int(length), DAY_US)


def versions_of(case: Case) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Times and versions of all reviews of the case, oldest first."""
    frames = (case.before.frame, case.items.frame)
    at = np.concatenate([f["created_at"].astype("int64").to_numpy(dtype=np.int64) for f in frames])
    version = np.concatenate([f["version"].to_numpy(dtype=object) for f in frames])
    order = np.argsort(at, kind="stable")
    return at[order], version[order]


def carrier(case: Case) -> tuple[str, int] | None:
    """The version that most matched reviews of the swing name, and how many name it."""
    named = case.items.frame.iloc[case.matched_items]["version"].dropna()
    commonest = Counter(str(name) for name in named).most_common(1)
    return commonest[0] if commonest else None


def share_new(
    versions: NDArray[np.object_], seen: Mapping[str, int], since: int, least: int
) -> float | None:
    """Share of the reviews that name a version first seen at or after `since`."""
    named = [name for name in versions.tolist() if isinstance(name, str)]
    if len(named) < least:
        return None
    return float(np.mean([seen.get(name, 0) >= since for name in named]))
