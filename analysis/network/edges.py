"""From pairs of shares to edges between accounts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from analysis.network.shares import Flags, Ints, Shares
from analysis.network.sliding import Pairs, Sorted, pairs


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of accounts, one < other (equal only where loops are kept), in order of both.

    weight: how many pairs of shares lie within the window.
    """

    one: Ints
    other: Ints
    weight: Ints

    def __len__(self) -> int:
        return int(self.one.size)

    def __getitem__(self, chosen: Flags | Ints) -> "Edges":
        return Edges(self.one[chosen], self.other[chosen], self.weight[chosen])

    @property
    def vertices(self) -> Ints:
        """Accounts that have an edge."""
        return np.unique(np.concatenate([self.one, self.other]))


def counted_pairs(
    ordered: Sorted, counted: Flags, begins: Flags, *, loops: bool
) -> Iterator[Pairs]:
    """Pairs that the chosen rows begin and of which one row counts."""
    for some in pairs(ordered, begins, loops=loops):
        kept = counted[some.one] | counted[some.other]
        yield Pairs(some.one[kept], some.other[kept])


def edges(shares: Shares, found: Iterable[Pairs]) -> Edges:
    """The edges that pairs of rows make. Memory grows with the edges, not with the pairs."""
    width = int(shares.account.max()) + 1 if len(shares) else 1
    held, since, waiting = _counts(np.zeros(0, dtype=np.int64)), 0, []
    for some in found:
        waiting.append(_counts(edge_keys(shares, some, width)))
        since += waiting[-1][0].size
        if since > held[0].size:
            held, since, waiting = _summed([held, *waiting]), 0, []
    keys, weight = _summed([held, *waiting])
    return Edges(keys // width, keys % width, weight)


def edge_keys(shares: Shares, some: Pairs, width: int) -> Ints:
    """A number for the accounts of each pair: the smaller code times `width`, plus the other."""
    one, other = shares.account[some.one], shares.account[some.other]
    return np.minimum(one, other) * width + np.maximum(one, other)


def _counts(keys: Ints) -> tuple[Ints, Ints]:
    found, counts = np.unique(keys, return_counts=True)
    return found, counts.astype(np.int64)


def _summed(parts: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    if len(parts) == 1:
        return parts[0]
    keys = np.concatenate([keys for keys, _ in parts])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    weight = np.concatenate([counts for _, counts in parts])[order]
    if starts.size == 0:
        return keys, weight
    return keys[starts], np.add.reduceat(weight, starts)
