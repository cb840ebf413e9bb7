"""Items: upsert with history, removal, forgetting; on SQLite and on a real PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collector import record_frames
from collector.records import Item
from collector.store import Cursor, Store, WriteCounts, open_store
from collector.store.reading.paging import Count
from collector.store.records import ItemFilter
from tests.collector.store.items import T0, item

DAY = timedelta(days=1)


def test_a_new_item_comes_back_as_it_was(any_store: Store) -> None:
    written = item(
        title="é 漢字 🌊", version="1.2", thumbs_up=3, updated_at=T0 + DAY, url="https://x.org/1"
    )
    assert any_store.items.write([written], how="poll") == WriteCounts(new=1)
    frame = record_frames.check_frame(Item, any_store.items.frame("tips"))
    row = frame.iloc[0]
    assert row["title"] == "é 漢字 🌊"
    assert row["written_at"] == pd.Timestamp(T0)
    assert row["created_at"] == row["updated_at"] == pd.Timestamp(T0 + DAY)
    assert row["thumbs_up"] == 3
    assert pd.isna(row["reply_at"])


def test_the_same_item_again_changes_nothing_but_last_seen(any_store: Store) -> None:
    any_store.items.write([item()], how="poll")
    counts = any_store.items.write([item(last_seen=T0 + DAY)], how="poll")
    assert counts == WriteCounts(unchanged=1)
    frame = any_store.items.frame("tips")
    assert frame["last_seen"].tolist() == [pd.Timestamp(T0 + DAY)]
    assert any_store.revisions.frame("tips").empty


def test_an_edit_is_an_arrival_and_the_old_stars_and_text_stay(any_store: Store) -> None:
    any_store.items.write([item(rating=5.0, text="great")], how="poll")
    before = any_store.items.frame("tips")
    edited = item(rating=1.0, text="flooded", updated_at=T0 + DAY, last_seen=T0 + 2 * DAY)
    assert any_store.items.write([edited], how="poll") == WriteCounts(changed=1)
    frame = any_store.items.frame("tips")
    assert frame["created_at"].tolist() == [pd.Timestamp(T0), pd.Timestamp(T0 + DAY)]
    assert frame[["rating", "text"]].to_numpy().tolist() == [[5.0, "great"], [1.0, "flooded"]]
    assert frame["rating_before"].fillna(0).tolist() == [0, 5.0]
    assert frame["written_at"].tolist() == [pd.NaT, pd.Timestamp(T0)]
    pd.testing.assert_frame_equal(
        frame.iloc[:1].drop(columns="last_seen"), before.drop(columns="last_seen")
    )
    again = any_store.items.write([replace(edited, last_seen=T0 + 3 * DAY)], how="poll")
    assert again == WriteCounts(unchanged=1)
    assert len(any_store.items.frame("tips")) == 2


@pytest.mark.parametrize(
    "edit",
    [
        {"text": "works for me, r1!"},
        {"text": "wroks for me r1"},
        {"rating": 5.0},
        {"text": None},
        {"version": "2.0"},
        {"reply_text": "thank you", "reply_at": T0 + DAY},
        {"thumbs_up": 9},
    ],
)
def test_what_is_no_new_opinion_counts_nothing_and_moves_nothing(
    any_store: Store, edit: dict[str, object]
) -> None:
    any_store.items.write([item()], how="poll")
    any_store.items.write([item(**{"last_seen": T0 + 2 * DAY, **edit})], how="poll")
    again = any_store.items.write([item(**{"last_seen": T0 + 3 * DAY, **edit})], how="poll")
    assert again == WriteCounts(unchanged=1)
    frame = any_store.items.frame("tips")
    assert frame[["rating", "text"]].to_numpy().tolist() == [[4.0, "works for me r1"]]
    assert frame["created_at"].tolist() == [pd.Timestamp(T0)]
    assert any_store.items.arrays("tips").stars.tolist() == [4]


def test_opinions_within_a_day_count_once_the_last(any_store: Store) -> None:
    for hours, stars in ((0, 5.0), (400, 3.0), (401, 2.0), (402, 1.0)):
        at = T0 + timedelta(hours=hours)
        any_store.items.write([item(rating=stars, updated_at=at, last_seen=at)], how="poll")
    frame = any_store.items.frame("tips")
    assert frame["rating"].tolist() == [5.0, 2.0]
    assert frame["rating_before"].tolist()[1] == 5.0
    then = any_store.items.frame("tips", as_of=T0 + timedelta(hours=400))
    assert then["rating"].tolist() == [5.0, 3.0]
    assert any_store.items.arrays("tips", as_of=T0 + timedelta(hours=400)).stars.tolist() == [5, 3]


def test_where_no_time_is_given_it_lies_between_the_two_polls(any_store: Store) -> None:
    polls = [T0 + DAY, T0 + 2 * DAY]
    names = [f"r{n}" for n in range(200)]
    any_store.items.write([item(n, last_seen=polls[0]) for n in names], how="poll")
    changed = [item(n, rating=1.0, last_seen=polls[1]) for n in names]
    any_store.items.write(changed, how="poll")
    frame = any_store.items.frame("tips")
    later = frame[frame["rating"] == 1.0]
    assert (later["changed_after"] == pd.Timestamp(polls[0])).all()
    assert later["created_at"].between(*polls).all()
    assert later["created_at"].nunique() > 190
    assert (later["created_at"] < pd.Timestamp(T0 + 1.5 * DAY)).sum() in range(70, 131)


def test_who_says_the_same_class_again_in_a_swing_counts_once(any_store: Store) -> None:
    for day, stars in ((0, 5.0), (30, 1.0), (32, 4.0), (34, 1.0), (60, 1.0)):
        at = T0 + day * DAY
        said = item(rating=stars, text=f"day {day}", updated_at=at, last_seen=at)
        any_store.items.write([said], how="poll")
    arrays = any_store.items.arrays("tips")
    assert arrays.stars.tolist() == [5, 1, 4]
    assert any_store.items.frame("tips")["rating"].tolist() == [5.0, 1.0, 4.0, 1.0]


def test_as_of_undoes_later_opinions_replies_and_items(any_store: Store) -> None:
    any_store.items.write([item(rating=5.0, text="great")], how="poll")
    edited = item(
        rating=1.0, text="flooded", updated_at=T0 + DAY, reply_text="sorry", reply_at=T0 + 2 * DAY
    )
    any_store.items.write([edited, item("r2", created_at=T0 + 3 * DAY)], how="poll")
    then = any_store.items.frame("tips", as_of=T0 + DAY / 2)
    assert then["text"].tolist() == ["great"]
    assert then["reply_at"].isna().all()
    arrays = any_store.items.arrays("tips", as_of=T0 + DAY / 2)
    assert arrays.stars.tolist() == [5]
    now = any_store.items.frame("tips", as_of=T0 + 9 * DAY)
    assert now["reply_text"].tolist()[1] == "sorry"
    assert len(now) == 3


def test_an_older_import_becomes_history_not_the_present(any_store: Store) -> None:
    any_store.items.write([item(rating=1.0, text="new", created_at=T0 + DAY)], how="poll")
    old = item(rating=5.0, text="old", created_at=T0)
    first = any_store.items.write([old], how="import")
    second = any_store.items.write([old], how="import")
    assert (first, second) == (WriteCounts(changed=1), WriteCounts(unchanged=1))
    frame = any_store.items.frame("tips")
    assert frame["text"].tolist() == ["old", "new"]
    assert frame["rating_before"].tolist()[1] == 5.0


def test_an_id_twice_in_one_file_imports_the_same_twice(any_store: Store) -> None:
    batch = [item(text="first"), item(text="second", created_at=T0 + DAY)]
    any_store.items.write(batch, how="import")
    before = any_store.items.frame("tips")
    again = any_store.items.write(batch, how="import")
    assert again.new == again.changed == 0
    pd.testing.assert_frame_equal(before, any_store.items.frame("tips"))


CONTENTS = st.tuples(
    st.sampled_from(["a", "b"]), st.sampled_from(["x", "y", None]), st.integers(0, 3)
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(CONTENTS, max_size=12), cut=st.integers(0, 12))
@example(rows=[("b", "y", 3), ("b", "y", 0), ("b", "y", 1), ("b", "x", 0)], cut=3)
def test_import_twice_is_once_in_any_batches(
    rows: list[tuple[str, str | None, int]], cut: int, secret: bytes
) -> None:
    seen = T0 + 9 * DAY
    batch = [item(i, text=t, created_at=T0 + day * DAY, last_seen=seen) for i, t, day in rows]
    with open_store("sqlite://", secret=secret) as store:
        store.items.write(batch[:cut], how="import")
        store.items.write(batch[cut:], how="import")
        once = store.items.frame("tips"), store.items.versions("tips")
        again = store.items.write(batch, how="import")
        assert again.new == again.changed == 0
        pd.testing.assert_frame_equal(once[0], store.items.frame("tips"))
        pd.testing.assert_frame_equal(once[1], store.items.versions("tips"))


def test_a_cursor_is_written_with_its_batch_or_not_at_all(any_store: Store) -> None:
    any_store.items.write([item()], how="poll", cursor=Cursor("tips", "google_play", "mark", "1"))
    bad = item("r2", rating="not a number")
    with pytest.raises(Exception, match=r"rating|float|double|numeric|r2"):
        any_store.items.write(
            [item("r3"), bad], how="poll", cursor=Cursor("tips", "google_play", "mark", "2")
        )
    assert any_store.cursors.get("tips", "google_play", "mark") == "1"
    assert any_store.items.frame("tips")["item_id"].tolist() == ["r1"]


def test_gone_only_what_the_walk_covered(any_store: Store) -> None:
    seen = T0 + 10 * DAY
    any_store.items.write(
        [
            item("kept", created_at=T0 + 5 * DAY, last_seen=seen),
            item("vanished", created_at=T0 + 5 * DAY),
            item("before the walk", created_at=T0),
        ],
        how="poll",
    )
    gone = any_store.items.mark_gone(
        "tips", "google_play", walked_from=T0 + DAY, not_seen_since=seen, at=seen
    )
    frame = any_store.items.frame("tips").set_index("item_id")
    assert gone == 1
    assert frame["removed_at"].notna().to_dict() == {
        "before the walk": False,
        "kept": False,
        "vanished": True,
    }
    any_store.items.write(
        [item("vanished", created_at=T0 + 5 * DAY, last_seen=seen + DAY)], how="poll"
    )
    assert any_store.items.frame("tips")["removed_at"].isna().all()


def test_forgotten_items_stay_out(any_store: Store) -> None:
    both = [item("r1", author_key="k1"), item("r2", author_key="k1"), item("r3", author_key="k2")]
    any_store.items.write([*both, item("r3", author_key="k2", text="edited")], how="poll")
    assert any_store.items.forget(author_of="r1") == 2
    assert any_store.items.forget(item="r3") == 1
    assert any_store.items.versions("tips").empty
    again = any_store.items.write([*both, item("r4", author_key="k1")], how="poll")
    assert again == WriteCounts(refused=4)
    assert any_store.items.frame("tips").empty
    assert any_store.scores.waiting("tips") == 0


def test_forgetting_by_age(any_store: Store) -> None:
    any_store.items.write([item("old"), item("young", created_at=T0 + 9 * DAY)], how="poll")
    assert any_store.items.forget(older_than=T0 + DAY) == 1
    assert any_store.items.frame("tips")["item_id"].tolist() == ["young"]
    at = T0 + 30 * DAY
    changed = item("young", rating=1.0, created_at=at, last_seen=at)
    any_store.items.write([changed], how="poll")
    assert any_store.items.forget(older_than=T0 + 10 * DAY) == 1
    left = any_store.items.versions("tips")
    assert left["rating"].tolist() == [1.0]
    assert left[["rating_before", "written_at"]].isna().all(axis=None)


def test_pages_filter_sort_and_search_in_the_database(any_store: Store) -> None:
    any_store.items.write(
        [
            item("a", rating=1.0, text="100% broken_login", created_at=T0),
            item("b", rating=5.0, text="fine", created_at=T0 + DAY),
            item("c", rating=None, text="BROKEN again", kind="post", created_at=T0 + 2 * DAY),
        ],
        how="poll",
    )
    any_store.apps.ensure("tips")

    def ids(sort: str = "newest", **wanted: object) -> list[str]:
        found = ItemFilter(**wanted)  # type: ignore[arg-type]
        page = any_store.items.page(found, sort=sort).items  # type: ignore[arg-type]
        assert any_store.items.count(found) == Count(len(page), exact=True)
        return list(page["item_id"])

    assert ids() == ["c", "b", "a"]
    assert ids(sort="lowest") == ["a", "b", "c"]
    assert ids(words="broken") == ["c", "a"]
    assert ids(words="100 broken_log*") == ["a"]
    assert ids(words="_%_") == []
    assert ids(stars=(1, 5), until=T0 + DAY) == ["a"]
    assert ids(kinds=("post",)) == ["c"]


def test_hours_follow_every_change(any_store: Store) -> None:
    from analysis.scored_items import SeriesHour

    any_store.items.write([item("a", rating=5.0), item("b", rating=1.0, text="bad")], how="poll")
    any_store.scores.write(
        "tips", "test", [(t.text_hash, 0.5) for t in any_store.scores.unscored("tips")]
    )
    changed = any_store.hourly.recount("tips")
    assert len(changed.hours) == 1
    any_store.hourly.settle("tips", changed)
    assert len(any_store.hourly.dirty("tips").hours) == 0
    later = T0 + 2 * DAY
    any_store.items.write([item("a", rating=1.0, updated_at=later)], how="poll")
    any_store.hourly.recount("tips")
    frame = any_store.hourly.frame("tips", SeriesHour)
    assert frame[["stars", "items"]].to_numpy().tolist() == [[1, 1], [5, 1], [1, 1]]
    any_store.items.forget(item="a")
    any_store.hourly.recount("tips")
    frame = any_store.hourly.frame("tips", SeriesHour)
    assert frame["items"].tolist() == [1]
    assert frame["sentiment_sum"].tolist() == [0.5]
    record_frames.check_frame(SeriesHour, frame)


def test_each_distinct_text_waits_once(any_store: Store) -> None:
    any_store.items.write(
        [
            item("a", text="same", created_at=T0 + DAY),
            item("b", text="same"),
            item("c", text=None, title="title"),
        ],
        how="poll",
    )
    waiting = any_store.scores.unscored("tips")
    assert len(waiting) == 2
    assert {(row.text, row.first_at) for row in waiting} == {("same", T0), ("title", T0)}
    any_store.scores.write("tips", "vader-1", [(row.text_hash, None) for row in waiting])
    assert any_store.scores.waiting("tips") == 0


def test_an_hour_that_changes_while_it_is_worked_on_stays_dirty(any_store: Store) -> None:
    any_store.items.write([item("a"), item("b", created_at=T0 + DAY)], how="poll")
    changed = any_store.hourly.recount("tips")
    any_store.items.write([item("c")], how="poll")
    any_store.hourly.settle("tips", changed)
    assert len(any_store.hourly.dirty("tips").hours) == 1
    any_store.hourly.recount("tips")
    assert any_store.hourly.total("tips") == 3
