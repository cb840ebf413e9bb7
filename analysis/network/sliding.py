"""The window, closed and sliding: who has a partner, how many pairs there are, and the pairs.

Counting needs no pair: it costs a sort and two searches a row, however many pairs a crowd makes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.network.shares import Flags, Ints, Shares

AT_ONCE = 4_000_000  # pairs held in memory
MOST_PLACES = 2**62


@dataclass(frozen=True, slots=True)
class Sorted:
    """Shares in order of thing and time.

    end: int64 (rows,), one past the last row of the same thing that lies within the window;
    order: where each row stood before.
    """

    shares: Shares
    end: Ints
    order: Ints

    @property
    def after(self) -> Ints:
        """Later rows within the window of each: the pairs that it begins."""
        return self.end - np.arange(self.end.size) - 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows of a `Sorted`, the earlier one first."""

    one: Ints
    other: Ints


def by_thing(shares: Shares, window_us: int) -> Shares:
    """The rows in order of thing and time."""
    return shares[np.argsort(_keys(shares.thing, shares.at, window_us).place, kind="stable")]


def in_order(shares: Shares, window_us: int) -> Sorted:
    """The rows sorted, with each one's reach. window_us: inclusive, 0 is the same moment."""
    keys = _keys(shares.thing, shares.at, window_us)
    order = np.argsort(keys.place, kind="stable")
    end = np.searchsorted(keys.place[order], keys.past[order], side="left")
    return Sorted(shares[order], end.astype(np.int64), order.astype(np.int64))


def near(group: Ints, at: Ints, window_us: int) -> Ints:
    """How many other rows of its group lie within the window of each row, before and after it."""
    keys = _keys(group, at, window_us)
    places = np.sort(keys.place)
    below = np.searchsorted(places, keys.first, side="left")
    above = np.searchsorted(places, keys.past, side="left")
    return (above - below - 1).astype(np.int64)


def partners(shares: Shares, window_us: int, *, loops: bool) -> Ints:
    """How many rows each row makes a pair with. loops: also with the account's own."""
    found = near(shares.thing, shares.at, window_us)
    if loops:
        return found
    found[shares.is_thing] = 0
    maybe = np.flatnonzero(found > 0)
    rows = shares[maybe]
    alike = near(rows.thing, rows.at, window_us) if shares.is_thing.any() else found[maybe]
    own = rows.thing * _size(rows.account) + rows.account
    said = rows.thing * _size(rows.message) + rows.message
    again, repeated = _again(own), _again(said)
    alike[again] -= near(own[again], rows.at[again], window_us)
    alike[repeated] -= near(said[repeated], rows.at[repeated], window_us)
    both = np.intersect1d(again, repeated, assume_unique=True)
    alike[both] += near(_joint(own[both], said[both]), rows.at[both], window_us)
    found[maybe] = alike
    return found


def _again(codes: Ints) -> Ints:
    """Rows whose code another row has, too."""
    ordered = np.sort(codes)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if twice.size == 0:
        return twice
    where = np.minimum(np.searchsorted(twice, codes), twice.size - 1)
    return np.flatnonzero(twice[where] == codes)


def _joint(one: Ints, other: Ints) -> Ints:
    """A code for each pair of codes, from 0."""
    first = np.unique(one, return_inverse=True)[1]
    second = np.unique(other, return_inverse=True)[1]
    return (first * _size(second) + second).astype(np.int64)


def _size(codes: Ints) -> int:
    return int(codes.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True)
class _Keys:
    """Where each row stands among all groups, and the span of places that it reaches."""

    place: Ints
    first: Ints
    past: Ints


def _keys(group: Ints, at: Ints, window_us: int) -> _Keys:
    if at.size == 0:
        return _Keys(at, at, at)
    low, high = int(at.min()), int(at.max())
    window = min(window_us, high - low)
    unit = 1_000_000 if not (at % 1_000_000).any() else 1
    since, window, span = (at - low) // unit, window // unit, (high - low) // unit
    width = span + window + 1
    if int(group.max()) < (MOST_PLACES - width) // width:
        place = group * width + since
        return _Keys(place, np.maximum(place - window, group * width), place + window + 1)
    return _ranked(group, since, window)


def _ranked(group: Ints, since: Ints, window: int) -> _Keys:
    """The same by the ranks of moments: cannot overflow, whatever the span."""
    moments, rank = np.unique(since, return_inverse=True)
    if int(group.max()) >= MOST_PLACES // moments.size:
        group = np.unique(group, return_inverse=True)[1].astype(np.int64)
    base = group * moments.size
    first = np.searchsorted(moments, moments - window, side="left")
    past = np.searchsorted(moments, moments + window, side="right")
    return _Keys(base + rank, base + first[rank], base + past[rank])


def pairs(ordered: Sorted, begins: Flags, *, loops: bool) -> Iterator[Pairs]:
    """The pairs that the chosen rows begin, at most AT_ONCE (or one row's) at a time."""
    rows = ordered.shares
    chosen = np.flatnonzero(begins & (ordered.after > 0))
    upto = np.cumsum(ordered.after[chosen])
    start = 0
    while start < chosen.size:
        done = int(upto[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(upto, done + AT_ONCE, side="right")))
        one, other = _enumerated(chosen[start:stop], ordered.after)
        if not loops:
            kept = rows.account[one] != rows.account[other]
            kept &= rows.message[one] != rows.message[other]
            kept &= ~(rows.is_thing[one] | rows.is_thing[other])
            one, other = one[kept], other[kept]
        yield Pairs(one, other)
        start = stop


def _enumerated(rows: Ints, after: Ints) -> tuple[Ints, Ints]:
    sizes = after[rows]
    one = np.repeat(rows, sizes)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return one, one + 1 + np.arange(one.size) - first
