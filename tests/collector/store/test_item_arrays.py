"""Items as numbers are what the rows say."""

import math
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from collector.store import Store
from collector.store.reading import item_arrays
from tests.collector.store.items import T0, item

DAY = timedelta(days=1)
RATINGS = (None, 1.0, 2.5, 3.5, 1.4, 4.999, 5.0, 0.0)
SOURCES = ("google_play", "app_store", "x", "Zoo", "ärzte")


@pytest.fixture(scope="module")
def moments() -> list[timedelta]:
    """Some years with holes, many items at one moment, some before 1970."""
    draw = np.random.default_rng(4)
    days = np.sort(draw.choice([0, 1, 2, 200, 900, -20_000], 120) + draw.integers(0, 3, 120))
    return [DAY * int(day) for day in days]


@pytest.fixture
def filled(any_store: Store, moments: list[timedelta]) -> Store:
    """Reviews and posts of two apps; some were changed a month and three months later."""
    batch = [
        item(
            f"r{n}", app="tips" if n % 10 else "other", source=SOURCES[n % 5],
            kind="post" if n % 7 == 0 else "review", rating=RATINGS[n % 8], created_at=T0 + at,
        )
        for n, at in enumerate(moments)
    ]  # fmt: skip
    any_store.items.write(batch, how="poll")
    for later, days in ((1, 30), (3, 90)):
        edits = [
            item(
                f"r{n}", source=SOURCES[n % 5], rating=float(later), text=f"edit {later}",
                created_at=T0 + at, updated_at=T0 + at + days * DAY,
            )
            for n, at in enumerate(moments)
            if n % 10 and n % 3 == 0
        ]  # fmt: skip
        any_store.items.write(edits, how="poll")
    return any_store


def naive(frame: pd.DataFrame) -> list[tuple[int, int, str, bool]]:
    """The obvious way: one row after the other."""
    return [
        (
            round(row.created_at.timestamp() * 1e6),
            0 if pd.isna(row.rating) else math.floor(row.rating + 0.5),
            row.source,
            row.kind == "post",
        )
        for row in frame.itertuples()
    ]


def told(found: item_arrays.ItemArrays) -> list[tuple[int, int, str, bool]]:
    names = [found.sources[n] for n in found.source.tolist()]
    rows = zip(found.at.tolist(), found.stars.tolist(), names, found.is_post.tolist(), strict=True)
    return list(rows)


def test_arrays_say_what_the_rows_say(filled: Store) -> None:
    for since in (None, T0 + DAY, T0 + 900 * DAY, T0 + 5_000 * DAY):
        found = filled.items.arrays("tips", since=since)
        assert told(found) == naive(filled.items.frame("tips", since=since))
        assert set(found.sources) == {found.sources[n] for n in found.source.tolist()}
    assert filled.items.arrays("nobody").sources == ()


def test_arrays_of_an_earlier_moment_have_its_stars(filled: Store) -> None:
    seen = set()
    for days in (-1, 0, 1, 2, 31, 92, 202, 903, 5_000):
        as_of = T0 + days * DAY
        rows = told(filled.items.arrays("tips", as_of=as_of))
        assert rows == naive(filled.items.frame("tips", as_of=as_of))
        seen.add(sum(stars for _, stars, _, _ in rows) / max(len(rows), 1))
    assert len(seen) > 3


def test_arrivals_are_the_same_items(filled: Store) -> None:
    found, frame = filled.arrival_order.items("tips"), filled.items.frame("tips")
    parts = (found.at, found.stars, found.source, found.is_post, found.sources)
    assert told(item_arrays.ItemArrays(*parts)) == naive(frame)
    assert len(set(found.id.tolist())) == len(frame)
    assert pd.to_datetime(found.arrived, unit="us", utc=True).tolist() == list(frame["arrived_at"])
