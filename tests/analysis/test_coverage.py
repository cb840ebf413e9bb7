"""What the polls of the review stores missed; other sources' polls say nothing of reviews."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analysis import series
from analysis.incidents.stored import stored_incidents
from analysis.incidents.was_watched import as_seen
from analysis.records import Incident
from analysis.replay.as_known import known_at
from analysis.run import analyze
from analysis.simulate import simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import load_world
from analysis.words.catalogue import english
from analysis.words.summary import summary
from collector.records import Item, RunReport
from collector.settings.config import Settings
from collector.store import Store
from collector.times import to_iso, to_us
from dashboard.command_line.incident_lines import brief
from dashboard.command_line.options import to_seconds
from tests.collector.store.items import item

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
GAP = [(to_us(START + 5 * HOUR), to_us(START + 20 * HOUR))]


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


def fail(store: Store, source: str, hours: range) -> None:
    store.apps.ensure("tips")
    for hour in hours:
        at = START + hour * HOUR
        blind = replace(report(source, at, at), outcome="failed", covered_from=None)
        store.runs.write(replace(blind, covered_to=None))


def test_while_the_stores_fail_other_polls_say_nothing_of_the_reviews(store: Store) -> None:
    now = START + 40 * HOUR
    hourly(store, "google_play", without=range(11, 31))
    store.items.write(
        [item("p1", kind="post", source="x", created_at=START + 9 * HOUR)], how="poll"
    )
    hourly(store, "x")
    fail(store, "google_play", range(11, 31))
    assert series.observed_until(store, "tips", now) == START + 10 * HOUR
    assert series.observed_until(store, "tips", START + 5 * HOUR) == START + 5 * HOUR
    hole = [to_us(START + h * HOUR) for h in (10, 30)]
    assert series.coverage_so_far(store, "tips").gaps.tolist() == [hole]
    assert series.coverage(store, "tips").gaps.size == 0
    known = series.coverage_so_far(store, "tips", as_of=START + 15 * HOUR)
    assert known.gaps.tolist() == [[hole[0], to_us(START + 15 * HOUR)]]
    late = item("r1", created_at=START + 12 * HOUR)  # of a run that broke off
    store.items.write([late], how="poll")
    assert series.observed_until(store, "tips", now) == late.created_at


def test_of_two_stores_the_one_that_works_is_looked_at(store: Store) -> None:
    hourly(store, "google_play", without=range(11, 31))
    fail(store, "google_play", range(11, 26))
    hourly(store, "app_store")
    assert series.observed_until(store, "tips", START + 40 * HOUR) == START + 30 * HOUR
    hole = [to_us(START + h * HOUR) for h in (10, 25)]  # then it was left out
    found = series.coverage_so_far(store, "tips")
    assert (found.gaps.size, found.truncated.tolist()) == (0, [hole])
    assert found.within(START, START + 30 * HOUR) == "truncated"
    poll(store, "google_play", 9, 31)
    assert series.coverage_so_far(store, "tips").within(START, START + 40 * HOUR) == "complete"


def test_without_reviews_and_stores_whatever_is_known_counts(store: Store) -> None:
    now = START + 40 * HOUR
    assert series.observed_until(store, "tips", now) == now
    hourly(store, "bluesky")
    assert series.observed_until(store, "tips", now) == START + 30 * HOUR
    store.items.write([item("r1", created_at=START + 7 * HOUR)], how="import")
    assert series.observed_until(store, "tips", now) == START + 7 * HOUR


def flooded(store: Store) -> list[Item]:
    """Two months of a small app on two stores, then thirty low stars on one of them."""
    store.apps.ensure("tips")
    days = np.random.default_rng(3).uniform(0, 60, 120)
    quiet = [item(f"q{n}", created_at=START + timedelta(days=d)) for n, d in enumerate(days)]
    ends = START + timedelta(days=60)
    low = [item(f"f{n}", created_at=ends - n * timedelta(minutes=9), rating=1.0) for n in range(30)]
    return quiet + low


@pytest.mark.parametrize("works", ["x", "app_store"])
def test_an_incident_is_not_over_because_its_store_fails(store: Store, works: str) -> None:
    """Unless another store was looked at: then it is, and what is told of it is a lower bound."""
    store.items.write(flooded(store), how="poll")
    end = 60 * 24
    for source in ("google_play", works):
        poll(store, source, 0, end)
    for day in range(1, 6):
        fail(store, "google_play", range(end + 24 * day, end + 24 * day + 1))
        poll(store, works, end + 24 * (day - 1), end + 24 * day)
        analyze(Settings(), store, START + (end + 24 * day) * HOUR + HOUR)
    (found,) = store.incidents.listed()
    kinds = {alarm["kind"] for alarm in store.incidents.alarms()}
    if works == "x":
        assert (found["ended_at"], found["coverage"], "ended" in kinds) == (None, "complete", False)
    else:
        assert found["ended_at"] is not None
        assert found["coverage"] == "truncated"
    poll(store, "google_play", end - 24, end + 6 * 24)  # it works again and missed nothing
    analyze(Settings(), store, START + (end + 7 * 24) * HOUR)
    found, quiet = store.incidents.listed()
    assert (found["direction"], quiet["direction"]) == ("negative", "fewer")  # six days of nothing
    assert found["ended_at"] is not None
    assert found["coverage"] == "complete"


def flood_alone(store: Store) -> Incident:
    """The one incident that there is: nobody was there to see that nothing came afterwards."""
    (flood,) = stored_incidents(store, "tips")
    assert flood.direction == "negative"
    return flood


def flood_then_nothing(store: Store) -> Incident:
    """The flood, after which somebody looked for days and nothing came: a second incident."""
    flood, quiet = sorted(stored_incidents(store, "tips"), key=lambda one: one.onset_at)
    assert (flood.direction, quiet.direction) == ("negative", "fewer")
    assert flood.ended_at is not None
    assert flood.ended_at <= quiet.onset_at < quiet.alarmed_at
    assert quiet.ended_at is None
    return flood


def said(incident: Incident) -> str:
    """Its summary."""
    return summary(incident, "Tip line", english())


def test_an_end_that_nobody_saw_is_none(store: Store) -> None:
    """Thirty low stars; then no store is read for days, and what came meanwhile stays unknown."""
    store.items.write(flooded(store), how="poll")
    end = 60 * 24
    poll(store, "google_play", 0, end)
    blind = START + (end + 50) * HOUR

    def shown(now: datetime) -> tuple[str, datetime | None, str]:
        analyze(Settings(), store, now)
        stored = flood_alone(store)
        read = as_seen(store, stored, now)
        return said(stored), read.unseen_since, brief(read).splitlines()[0]

    known = START + end * HOUR
    assert shown(START + (end + 20) * HOUR)[1] is None
    told, since, head = shown(blind)
    assert since == known
    assert "still going on" in told
    stored = flood_alone(store)
    assert "was going on when the reviews were last seen" in said(as_seen(store, stored, blind))
    assert head.endswith(f", not seen since {to_iso(known)}")
    assert " to " not in head
    store.apps.ensure("drill", simulated=True)
    drill = replace(stored, app="drill")
    assert as_seen(store, drill, blind) == drill


def test_a_reading_of_a_past_moment_knows_nothing_later(store: Store) -> None:
    """Read as of a moment in the flood, long before the newest data; then years go by."""
    store.items.write(flooded(store), how="poll")
    hourly(store, "google_play")
    poll(store, "google_play", 0, 60 * 24 + 30 * 24)
    now = START + timedelta(days=365)
    analyze(Settings(), store, now)
    whole = flood_then_nothing(store)
    assert whole.as_of is None
    then = whole.alarmed_at + HOUR
    analyze(Settings(), store, now, as_of=then)
    stored = flood_alone(store)
    read = as_seen(store, stored, now)
    assert (read.ended_at, read.unseen_since) == (None, None)
    assert read.as_of == then
    assert (
        brief(read).splitlines()[0].endswith(f", still going on as of {to_seconds(to_iso(then))}")
    )
    assert "it is still going on" not in said(read)
    assert "as of which this was read" in said(read)
    late = as_seen(store, replace(stored, as_of=now), now)
    assert late.unseen_since is not None
    assert late.unseen_since <= now


def test_a_gap_after_the_last_item_is_no_end(store: Store) -> None:
    store.items.write(flooded(store), how="poll")
    end = 60 * 24
    poll(store, "google_play", 0, end)
    poll(store, "google_play", end + 60, end + 24 * 12)
    now = START + (end + 24 * 12) * HOUR
    analyze(Settings(), store, now)
    stored = flood_then_nothing(store)
    assert stored.ended_at is not None
    assert (stored.unseen_since, stored.coverage) == (START + end * HOUR, "gaps")
    assert "so it may have gone on" in said(stored)
    assert f"to at least {to_iso(stored.ended_at)}, not seen since" in brief(stored)
    poll(store, "google_play", end, end + 24 * 12)  # somebody had looked after all
    analyze(Settings(), store, now)
    stored = flood_then_nothing(store)
    assert (stored.unseen_since, stored.coverage) == (None, "complete")
    assert stored.ended_at is not None
    assert f"to {to_iso(stored.ended_at)}" in brief(stored)


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


def test_each_store_has_its_own_holes_and_its_own_beginning(store: Store) -> None:
    hourly(store, "google_play")
    hourly(store, "app_store", without=range(1, 12))
    poll(store, "app_store", 0, 2)
    found = series.coverage(store, "tips")
    assert found.unseen["google_play"].size == 0
    hole = [to_us(START + hour * HOUR) for hour in (2, 11)]
    assert found.unseen["app_store"].tolist() == [hole]
    assert found.polled == dict.fromkeys(("google_play", "app_store"), to_us(START))
    read = series.history(store, "tips")
    assert read.polled == found.polled
    assert read.unseen["app_store"].tolist() == [hole]
