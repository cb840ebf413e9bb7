"""Accounts that share the same object within minutes, against two nulls. Accounts are numbers here.

One object, many accounts (`together`): the times of an object's shares are a random choice among
the times of all posts, so a busy hour alone makes nothing. Many objects, the same accounts
(`repeated`): who shared is dealt out anew among the shares, which keeps every account's activity,
every object's spread and every rush of the moment, and breaks only that the *same* accounts act
together again and again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, hypergeom

from analysis.network.edges import counted_pairs
from analysis.network.found import Found, find
from analysis.network.shares import plain_shares
from analysis.network.sliding import Pairs

Ints = NDArray[np.int64]
MOST_SWAPS = 50  # rounds
PILOT = 20  # shuffles that only set how many shared objects are many
MOST_PAIRS = 500_000  # of all things
THINNED_TO = 100_000  # pairs, where there are more: of accounts that are drawn


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of objects, one an account and object (its first): equal-length int64 arrays.

    at: seconds, ascending.
    """

    account: Ints
    thing: Ints
    at: Ints


def first_shares(account: Ints, thing: Ints, at: Ints) -> Shares:
    """Each account's first share of each object, in order of time."""
    order = np.lexsort((at, account, thing))
    account, thing, at = account[order], thing[order], at[order]
    first = np.ones(at.size, dtype=np.bool_)
    first[1:] = (account[1:] != account[:-1]) | (thing[1:] != thing[:-1])
    account, thing, at = account[first], thing[first], at[first]
    order = np.argsort(at, kind="stable")
    return Shares(account[order], thing[order], at[order])


def together(shares: Shares, times: Ints, within_s: int, least: int) -> tuple[int, float]:
    """(most accounts that shared one object within the span, its p after false-discovery control).

    times: seconds of all posts, ascending. Objects that `least` accounts shared within the span are
    tested. p: expected number of shares that have so many others of the object in the span after
    them, when the object's shares are a random choice among the posts (hypergeometric, exact; by
    Markov's inequality an upper bound of the probability that there is one). Benjamini-Hochberg
    over all objects that at least two accounts shared.
    """
    order = np.argsort(shares.thing, kind="stable")
    thing, at = shares.thing[order], shares.at[order]
    starts = np.flatnonzero(np.diff(thing, prepend=-1))
    sizes = np.diff(starts, append=thing.size)
    following = np.searchsorted(times, times + within_s, side="right") - np.arange(times.size) - 1
    others, posts = np.unique(following, return_counts=True)
    largest, p_values = [], []
    for start, size in zip(starts[sizes >= 2].tolist(), sizes[sizes >= 2].tolist(), strict=True):
        own = at[start : start + size]
        near = int((np.searchsorted(own, own + within_s, side="right") - np.arange(size)).max())
        largest.append(near)
        p_values.append(_expected(others, posts, times.size, size, near) if near >= least else 1.0)
    if not largest:
        return min(1, int(shares.at.size)), 1.0
    q = false_discovery_control(np.minimum(np.array(p_values), 1.0))
    best = int(np.lexsort((-np.array(largest), q))[0])
    return (largest[best], float(q[best])) if max(largest) >= least else (max(largest), 1.0)


def _expected(others: Ints, posts: Ints, every: int, size: int, near: int) -> float:
    tail = hypergeom.logsf(near - 2, every - 1, others, size - 1)
    return float(np.sum(posts * np.exp(np.minimum(tail, 0.0))) * size / every)


def repeated(
    shares: Shares,
    within_s: int,
    times: int,
    least: int,
    rng: np.random.Generator,
    shuffles: int,
) -> tuple[int, float]:
    """(accounts in pairs that shared many objects within the span, Monte-Carlo p).

    Many: at least `times`, or where chance alone makes such pairs, as many as it hardly makes (less
    than one account in two of PILOT shuffles). Fewer than `least` accounts are not tested. Where
    there are too many pairs, accounts are drawn, and those that are not leave with all that they
    shared, so that shares are dealt out among the same accounts as they are counted of.
    """
    if shares.account.size == 0:
        return 0, 1.0
    shares, pairs = _few_enough(shares, within_s, rng)
    active = np.bincount(shares.account) >= times
    best = _best_partner(pairs, shares.account, active)
    if np.count_nonzero(best >= times) < least:
        return int(np.count_nonzero(best >= times)), 1.0
    pilot = [_best_partner(pairs, _dealt_out(shares, rng), active) for _ in range(PILOT)]
    many = times
    while sum(np.count_nonzero(b >= many) for b in pilot) > PILOT / 2:
        many += 1
    observed = int(np.count_nonzero(best >= many))
    if observed < least:
        return observed, 1.0
    null = (_best_partner(pairs, _dealt_out(shares, rng), active) for _ in range(shuffles))
    reached = sum(np.count_nonzero(b >= many) >= observed for b in null)
    return observed, (1 + reached) / (1 + shuffles)


def _dealt_out(shares: Shares, rng: np.random.Generator) -> Ints:
    """Accounts dealt out anew among the shares; none gets an object twice (mended by swaps)."""
    account = rng.permutation(shares.account)
    width = int(account.max()) + 1
    for _ in range(MOST_SWAPS):
        keys = shares.thing * width + account
        order = np.argsort(keys, kind="stable")
        twice = order[1:][keys[order][1:] == keys[order][:-1]]
        if twice.size == 0:
            break
        for n, other in zip(twice, rng.integers(0, account.size, twice.size), strict=True):
            account[n], account[other] = account[other], account[n]
    return account


def _few_enough(shares: Shares, within_s: int, rng: np.random.Generator) -> tuple[Shares, Pairs]:
    """The shares, of as many accounts as make a bearable number of pairs, and these pairs."""
    found = _found(shares, within_s)
    while found.rows > MOST_PAIRS:
        every = np.unique(shares.account)
        kept = max(2, int(every.size * (THINNED_TO / found.rows) ** 0.5))
        inside = np.isin(shares.account, rng.permutation(every)[:kept])
        shares = Shares(shares.account[inside], shares.thing[inside], shares.at[inside])
        found = _found(shares, within_s)
    return shares, _pairs(found)


def _found(shares: Shares, within_s: int) -> Found:
    """Every two shares of a thing within the span of each other, as the network finds them."""
    rows = plain_shares(shares.account, shares.thing, shares.at * 1_000_000)
    # Above MOST_PAIRS only their number is read.
    return find(rows, within_s * 1_000_000, 1, most_of_a_thing=MOST_PAIRS, most=MOST_PAIRS)


def _pairs(found: Found) -> Pairs:
    parts = list(counted_pairs(found.ordered, found.counts, found.made, loops=False))
    number = found.ordered.shares.message
    none = np.zeros(0, dtype=np.int64)
    return Pairs(
        number[np.concatenate([none, *(part.one for part in parts)])],
        number[np.concatenate([none, *(part.other for part in parts)])],
    )


def _best_partner(pairs: Pairs, account: Ints, active: NDArray[np.bool_]) -> Ints:
    """Of each account, the most things that it shared with one other within the span."""
    best: Ints = np.zeros(active.size, dtype=np.int64)
    one, other = account[pairs.one], account[pairs.other]
    kept = active[one] & active[other] & (one != other)
    one, other = one[kept], other[kept]
    both, things = np.unique(
        np.minimum(one, other) * active.size + np.maximum(one, other), return_counts=True
    )
    np.maximum.at(best, both // active.size, things)
    np.maximum.at(best, both % active.size, things)
    return best
