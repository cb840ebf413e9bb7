"""How far back a busy app's reference goes."""

from datetime import UTC, datetime, timedelta

from collector.store import Store
from tests.collector.store.items import item

START = datetime(2024, 1, 1, tzinfo=UTC)


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
