"""The stores' sources under every fault, with the real client libraries over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.loopback import IN_THE_ROWS, ON_THE_WIRE, RETRY_AFTER_S, Fault
from collector.config import Settings
from collector.run import Surroundings
from collector.run import collect as run
from collector.store import open_store
from tests.collector.scripted import APP, START, Bench, Platform
from tests.collector.sources.keys import EC_KEY, SERVICE_ACCOUNT
from tests.collector.sources.shelf import (
    AppStore,
    AppStoreConnect,
    GooglePlay,
    PlayDeveloper,
    Shelf,
)

SHELVES: dict[str, type[Shelf]] = {
    "google_play": GooglePlay,
    "app_store": AppStore,
    "app_store_connect": AppStoreConnect,
    "play_developer": PlayDeveloper,
}
PUBLIC = ["google_play", "app_store"]


def settings_for(name: str, address: str) -> Settings:
    owner = name not in PUBLIC
    app = {
        "google_play": "com.example.library" if name in ("google_play", "play_developer") else None,
        "app_store": "1234567890" if "app_store" in name else None,
        "google_play_route": "owner" if owner else "public",
        "app_store_route": "owner" if owner else "public",
    }
    return Settings(
        apps={APP: app},
        endpoints={
            SHELVES[name].host: address,
            "oauth2.googleapis.com": address,
        },
        collecting={"timeout_s": 0.15},
        app_store_connect={"key_id": "K1", "issuer_id": "I1"},
        secrets={"app_store_connect_key": EC_KEY, "play_service_account": SERVICE_ACCOUNT},
    )


@contextmanager
def opened(
    name: str, folder: Path, secret: bytes, reviews: int = 120
) -> Iterator[tuple[Bench, Platform, Shelf]]:
    platform = Platform()
    for number in range(reviews):
        platform.add(START - timedelta(minutes=30) * (reviews - number), text=f"Text {number}")
    with (
        open_store(f"sqlite:///{folder / 'store.db'}", secret=secret) as store,
        SHELVES[name](platform) as shelf,
    ):
        bench = Bench(store, folder / "private", settings=settings_for(name, shelf.address))
        yield bench, platform, shelf


def collect(bench: Bench, name: str) -> tuple[str, str]:
    around = Surroundings(
        clock=bench.clock,
        sleep=bench.clock.sleep,
        monotonic=bench.clock.monotonic,
        private_dir=bench.folder,
    )
    (report,) = run(bench.settings, bench.store, around, sources=[name])
    return report.outcome, report.stop_reason


def same_as(bench: Bench, platform: Platform) -> bool:
    """The store holds what the platform shows, with its newest texts."""
    stored = bench.items()
    kept = stored[stored["removed_at"].isna()]
    shown = {key: row.text for key, row in platform.items.items()}
    return kept["text"].to_dict() == shown


def marks(bench: Bench, name: str) -> str | None:
    part = {"google_play": "reviews:en", "app_store": "reviews:us"}.get(name, "reviews")
    return bench.store.cursors.get(APP, name, part)


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("fault", ON_THE_WIRE)
def test_faults_of_the_wire(name: str, fault: Fault, tmp_path: Path, secret: bytes) -> None:
    with opened(name, tmp_path, secret) as (bench, platform, shelf):
        assert collect(bench, name)[0] == "ok"
        before = marks(bench, name)
        bench.clock.pass_time(hours=1)
        platform.add(bench.clock.now - timedelta(minutes=5), text="New")
        platform.edit("r00118", text="Edited")
        platform.remove("r00117", bench.clock.now)
        shelf.fail(always=fault)
        outcome, why = collect(bench, name)
        assert outcome == "failed", why
        assert marks(bench, name) == before
        assert bench.items()["removed_at"].isna().all()
        latest = bench.store.runs.latest(APP).iloc[0]
        if fault == "429_retry_after":
            wait = latest["next_due_at"] - latest["ended_at"]
            assert wait >= timedelta(seconds=RETRY_AFTER_S)
        shelf.fail()
        for _ in range(2):  # removals between numbered pages want two walks
            bench.clock.pass_time(hours=1)
            assert collect(bench, name)[0] == "ok"
        if name == "play_developer":  # what leaves its seven days is not gone
            del platform.removed["r00117"]
            assert "r00117" in bench.items().index
            assert bench.items().loc["r00118", "text"] == "Edited"
        else:
            assert same_as(bench, platform)
        revisions = bench.store.revisions.frame(APP)
        assert revisions["item_id"].tolist() == ["r00118"]


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("fault", ON_THE_WIRE)
def test_a_fault_that_passes_is_not_noticed(
    name: str, fault: Fault, tmp_path: Path, secret: bytes
) -> None:
    """Where repeating is of use, one bad answer in between costs nothing but time."""
    with opened(name, tmp_path, secret) as (bench, platform, shelf):
        shelf.fail(fault)
        outcome, _ = collect(bench, name)
        if fault in ("time_out", "reset", "429", "500"):
            assert outcome == "ok"
            assert same_as(bench, platform)
        else:
            assert outcome in ("ok", "failed", "partial")
        bench.clock.pass_time(hours=1)
        assert collect(bench, name)[0] == "ok"
        assert same_as(bench, platform)


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("fault", IN_THE_ROWS)
def test_faults_in_the_rows(name: str, fault: Fault, tmp_path: Path, secret: bytes) -> None:
    with opened(name, tmp_path, secret, reviews=230) as (bench, platform, shelf):
        shelf.fail(always=fault)
        outcome, why = collect(bench, name)
        if fault == "repeated_token" and name == "app_store":
            assert outcome in ("truncated", "failed", "partial"), why
        elif fault in ("repeated_token", "empty_page_with_token"):
            assert outcome in ("failed", "partial", "suspect_empty"), why
            assert marks(bench, name) is None
        else:
            assert outcome in ("ok", "truncated"), why
            assert set(bench.items().index) == set(platform.items)
        shelf.fail()
        bench.clock.pass_time(days=8)
        assert collect(bench, name)[0] in ("ok", "truncated")
        assert set(bench.items().index) == set(platform.items)
        assert bench.items().index.is_unique
        assert bench.items()["removed_at"].isna().all()
        assert bench.items()["text"].to_dict() == {k: r.text for k, r in platform.items.items()}


def test_ten_thousand_reviews_between_two_polls(tmp_path: Path, secret: bytes) -> None:
    """Apple shows 500: the rest is lost, and the run says so."""
    with opened("app_store", tmp_path, secret) as (bench, platform, _):
        assert collect(bench, "app_store")[0] == "ok"
        bench.clock.pass_time(hours=1)
        for number in range(10_000):
            platform.add(START + timedelta(seconds=number * 0.3), stars=1, text=f"Flood {number}")
        outcome, why = collect(bench, "app_store")
        assert outcome == "truncated", why
        run = bench.store.runs.latest(APP).iloc[0]
        assert run["new"] == 500
        assert run["covered_from"] == platform.items["r09620"].created_at
        assert run["next_due_at"] - run["ended_at"] <= timedelta(minutes=5)
        details = json.loads(run["details"])
        assert details["reviews:us"]["outcome"] == "truncated"
        assert bench.items()["removed_at"].isna().all()
        bench.clock.pass_time(minutes=5)
        platform.add(bench.clock.now)
        assert collect(bench, "app_store")[0] == "ok"


def test_google_play_gets_all_of_a_flood(tmp_path: Path, secret: bytes) -> None:
    with opened("google_play", tmp_path, secret) as (bench, platform, _shelf):
        collect(bench, "google_play")
        bench.clock.pass_time(hours=1)
        for number in range(1_500):
            platform.add(START + timedelta(seconds=number * 2), stars=1, text=f"Flood {number}")
        assert collect(bench, "google_play")[0] == "ok"
        assert same_as(bench, platform)


@pytest.mark.parametrize(("name", "requests"), [("google_play", 2), ("app_store", 2)])
def test_nothing_new_costs_one_page_and_the_totals(
    name: str, requests: int, tmp_path: Path, secret: bytes
) -> None:
    with opened(name, tmp_path, secret, reviews=30) as (bench, platform, shelf):
        for number, key in enumerate(sorted(platform.items)):
            platform.edit(key, created_at=START - timedelta(days=300 - number))
        collect(bench, name)
        shelf.requests.clear()
        bench.clock.pass_time(hours=1)
        assert collect(bench, name)[0] == "ok"
        assert len(shelf.requests) == requests


def test_totals_and_releases_are_kept(tmp_path: Path, secret: bytes) -> None:
    with opened("google_play", tmp_path, secret) as (bench, _platform, _):
        collect(bench, "google_play")
        bench.clock.pass_time(hours=1)
        collect(bench, "google_play")
        snapshots = bench.store.timeline.snapshots(APP)
        assert snapshots["count"].tolist() == [600, 600]
        assert snapshots["star_1"].tolist() == [120, 120]
        assert bench.store.timeline.releases(APP)["version"].tolist() == ["1.0"]


def test_the_owners_api_stops_at_seven_days(tmp_path: Path, secret: bytes) -> None:
    with opened("play_developer", tmp_path, secret) as (bench, platform, _):
        assert collect(bench, "play_developer")[0] == "ok"
        item = bench.items().iloc[0]
        assert (item["reply_text"], item["thumbs_up"], item["lang"]) == ("Thank you.", 3, "en")
        for key in list(platform.items):
            platform.remove(key, bench.clock.now)
        bench.clock.pass_time(days=10)
        platform.add(bench.clock.now - timedelta(days=1))
        outcome, why = collect(bench, "play_developer")
        assert (outcome, "10 days ago" in why) == ("truncated", True)
        assert bench.items()["removed_at"].isna().all()


def test_the_owners_of_apple_get_replies_and_territories(tmp_path: Path, secret: bytes) -> None:
    with opened("app_store_connect", tmp_path, secret) as (bench, _, shelf):
        assert collect(bench, "app_store_connect")[0] == "ok"
        item = bench.items().iloc[0]
        assert (item["reply_text"], item["country"]) == ("Thank you.", "us")
        token = shelf.requests[0].bearer or ""
        assert token not in bench.store.runs.latest(APP).to_string()
