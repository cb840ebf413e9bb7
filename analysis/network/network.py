"""The co-action network of a table: `network(df, window="60s")`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from analysis.network import outputs, tables
from analysis.network.chance import Chance
from analysis.network.chance import chance as edges_by_chance
from analysis.network.columns import Keyed
from analysis.network.found import MOST, MOST_OF_A_THING, Found, find
from analysis.network.objects import shares_of
from analysis.network.shares import Flags
from collector.errors import ContractError

Window = str | float | timedelta


@dataclass(frozen=True)
class Network:
    """Accounts that shared the same things within a window of each other, and how often.

    over: of each edge, whether its weight lies above `threshold`, the percentile of all weights.
    seconds: how long it took. The tables are made when they are asked for; in them and in files the
    accounts are the table's own keys.
    """

    keyed: Keyed = field(repr=False)
    found: Found = field(repr=False)
    object_type: str | None
    window_s: float
    min_participation: int
    percentile: float
    loops: bool
    threshold: float | None
    over: Flags = field(repr=False)
    seconds: float

    @property
    def rows(self) -> int:
        """Pairs of shares within the window that count."""
        return self.found.rows

    @property
    def vertices(self) -> int:
        """Accounts with an edge."""
        return int(self.found.graph.vertices.size)

    @property
    def edges(self) -> int:
        """Pairs of accounts."""
        return len(self.found.graph)

    @property
    def edges_over_threshold(self) -> int:
        """Pairs of accounts whose weight lies above the threshold."""
        return int(np.count_nonzero(self.over))

    @property
    def vertices_over_threshold(self) -> int:
        """Accounts of these."""
        return int(self.found.graph[self.over].vertices.size)

    @property
    def left_out(self) -> Mapping[str, int]:
        """Rows of the table that are no shares, by what they lack."""
        return self.keyed.left_out

    @property
    def counted_only(self) -> dict[str, int]:
        """Objects shared by too many at once: in `rows`, but without edges."""
        crowds = self.found.crowds
        return {
            "objects": int(crowds.thing.size),
            "shares": int(crowds.shares.sum()),
            "rows": int(crowds.pairs.sum()),
        }

    @cached_property
    def chance(self) -> Chance:
        """How improbable each edge is where nobody acts together (docs/network.md)."""
        window_us = round(self.window_s * 1_000_000)
        return edges_by_chance(self.keyed.shares, self.found, window_us, self.min_participation)

    def edge_list(self, *, chance: bool = False) -> pd.DataFrame:
        """One row an edge, heaviest first: both accounts, weight, over_threshold, objects, messages
        of each, mean_seconds_apart, first_at, last_at. chance: also occasions, p_value, q_value.
        """
        return tables.edge_list(self.keyed, self.found, self.over, self.chance if chance else None)

    def account_table(self, *, chance: bool = False) -> pd.DataFrame:
        """One row an account with an edge: shares, partners, weight, component (see components)."""
        return tables.account_table(self.keyed, self.found, self._chosen(chance=chance))

    def components(self, *, chance: bool = False) -> pd.DataFrame:
        """One row a component, largest first: accounts, edges, weight, objects, most_shared,
        first_at, last_at. Of the edges over the threshold; chance: of those that chance alone does
        not explain (q at most .05), with a p_value of the whole."""
        told = self.chance if chance else None
        return tables.component_table(self.keyed, self.found, self._chosen(chance=chance), told)

    def messages(self, account: Any, other: Any) -> pd.DataFrame:
        """The messages that made the edge of two accounts, by time: a row a pair of shares."""
        graph, keys = self.found.graph, self.keyed.accounts
        codes = keys.get_indexer(pd.Index([account, other]))
        if (codes < 0).any():
            raise ContractError("network: no such account in the table")
        edge = (graph.one == codes.min()) & (graph.other == codes.max())
        return tables.pair_table(self.keyed, self.found, edge).drop(columns="edge")

    def write(self, path: str | Path, *, chance: bool = False) -> Path:
        """The edge list as .csv, .parquet or .jsonl, or the graph as .graphml.

        Raises ContractError for another ending and where nothing can be written.
        """
        return outputs.write(self, Path(path), chance=chance)

    def _chosen(self, *, chance: bool) -> Flags:
        return self.chance.reported if chance else self.over

    def summary(self) -> dict[str, Any]:
        """The numbers, as `floodgauge network --json` prints them."""
        return {
            "rows": self.rows,
            "vertices": self.vertices,
            "edges": self.edges,
            "edges_over_threshold": self.edges_over_threshold,
            "vertices_over_threshold": self.vertices_over_threshold,
            "threshold": self.threshold,
            "shares": len(self.keyed.shares),
            "left_out": dict(self.left_out),
            "counted_only": self.counted_only,
            "object_type": self.object_type,
            "window_s": self.window_s,
            "min_participation": self.min_participation,
            "percentile": self.percentile,
            "seconds": round(self.seconds, 3),
        }


def network(
    df: Any,
    *,
    window: Window = "60s",
    min_participation: int = 2,
    percentile: float = 0.5,
    object_type: str | None = None,
    account: str | None = None,
    object: str | None = None,  # noqa: A002
    message: str | None = None,
    time: str | None = None,
    loops: bool = False,
    most_pairs: int = MOST,
) -> Network:
    """Accounts that share the same things within a sliding window, closed at both ends.

    df: a pandas, polars or Arrow table in any order, one row a share, with an account, an object, a
    time and, if there is one, the message's id: found by their usual names (CooRTweet's `object_id,
    account_id, content_id, timestamp_share` among them), or named by account, object, message and
    time. A table of posts has no objects; object_type says what to read from their texts or
    columns: url, hashtag, text (the same words), near-text, repost, reply, app. In a table with a
    column `object_type` it picks rows; without it participation counts in each type by itself, and
    the pairs of all make the edges. Numbers in the time column are seconds, milli-, micro- or
    nanoseconds since 1970, by their size; times without a zone are UTC.

    window: seconds, a timedelta or text such as "60s" or "5min"; 0 is the same moment.
    min_participation: shares that an account needs, in all and with a partner.
    percentile: 0 to 1, of all weights; edges above it are over the threshold.
    loops: keep pairs of an account with itself. most_pairs: more are counted, not made into edges,
    from the most shared object down; `counted_only` says so.

    Rows without account, object or time are left out and counted. Raises ContractError.
    Method: Giglietto et al. 2020; as CooRTweet 2.1.3 (Righetti and Balluff, 2023) counts.

    >>> import pandas as pd
    >>> import floodgauge as fg
    >>> posts = pd.DataFrame({"account_id": ["a", "b", "a", "b"], "object_id": ["x", "x", "y", "y"],
    ...                       "timestamp_share": [0, 60, 1000, 1030]})
    >>> found = fg.network(posts, window="60s")
    >>> found.rows, found.vertices, found.edges
    (2, 2, 1)
    """
    started = perf_counter()
    window_us = window_microseconds(window)
    _check(min_participation, percentile, most_pairs)
    keyed, kind = shares_of(
        df, object_type, account=account, object_=object, message=message, moment=time
    )
    found = find(
        keyed.shares,
        window_us,
        min_participation,
        loops=loops,
        most_of_a_thing=min(MOST_OF_A_THING, most_pairs),
        most=most_pairs,
    )
    weight = found.graph.weight
    threshold = float(np.quantile(weight, percentile)) if weight.size else None
    over = weight > threshold if threshold is not None else np.zeros(0, dtype=np.bool_)
    return Network(
        keyed=keyed,
        found=found,
        object_type=kind,
        window_s=window_us / 1_000_000,
        min_participation=min_participation,
        percentile=percentile,
        loops=loops,
        threshold=threshold,
        over=over,
        seconds=perf_counter() - started,
    )


def window_microseconds(window: Window) -> int:
    """Microseconds of a window. Raises ContractError for what is none."""
    try:
        span = pd.Timedelta(_with_unit(window)).to_pytimedelta()
    except (ValueError, TypeError, OverflowError, AttributeError):
        span = timedelta(-1)
    if not isinstance(span, timedelta) or span < timedelta(0):
        raise ContractError(f"window: {window!r} is no span; write it like 60s, 5min or 1h")
    return span // timedelta(microseconds=1)


def _with_unit(window: Window) -> timedelta | str:
    if isinstance(window, timedelta):
        return window
    try:
        return f"{float(window)}s"
    except ValueError:
        return str(window)


def _check(min_participation: int, percentile: float, most_pairs: int) -> None:
    if min_participation < 1:
        raise ContractError("min_participation: at least 1")
    if not 0 <= percentile <= 1:
        raise ContractError("percentile: from 0 to 1")
    if most_pairs < 0:
        raise ContractError("most_pairs: at least 0")
