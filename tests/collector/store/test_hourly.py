"""How far back a busy app's reference goes; how many items there are."""

from datetime import UTC, datetime, timedelta

import numpy as np

from analysis.scored_items import SeriesHour
from collector.store import Store
from tests.collector.store.items import item

START = datetime(2024, 1, 1, tzinfo=UTC)
END = START + timedelta(days=999)


def test_the_newest_reviews_before_a_moment(any_store: Store) -> None:
    any_store.apps.ensure("tips")
    reviews = [item(f"r{n}", created_at=START + timedelta(hours=n // 3)) for n in range(60)]
    posts = [item(f"p{n}", created_at=START + timedelta(hours=19), kind="post") for n in range(50)]
    any_store.items.write([*reviews, *posts], how="poll")
    any_store.hourly.recount("tips")
    end = START + timedelta(hours=20)
    since = any_store.hourly.newest_since
    assert since("tips", "review", end, 1) == START + timedelta(hours=19)
    assert since("tips", "review", end, 7) == START + timedelta(hours=17)
    assert since("tips", "review", START + timedelta(hours=10), 30) == START
    assert since("tips", "review", START + timedelta(hours=10), 31) is None
    assert since("other", "review", end, 1) is None


def test_the_kept_total_is_the_sum_of_the_hours(any_store: Store) -> None:
    def by_hand(app: str, until: datetime | None = None) -> int:
        counts = any_store.hourly.frame(app, SeriesHour)
        return int(counts[counts["hour"] <= (until or END)]["items"].sum())

    draw = np.random.default_rng(2)
    for step in range(8):
        for app in ("tips", "other"):
            at = [START + timedelta(hours=int(h)) for h in draw.integers(0, 900, 20)]
            found = [item(f"r{step % 3}-{n}", app=app, created_at=t) for n, t in enumerate(at)]
            any_store.items.write(found, how="poll")
        if step % 3 == 2:
            any_store.items.forget(item=f"r{step % 3}-{step}")
        before = any_store.hourly.total("tips")
        any_store.hourly.recount("other")
        assert any_store.hourly.total("tips") == before
        any_store.hourly.recount("tips")
        for app in ("tips", "other", "nobody"):
            assert any_store.hourly.total(app) == by_hand(app)
        middle = START + timedelta(hours=450)
        assert any_store.hourly.total("tips", until=middle) == by_hand("tips", middle)
    assert any_store.hourly.total("tips") == len(any_store.items.frame("tips")) > 50
    any_store.items.forget(older_than=END)
    any_store.hourly.recount("tips")
    assert any_store.hourly.total("tips") == 0
