"""What has to be read: the reasons that reviews give, calls in posts, times until an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evidence.coordination.calls import call_in
from analysis.reasons.lexicon import CODES
from analysis.reasons.read import reasons_of
from analysis.trends import intervals
from analysis.trends.bins import index_of
from analysis.trends.panels import Grid
from analysis.trends.points import FEWEST
from collector.store import Store
from collector.times import HOUR_US

MOST_READ = 4_000
"""Texts that are read of a span; of more an even part is."""
Array = NDArray[np.float64]


def part_of(items: int) -> int:
    """Each so-many-th row is read."""
    return max(1, -(-items // MOST_READ))


@dataclass(frozen=True, slots=True)
class Said:
    """Reviews of a span with the reasons that each gives. every: each so-many-th was read."""

    rows: pd.DataFrame
    reasons: list[frozenset[str]]
    every: int


def read(store: Store, app: str, since: datetime, until: datetime, texts: int) -> Said:
    """Reads the reviews of a span. texts: how many have a text."""
    every = part_of(texts)
    rows = store.said_rows.texts(app, "review", since, until, every)
    found = reasons_of(rows["text"].tolist(), rows["rating"].tolist())
    return Said(rows, [frozenset(reasons) for reasons in found], every)


def with_bins(rows: pd.DataFrame, bounds: Sequence[datetime]) -> pd.DataFrame:
    """Rows with the place of their bin."""
    places = index_of(bounds).searchsorted(pd.DatetimeIndex(rows["created_at"]), side="right") - 1
    return rows.assign(bin=places)


def reasons(said: Said, grid: Grid) -> Iterator[pd.DataFrame]:
    """Shares of the reasons that are given at all."""
    rows = with_bins(said.rows, grid.bounds)
    every = np.bincount(rows["bin"], minlength=grid.bins).astype(np.float64)
    shown = np.where(grid.seen.reviews & (every == 0), np.nan, every)
    yield replace(grid, every=said.every).counted("reasons", "texts", shown)
    for code in CODES:
        gives = np.array([code in each for each in said.reasons], dtype=bool)
        if gives.any():
            having = np.bincount(rows["bin"].to_numpy()[gives], minlength=grid.bins)
            items = np.where(np.isnan(shown), np.nan, having)
            share = intervals.shares(having.astype(np.float64), every)
            yield grid.rows("reasons", code, share, items)


def by_reason(said: Said, bounds: Sequence[datetime]) -> pd.DataFrame:
    """Sums like those of the store, split by reason: a review counts with each that it gives."""
    rows = with_bins(said.rows, bounds)
    given = pd.Series([sorted(each) or [""] for each in said.reasons], index=rows.index)
    rows = rows.assign(reason=given).explode("reason")
    stars = np.floor(rows["rating"].fillna(0) + 0.5).astype("int64")
    score = rows["score"]
    clear = np.where(score.isna(), 2, np.select([score < -0.15, score > 0.15], [-1, 1], 0))
    return pd.DataFrame(
        {
            "bin": rows["bin"],
            "kind": "review",
            "source": rows["source"],
            "stars": stars,
            "lean": clear,
            "reason": rows["reason"],
            "items": 1,
            "rating_sum": rows["rating"].fillna(0.0),
            "rating_squares": rows["rating"].fillna(0.0) ** 2,
            "score_sum": score.fillna(0.0),
            "score_squares": score.fillna(0.0) ** 2,
            "answered": 0,
            "changed": rows["changed"],
        }
    )


def posts(
    store: Store, app: str, since: datetime, until: datetime, names: Sequence[str], every: int
) -> pd.DataFrame:
    """The posts of a span, with whether each calls on others."""
    rows = store.said_rows.texts(app, "post", since, until, every)
    calls = [call_in(text, names) is not None for text in rows["text"]]
    return rows.assign(calls=np.array(calls, dtype=bool))


def calls(rows: pd.DataFrame, grid: Grid, every: int) -> Iterator[pd.DataFrame]:
    """How many of the posts call on others. every: each so-many-th was read."""
    if rows.empty:
        return
    rows = with_bins(rows, grid.bounds)
    read = np.bincount(rows["bin"], minlength=grid.bins)
    found = rows["bin"].to_numpy()[rows["calls"].to_numpy()]
    counts = np.bincount(found, minlength=grid.bins).astype(np.float64)
    counts[grid.seen.posts & (read == 0)] = np.nan
    yield replace(grid, every=every).counted("posts", "calls", counts)


def hours_until_answer(rows: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """The median of the hours until an answer. rows: columns of AnsweredRow."""
    rows = with_bins(rows, grid.bounds)
    hours = (rows["reply_at"] - rows["created_at"]).dt.total_seconds() / (HOUR_US / 1e6)
    hours = hours.clip(lower=0.0)
    grouped = hours.groupby(rows["bin"].to_numpy())
    items, value = np.zeros(grid.bins), np.full(grid.bins, np.nan)
    counts, medians = grouped.size(), grouped.median()
    items[counts.index] = counts
    value[medians.index] = medians
    return grid.rows("replies", "hours", np.where(items < FEWEST, np.nan, value), items)
