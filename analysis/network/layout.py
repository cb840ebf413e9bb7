"""Where accounts stand in a drawing: groups apart, partners near, the same every time."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analysis.network.edges import Edges
from analysis.network.shares import Ints
from analysis.network.tables import membership

MOST_ACCOUNTS = 2_000
MOST_EDGES = 5_000  # as many rows as Altair draws of one frame
ROUNDS = 40
SEED = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Accounts drawn and where; edges drawn, by their place in the network's graph.

    group: number of each account's component, 0 the largest.
    """

    accounts: Ints
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    group: Ints
    edges: Ints


def layout(graph: Edges, first: NDArray[np.bool_]) -> Layout:
    """Of many accounts those of the heaviest edges are drawn. first: edges drawn before others."""
    order = np.lexsort((-graph.weight, ~first))
    edges = np.sort(order[: _fitting(graph, order)])
    chosen = np.zeros(len(graph), dtype=np.bool_)
    chosen[edges] = True
    accounts, group = membership(graph, chosen)
    x, y = _placed(graph[edges], accounts, group)
    return Layout(accounts, x, y, group, edges)


def _fitting(graph: Edges, order: Ints) -> int:
    """How many edges, in this order, have no more than MOST_ACCOUNTS ends."""
    order = order[:MOST_EDGES]
    ends = np.stack([graph.one[order], graph.other[order]], axis=1).ravel()
    seen = np.zeros(ends.size, dtype=np.int64)
    seen[np.unique(ends, return_index=True)[1]] = 1
    return int(np.searchsorted(np.cumsum(seen)[1::2], MOST_ACCOUNTS, side="right"))


def _placed(
    graph: Edges, accounts: Ints, group: Ints
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Each component by itself, then packed in rows, the largest first."""
    x, y = np.zeros(accounts.size), np.zeros(accounts.size)
    owner = group[np.searchsorted(accounts, graph.one)]
    left, top, row, width = 0.0, 0.0, 0.0, 1.3 * np.sqrt(max(accounts.size, 1))
    for number in range(int(group.max(initial=-1)) + 1):
        inside = np.flatnonzero(group == number)
        side = float(np.sqrt(inside.size))
        if left and left + side > width:
            left, top, row = 0.0, top - row - 0.6, 0.0
        own = graph[np.flatnonzero(owner == number)]
        where = _spread(own, accounts[inside])
        x[inside] = left + side * (where[:, 0] + 1) / 2
        y[inside] = top - side * (where[:, 1] + 1) / 2
        left, row = left + side + 0.6, max(row, side)
    return x, y


def _spread(graph: Edges, accounts: Ints) -> NDArray[np.float64]:
    """One component within -1 to 1: forces where it is large, a circle where it is small."""
    drawn = nx.Graph()
    drawn.add_nodes_from(accounts.tolist())
    drawn.add_edges_from(zip(graph.one.tolist(), graph.other.tolist(), strict=True))
    places = nx.circular_layout(drawn) if accounts.size <= 3 else nx.spring_layout(
        drawn, seed=SEED, iterations=ROUNDS
    )  # fmt: skip
    found = np.array([places[account] for account in accounts.tolist()], dtype=np.float64)
    reach = np.abs(found - found.mean(axis=0)).max(initial=1e-9)
    return np.asarray((found - found.mean(axis=0)) / reach, dtype=np.float64)
