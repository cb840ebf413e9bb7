"""Whole worlds: the drill's public facts, the truth, and what holds for every scenario."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from analysis.simulate import Scenario, World, events, scenarios, simulate

DALLAS = ZoneInfo("America/Chicago")
ALL = {
    "drill": scenarios.iwatch_drill(),
    "drill without posts": scenarios.iwatch_without_posts(),
    "quiet": scenarios.quiet(5.0),
    "bad release": scenarios.bad_release(),
    "outage": scenarios.outage(),
    "policy": scenarios.policy_reaction(),
    "protest": scenarios.angry_protest_with_news(),
    "promotion": scenarios.promotion(),
    "launch": scenarios.press_launch(),
    "counter-swing": scenarios.counter_swing(),
    "call nobody follows": scenarios.call_nobody_follows(),
}


@pytest.fixture(scope="module", params=ALL, ids=list(ALL))
def world(request: pytest.FixtureRequest) -> World:
    return simulate(ALL[request.param], 5)


def _sunday(world: World) -> list[float]:
    return [
        item.rating
        for item in world.reviews
        if item.rating and item.created_at.astimezone(DALLAS).date().isoformat() == "2020-05-31"
    ]


@pytest.mark.parametrize("seed", range(4))
def test_drill_follows_the_public_facts(seed: int) -> None:
    world = simulate(scenarios.iwatch_drill(), seed)
    (flood,) = world.truth
    stars = [i.rating for i in world.reviews if i.item_id in flood.item_ids and i.rating]
    sunday = _sunday(world)
    assert 516 <= len(sunday) <= 518
    assert abs(sum(sunday) / len(sunday) - 1.1) < 0.03
    assert stars.count(5.0) == 1
    assert stars.count(1.0) > 0.9 * len(stars)
    assert flood.coordinated
    assert flood.cause == "external"
    assert flood.direction == "negative"
    before = [i for i in world.reviews if i.created_at < flood.onset]
    assert 1.5 < len(before) / ((flood.onset - world.start).days / 7) < 4.0
    request = datetime(2020, 5, 31, 5, 48, tzinfo=UTC)
    assert (request, "statement") in {(c.at, c.kind) for c in world.context}
    calls = [p.created_at for p in world.posts if p.item_id in flood.item_ids]
    assert request < min(calls) < flood.onset
    assert len(calls) > 100
    assert world.app == "iwatch-dallas"
    assert world.timezone == "America/Chicago"
    assert world.simulated


def test_drill_sinks_both_stores_to_one_star_and_takes_under_two_seconds() -> None:
    started = time.perf_counter()
    world = simulate(scenarios.iwatch_drill(), 0)
    assert time.perf_counter() - started < 2.0
    last = {s.source: s.average for s in world.snapshots}
    before = {s.source: s.average for s in world.snapshots if s.at < world.truth[0].onset}
    assert set(last) == {"google_play", "app_store"}
    assert all(average is not None and average < 2.0 for average in last.values())
    assert all(average is not None and average > 3.4 for average in before.values())


def test_drill_without_posts_has_the_same_reviews() -> None:
    full, silent = (
        simulate(f(), 1) for f in (scenarios.iwatch_drill, scenarios.iwatch_without_posts)
    )
    assert not silent.posts
    assert [r.created_at for r in silent.reviews] == [r.created_at for r in full.reviews]


@pytest.mark.parametrize("name", ["drill", "bad release", "call nobody follows"])
def test_the_same_seed_gives_the_same_world(name: str) -> None:
    assert simulate(ALL[name], 5) == simulate(ALL[name], 5)
    assert simulate(ALL[name], 6) != simulate(ALL[name], 5)


def test_items_are_in_order_unique_and_inside_the_history(world: World) -> None:
    times = [item.created_at for item in world.items]
    ids = [item.item_id for item in world.items]
    assert times == sorted(times)
    assert None not in ids
    assert len(set(ids)) == len(ids)
    assert world.start - timedelta(seconds=1) <= times[0]
    assert times[-1] < world.end
    assert all(item.rating in {1, 2, 3, 4, 5} for item in world.reviews)
    assert all(item.rating is None for item in world.posts)
    assert all(
        item.reply_at is None or item.created_at < item.reply_at < world.end for item in world.items
    )


def test_changes_refer_to_items_and_follow_them(world: World) -> None:
    made = {item.item_id: item.created_at for item in world.items}
    assert all(made[edit.item_id] < edit.at < world.end for edit in world.edits)
    assert all(made[removal.item_id] <= removal.at < world.end for removal in world.removals)
    gone = {removal.item_id: removal.at for removal in world.removals}
    assert all(edit.at < gone.get(edit.item_id, world.end) for edit in world.edits)


def test_versions_are_out_when_named(world: World) -> None:
    out = {release.version: release.released_at for release in world.releases}
    named = [(i.version, i.created_at) for i in world.reviews if i.version]
    assert all(out[version] <= at + timedelta(seconds=1) for version, at in named)
    assert len({version for version, _ in named}) > 1


def test_truth_covers_its_items(world: World) -> None:
    for event in world.truth:
        mine = [i for i in world.reviews if i.item_id in event.item_ids]
        assert mine
        assert min(i.created_at for i in mine) >= event.onset - timedelta(seconds=1)
        assert max(i.created_at for i in mine) < event.end


def test_totals_never_fall(world: World) -> None:
    for source in ("google_play", "app_store"):
        counts = [s.count for s in world.snapshots if s.source == source]
        assert counts == sorted(counts, key=lambda c: c or 0)
        assert len(counts) > 100


@pytest.mark.parametrize(
    ("name", "cause", "direction", "coordinated"),
    [
        ("bad release", "release", "negative", False),
        ("outage", "service", "negative", False),
        ("policy", "external", "negative", False),
        ("protest", "external", "negative", False),
        ("promotion", "promotion", "positive", False),
        ("launch", "launch", "mixed", False),
    ],
)
def test_truth_says_what_was_injected(
    name: str, cause: str, direction: str, coordinated: bool
) -> None:
    (event,) = simulate(ALL[name], 2).truth
    assert (event.cause, event.direction, event.coordinated) == (cause, direction, coordinated)


def test_quiet_worlds_have_no_truth() -> None:
    for name in ("quiet", "call nobody follows"):
        assert simulate(ALL[name], 2).truth == ()


def test_a_call_nobody_follows_leaves_the_reviews_alone() -> None:
    called, quiet = (
        simulate(s, 8) for s in (scenarios.call_nobody_follows(), scenarios.quiet(3.0, days=160))
    )
    assert [r.created_at for r in called.reviews] == [r.created_at for r in quiet.reviews]
    assert len(called.posts) > len(quiet.posts) + 30


def test_bad_release_names_its_version_and_is_amended() -> None:
    world = simulate(scenarios.bad_release(3.0, 300), 4)
    (event,) = world.truth
    named = [i.version for i in world.reviews if i.item_id in event.item_ids and i.version]
    assert named.count("9.0.0") > 0.8 * len(named)
    raised = [e for e in world.edits if e.item_id in event.item_ids]
    assert len(raised) > 10
    assert all(e.rating in {4.0, 5.0} for e in raised)


def test_events_compose_without_touching_the_background() -> None:
    scenario = scenarios.quiet(4.0)
    at = scenario.start + timedelta(days=100)
    both = scenario.with_events(
        events.outage(at, 40), events.promotion(at + timedelta(days=20), 50)
    )
    plain, rich = simulate(scenario, 3), simulate(both, 3)
    injected = set().union(*(event.item_ids for event in rich.truth))
    assert [e.kind for e in rich.truth] == ["outage", "promotion"]
    rest = [(r.created_at, r.source, r.rating) for r in rich.reviews if r.item_id not in injected]
    assert rest == [(r.created_at, r.source, r.rating) for r in plain.reviews]


def test_an_app_without_reviews_is_a_world_too() -> None:
    world = simulate(replace(scenarios.quiet(0.0, days=20), posts_per_day=0.0), 1)
    assert world.items == ()
    assert world.truth == ()
    assert world.snapshots


def test_scenarios_are_plain_data() -> None:
    assert scenarios.iwatch_drill() == scenarios.iwatch_drill()
    assert isinstance(hash(scenarios.counter_swing()), int)
    assert isinstance(scenarios.quiet(), Scenario)
