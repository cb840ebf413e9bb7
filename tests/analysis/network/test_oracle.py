"""The same numbers as CooRTweet 2.1.3 on public co-sharing data (../shared/data/social)."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.evidence.coordination import co_sharing
from analysis.network.network import network

SOCIAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "social"
ORACLE = SOCIAL / "coortweet_oracle.md"
TYPES = {"urls": "url", "images": "phash", "hashtags": "hashtag", "domains": "domain"}

NAMES = ("dataset", "time_window", "min_participation", "remove_loops")
pytestmark = pytest.mark.usefixtures("shared_data")  # which skips, or fails in CI


def settings() -> list[dict[str, str]]:
    """The oracle's table, one row a setting."""
    if not ORACLE.is_file():
        return [dict.fromkeys(NAMES, "absent")]  # for the fixture to tell of
    lines = [line for line in ORACLE.read_text().splitlines() if line.startswith("| ")]
    header, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(header, row, strict=True)) for row in rows]


@cache
def table(dataset: str) -> pd.DataFrame:
    if dataset == "russian":
        return pd.read_parquet(SOCIAL / "coortweet_russian_coord_tweets.parquet")
    rows = pd.read_parquet(SOCIAL / "coortweet_german_elections_long.parquet")
    kind = dataset.removeprefix("german ")
    if kind == "fb_urls":
        return rows[(rows["object_type"] == "url") & (rows["platform"] == "fb")]
    return rows[rows["object_type"] == TYPES[kind]]


def named(row: dict[str, str]) -> str:
    return "-".join(row[name] for name in NAMES)


@pytest.mark.parametrize("row", settings(), ids=named)
def test_rows_accounts_edges_and_edges_over_the_threshold(row: dict[str, str]) -> None:
    found = network(
        table(row["dataset"]).sample(frac=1, random_state=1),
        window=float(row["time_window"]),
        min_participation=int(row["min_participation"]),
        percentile=float(row["edge_weight_q"]),
        loops=row["remove_loops"] == "False",
    )
    got = {
        "rows_in": len(found.keyed.shares),
        "pair_rows": found.rows,
        "V": found.vertices,
        "E": found.edges,
        "Wsum": int(found.found.graph.weight.sum()),
        "Wmax": int(found.found.graph.weight.max()),
        "E_over": found.edges_over_threshold,
        "V_sub1": found.vertices_over_threshold,
    }
    assert got == {name: int(row[name]) for name in got}


def test_there_are_all_settings() -> None:
    assert len({(named(row), row["edge_weight_q"]) for row in settings()}) >= 12


def test_all_types_together_count_participation_in_each_by_itself() -> None:
    rows = pd.read_parquet(SOCIAL / "coortweet_german_elections_long.parquet")
    found = network(rows, window=30)
    assert (found.rows, found.vertices, found.edges) == (17460, 1022, 2251)
    assert found.edges_over_threshold == 1078
    pictures = rows[rows["object_type"].isin(["url", "phash"])]
    both = network(pictures, window="30s")
    assert both.rows == 7789
    assert (both.vertices_over_threshold, both.edges_over_threshold) == (298, 771)


def test_the_signal_of_acting_together_finds_every_pair_of_a_shared_file() -> None:
    """Time bins found 26 of the pairs that share two things within a minute."""
    rows = table("russian")
    account = pd.factorize(rows["account_id"])[0].astype(np.int64)
    thing = pd.factorize(rows["object_id"])[0].astype(np.int64)
    at = rows["timestamp_share"].to_numpy(dtype=np.int64)
    first = (
        pd.DataFrame({"a": account, "t": thing, "at": at}).groupby(["a", "t"]).min().reset_index()
    )
    both = first.merge(first, on="t")
    both = both[(both["a_x"] < both["a_y"]) & ((both["at_x"] - both["at_y"]).abs() <= 60)]
    often = both.groupby(["a_x", "a_y"]).size()
    pairs = often[often >= 2].index
    made = co_sharing.first_shares(account, thing, at)
    found, _ = co_sharing.repeated(made, 60, 2, 10**9, np.random.default_rng(1), 1)
    assert found == len({one for pair in pairs for one in pair})
    assert len(pairs) > 26
