"""Parts of the page on networks: what to look at, the drawing, the groups."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd
import streamlit as st

from analysis.network.layout import layout
from analysis.network.network import Network, network
from analysis.research.stored_posts import stored_posts
from collector.store import Store
from collector.store.records import ItemFilter
from dashboard import queries, widgets
from dashboard.drawing.network_chart import network_chart
from dashboard.words.catalogue import Wording

KINDS = ("url", "hashtag", "near-text")
WINDOWS = (60, 600, 3_600)
LOOK_BACK = timedelta(days=30)
MOST_GROUPS = 20
LONGEST = 80  # characters of what a group shares


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page shows of one network: numbers, frames of the drawing, groups. No account."""

    numbers: dict[str, int]
    accounts: pd.DataFrame
    pairs: pd.DataFrame
    groups: pd.DataFrame
    beyond: bool
    posts: int


def chosen(words: Wording) -> tuple[str, int]:
    """(kind of object, window in seconds), kept in the address."""
    with st.container(horizontal=True, gap="medium"):
        kinds = {kind: words(f"network-kind-{kind}") for kind in KINDS}
        kind = _pick("share", kinds, words("network-kind"))
        windows = {str(window): words(f"network-window-{window}") for window in WINDOWS}
        window = _pick("within", windows, words("network-window"))
    return kind, int(window)


def _pick(key: str, told: dict[str, str], label: str) -> str:
    values = list(told)
    widgets.from_address(key, values)
    picked: str = st.selectbox(label, values, format_func=told.__getitem__, key=key)
    widgets.to_address(key, [picked], values[0])
    return picked


@queries.cached()
def drawn(store: Store, app: str, kind: str, window_s: int) -> Drawn:
    """The network of an app's last thirty days of data, laid out once and kept."""
    newest = queries.items(store, ItemFilter(apps=(app,)), "newest", 1, "").items
    if newest.empty:
        return _nothing(0)
    last = newest["created_at"].iloc[0].to_pydatetime()
    posts = stored_posts(store, [app], since=last - LOOK_BACK)
    if posts.empty:
        return _nothing(0)
    found = network(posts, window=window_s, object_type=kind, percentile=0.5)
    return _of(found, len(posts)) if found.edges else _nothing(len(posts))


def _nothing(posts: int) -> Drawn:
    empty = pd.DataFrame()
    return Drawn({}, empty, empty, empty, beyond=False, posts=posts)


def _of(found: Network, posts: int) -> Drawn:
    graph, reported = found.found.graph, found.chance.reported
    placed = layout(graph, reported)
    shown = graph[placed.edges]
    one = np.searchsorted(placed.accounts, shown.one)
    other = np.searchsorted(placed.accounts, shown.other)
    pairs = pd.DataFrame({
        "x": placed.x[one], "y": placed.y[one], "x2": placed.x[other], "y2": placed.y[other],
        "weight": shown.weight,
    })  # fmt: skip
    ends = np.concatenate([one, other])
    accounts = pd.DataFrame({
        "x": placed.x, "y": placed.y,
        "size": np.bincount(ends, weights=np.tile(shown.weight, 2), minlength=placed.x.size),
        "partners": np.bincount(ends, minlength=placed.x.size),
        "beyond": np.isin(placed.accounts, graph[reported].vertices),
    })  # fmt: skip
    beyond = bool(reported.any())
    groups = found.components(chance=beyond).head(MOST_GROUPS)
    numbers = {
        "pairs": found.rows,
        "accounts": found.vertices,
        "edges": found.edges,
        "drawn": int(placed.accounts.size),
        "beyond": int(graph[reported].vertices.size),
        "crowds": found.counted_only["objects"],
    }
    return Drawn(numbers, accounts, pairs, groups, beyond=beyond, posts=posts)


def picture(found: Drawn, words: Wording) -> None:
    """The drawing, with its description for those who cannot see it."""
    accounts = found.accounts.assign(tooltip=[
        words("network-account", partners=int(n)) for n in found.accounts["partners"]
    ])  # fmt: skip
    pairs = found.pairs.assign(tooltip=[
        words("network-pair", times=int(n)) for n in found.pairs["weight"]
    ])  # fmt: skip
    spec = network_chart(
        accounts,
        pairs,
        beyond_label=words("network-beyond-label"),
        other_label=words("network-other-label"),
        legend=words("network-legend"),
        style=widgets.chart_style(words),
    )
    widgets.chart(spec, sentence(found, words), key="network")


def sentence(found: Drawn, words: Wording) -> str:
    """What the network says, in one or two sentences."""
    said = words("network-numbers", **found.numbers)
    key = "network-beyond" if found.beyond else "network-none-beyond"
    return f"{said} {words(key, accounts=found.numbers['beyond'])}"


def notes(found: Drawn, words: Wording) -> list[str]:
    """What is not drawn."""
    said = []
    if found.numbers["drawn"] < found.numbers["accounts"]:
        said.append(words("network-drawn", drawn=found.numbers["drawn"]))
    if found.numbers["crowds"]:
        said.append(words("network-crowds", objects=found.numbers["crowds"]))
    return said


def groups(found: Drawn, kind: str, words: Wording) -> list[list[str]]:
    """Rows of the table of groups."""
    return [
        [
            words.number(row["accounts"]),
            words.number(row["edges"]),
            words.number(row["objects"]),
            "; ".join(dict.fromkeys(_plain(one, kind) for one in row["most_shared"][:3])),
            words.time(row["first_at"].to_pydatetime()),
            words.time(row["last_at"].to_pydatetime()),
        ]
        for row in found.groups.to_dict(orient="records")
    ]


def _plain(shared: str, kind: str) -> str:
    """A link's host (its path may name an account), else the beginning of what is shared."""
    if kind == "url":
        return shared.partition("://")[2].partition("/")[0] or shared.partition("/")[0]
    return shared if len(shared) <= LONGEST else f"{shared[:LONGEST]}…"
