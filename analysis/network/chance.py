"""How improbable an edge is where nobody acts together, and which edges and components to report.

Two nulls, and the larger p-value of the two:

- dealt: within each UTC day the shares are dealt out anew among that day's accounts. Every account
  keeps how much it shares, every object its rushes. Meetings then follow a Poisson law.
- moved: every share is moved by up to `jitter` either way. Every account keeps its objects. Where
  outsiders shared the object on that day, too, their own nearness counts instead if it is greater,
  which is what dealing the accounts out within object and day would give.

An edge's statistic is its occasions: objects and days on which the two met within the window. The
laws are worked out, not drawn, so no number of draws sets a floor; they are upper bounds
(Hoeffding 1956, theorem 5). False discoveries: Benjamini and Hochberg 1995 over every two accounts
that could have met. Components: harmonic mean of the edges' p-values (Wilson 2019), valid for
whatever set of edges the data suggest.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import binom, landau, poisson

from analysis.network.edges import Edges, counted_pairs, edge_keys
from analysis.network.found import MOST_OF_A_THING, Found
from analysis.network.participation import of_active
from analysis.network.shares import Flags, Ints, Shares
from analysis.network.sliding import Pairs, Sorted, by_thing, in_order, near, pairs

DAY_US = 86_400_000_000
LEAST_JITTER_US, MOST_JITTER_US = 3_600_000_000, DAY_US // 2
JITTER_WINDOWS = 10
LEAST_OUTSIDERS = 5  # shares of an object on a day that tell how near strangers come
LEAST_OCCASIONS = 2  # fewer are never told from chance
MOST_TESTED = 5_000_000  # pairs of shares that are looked at to learn which accounts could meet
SMALLEST = 1e-300

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chance:
    """Of each edge: occasions, p-value and q-value (the false discovery rate at which it shows).

    tested: how many pairs of accounts could have met twice. level: of the false discovery rate;
    reported: edges with a q-value of at most that. jitter_us: how far the second null moves a
    share.
    """

    occasions: Ints
    p_value: Floats
    q_value: Floats
    tested: int
    level: float
    jitter_us: int

    @property
    def reported(self) -> Flags:
        """Edges that chance alone does not explain."""
        return self.q_value <= self.level


def chance(shares: Shares, found: Found, window_us: int, least: int, level: float = 0.05) -> Chance:
    """P-values of the edges of `found`. shares: as given to `find`, with the same window."""
    active = by_thing(of_active(shares, least), window_us)
    jitter = min(max(LEAST_JITTER_US, JITTER_WINDOWS * window_us), MOST_JITTER_US)
    moved = _Moved(active, found, window_us, jitter)
    occasions = _occasions(found, moved.too_many)
    tested = max(moved.tested(), 1)
    p_value = np.ones(len(found.graph))
    chosen = np.flatnonzero(occasions >= LEAST_OCCASIONS)
    edges, seen = found.graph[chosen], occasions[chosen]
    dealt = _dealt_p(active, edges, seen, window_us)
    first = np.maximum(dealt, moved.p_values(edges, seen, None))
    suspects = edges[q_values(first, tested) <= level].vertices
    p_value[chosen] = np.maximum(dealt, moved.p_values(edges, seen, suspects))
    return Chance(occasions, p_value, q_values(p_value, tested), tested, level, jitter)


def q_values(p_value: Floats, tested: int) -> Floats:
    """Benjamini and Hochberg's q of the smallest of `tested` p-values; the others count as 1."""
    order = np.argsort(p_value, kind="stable")
    ranked = p_value[order] * tested / np.arange(1, order.size + 1)
    found = np.empty(order.size)
    found[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return found


def together(p_value: Floats, tested: int) -> float:
    """P-value of a set of edges that was chosen by looking: at most one of `tested` sets errs.

    Harmonic mean p-value against Landau's law of the mean over all tested (Wilson 2019, eq. 4).
    """
    total = float(np.sum(1.0 / np.maximum(p_value, SMALLEST))) / tested
    return float(landau.sf(total, loc=np.log(tested) + 0.874, scale=np.pi / 2))


def _occasions(found: Found, too_many: Ints) -> Ints:
    """On how many objects and days the two accounts of each edge met."""
    rows, graph = found.ordered.shares, found.graph
    if len(graph) == 0:
        return np.zeros(0, dtype=np.int64)
    width = int(rows.account.max()) + 1
    keys = graph.one * width + graph.other
    occasion = _occasion(rows)
    size = int(occasion.max()) + 1
    begins = found.made & ~np.isin(rows.thing, too_many)
    met = [
        np.unique(np.searchsorted(keys, edge_keys(rows, some, width)) * size + occasion[some.one])
        for some in counted_pairs(found.ordered, found.counts, begins, loops=False)
    ]
    every = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *met]))
    return np.bincount(every // size, minlength=len(graph)).astype(np.int64)


def _occasion(rows: Shares) -> Ints:
    """A number for the object and day of each share."""
    day = rows.at // DAY_US
    day = day - day.min() if day.size else day
    both = rows.thing * (int(day.max(initial=0)) + 1) + day
    return np.unique(both, return_inverse=True)[1].astype(np.int64)


def _dealt_p(active: Shares, edges: Edges, seen: Ints, window_us: int) -> Floats:
    """The first null: Poisson with the mean number of meetings when accounts are dealt out anew."""
    day = np.unique(active.at // DAY_US, return_inverse=True)[1]
    meetings = np.bincount(day, weights=near(active.thing, active.at, window_us)) / 2
    held = np.bincount(day).astype(np.float64)
    rate = 2 * meetings / np.maximum(held * (held - 1), 1)
    shape = (int(active.account.max(initial=0)) + 1, held.size)
    table = csr_array((np.ones(day.size), (active.account, day)), shape=shape)
    mean = np.zeros(len(edges))
    for part in np.array_split(np.arange(len(edges)), 1 + len(edges) // 100_000):
        both = table[edges.one[part]].multiply(table[edges.other[part]])
        mean[part] = np.asarray(both @ rate, dtype=np.float64)
    return np.asarray(poisson.sf(seen - 1, mean), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Met:
    """Edges and the occasions on which their accounts were near enough to have met.

    moved: sum of the chances to meet once every share is moved; pairs: of shares.
    """

    edge: Ints
    occasion: Ints
    moved: Floats
    pairs: Floats


class _Moved:
    """The second null, of one table of shares. too_many: things whose pairs cannot be looked at."""

    def __init__(self, active: Shares, found: Found, window_us: int, jitter_us: int) -> None:
        self.active = active
        self.window_us = window_us
        self.jitter_us = jitter_us
        self.reach_us = 2 * jitter_us + window_us
        self.occasion = _occasion(active)
        self.crowds = found.crowds.thing
        self.too_many = self._too_many(found)

    def _too_many(self, found: Found) -> Ints:
        vertices = found.graph.vertices
        rows = self.active[np.isin(self.active.account, vertices)]
        after = in_order(rows, self.reach_us)
        size = np.bincount(after.shares.thing, weights=after.after, minlength=1)
        return np.union1d(self.crowds, np.flatnonzero(size > MOST_OF_A_THING))

    def tested(self) -> int:
        """Every two accounts that shared two objects (or one on two days) near enough to have met.

        Who shares what is given under this null, so that the choice costs nothing. Where these are
        too many to look at: every two accounts there are.
        """
        often = np.bincount(self.active.account)[self.active.account] >= LEAST_OCCASIONS
        often &= ~np.isin(self.active.thing, self.crowds)
        ordered = in_order(self.active[often], self.reach_us)
        if int(ordered.after.sum()) > MOST_TESTED:
            accounts = int(np.unique(self.active.account).size)
            return accounts * (accounts - 1) // 2
        occasion = self.occasion[often][ordered.order]
        rows = ordered.shares
        width = int(rows.account.max(initial=0)) + 1
        met = [
            _distinct(edge_keys(rows, some, width), occasion[some.one])
            for some in pairs(ordered, np.ones(len(rows), dtype=np.bool_), loops=False)
        ]
        keys = np.concatenate([np.zeros((2, 0), dtype=np.int64), *met], axis=1)
        _, number = np.unique(_distinct(keys[0], keys[1])[0], return_counts=True)
        return int(np.count_nonzero(number >= LEAST_OCCASIONS))

    def p_values(self, edges: Edges, seen: Ints, suspects: Ints | None) -> Floats:
        """suspects: accounts whose own nearness tells nothing; None: nobody's is looked at."""
        if len(edges) == 0:
            return np.zeros(0)
        nearness = np.zeros(int(self.occasion.max()) + 1)
        if suspects is not None:
            nearness = self._nearness(suspects)
        met = self._meetings(edges)
        p_meet = np.minimum(np.maximum(met.moved, met.pairs * nearness[met.occasion]), 1.0)
        mean = np.bincount(met.edge, weights=p_meet, minlength=len(edges))
        chances = np.maximum(np.bincount(met.edge, minlength=len(edges)), seen)
        bound = binom.sf(seen - 1, chances, np.minimum(mean / chances, 1.0))
        return np.where(seen >= mean + 1, bound, 1.0)

    def _nearness(self, suspects: Ints) -> Floats:
        """Of each occasion, the share of outsiders' pairs within the window; 0 where few are."""
        outside = ~np.isin(self.active.account, suspects)
        rows, occasion = self.active[outside], self.occasion[outside]
        size = int(self.occasion.max()) + 1
        number = np.bincount(occasion, minlength=size).astype(np.float64)
        close = near(occasion, rows.at, self.window_us)
        inside = np.bincount(occasion, weights=close, minlength=size)
        share = (inside + 2) / (number * (number - 1) + 2)
        return np.where(number >= LEAST_OUTSIDERS, share, 0.0)

    def _meetings(self, edges: Edges) -> "Met":
        chosen = np.isin(self.active.account, edges.vertices)
        chosen &= ~np.isin(self.active.thing, self.too_many)
        ordered = in_order(self.active[chosen], self.reach_us)
        occasion = self.occasion[chosen][ordered.order]
        width = int(self.active.account.max()) + 1
        keys = edges.one * width + edges.other
        size = int(self.occasion.max()) + 1
        parts = [
            self._of_edges(ordered, some, keys, occasion, size, width)
            for some in pairs(ordered, np.ones(occasion.size, dtype=np.bool_), loops=False)
        ]
        codes = np.concatenate([np.zeros(0, dtype=np.int64), *(p[0] for p in parts)])
        chances = np.concatenate([np.zeros(0), *(p[1] for p in parts)])
        found, where = np.unique(codes, return_inverse=True)
        moved = np.asarray(np.bincount(where, weights=chances, minlength=found.size), np.float64)
        number = np.bincount(where, minlength=found.size).astype(np.float64)
        return Met(found // size, found % size, moved, number)

    def _of_edges(
        self, ordered: Sorted, some: Pairs, keys: Ints, occasion: Ints, size: int, width: int
    ) -> tuple[Ints, Floats]:
        sought = edge_keys(ordered.shares, some, width)
        at = np.minimum(np.searchsorted(keys, sought), keys.size - 1)
        kept = keys[at] == sought
        one, other = some.one[kept], some.other[kept]
        apart = ordered.shares.at[other] - ordered.shares.at[one]
        chances = meets(apart, self.window_us, self.jitter_us)
        return at[kept] * size + occasion[one], chances


def _distinct(one: Ints, other: Ints) -> NDArray[np.int64]:
    """Each two values that stand side by side once. int64 (2, pairs)."""
    order = np.lexsort((other, one))
    both = np.stack([one[order], other[order]])
    new = np.ones(order.size, dtype=np.bool_)
    new[1:] = (both[:, 1:] != both[:, :-1]).any(axis=0)
    return both[:, new]


def meets(apart_us: Ints, window_us: int, jitter_us: int) -> Floats:
    """Chance that two shares lie within the window once each is moved, evenly, up to `jitter`."""
    apart = apart_us.astype(np.float64)
    inside = _moved_below(window_us - apart, jitter_us) - _moved_below(
        -window_us - apart, jitter_us
    )
    return np.maximum(inside, 0.0)


def _moved_below(difference: Floats, jitter_us: int) -> Floats:
    """Chance that the difference of two even moves is below: a triangle of twice the jitter."""
    x = np.clip(difference / (2 * jitter_us), -1.0, 1.0)
    return np.where(x <= 0, (1 + x) ** 2 / 2, 1 - (1 - x) ** 2 / 2)


def dealt(shares: Shares, rng: np.random.Generator) -> Shares:
    """A draw of the first null: accounts dealt out anew among the shares of each UTC day."""
    return _with_accounts(shares, shares.at // DAY_US, rng)


def dealt_within_objects(shares: Shares, rng: np.random.Generator) -> Shares:
    """Accounts dealt out anew among the shares of each object and UTC day."""
    return _with_accounts(shares, _occasion(shares), rng)


def moved(shares: Shares, jitter_us: int, rng: np.random.Generator) -> Shares:
    """A draw of the second null."""
    by = rng.integers(-jitter_us, jitter_us + 1, len(shares))
    return replace(shares, at=shares.at + by)


def _with_accounts(shares: Shares, group: Ints, rng: np.random.Generator) -> Shares:
    order = np.argsort(group, kind="stable")
    shuffled = np.lexsort((rng.random(len(shares)), group))
    account = np.empty_like(shares.account)
    account[order] = shares.account[shuffled]
    return replace(shares, account=account)
