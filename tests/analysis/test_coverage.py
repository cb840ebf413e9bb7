"""What the polls of the review stores missed; other sources' polls say nothing of reviews."""

from datetime import UTC, datetime, timedelta

import pytest

from analysis import series
from analysis.as_known import known_at
from analysis.simulate import simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import load_world
from collector.config import Settings
from collector.records import RunReport
from collector.store import Store

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
GAP = [(series.microseconds(START + 5 * HOUR), series.microseconds(START + 20 * HOUR))]


def report(source: str, since: datetime, until: datetime, app: str = "tips") -> RunReport:
    return RunReport(
        app=app, source=source, started_at=until, ended_at=until, outcome="ok",
        stop_reason="read", covered_from=since, covered_to=until, new=0, changed=0, seen=1, bad=0,
        requests=1, cost_usd=0.0, next_due_at=None,
    )  # fmt: skip


def poll(store: Store, source: str, since: int, until: int) -> None:
    store.apps.ensure("tips")
    store.runs.write(report(source, START + since * HOUR, START + until * HOUR))


def hourly(store: Store, source: str, *, without: range = range(0)) -> None:
    for hour in range(1, 31):
        if hour not in without:
            poll(store, source, hour - 1, hour)


@pytest.mark.parametrize("beside", ["x", "bluesky", "mastodon", "feeds"])
def test_a_gap_of_the_stores_is_a_gap_whatever_else_was_read(store: Store, beside: str) -> None:
    hourly(store, "google_play", without=range(6, 21))
    hourly(store, beside)
    found = series.coverage(store, "tips")
    assert [tuple(span) for span in found.gaps.tolist()] == GAP
    assert found.truncated.size == 0
    assert found.within(START + 6 * HOUR, START + 7 * HOUR) == "gaps"


@pytest.mark.parametrize("beside", ["x", "bluesky", "mastodon", "feeds"])
def test_a_gap_elsewhere_leaves_the_reviews_complete(store: Store, beside: str) -> None:
    hourly(store, "google_play")
    hourly(store, beside, without=range(6, 21))
    assert series.coverage(store, "tips").within(START, START + 40 * HOUR) == "complete"


def test_of_two_stores_one_is_enough_to_see_something(store: Store) -> None:
    hourly(store, "google_play")
    hourly(store, "app_store", without=range(6, 21))
    found = series.coverage(store, "tips")
    assert found.gaps.size == 0
    assert [tuple(span) for span in found.truncated.tolist()] == GAP


def test_posts_alone_do_not_make_an_imported_history_polled(store: Store) -> None:
    hourly(store, "bluesky")
    found = series.coverage(store, "tips")
    assert found.basis(START, START + HOUR) == "imported"
    poll(store, "google_play", 10, 31)
    found = series.coverage(store, "tips")
    assert found.basis(START, START + 20 * HOUR) == "partly"
    assert found.basis(START + 11 * HOUR, START + 20 * HOUR) == "polled"
    assert found.basis(START, START + HOUR) == "imported"


def test_incidents_say_what_their_coverage_rests_on(store: Store) -> None:
    """Imported; polled from the middle of the swing on; polled from before it."""
    world = simulate(iwatch_drill(), 7)
    load_world(store, world)
    (flood,) = [event for event in world.truth if event.kind == "flood"]

    def basis() -> tuple[str, str]:
        (found,) = [
            incident
            for incident in known_at(Settings(), store, world.app, world.end)
            if abs(incident.onset_at - flood.onset) < timedelta(hours=3)
        ]
        return found.coverage_basis, found.coverage

    def polled(since: datetime) -> None:
        store.runs.write(report("google_play", since, world.end, world.app))

    assert basis() == ("imported", "complete")
    polled(flood.onset + 4 * HOUR)
    assert basis() == ("partly", "complete")
    polled(flood.onset - timedelta(days=30))
    assert basis() == ("polled", "complete")
