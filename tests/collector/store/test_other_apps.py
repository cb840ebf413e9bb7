"""Reviews of other apps as a reference: the newest before a moment, of the wanted stars."""

from datetime import timedelta

from collector.records import Item
from collector.store import Store
from collector.store.reading.other_apps import COLUMNS, MOST_REVIEWS
from tests.collector.store.items import T0, item

HOUR = timedelta(hours=1)


def written(store: Store, rows: list[Item]) -> None:
    for app in sorted({row.app for row in rows}):
        store.apps.ensure(app)
    store.items.write(rows, how="poll")


def test_others_are_read_and_the_app_itself_is_not(any_store: Store) -> None:
    rows = [
        item(app="tips", item_id="1", text="mine", rating=1.0),
        item(app="bus", item_id="2", text="late", rating=1.0, lang="en"),
        item(app="bus", item_id="3", text="good", rating=5.0),
        item(app="bus", item_id="4", text="afterwards", rating=1.0, created_at=T0 + 2 * HOUR),
        item(app="bus", item_id="5", text="post", kind="post", rating=None),
        item(app="park", item_id="6", text="closed", rating=2.0),
    ]
    written(any_store, rows)
    found = any_store.other_apps.reviews("tips", T0 + HOUR, (1, 2))
    assert list(found.columns) == list(COLUMNS)
    assert sorted(found["text"]) == ["closed", "late"]
    assert found.set_index("app")["lang"]["bus"] == "en"


def test_no_other_app_no_rows(any_store: Store) -> None:
    written(any_store, [item(app="tips")])
    assert any_store.other_apps.reviews("tips", T0 + HOUR, (1, 2)).empty


def test_each_app_gives_its_share_of_the_newest(store: Store) -> None:
    many = MOST_REVIEWS // 2 + 10
    rows = [
        item(app=app, item_id=str(n), text=str(n), rating=1.0,
             created_at=T0 + timedelta(seconds=n))
        for app in ("bus", "park")
        for n in range(many)
    ]  # fmt: skip
    written(store, rows)
    found = store.other_apps.reviews("tips", T0 + timedelta(days=1), (1, 2))
    assert found["app"].value_counts().to_dict() == {"bus": MOST_REVIEWS // 2,
                                                     "park": MOST_REVIEWS // 2}  # fmt: skip
    assert set(found["text"].astype(int)) == set(range(10, many))
