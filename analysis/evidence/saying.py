"""How many accounts of a flood say something of themselves, beside the app's own past."""

from collections import defaultdict
from collections.abc import Callable, Sequence, Set

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from analysis.evidence.case import Case
from analysis.evidence.coordination.declared import CALLED, Said
from analysis.evidence.coordination.flood import Flood
from analysis.evidence.coordination.quotes import quoted
from analysis.evidence.coordination.review_rule import READABLE, Degree
from analysis.evidence.not_testable import why
from analysis.evidence.signal import untested
from analysis.records import Evidence

TAGGED = 5  # accounts that share a hashtag
RARE = 0.005  # of the past
PRIOR = 10  # reviews that the usual share is held for, where little past is known


def told_of_themselves(
    case: Case, name: str, kinds: Set[str], judge: Callable[[int, int, float], Degree]
) -> Evidence:
    """The sign that these kinds of saying are. judge: of accounts, of how many, usual share.

    The past is that of the same stars: what praise says is no measure for blame.
    """
    flood = case.flood
    chosen = np.flatnonzero(flood.spoken)
    accounts = flood.accounts(chosen)
    if accounts < READABLE:
        return untested(name, why("few-accounts", have=accounts, need=READABLE))
    now = [case.said[n] for n in chosen]
    said = [bool(kinds & one.kinds) for one in now]
    if kinds is CALLED:
        tagged = _tagged(now, flood.hand[chosen], case)
        said = [a or b for a, b in zip(said, tagged, strict=True)]
    saying = chosen[np.array(said, dtype=np.bool_)]
    people = int(np.unique(flood.hand[saying]).size)
    earlier = case.said_before if people else []
    before = sum(bool(kinds & one.kinds) for one in earlier)
    usual = (before + 0.5) / (len(earlier) + PRIOR)
    degree = judge(people, accounts, usual)
    return Evidence(
        signal=name,
        value=people / accounts,
        baseline=before / max(len(earlier), 1),
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


def _tagged(now: Sequence[Said], hand: NDArray[np.int64], case: Case) -> list[bool]:
    """Which texts hold a hashtag that several accounts share and the past hardly had."""
    users: dict[str, set[int]] = defaultdict(set)
    for one, who in zip(now, hand.tolist(), strict=True):
        for tag in one.tags:
            users[tag].add(who)
    shared = {tag for tag, who in users.items() if len(who) >= TAGGED}
    past = case.said_before if shared else []
    known = {tag for tag in shared if sum(tag in one.tags for one in past) > RARE * len(past)}
    return [bool(one.tags & (shared - known)) for one in now]
