"""The platform's view of a world at a moving time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.simulate import Edit, World, scenarios, simulate
from analysis.simulate.collecting import WorldClock
from analysis.simulate.load import protected_items
from analysis.simulate.shift import shifted
from analysis.simulate.standins.shop import Shop, changed_at, next_token, page_of, start_of
from collector.records import RawItem

WORLD = simulate(scenarios.bad_release(4.0, 150, days=140), 11)


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock(WORLD.end)


def truth_at(world: World, source: str, at: datetime) -> dict[str, tuple[object, ...]]:
    """What should be visible, worked out in another way: the last version of what is not gone."""
    found = {}
    for item in protected_items(world, at, b"x" * 32):
        if item.source == source:
            seen = (item.rating, item.reply_at, item.updated_at)
            found[item.item_id] = None if item.removed_at is not None else seen
    return {key: seen for key, seen in found.items() if seen is not None}


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0.0, 1.0), source=st.sampled_from(["google_play", "app_store"]))
def test_what_is_visible_is_the_truth_of_that_moment(share: float, source: str) -> None:
    clock = WorldClock(WORLD.start + share * (WORLD.end - WORLD.start))
    rows = Shop(WORLD, source, clock).listed()
    assert {r.item_id: (r.rating, r.reply_at, r.updated_at) for r in rows} == truth_at(
        WORLD, source, clock.now
    )
    times = [changed_at(row) for row in rows]
    assert times == sorted(times, reverse=True)
    assert all(at <= clock.now for at in times)


@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_follow_each_other(clock: WorldClock, size: int) -> None:
    rows = Shop(WORLD, "google_play", clock).listed()[:120]
    assert list(_walk(rows, size)) == rows


def _walk(rows: list[RawItem], size: int) -> Iterator[object]:
    token = None
    while True:
        start = start_of(rows, token)
        yield from page_of(rows, start, size)
        token = next_token(rows, start, size)
        if token is None:
            return


def test_a_token_holds_while_reviews_arrive(clock: WorldClock) -> None:
    shop = Shop(WORLD, "google_play", clock)
    rows = shop.listed()
    token = next_token(rows, 0, 50)
    shop.add([replace(rows[0], item_id="new", created_at=clock.now, updated_at=None)])
    later = shop.listed()
    assert later[0].item_id == "new"
    assert page_of(later, start_of(later, token), 50) == rows[50:100]


def test_changes_by_hand(clock: WorldClock) -> None:
    shop = Shop(WORLD, "app_store", clock)
    edited, removed = (row.item_id or "" for row in shop.listed()[5:7])
    before = shop.totals("us")
    clock.now += timedelta(hours=1)
    shop.edit(Edit(clock.now, edited, rating=5.0, text="Better now"))
    shop.remove(removed, clock.now)
    shop.add([replace(WORLD.reviews[0], item_id="one", rating=1.0, created_at=clock.now)])
    rows = {row.item_id: row for row in shop.listed()}
    assert (rows[edited].rating, rows[edited].text) == (5.0, "Better now")
    assert removed not in rows
    after = shop.totals("us")
    assert before is not None
    assert after is not None
    assert (after.count or 0) - (before.count or 0) == 1
    assert (after.star_1 or 0) - (before.star_1 or 0) == 1


def test_releases_come_out_in_time(clock: WorldClock) -> None:
    shop = Shop(WORLD, "google_play", clock)
    for release in WORLD.releases:
        clock.now = release.released_at
        current = shop.release()
        assert current is not None
        assert current.version == release.version


def test_page_faults(clock: WorldClock) -> None:
    rows = Shop(WORLD, "google_play", clock).listed()
    assert page_of(rows, 0, 10, "empty_page_with_token") == []
    assert len(page_of(rows, 0, 10, "more_rows")) == 20
    assert page_of(rows, 0, 10, "duplicate_rows")[1] == rows[0]
    assert sorted(r.item_id or "" for r in page_of(rows, 0, 10, "out_of_order")) == sorted(
        r.item_id or "" for r in rows[:10]
    )
    assert page_of(rows, 0, 10, "clock_skew")[0].created_at > rows[0].created_at
    assert next_token(rows, 0, 10, "repeated_token") == next_token(rows, 10, 10, "repeated_token")


def test_a_shifted_world_is_the_same_world_later() -> None:
    by = timedelta(days=700, hours=3)
    moved = shifted(WORLD, by)
    assert moved.truth[0].onset - WORLD.truth[0].onset == by
    assert moved.end - moved.start == WORLD.end - WORLD.start
    assert shifted(moved, -by) == WORLD
