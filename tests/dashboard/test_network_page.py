"""The page on networks: what it says, draws and never names."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.network.edges import Edges
from analysis.network.layout import MOST_ACCOUNTS, MOST_EDGES, layout
from collector.store import Store
from dashboard.drawing.charts import Style
from dashboard.drawing.network_chart import network_chart
from dashboard.widgets import network as parts
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def fill(store: Store) -> None:
    """Six accounts that share five links within seconds, among strangers who share one each."""
    store.apps.ensure(builders.APP)
    items = []
    for thing in range(5):
        for who in range(6):
            at = NOW + timedelta(hours=7 * thing, seconds=5 * who)
            items.append((at, f"{who:032x}", f"see https://example.org/{thing}"))
    for n in range(80):
        at = NOW + timedelta(minutes=23 * n)
        items.append((at, f"{100 + n // 2:032x}", f"look https://example.net/{n % 9}"))
    store.items.write(
        [
            builders.item(n, at, None, text, author_key=author, kind="post", source="bluesky")
            for n, (at, author, text) in enumerate(items)
        ],
        how="import",
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_group_is_drawn_and_told_and_nobody_is_named(
    page_store: Store, open_page: OpenPage, lang: str
) -> None:
    fill(page_store)
    at = open_page("network", lang=lang)
    assert not at.exception
    page = "\n".join([shown(at), *(block.value for block in [*at.markdown, *at.caption])])
    said = {"en": "6 of them did so more often than chance explains", "es": "6 de ellas"}[lang]
    assert said in page
    assert "example.org" in page
    assert "example.org/" not in page
    found = parts.drawn(page_store, builders.APP, "url", 60)
    assert found.numbers["beyond"] == 6
    everything = json.dumps([page, found.accounts.to_csv(), found.pairs.to_csv()])
    assert not any(f"{who:032x}" in everything for who in range(200))


def test_without_pairs_it_says_what_to_try(page_store: Store, open_page: OpenPage) -> None:
    builders.fill(page_store)
    at = open_page("network")
    assert any("no two accounts shared" in block.value for block in at.markdown)


def test_two_thousand_accounts_are_drawn_and_no_more() -> None:
    rng = np.random.default_rng(1)
    ends = np.sort(rng.integers(0, 6_000, (9_000, 2)), axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0)
    graph = Edges(ends[:, 0], ends[:, 1], rng.integers(1, 9, len(ends)))
    placed = layout(graph, np.zeros(len(graph), dtype=np.bool_))
    assert MOST_ACCOUNTS - 2 <= placed.accounts.size <= MOST_ACCOUNTS
    assert np.isfinite(placed.x).all()
    again = layout(graph, np.zeros(len(graph), dtype=np.bool_))
    assert (again.x == placed.x).all()
    assert graph.weight[placed.edges].min() >= np.delete(graph.weight, placed.edges).max() - 1


def test_as_many_pairs_as_are_laid_out_can_be_drawn() -> None:
    """Altair refuses frames of more than 5,000 rows."""
    places = np.random.default_rng(1).uniform(size=(MOST_EDGES, 4))
    pairs = pd.DataFrame(places, columns=["x", "y", "x2", "y2"]).assign(weight=1, tooltip="once")
    accounts = pd.DataFrame(places[:MOST_ACCOUNTS, :2], columns=["x", "y"])
    accounts = accounts.assign(size=1, beyond=False, tooltip="one")
    drawn = network_chart(
        accounts, pairs, beyond_label="more", other_label="not", legend="how", style=Style()
    )
    assert sorted(len(rows) for rows in drawn["datasets"].values()) == [MOST_ACCOUNTS, MOST_EDGES]
