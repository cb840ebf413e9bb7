"""The network of a table: against plain counting, and on tables as they come."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from analysis.network.network import Network, network
from collector.errors import ContractError
from tests.analysis.network.plain_counting import Share, pair_rows, weights

few = st.sampled_from("abcd")
shares = st.lists(
    st.builds(Share, few, st.sampled_from("xyz"), st.sampled_from("mnopx"), st.integers(0, 40)),
    max_size=25,
)
NAMES = ["account_id", "object_id", "content_id", "timestamp_share"]


def table(rows: list[Share]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=NAMES)
    return frame.astype({**dict.fromkeys(NAMES[:3], "str"), "timestamp_share": "int64"})


def edges_of(found: Network) -> Counter[tuple[str, str]]:
    graph, keys = found.found.graph, found.keyed.accounts
    ends = zip(keys[graph.one], keys[graph.other], graph.weight.tolist(), strict=True)
    return Counter({(min(a, b), max(a, b)): weight for a, b, weight in ends})


def numbers(found: Network) -> tuple[int, int, int, int]:
    return found.rows, found.vertices, found.edges, found.edges_over_threshold


@trying(deadline=None, max_examples=80)
@given(shares, st.integers(0, 50), st.integers(1, 4), st.booleans())
def test_pairs_and_weights_are_those_of_plain_counting(
    rows: list[Share], window: int, least: int, loops: bool
) -> None:
    found = network(table(rows), window=window, min_participation=least, loops=loops)
    assert found.rows == len(pair_rows(rows, window, least, loops=loops))
    assert edges_of(found) == weights(rows, window, least, loops=loops)


@trying(deadline=None, max_examples=40)
@given(shares, st.integers(0, 50), st.integers(1, 3), st.booleans())
def test_counting_makes_no_pair_and_comes_to_the_same_number(
    rows: list[Share], window: int, least: int, loops: bool
) -> None:
    made = network(table(rows), window=window, min_participation=least, loops=loops)
    counted = network(
        table(rows), window=window, min_participation=least, loops=loops, most_pairs=0
    )
    assert counted.rows == made.rows == counted.counted_only["rows"]
    assert counted.edges == 0


@trying(deadline=None, max_examples=20)
@given(shares, st.randoms(use_true_random=False), st.integers(-(10**9), 10**9))
def test_order_and_the_clock_s_start_make_no_difference(
    rows: list[Share], order: Any, later: int
) -> None:
    shuffled = [row._replace(at=row.at + later) for row in rows]
    order.shuffle(shuffled)
    assert edges_of(network(table(rows), window=9)) == edges_of(network(table(shuffled), window=9))


ROWS = [
    Share("a", "x", "1", 0), Share("b", "x", "2", 60), Share("a", "y", "3", 1000),
    Share("b", "y", "4", 1000), Share("c", "y", "5", 1061),
]  # fmt: skip


def test_the_window_is_closed_and_slides() -> None:
    for window, rows in [(60, 2), (59, 1), (61, 4), (0, 1)]:
        assert network(table(ROWS), window=window, min_participation=1).rows == rows


def test_a_huge_window_is_no_window() -> None:
    for window in ("100000 days", timedelta(days=3650), 1e9):
        assert network(table(ROWS), window=window, min_participation=1).rows == 4


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
@pytest.mark.parametrize("moment", ["int", "ms", "float", "utc", "zone", "ns", "text", "digits"])
def test_any_library_and_any_clock(kind: str, moment: str) -> None:
    frame = table([row._replace(at=row.at + 1_600_000_000) for row in ROWS])
    utc = pd.to_datetime(frame["timestamp_share"], unit="s", utc=True)
    as_given: dict[str, Any] = {
        "int": frame["timestamp_share"],
        "ms": frame["timestamp_share"] * 1000,
        "float": frame["timestamp_share"].astype(float),
        "utc": utc,
        "zone": utc.dt.tz_convert("Asia/Kolkata"),
        "ns": utc.dt.tz_localize(None).astype("datetime64[ns]"),
        "text": utc.dt.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "digits": frame["timestamp_share"].astype(str),
    }
    frame["timestamp_share"] = as_given[moment]
    made = {"pandas": lambda f: f, "polars": pl.from_pandas, "arrow": pa.Table.from_pandas}[kind]
    assert numbers(network(made(frame), window="60s")) == numbers(network(table(ROWS), window=60))


def test_times_of_different_zones_are_one_clock() -> None:
    east = timezone(timedelta(hours=9))
    frame = pd.DataFrame({
        "account": ["a", "b"],
        "object": ["x", "x"],
        "time": [datetime(2026, 1, 2, 9, tzinfo=east).isoformat(),
                 datetime(2026, 1, 2, 0, 0, 30, tzinfo=UTC).isoformat()],
    })  # fmt: skip
    assert network(frame, window=30, min_participation=1).edges == 1


def test_missing_and_empty_keys_are_nobody_s_and_are_counted() -> None:
    frame = table(ROWS)
    rest = pd.DataFrame({
        "account_id": [None, "", "  ", "d", "d", "e", "e"],
        "object_id": ["x", "x", "x", None, "", "x", "x"],
        "content_id": list("678uvwz"),
        "timestamp_share": ["0", "0", "0", "0", "0", None, "soon"],
    })  # fmt: skip
    found = network(pd.concat([frame.astype(str), rest]), window=60)
    assert numbers(found) == numbers(network(frame, window=60))
    assert dict(found.left_out) == {"account": 3, "object": 2, "moment": 2}


def test_an_account_that_shares_one_thing_again_and_again_makes_no_pair_with_itself() -> None:
    rows = [Share("a", "x", str(n), n) for n in range(50)]
    assert network(table(rows), window=60).rows == 0
    both = [*rows, Share("b", "x", "b1", 10), Share("b", "x", "b2", 11)]
    assert numbers(network(table(both), window=60)) == (100, 2, 1, 0)


def test_messages_without_ids_are_all_different() -> None:
    frame = table(ROWS)
    frame["content_id"] = None
    assert network(frame, window=60).rows == network(table(ROWS), window=60).rows
    assert network(frame.drop(columns="content_id"), window=60).rows == 2


def test_nothing_makes_an_empty_network() -> None:
    for rows in ([], ROWS[:1]):
        found = network(table(rows))
        assert numbers(found) == (0, 0, 0, 0)
        assert found.threshold is None


def test_a_crowd_is_counted_and_says_so() -> None:
    rng = np.random.default_rng(1)
    n = 100_000
    at = np.sort(rng.integers(0, 3600, n))
    frame = pd.DataFrame({
        "account_id": np.arange(n) // 2, "object_id": "one",
        "timestamp_share": at,
    })  # fmt: skip
    found = network(frame, window=60)
    counts = np.bincount(at, minlength=3700)
    after = np.convolve(counts, np.ones(61), "full")[60:3660]
    expected = sum(int(c) * (int(a) - 1) - int(c) * (int(c) - 1) // 2
                   for c, a in zip(counts[:3600], after, strict=True) if c)  # fmt: skip
    same = int((np.diff(at.reshape(-1, 2), axis=1) <= 60).sum())
    assert found.rows == expected - same
    assert found.counted_only == {"objects": 1, "shares": n, "rows": found.rows}
    assert found.edges == 0


POSTS = pd.DataFrame({
    "author": ["a", "b", "a", "b", "c"],
    "created_at": ["2026-01-01T00:00:00Z", "2026-01-01T00:00:30Z", "2026-01-02T00:00:00Z",
                   "2026-01-02T00:00:10Z", "2026-01-02T00:00:20Z"],
    "text": [
        "Flood this app now, everybody please! https://Example.org/a?utm_source=x #Flood",
        "flood this app now everybody please https://www.example.org/a #flood #other",
        "Look at what the town does http://example.org/b #FLOOD",
        "look at what the town does https://example.org/b/ #flood",
        "unrelated #other",
    ],
    "reply_to": ["1", "1", "2", "2", None],
    "app": ["k"] * 5,
})  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rows"),
    [("url", 2), ("hashtag", 2), ("text", 1), ("near-text", 2), ("reply", 2), ("app", 4)],
)
def test_posts_share_links_hashtags_words_and_what_they_answer(kind: str, rows: int) -> None:
    found = network(POSTS, window="60s", object_type=kind, min_participation=1)
    assert found.rows == rows


def test_tables_that_are_none_are_refused_with_a_sentence() -> None:
    frame = table(ROWS)
    for arguments, said in [
        ({"df": 3}, "is no table"),
        ({"df": frame.drop(columns="account_id")}, "which column is the account"),
        ({"df": frame, "object": "nope"}, "no column 'nope'"),
        ({"df": frame, "window": "soon"}, "is no span"),
        ({"df": frame, "window": -1}, "is no span"),
        ({"df": frame, "percentile": 2}, "percentile"),
        ({"df": frame, "min_participation": 0}, "min_participation"),
        ({"df": POSTS, "object_type": "song"}, "one of url"),
        ({"df": POSTS, "object_type": "repost"}, "which column is the repost"),
        ({"df": frame.assign(object_type="url"), "object_type": "hashtag"}, "no object of type"),
    ]:
        with pytest.raises(ContractError, match=said):
            network(**arguments)
