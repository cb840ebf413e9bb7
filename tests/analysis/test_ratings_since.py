"""Snapshots are read from where they matter on: the rest changes nothing."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from analysis import series
from collector.records import RatingSnapshot
from collector.store import Store
from collector.times import to_us

T0 = datetime(2024, 3, 1, tzinfo=UTC)
BARS = tuple(f"star_{n}" for n in range(1, 6))


def fill(store: Store) -> pd.DataFrame:
    """Three places, at odd times, with holes, falls and snapshots without bars."""
    draw = np.random.default_rng(5)
    rows = []
    for source, country in (("app_store", "us"), ("app_store", "de"), ("google_play", "us")):
        at, low = T0, 100
        for n in range(150):
            at += timedelta(minutes=int(draw.choice([7, 60, 600, 2_160, 2_161, 4_000])))
            low = max(0, low + int(draw.integers(-2, 4)))
            bars = dict.fromkeys(BARS) if n % 13 == 0 else dict.fromkeys(BARS, low)
            average = None if n % 11 == 0 else 4.0 + n / 1000
            kinds = {"source": source, "country": country, "at": at, "average": average}
            rows.append(RatingSnapshot(app="tips", count=5 * low, **kinds, **bars))  # type: ignore[arg-type]
    store.timeline.write_snapshots(rows)
    return store.timeline.snapshots("tips")


def test_low_ratings_since_a_moment_are_the_end_of_all(any_store: Store) -> None:
    seen = fill(any_store)
    every = series.low_ratings(any_store, "tips")
    assert len(every) > 100
    last = to_us(seen["at"].max().to_pydatetime())
    for since in np.linspace(to_us(T0), last, 60).astype(np.int64).tolist():
        found = series.low_ratings(any_store, "tips", since=since)
        assert found.tolist() == every[every >= since].tolist()


def test_a_span_of_snapshots_and_the_last_of_each_place(any_store: Store) -> None:
    seen = fill(any_store)
    for hours in (-1, 0, 30, 333, 1_000, 9_999):
        at = T0 + timedelta(hours=hours)
        span = any_store.timeline.snapshots("tips", since=at, until=at + timedelta(days=9))
        inside = seen[(seen["at"] >= at) & (seen["at"] <= at + timedelta(days=9))]
        pd.testing.assert_frame_equal(span, inside.reset_index(drop=True))
        for having in (("average",), BARS):
            known = seen[seen["at"] <= at].dropna(subset=list(having))
            last = known.groupby(["source", "country"]).tail(1)
            found = any_store.timeline.last_snapshots("tips", at, having)
            pd.testing.assert_frame_equal(found, last.reset_index(drop=True))
