"""How many accounts of a flood say something of themselves, beside the app's own past."""

from collections import defaultdict
from collections.abc import Callable, Set

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from analysis.evidence.case import Case
from analysis.evidence.coordination.app_names import fold, hashtags
from analysis.evidence.coordination.declared import CALLED, declared
from analysis.evidence.coordination.flood import Flood
from analysis.evidence.coordination.quotes import quoted
from analysis.evidence.coordination.review_rule import READABLE, Degree
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.signal import untested
from analysis.evidence.texts import full_texts
from analysis.records import Evidence

MOST_READ = 20_000
MOST_BEFORE = 3_000
TAGGED = 5  # accounts that share a hashtag
RARE = 0.005  # of the past


def told_of_themselves(
    case: Case, name: str, kinds: Set[str], judge: Callable[[int, int, float], Degree]
) -> Evidence:
    """The sign that these kinds of saying are. judge: of accounts, of how many, usual share.

    The past is that of the same stars: what praise says is no measure for blame.
    """
    flood = case.flood
    chosen = np.flatnonzero(flood.spoken)
    chosen = chosen[even_sample(chosen.size, MOST_READ)]
    accounts = flood.accounts(chosen)
    if accounts < READABLE:
        return untested(name, why("few-accounts", have=accounts, need=READABLE))
    texts = [flood.texts[n] for n in chosen]
    past = full_texts(case.before.frame.iloc[case.matched_before[-MOST_BEFORE:]])
    said = [bool(kinds & one) for one in declared(texts)]
    if kinds is CALLED:
        said = [a or b for a, b in zip(said, _tagged(texts, flood.hand[chosen], past), strict=True)]
    saying = chosen[np.array(said, dtype=np.bool_)]
    people = int(np.unique(flood.hand[saying]).size)
    before = sum(bool(kinds & one) for one in declared(past)) if people else 0
    usual = (before + 0.5) / (len(past) + 50)
    degree = judge(people, accounts, usual)
    return Evidence(
        signal=name,
        value=people / accounts,
        baseline=before / max(len(past), 1),
        p_value=float(binom.sf(people - 1, accounts, usual)) if people else 1.0,
        speaks_for=None if degree == "none" else "coordination",
        details={
            "degree": degree,
            "counted": counted(flood),
            "people": people,
            "of": accounts,
            "quotes": quoted(flood.frame, _two(flood, saying)) if degree != "none" else [],
        },
    )


def counted(flood: Flood) -> str:
    """What is counted: accounts, or reviews where the source names next to none."""
    named = np.unique(flood.hand[flood.named & flood.spoken]).size
    return "accounts" if named >= READABLE else "reviews"


def _two(flood: Flood, saying: NDArray[np.int64]) -> list[int]:
    """The first review of these, and the last of another hand."""
    others = saying[flood.hand[saying] != flood.hand[saying[0]]]
    return [int(saying[0]), int(others[-1])]


def _tagged(texts: list[str], hand: np.ndarray, past: list[str]) -> list[bool]:
    """Which texts hold a hashtag that several accounts share and the past hardly had."""
    held = [set(hashtags(fold(text))) if "#" in text else set() for text in texts]
    users: dict[str, set[int]] = defaultdict(set)
    for tags, who in zip(held, hand.tolist(), strict=True):
        for tag in tags:
            users[tag].add(who)
    shared = {tag for tag, who in users.items() if len(who) >= TAGGED}
    if not shared:
        return [False] * len(texts)
    earlier = [hashtags(fold(text)) for text in past if "#" in text]
    known = {tag for tag in shared if sum(tag in tags for tags in earlier) > RARE * len(past)}
    return [bool(tags & (shared - known)) for tags in held]
