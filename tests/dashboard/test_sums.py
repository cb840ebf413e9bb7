"""Sums that pages read instead of rows: the same as counting by hand."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from analysis import series
from analysis.app_state.situation import assess, whole_hour
from analysis.app_state.standing import Standing
from analysis.incidents import stored_impact
from analysis.incidents.stored import stored_incidents
from analysis.scored_items import ScoredItem, SeriesHour
from analysis.series import group_of
from collector import record_frames
from collector.store import Store
from dashboard import queries
from tests.dashboard import builders

HOUR = timedelta(hours=1)
SINCE, UNTIL = builders.ONSET - 70 * 24 * HOUR, builders.LAST + HOUR


@pytest.fixture
def filled(any_store: Store) -> Store:
    """The flood with posts, two countries and fractions of stars; its hours counted."""
    builders.fill(any_store)
    more = [
        builders.item(
            7000 + n, builders.ONSET + n * 5 * HOUR, (None, 1.4, 3.0, 5.0)[n % 4], "x",
            kind=("review", "post")[n % 3 == 0], country=("us", None)[n % 2],
        )
        for n in range(-60, 30)
    ]  # fmt: skip
    any_store.items.write(more, how="import")
    any_store.hourly.settle(builders.APP, any_store.hourly.recount(builders.APP))
    return any_store


@pytest.mark.parametrize("minutes", [0, 17, 24 * 60])
def test_days_say_of_an_app_what_its_hours_say(filled: Store, minutes: int) -> None:
    as_of = builders.LAST - timedelta(minutes=minutes)
    hours = series.hourly_counts(filled, builders.APP)
    days = series.daily_counts(filled, builders.APP, end=whole_hour(as_of), days=60)
    record_frames.check_frame(SeriesHour, days)
    app, runs = filled.apps.all()[0], filled.runs.latest()
    known = {
        "now": as_of,
        "span": filled.items.span(builders.APP),
        "sources": ("app_store",),
        "incidents": stored_incidents(filled),
        "runs": runs,
        "snapshots": filled.timeline.snapshots(builders.APP),
        "missing": None,
        "waiting_hours": 0,
        "standing": Standing("calm", "calm"),
    }
    by_day = assess(app, hours=days, **known)  # type: ignore[arg-type]
    by_hour = assess(app, hours=hours, **known)  # type: ignore[arg-type]
    assert by_day.stars == pytest.approx(by_hour.stars)  # sums in another order
    assert replace(by_day, stars=None) == replace(by_hour, stars=None)


def test_classes_keep_what_the_charts_count(filled: Store) -> None:
    hours = series.hourly_counts(filled, builders.APP, since=SINCE, until=UNTIL)
    classes = series.class_counts(filled, builders.APP, since=SINCE, until=UNTIL)
    record_frames.check_frame(SeriesHour, classes)
    assert len(classes) < len(hours)

    def sums(frame: pd.DataFrame) -> pd.DataFrame:
        keys = [frame["hour"], group_of(frame).rename("group")]
        return frame.groupby(keys)[["items", "rating_sum"]].sum()

    pd.testing.assert_frame_equal(sums(hours), sums(classes))


def test_stars_by_day_are_those_of_the_items(filled: Store) -> None:
    items = filled.items.frame(
        builders.APP, since=SINCE, until=UNTIL, kind="review", record=ScoredItem
    ).dropna(subset=["rating"])
    found = filled.sums.stars(builders.APP, [(SINCE, UNTIL)])
    keys = [items["created_at"].dt.floor("D"), items["source"], items["country"].fillna("-")]
    by_hand = items.groupby([*keys, items["rating"]]).size()
    made = found.fillna({"country": "-"}).set_index(["day", "source", "country", "rating"])["items"]
    assert made.sort_index().tolist() == by_hand.sort_index().tolist()
    assert filled.sums.star_hours(builders.APP, [(SINCE, UNTIL)])["items"].sum() == len(items)
    assert filled.sums.count(builders.APP, SINCE, UNTIL) >= len(items)


def test_low_stars_by_day_are_those_of_the_hours(filled: Store) -> None:
    counts = series.hourly_counts(filled, builders.APP, since=SINCE, until=UNTIL)
    counts = counts[(counts["kind"] == "review") & (counts["stars"] > 0)]
    low = counts["items"].where(counts["stars"] <= 2, 0)
    by_hand = pd.DataFrame({"low": low, "rated": counts["items"]})
    by_hand = by_hand.groupby(counts["hour"].dt.floor("D").rename("day")).sum().reset_index()
    found = filled.sums.low_by_day(builders.APP, SINCE, UNTIL)
    pd.testing.assert_frame_equal(found, by_hand)
    assert 0 < found["low"].sum() < found["rated"].sum()


def test_hours_that_wait_are_counted_by_app(filled: Store) -> None:
    assert filled.hourly.waiting() == {}
    filled.items.write([builders.item(9000, builders.LAST, 1.0, "x")], how="poll")
    assert filled.hourly.waiting() == {builders.APP: len(filled.hourly.dirty(builders.APP).hours)}


def test_the_cost_of_a_large_incident_comes_from_its_hours(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = stored_incidents(filled)[0]
    small = stored_impact.incident_impact(filled, incident, builders.LAST)
    monkeypatch.setattr(stored_impact, "MANY", 10)
    large = stored_impact.incident_impact(filled, incident, builders.LAST)
    assert large[0].source == small[0].source == "all"
    assert np.allclose(sum(large[0].excess), sum(small[0].excess), rtol=0.05)
    assert large[0].stars_with == pytest.approx(small[0].stars_with, abs=0.05)
    assert {i.country for i in large} == {"all"}


def test_what_is_left_of_a_span() -> None:
    at = [builders.ONSET + n * HOUR for n in range(10)]
    busy = [(at[6], at[7]), (at[2], at[4]), (at[3], at[5]), (at[9], at[9] + 9 * HOUR)]
    assert stored_impact.outside((at[0], at[9]), busy) == [
        (at[0], at[2]), (at[5], at[6]), (at[7], at[9]),
    ]  # fmt: skip
    assert stored_impact.outside((at[0], at[1]), [(at[0] - HOUR, at[2])]) == []


def test_nothing_is_read_twice_until_the_store_changes(
    flooded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    read = type(flooded.incidents).listed

    def counted(self: object, app: str | None = None) -> object:
        reads.append("incidents")
        return read(self, app)  # type: ignore[arg-type]

    monkeypatch.setattr(type(flooded.incidents), "listed", counted)
    for _ in range(3):
        assert len(queries.incidents(flooded)) == 1
    assert len(reads) == 1
    flooded.apps.ensure("another")
    queries.incidents(flooded)
    assert len(reads) == 2


def test_the_cost_of_an_open_incident_does_not_change_with_the_calendar(filled: Store) -> None:
    """Weeks of which nothing is known are no weeks of usual inflow."""
    incident = replace(stored_incidents(filled)[0], ended_at=None)
    known = stored_impact.incident_impact(filled, incident, builders.LAST + 30 * 24 * HOUR)
    later = stored_impact.incident_impact(filled, incident, builders.LAST + 400 * 24 * HOUR)
    assert [i.stars_without for i in later] == [i.stars_without for i in known]
    assert [i.excess for i in later] == [i.excess for i in known]
