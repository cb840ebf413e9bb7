"""Who shared the same things within the window: counted whole, and made into edges within a bound.

As in CooRTweet (Righetti and Balluff, 2023) to the last pair; docs/network.md says where it errs.
"""

from dataclasses import dataclass

import numpy as np

from analysis.network.edges import Edges, counted_pairs, edges
from analysis.network.participation import of_active, pair_rows, taking_part
from analysis.network.shares import Flags, Ints, Shares
from analysis.network.sliding import Sorted, by_thing, in_order, partners

MOST_OF_A_THING = 10_000_000  # pairs
MOST = 15_000_000  # pairs of all things together


@dataclass(frozen=True, slots=True)
class Crowds:
    """Things that too many shared at once: their pairs are counted, not made.

    shares: rows that have a partner; pairs: how many pairs they make.
    """

    thing: Ints
    shares: Ints
    pairs: Ints


@dataclass(frozen=True, slots=True)
class Found:
    """What there is within the window.

    rows: pairs of shares that count, crowds among them. ordered: the shares that have a partner;
    counts, made: of these, those whose pairs count and whose pairs were made into edges.
    """

    rows: int
    ordered: Sorted
    counts: Flags
    made: Flags
    graph: Edges
    crowds: Crowds


def find(
    shares: Shares,
    window_us: int,
    least: int,
    *,
    loops: bool = False,
    most_of_a_thing: int = MOST_OF_A_THING,
    most: int = MOST,
) -> Found:
    """Edges between accounts that share things within the window of each other, both ends included.

    least: shares that an account must have, first in all, then with a partner (one of the two
    accounts of a pair must). loops: also pairs of an account with itself.
    """
    active = by_thing(of_active(shares, least), window_us)
    number = partners(active, window_us, loops=loops)
    paired = number > 0
    counts = taking_part(active, paired, least)
    pairs = pair_rows(active, counts, number, window_us, loops=loops)
    ordered = in_order(active[paired], window_us)
    counts = counts[paired][ordered.order]
    apart = _crowded(ordered, most_of_a_thing, most)
    made = ~np.isin(ordered.shares.thing, apart)
    graph = edges(ordered.shares, counted_pairs(ordered, counts, made, loops=loops))
    held = np.bincount(ordered.shares.thing, minlength=pairs.size)
    crowds = Crowds(apart, held[apart].astype(np.int64), pairs[apart])
    return Found(int(pairs.sum()), ordered, counts, made, graph, crowds)


def _crowded(ordered: Sorted, most_of_a_thing: int, most: int) -> Ints:
    """Things whose pairs are too many: each by itself, or the largest of too many together."""
    things, where = np.unique(ordered.shares.thing, return_inverse=True)
    size = np.bincount(where, weights=ordered.after, minlength=things.size)
    order = np.argsort(size, kind="stable")
    too_many = (size[order] > most_of_a_thing) | (np.cumsum(size[order]) > most)
    return np.sort(things[order[too_many]])
