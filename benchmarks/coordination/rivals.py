"""What others would say of the same flood, at the settings that they come with.

exact: the share of the accounts whose very text others have. near: obsei's near-duplicates, texts
of which four fifths of the neighbouring words agree. CooRTweet: accounts that share the same text
within ten seconds, at least twice (time_window 10, min_participation 2).
"""

from collections import Counter, defaultdict
from itertools import combinations

import numpy as np

from analysis.evidence.coordination.flood import Flood
from analysis.network.near import near_groups

LEAST, SHARE = 8, 0.1  # accounts of a group that flag a flood, the same for all
WITHIN_S, TIMES = 10, 2


def exact(flood: Flood) -> bool:
    """Whether many accounts have the same text to the letter."""
    return _many(Counter(text for text in flood.texts if text), flood)


def near(flood: Flood) -> bool:
    """Whether many accounts have nearly the same text."""
    groups = near_groups([words for words in flood.words if words])
    return _many(Counter(groups.tolist()), flood)


def coortweet(flood: Flood) -> bool:
    """Whether any two accounts shared two texts within ten seconds of each other."""
    held: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(flood.texts):
        if text:
            held[text].append(n)
    at = flood.frame["created_at"].astype("datetime64[us, UTC]").astype(np.int64) / 1e6
    pairs: Counter[tuple[int, int]] = Counter()
    for rows in held.values():
        for one, other in combinations(rows[:200], 2):
            if abs(at[one] - at[other]) <= WITHIN_S:
                a, b = sorted((int(flood.hand[one]), int(flood.hand[other])))
                pairs[a, b] += a != b
    return any(times >= TIMES for times in pairs.values())


def _many(groups: Counter[str] | Counter[int], flood: Flood) -> bool:
    most = max(groups.values(), default=0)
    return most >= max(LEAST, SHARE * int(np.unique(flood.hand).size))
