"""Half a star counts up, wherever stars are counted and on both databases."""

from datetime import timedelta

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from analysis.scored_items import SeriesHour
from collector.stars import whole, whole_stars
from collector.store import Store, open_store
from collector.store import engine as databases
from collector.store.records import ItemFilter
from collector.times import HOUR_US
from tests.collector.store.items import item
from tests.collector.store.test_hourly import START
from tests.databases import insert, upgraded_to

RATINGS = (None, 0.5, 1.0, 1.5, 2.49, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
STARS = [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_every_count_says_the_same(any_store: Store) -> None:
    any_store.apps.ensure("tips")
    rated = [item(f"r{n}", created_at=START, rating=one) for n, one in enumerate(RATINGS)]
    any_store.items.write(rated, how="poll")
    edges = (START, START + timedelta(hours=1))
    wanted = {stars: STARS.count(stars) for stars in set(STARS)}

    def told() -> list[dict[int, int]]:
        groups = any_store.groups.sums("tips", edges).groupby("stars")["items"].sum()
        hours = any_store.hourly.frame("tips", SeriesHour).groupby("stars")["items"].sum()
        arrays = np.unique(any_store.items.arrays("tips").stars, return_counts=True)
        explored = {
            n: any_store.items.count(ItemFilter(apps=("tips",), stars=(n,))).items for n in range(6)
        }
        each = dict(zip(*(one.tolist() for one in arrays), strict=True))
        return [dict(groups), dict(hours) or wanted, each, explored]

    assert told() == [wanted] * 4, "counted from the items"
    any_store.hourly.recount("tips")
    any_store.hourly.settle("tips", any_store.hourly.dirty("tips"))
    assert told() == [wanted] * 4, "counted from the hours"


@given(st.lists(st.one_of(st.floats(0, 5), st.just(float("nan")))))
def test_one_is_as_many(ratings: list[float]) -> None:
    each = [0 if rating != rating else whole(rating) for rating in ratings]
    assert whole_stars(ratings).tolist() == each


@pytest.mark.parametrize("rating", [2.0, 2.5])
def test_hours_of_older_stores_with_half_stars_are_counted_again(
    store_url: str, secret: bytes, rating: float
) -> None:
    engine = databases.connect(databases.resolve_url(store_url))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        upgraded_to("0018", connection)
        row = {
            "app": "tips", "source": "s", "item_id": "r", "kind": "review", "rating": rating,
            "created_at": 7 * HOUR_US + 1, "arrived_at": 0, "first_seen": 0, "last_seen": 0,
            "content_hash": "", "text_length": 0,
        }  # fmt: skip
        insert(connection, "items", row)
        connection.execute(sa.text("INSERT INTO apps VALUES ('tips', 'Tips', false, 0)"))
    engine.dispose()
    with open_store(store_url, secret=secret) as store:
        assert store.hourly.dirty("tips").hours.tolist() == [7 * HOUR_US] * (rating == 2.5)
