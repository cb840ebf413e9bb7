"""Which shares count: accounts that take part too rarely are left out, as CooRTweet does it."""

import numpy as np

from analysis.network.shares import Flags, Ints, Shares
from analysis.network.sliding import partners


def of_active(shares: Shares, least: int) -> Shares:
    """Shares of accounts that have at least so many, near others or not."""
    if len(shares) == 0:
        return shares
    actor = shares.by_kind(shares.account)
    return shares[np.bincount(actor)[actor] >= least]


def taking_part(shares: Shares, paired: Flags, least: int) -> Flags:
    """Rows whose pairs count: one row of a pair must be such a row. paired: it has a partner.

    Counted are an account's rows whose message stands in some pair; with at least so many of them
    the account takes part, and so do all rows that bear one of these messages.
    """
    if not paired.any():
        return paired
    message, actor = shares.by_kind(shares.message), shares.by_kind(shares.account)
    messages = int(message.max()) + 1
    rows = _marked(message[paired], messages)[message]
    often = np.bincount(actor[rows], minlength=int(actor.max()) + 1) >= least
    return _marked(message[rows & often[actor]], messages)[message]


def pair_rows(shares: Shares, counted: Flags, found: Ints, window_us: int, *, loops: bool) -> Ints:
    """How many pairs of each thing count, without making one. int64 (things,).

    found: partners of each row; pairs of two rows that do not count are taken off.
    """
    if len(shares) == 0:
        return np.zeros(0, dtype=np.int64)
    things = int(shares.thing.max()) + 1
    others = shares[~counted & (found > 0)]
    ends = _by_thing(shares, found, things)
    return (ends - _by_thing(others, partners(others, window_us, loops=loops), things)) // 2


def _by_thing(shares: Shares, found: Ints, things: int) -> Ints:
    return np.bincount(shares.thing, weights=found, minlength=things).astype(np.int64)


def _marked(codes: Ints, size: int) -> Flags:
    marked = np.zeros(size, dtype=np.bool_)
    marked[codes] = True
    return marked
