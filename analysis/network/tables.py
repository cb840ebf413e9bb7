"""What a network says, as tables: its edges, accounts, components, and the messages of an edge."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.network.chance import Chance, together
from analysis.network.columns import Keyed
from analysis.network.edges import Edges, counted_pairs, edge_keys
from analysis.network.found import Found
from analysis.network.shares import Flags, Ints

MOST_OBJECTS = 5  # of a component that are named
LARGEST_DETAILED = 5_000_000  # pairs of shares of which objects and times are told

Frame = pd.DataFrame


def pair_table(keyed: Keyed, found: Found, chosen: Flags) -> Frame:
    """Every pair of shares behind the chosen edges, by edge and time: who, what, in which messages.

    Columns: edge (its place in `found.graph`), account, account_other, object, message,
    message_other, at, at_other (UTC), seconds_apart. `account` is the edge's first, which need not
    be the earlier.
    """
    rows, graph = found.ordered.shares, found.graph
    width = int(rows.account.max(initial=0)) + 1
    places = np.flatnonzero(chosen)
    keys = (graph.one * width + graph.other)[places]
    wanted = found.made & np.isin(rows.account, graph[places].vertices)
    parts = []
    for some in counted_pairs(found.ordered, found.counts, wanted, loops=True):
        sought = edge_keys(rows, some, width)
        at = np.minimum(np.searchsorted(keys, sought), max(keys.size - 1, 0))
        kept = np.flatnonzero(keys[at] == sought) if keys.size else np.zeros(0, dtype=np.int64)
        one, other = some.one[kept], some.other[kept]
        apart = _real(found, one, other)
        turned = rows.account[one] > rows.account[other]
        one, other = np.where(turned, other, one), np.where(turned, one, other)
        parts.append(np.stack([places[at[kept]], one, other])[:, apart])
    edge, one, other = np.concatenate([np.zeros((3, 0), dtype=np.int64), *parts], axis=1)
    order = np.lexsort((np.minimum(rows.at[one], rows.at[other]), edge))
    return _told(keyed, found, edge[order], one[order], other[order])


def _real(found: Found, one: Ints, other: Ints) -> Flags:
    """Not a message with itself, nor one that is the object."""
    rows = found.ordered.shares
    apart = rows.message[one] != rows.message[other]
    apart &= ~(rows.is_thing[one] | rows.is_thing[other])
    return np.asarray((rows.account[one] == rows.account[other]) | apart, dtype=np.bool_)


def _told(keyed: Keyed, found: Found, edge: Ints, one: Ints, other: Ints) -> Frame:
    rows = found.ordered.shares
    return pd.DataFrame({
        "edge": edge,
        "account": keyed.accounts[rows.account[one]],
        "account_other": keyed.accounts[rows.account[other]],
        "object": keyed.things[rows.thing[one]],
        "message": keyed.messages[rows.message[one]],
        "message_other": keyed.messages[rows.message[other]],
        "at": moment(rows.at[one]),
        "at_other": moment(rows.at[other]),
        "seconds_apart": np.abs(rows.at[one] - rows.at[other]) / 1e6,
    })  # fmt: skip


def moment(at: Ints) -> Any:
    """Microseconds as times in UTC."""
    return pd.to_datetime(at, unit="us", utc=True).astype("datetime64[us, UTC]")


def edge_list(keyed: Keyed, found: Found, over: Flags, chance: Chance | None) -> Frame:
    """One row an edge, heaviest first.

    weight: pairs of shares; objects: different ones; messages, messages_other: how many of each
    account's are in it; p_value, q_value, occasions: see `Network.chance`.
    """
    graph = found.graph
    frame = pd.DataFrame({
        "account": keyed.accounts[graph.one],
        "account_other": keyed.accounts[graph.other],
        "weight": graph.weight,
        "over_threshold": over,
    })  # fmt: skip
    if chance is not None:
        frame["occasions"] = chance.occasions
        frame["p_value"] = chance.p_value
        frame["q_value"] = chance.q_value
    if graph.weight.sum() <= LARGEST_DETAILED:
        frame = frame.join(_details(pair_table(keyed, found, np.ones(len(graph), dtype=np.bool_))))
    return frame.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)


def _details(pairs: Frame) -> Frame:
    by = pairs.groupby("edge", sort=True)
    found = by.agg(
        objects=("object", "nunique"),
        messages=("message", "nunique"),
        messages_other=("message_other", "nunique"),
        mean_seconds_apart=("seconds_apart", "mean"),
        first_at=("at", "min"),
        last_at=("at", "max"),
    )
    return pd.DataFrame(found)


def membership(graph: Edges, chosen: Flags) -> tuple[Ints, Ints]:
    """(accounts of the chosen edges, the component of each: 0 is the largest)."""
    some = graph[chosen]
    accounts = some.vertices
    one, other = np.searchsorted(accounts, some.one), np.searchsorted(accounts, some.other)
    links = coo_array((np.ones(one.size), (one, other)), shape=(accounts.size, accounts.size))
    label = connected_components(links, directed=False)[1] if accounts.size else one
    label = np.asarray(label, dtype=np.int64)
    largest = np.argsort(-np.bincount(label, minlength=1), kind="stable")
    rank = np.empty(largest.size, dtype=np.int64)
    rank[largest] = np.arange(largest.size)
    return accounts, rank[label] if accounts.size else label


def account_table(keyed: Keyed, found: Found, chosen: Flags) -> Frame:
    """One row an account that has an edge: its shares, partners, weight, and its component among
    the chosen edges (missing where it has none of them)."""
    graph, rows = found.graph, found.ordered.shares
    accounts = graph.vertices
    ends = np.searchsorted(accounts, np.concatenate([graph.one, graph.other]))
    weight = np.bincount(ends, weights=np.tile(graph.weight, 2), minlength=accounts.size)
    inside, component = membership(graph, chosen)
    of = pd.Series(component, index=inside, dtype="Int64").reindex(accounts)
    size = int(accounts.max(initial=0)) + 1
    every = np.bincount(keyed.shares.account, minlength=size)
    paired = np.bincount(rows.account, minlength=size)
    frame = pd.DataFrame({
        "account": keyed.accounts[accounts],
        "shares": every[accounts],
        "shares_with_a_partner": paired[accounts],
        "partners": np.bincount(ends, minlength=accounts.size),
        "weight": weight.astype(np.int64),
        "component": of.to_numpy(),
    })  # fmt: skip
    return frame.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)


def component_table(keyed: Keyed, found: Found, chosen: Flags, chance: Chance | None) -> Frame:
    """One row a component of the chosen edges, largest first: accounts, edges, what they share most
    and when; with `chance` the p-value of the whole."""
    inside, component = membership(found.graph, chosen)
    places = np.flatnonzero(chosen)
    label = component[np.searchsorted(inside, found.graph.one[places])]
    pairs = pair_table(keyed, found, chosen)
    pairs["component"] = label[np.searchsorted(places, pairs["edge"].to_numpy())]
    made = []
    for number, rows in pairs.groupby("component"):
        edges = places[label == number]
        row = {
            "component": number,
            "accounts": int(np.count_nonzero(component == number)),
            "edges": int(edges.size),
            "weight": int(found.graph.weight[edges].sum()),
            "objects": int(rows["object"].nunique()),
            "most_shared": rows["object"].value_counts().index[:MOST_OBJECTS].tolist(),
            "first_at": rows[["at", "at_other"]].min().min(),
            "last_at": rows[["at", "at_other"]].max().max(),
        }
        if chance is not None:
            row["p_value"] = together(chance.p_value[edges], chance.tested)
        made.append(row)
    names = ["component", "accounts", "edges", "weight", "objects", "most_shared", "first_at",
             "last_at", *(["p_value"] if chance is not None else [])]  # fmt: skip
    return pd.DataFrame(made, columns=names)
