"""Whole runs over a moving world by the real client libraries: the store equals the truth."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
import stamina

from analysis.simulate import Scenario, World, scenarios, simulate
from analysis.simulate.collecting import WorldClock, world_settings
from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.everything import served, store_stand_ins
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.standins.shop import Shop
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.records import RunReport
from collector.store import Store
from dashboard.command_line.run_lines import exit_code


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1):
        yield


def english(scenario: Scenario) -> Scenario:
    """One language keeps the number of walks small."""
    one = (("en", 1.0),)
    events = tuple(
        replace(e, bursts=tuple(replace(b, languages=one) for b in e.bursts))
        for e in scenario.events
    )
    return replace(scenario, languages=one, events=events)


class Bench:
    """A world's stores being collected, with the clock in the test's hand."""

    def __init__(self, world: World, store: Store, folder: Path) -> None:
        self.clock = WorldClock(world.truth[0].onset if world.truth else world.end)
        self.world, self.store, self.folder = world, store, folder
        self.servers = store_stand_ins(world, self.clock)

    @contextmanager
    def running(self) -> Iterator["Bench"]:
        with served(self.servers) as addresses:
            self.settings = world_settings(self.world, self.servers, addresses)
            yield self

    def run(self) -> dict[str, RunReport]:
        around = Surroundings(
            clock=self.clock,
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            private_dir=self.folder,
        )
        reports = collect(self.settings, self.store, around, sources=["app_store", "google_play"])
        return {report.source: report for report in reports}

    def shop(self, source: str) -> Shop:
        host = {"app_store": "itunes.apple.com", "google_play": "play.google.com"}[source]
        server: StandIn = self.servers[host]
        assert isinstance(server, AppStoreServer | GooglePlayServer)
        (shop,) = server.shops.values()
        return shop

    def stored(self, source: str) -> pd.DataFrame:
        frame = self.store.items.versions(self.world.app)
        frame = frame[frame["source"] == source].drop_duplicates("item_id", keep="last")
        return frame.set_index("item_id")


@pytest.fixture
def bench(store: Store, tmp_path: Path) -> Iterator[Bench]:
    world = simulate(english(scenarios.bad_release(2.0, 120, days=135)), 7)
    with Bench(world, store, tmp_path).running() as started:
        yield started


def assert_equal(bench: Bench, source: str) -> None:
    """Everything that is visible is stored as it is visible, and nothing else counts as there."""
    shown = {row.item_id: (row.rating, row.reply_at) for row in bench.shop(source).listed()}
    frame = bench.stored(source)
    here = frame[frame["removed_at"].isna()]
    assert set(here.index) == set(shown)
    assert here["rating"].to_dict() == {i: r for i, (r, _) in shown.items()}
    if source == "google_play":
        replied = {i for i, (_, at) in shown.items() if at is not None}
        assert set(here.index[here["reply_at"].notna()]) == replied


def test_edits_replies_and_removals_end_up_in_the_store(bench: Bench) -> None:
    while bench.clock.now < bench.world.end:
        assert {r.outcome for r in bench.run().values()} == {"ok"}
        bench.clock.now += timedelta(hours=30)
    bench.clock.now += timedelta(days=8)
    for _ in range(2):
        bench.run()
        bench.clock.now += timedelta(hours=1)
    for source in ("google_play", "app_store"):
        assert_equal(bench, source)
    gone = {r.item_id for r in bench.world.removals}
    frame = bench.store.items.frame(bench.world.app)
    assert set(frame["item_id"][frame["removed_at"].notna()]) <= gone
    raised = {e.item_id for e in bench.world.edits if e.item_id in bench.world.truth[0].item_ids}
    kept = set(bench.store.revisions.frame(bench.world.app)["item_id"])
    seen_before = {
        e.item_id
        for e in bench.world.edits
        if e.at - bench.world.truth[0].onset > timedelta(days=4)
    }
    assert len(raised & seen_before) > 5
    assert raised & seen_before <= kept


def test_totals_and_releases_are_recorded(bench: Bench) -> None:
    bench.run()
    bench.clock.now += timedelta(days=4)
    bench.run()
    totals = bench.store.timeline.snapshots(bench.world.app)
    assert set(totals["source"]) == {"google_play", "app_store"}
    assert (totals[totals["source"] == "google_play"]["star_1"].diff().dropna() > 0).all()
    versions = set(bench.store.timeline.releases(bench.world.app)["version"])
    assert {"9.0.0", "9.0.1"} <= versions


def test_one_failing_source_leaves_the_others(bench: Bench) -> None:
    bench.servers["itunes.apple.com"].fail(always="500")
    reports = bench.run()
    assert reports["app_store"].outcome == "failed"
    assert reports["google_play"].outcome == "ok"
    assert exit_code(list(reports.values())) == 1
    assert_equal(bench, "google_play")
