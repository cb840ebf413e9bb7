"""Releases side by side: counted from the items, fair to another mix, modest where it is early."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.trends.releases import compared, releases
from collector.store import Store
from tests.analysis.trends import histories, naive
from tests.analysis.trends.histories import APP, END


def rows(parts: list[tuple[str, str, int, float]]) -> pd.DataFrame:
    """Store, language, reviews, mean stars; half of them a star above, half below."""
    return pd.DataFrame(
        [
            {
                "source": source, "lang": lang, "stars": 3, "items": n, "rating_sum": n * mean,
                "rating_squares": n * (mean**2 + 1),
            }
            for source, lang, n, mean in parts
        ]
    )  # fmt: skip


def test_another_mix_of_stores_is_no_better_version() -> None:
    before = rows([("google_play", "en", 90, 2.0), ("app_store", "en", 10, 4.0)])
    after = rows([("google_play", "en", 10, 2.0), ("app_store", "en", 90, 4.0)])
    found = compared(before, after)
    assert found is not None
    assert found.difference == pytest.approx(0)
    assert found.better == pytest.approx(0.5)


def test_a_clear_fall_is_worse_and_few_reviews_are_too_early() -> None:
    before = rows([("google_play", "en", 60, 4.0)])
    worse = compared(before, rows([("google_play", "en", 60, 3.0)]))
    assert worse is not None
    assert worse.better < 0.01
    assert worse.difference == pytest.approx(-1)
    assert worse.low < worse.difference < worse.high < 0
    assert compared(before, rows([("google_play", "en", 6, 1.0)])) is None
    assert compared(before, rows([("app_store", "fr", 60, 1.0)])) is None


def test_the_numbers_of_a_release_are_those_of_its_reviews(store: Store) -> None:
    histories.fill(store, 2)
    found = {one.version: one for one in releases(store, APP, END)}
    assert list(found) == ["1.2", "1.1", "1.0"]
    for version, one in found.items():
        last = min(one.released_at + timedelta(days=28), END)
        since = one.released_at.replace(minute=0)
        every = naive.rows(store, APP, "review", since, last)
        mine = [row for row in every if row.version == version]
        rated = [row.rating for row in mine if row.rating is not None]
        named = [row for row in every if row.version is not None]
        assert one.rated == len(rated)
        assert one.stars == (pytest.approx(np.mean(rated)) if len(rated) >= 5 else None)
        assert one.share == pytest.approx(len(mine) / len(named))
        for days, count in zip((3, 7, 28), one.reviews, strict=True):
            end = since + timedelta(days=days)
            if end > END:
                assert count is None
            else:
                assert count == sum(row.created_at < end for row in mine)
    assert found["1.0"].before is None


def test_a_release_of_this_hour_is_too_early(store: Store) -> None:
    histories.fill(store, 0)
    moment = datetime(2024, 2, 21, 0, 30, tzinfo=UTC)
    newest = releases(store, APP, moment)[0]
    assert newest.reviews == (None, None, None)
    assert newest.verdict is None
