"""The stores' sources with the real client libraries over HTTP, beyond the matrix of faults."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.loopback import ON_THE_WIRE, Fault
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from tests.collector.sources.places import Place, Reviews, fill, place_of
from tests.collector.sources.social import START
from tests.standins.shops import APP, bare_shop, review

SHOPS = ("app_store", "app_store_connect", "google_play", "play_developer")
PASSING: tuple[Fault, ...] = ("time_out", "reset", "429", "500")
"""Faults after which asking again is of use."""


def reviews_of(place: Place) -> Reviews:
    assert isinstance(place.things, Reviews)
    return place.things


@pytest.mark.parametrize("source", SHOPS)
@pytest.mark.parametrize("fault", ON_THE_WIRE)
def test_a_fault_that_passes_is_not_noticed(
    source: str, fault: Fault, tmp_path: Path, secret: bytes
) -> None:
    """Where repeating is of use, one bad answer in between costs nothing but time."""
    with place_of(source, tmp_path, secret) as place:
        fill(place, 1, 60, START, timedelta(minutes=30))
        place.server.fail(fault)
        place.timeout_s = 0.15 if fault == "time_out" else 10.0
        outcome = place.run().outcome
        if fault in PASSING:
            assert outcome == "ok"
            assert place.stored() == sorted(place.things.shown())
        else:
            assert outcome in ("ok", "failed", "partial")
        place.clock.pass_time(hours=1)
        assert place.run().outcome == "ok"
        assert place.stored() == sorted(place.things.shown())


def test_after_a_flood_the_app_store_goes_on(tmp_path: Path, secret: bytes) -> None:
    """Apple shows 500: the rest is lost, the run says from when on it is whole."""
    with place_of("app_store", tmp_path, secret) as place:
        fill(place, 1, 120, START, timedelta(minutes=30))
        assert place.run().outcome == "ok"
        place.clock.pass_time(hours=1)
        fill(place, 1000, 10_000, place.clock.now, timedelta(seconds=0.3))
        report = place.run()
        assert (report.outcome, report.new) == ("truncated", 500)
        assert report.covered_from == sorted(place.things.shown().values())[-500]
        place.clock.pass_time(minutes=5)
        place.things.add(20_000, place.clock.now)
        report = place.run()
        assert (report.outcome, report.new) == ("ok", 1)
        assert not place.gone()


def test_google_play_gets_all_of_a_flood(tmp_path: Path, secret: bytes) -> None:
    with place_of("google_play", tmp_path, secret) as place:
        fill(place, 1, 120, START, timedelta(minutes=30))
        place.run()
        place.clock.pass_time(hours=1)
        fill(place, 1000, 1_500, place.clock.now, timedelta(seconds=2))
        assert place.run().outcome == "ok"
        assert place.stored() == sorted(place.things.shown())


@pytest.mark.parametrize(("source", "requests"), [("google_play", 2), ("app_store", 2)])
def test_nothing_new_costs_one_page_and_the_totals(
    source: str, requests: int, tmp_path: Path, secret: bytes
) -> None:
    with place_of(source, tmp_path, secret) as place:
        fill(place, 1, 30, START - timedelta(days=20), timedelta(days=1))
        place.run()
        place.server.requests.clear()
        place.clock.pass_time(hours=1)
        report = place.run()
        assert (report.outcome, report.requests) == ("ok", requests)
        assert len(place.server.requests) == requests


def test_totals_and_releases_are_kept(tmp_path: Path, secret: bytes) -> None:
    with place_of("google_play", tmp_path, secret) as place:
        fill(place, 1, 120, START, timedelta(minutes=30))
        place.run()
        place.clock.pass_time(hours=1)
        place.things.add(500, place.clock.now)
        place.run()
        snapshots = place.store.timeline.snapshots(APP)
        assert snapshots["count"].tolist() == [120, 121]
        assert snapshots["star_3"].tolist() == [120, 121]
        release = bare_shop("google_play", place.clock).release()
        assert release is not None
        assert place.store.timeline.releases(APP)["version"].tolist() == [release.version]


def test_the_owners_api_stops_at_seven_days(tmp_path: Path, secret: bytes) -> None:
    with place_of("play_developer", tmp_path, secret) as place:
        said_at = START - timedelta(hours=1)
        row = review(1, START - timedelta(hours=2), source="google_play")
        reviews_of(place).shop.add(
            [replace(row, thumbs_up=3, reply_text="Thank you.", reply_at=said_at)]
        )
        assert place.run().outcome == "ok"
        item = place.items().iloc[0]
        assert (item["reply_text"], item["thumbs_up"], item["lang"]) == ("Thank you.", 3, "en")
        place.clock.pass_time(days=10)
        place.things.add(2, place.clock.now - timedelta(days=1))
        report = place.run()
        assert (report.outcome, "10 days ago" in told(report.stop_reason, english())) == (
            "truncated",
            True,
        )
        assert len(place.items()) == 2
        assert not place.gone()


def test_the_owners_of_apple_get_replies_and_territories(tmp_path: Path, secret: bytes) -> None:
    with place_of("app_store_connect", tmp_path, secret) as place:
        said_at = START - timedelta(hours=1)
        row = review(1, START - timedelta(hours=2), source="app_store")
        reviews_of(place).shop.add([replace(row, reply_text="Thank you.", reply_at=said_at)])
        assert place.run().outcome == "ok"
        item = place.items().iloc[0]
        assert (item["reply_text"], item["country"]) == ("Thank you.", "us")
        token = place.server.requests[0].bearer or ""
        assert token
        assert token not in place.store.runs.latest(APP).to_string()


@pytest.mark.parametrize("source", ["app_store_connect", "play_developer"])
def test_long_reviews_and_replies_of_the_owners_routes_are_stored_whole(
    source: str, tmp_path: Path, secret: bytes
) -> None:
    """Also a reply that was changed later, which takes the place of the one before."""
    said = " ".join(f"what is wrong, point {n}" for n in range(400))
    answered = " ".join(f"what we do about point {n}" for n in range(400))
    shop = "app_store" if source == "app_store_connect" else "google_play"
    with place_of(source, tmp_path, secret) as place:
        row = review(1, START - timedelta(hours=3), source=shop)
        at = START - timedelta(hours=2)
        whole = replace(row, text=said, reply_text=answered, reply_at=at)
        reviews_of(place).shop.add([whole])
        assert place.run().outcome == "ok"
        item = place.items().iloc[0]
        assert (item["text"], item["reply_text"], item["reply_at"]) == (said, answered, at)
        later = f"{answered} Done."
        changed = replace(whole, reply_text=later, reply_at=START - timedelta(hours=1))
        reviews_of(place).shop.add([changed])
        place.clock.pass_time(days=8 if source == "app_store_connect" else 0.1)
        place.run()
        assert place.items().iloc[0]["reply_text"] == later
        assert len(place.store.items.versions(APP)) == 1
