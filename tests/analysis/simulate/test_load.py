"""A world in the store: what a collector that never slept would have left."""

from datetime import timedelta

import pytest

from analysis.simulate import World, scenarios, simulate
from analysis.simulate.load import load_world
from collector.store import Store


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(scenarios.bad_release(4.0, 150, days=140), 11)


def test_a_whole_world(store: Store, world: World) -> None:
    load_world(store, world)
    versions = store.items.versions(world.app)
    frame = versions.drop_duplicates("item_id", keep="last").set_index("item_id")
    assert len(frame) == len(world.items)
    app = store.apps.get(world.app)
    assert app is not None
    assert app.simulated
    last = {edit.item_id: edit for edit in world.edits}
    raised = {i: e.rating for i, e in last.items() if e.rating is not None}
    assert {i: frame.loc[i, "rating"] for i in raised} == raised
    assert len(store.revisions.frame(world.app)) == len(versions) - len(world.items)
    assert set(frame.index[frame["removed_at"].notna()]) == {r.item_id for r in world.removals}
    assert len(store.timeline.context(world.app)) == len(world.context)
    assert len(store.timeline.snapshots(world.app)) == len(world.snapshots)


def test_loading_twice_changes_nothing(store: Store, world: World) -> None:
    load_world(store, world)
    before = store.items.frame(world.app), store.revisions.frame(world.app)
    load_world(store, world)
    after = store.items.frame(world.app), store.revisions.frame(world.app)
    assert before[0].equals(after[0])
    assert before[1].equals(after[1])


def test_until_hides_the_future(store: Store, world: World) -> None:
    until = world.truth[0].onset + timedelta(hours=20)
    load_world(store, world, until=until)
    frame = store.items.frame(world.app)
    assert frame["created_at"].max() <= until
    assert not (frame["reply_at"] > until).any()
    assert not (frame["removed_at"] > until).any()
    assert not (store.timeline.context(world.app)["at"] > until).any()


def test_no_author_reaches_the_store(store: Store, world: World) -> None:
    load_world(store, world)
    authors = {item.author for item in world.items}
    frame = store.items.frame(world.app)
    assert not authors & set(frame.astype(str).to_numpy().ravel().tolist())
    assert frame["author_key"].str.fullmatch("[0-9a-f]{32}").all()
