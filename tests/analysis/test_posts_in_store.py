"""Posts on the way from the store to the evidence: what silence means, and calls that fail."""

from datetime import timedelta

from analysis.incidents.swing_to_incident import POSTS_KEPT, _posts_since
from analysis.run import analyze
from analysis.simulate import scenarios, simulate
from analysis.simulate.load import load_world
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store
from tests.collector.store.items import T0, item

DAY = timedelta(days=1)


def run(store: Store, source: str, covered_days: float | None) -> None:
    store.runs.write(
        RunReport(
            app="tips", source=source, started_at=T0, ended_at=T0, outcome="ok", stop_reason="end",
            covered_from=None if covered_days is None else T0 - covered_days * DAY, covered_to=T0,
            new=1, changed=0, seen=1, bad=0, requests=1, cost_usd=0.0, next_due_at=None,
        )
    )  # fmt: skip


def test_quiet_days_are_those_that_a_source_of_posts_covered(store: Store) -> None:
    store.apps.ensure("tips")
    store.items.write([item(kind="post", source="bluesky", rating=None)], how="poll")
    posts = store.items.frame("tips", kind="post")
    assert _posts_since(store, "tips", posts, T0, T0 + DAY) is None
    run(store, "google_play", 300)
    run(store, "bluesky", None)
    assert _posts_since(store, "tips", posts, T0, T0 + DAY) is None
    run(store, "bluesky", 9)
    assert _posts_since(store, "tips", posts, T0, T0 + DAY) == T0 - 9 * DAY
    run(store, "bluesky", 300)
    assert _posts_since(store, "tips", posts, T0, T0 + DAY) == T0 - POSTS_KEPT
    assert _posts_since(store, "tips", posts, T0, T0 - DAY) is None  # nothing was read by then


def test_a_source_that_had_nothing_was_listening(store: Store) -> None:
    store.apps.ensure("tips")
    nothing = store.items.frame("tips", kind="post")
    run(store, "feeds", 300)
    run(store, "google_play", 300)
    assert _posts_since(store, "tips", nothing, T0, T0 + DAY) is None, "no source of posts"
    run(store, "mastodon", 9)
    assert _posts_since(store, "tips", nothing, T0, T0 + DAY) == T0 - 9 * DAY
    assert _posts_since(store, "tips", nothing, T0 + DAY, T0 + DAY) is None, "not polled since"
    assert _posts_since(store, "tips", nothing, T0 - 10 * DAY, T0 + DAY) is None, "not yet polled"


def test_silence_of_a_source_says_nothing_of_one_that_is_new(store: Store) -> None:
    """Calls on a network that is read since yesterday are no more than those of other weeks."""
    store.apps.ensure("tips")
    posted = {"kind": "post", "source": "bluesky", "rating": None}
    store.items.write([item(**posted)], how="poll")
    posts = store.items.frame("tips", kind="post")
    run(store, "mastodon", 20)
    run(store, "bluesky", 1)
    assert _posts_since(store, "tips", posts, T0, T0 + DAY) == T0 - DAY
    assert _posts_since(store, "tips", posts, T0 + 4 * DAY, T0 + 5 * DAY) is None
    later = posts.assign(created_at=posts["created_at"] - 4 * DAY)
    assert _posts_since(store, "tips", later, T0, T0 + DAY) == T0 - 20 * DAY, "none near the swing"


def test_a_call_that_nobody_follows_is_none_of_the_stores(store: Store) -> None:
    world = simulate(scenarios.call_nobody_follows(calls=60, days=140), 5)
    load_world(store, world)
    assert any(raw.kind == "post" for raw in world.items)
    analyze(Settings(), store, world.end)
    assert {made["where"] for made in store.incidents.documents(world.app)} <= {"social"}
