"""Talk and reviews are one event only where that was known at the later of both alarms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.incidents.incident_ids import Names
from analysis.incidents.merge_split import Event, detected
from analysis.incidents.stored import stored_alarms, stored_incidents
from analysis.incidents.where import belongs
from analysis.records import Swing, Talk
from analysis.run import analyze
from analysis.talk.swings_of_talk import joined
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.analysis.talk.worlds import ANGRY, APP, CHEERFUL, DAY, STORM, T0, filled, quiet, storm
from tests.collector.store.items import item

HOUR = timedelta(hours=1)
SAID = Talk(
    posts=20, expected_posts=0.1, people=20, conversations=20, reach=1, negative=20, positive=0,
    networks=["bluesky"],
)  # fmt: skip


def swing(onset: float, alarm: float, end: float | None, *, told: float = 18, **more: Any) -> Swing:
    """A swing of reviews; hours after STORM."""
    values: dict[str, Any] = {
        "direction": "negative",
        "onset_at": STORM + onset * HOUR,
        "alarmed_at": STORM + alarm * HOUR,
        "peak_at": STORM + onset * HOUR,
        "ended_at": None if end is None else STORM + end * HOUR,
        "closed_at": None if end is None else STORM + (end + told) * HOUR,
        "items": 20,
        "expected_items": 0.1,
        "recurrence_days": 4000.0,
        "escalations": (),
        "detector": "count",
        "window_hours": 4.0,
        "launch": False,
    }
    return Swing(**{**values, **more})


def talk(onset: float, alarm: float, end: float | None, **more: Any) -> Swing:
    return swing(onset, alarm, end, **{"talk": SAID, **more})


def kinds(found: Sequence[Event]) -> list[list[tuple[str, str | None]]]:
    return [[(a.kind, a.where) for a in event.alarms] for event in found]


def events(*swings: Swing) -> list[Event]:
    return sorted(detected(APP, swings, Names(APP)), key=lambda event: event.alarmed_at)


def test_reviews_on_the_heels_of_talk_are_one_event_told_once() -> None:
    (event,) = events(talk(0, 1, 5), swing(3, 3.5, 20))
    assert event.id == f"{APP}-{STORM + HOUR:%Y%m%dT%H%MZ}"
    assert kinds([event]) == [[("opened", "social"), ("ended", None)]]


def test_reviews_after_the_talk_was_told_to_be_over_are_told() -> None:
    """The worst of all: a flood that nobody hears of, since posts of Monday had been told."""
    said, flood = talk(0, 1, 5), swing(45, 46, 60)
    assert kinds(events(said, flood)) == [
        [("opened", "social"), ("ended", None)],
        [("opened", None), ("ended", None)],
    ]


def test_a_storm_of_posts_long_after_the_reviews_began_is_told_as_growth() -> None:
    (event,) = events(swing(0, 1, None), talk(480, 481, 490))
    assert kinds([event]) == [[("opened", None), ("escalated", "social")]]


def test_reviews_half_a_day_after_the_talk_are_told_as_growth() -> None:
    (event,) = events(talk(0, 1, 9), swing(12, 13, 20))
    assert kinds([event]) == [[("opened", "social"), ("escalated", "stores"), ("ended", None)]]


def test_praise_and_anger_are_two_events() -> None:
    anger, praise = swing(0, 1, 9), talk(0, 1.5, 9, direction="positive")
    assert not belongs(anger, praise)
    assert belongs(anger, replace(praise, direction="mixed"))
    assert not belongs(swing(0, 1, 9, direction="positive"), talk(0, 1.5, 9))
    mixed = replace(anger, direction="mixed", counts="negative")
    assert not belongs(mixed, praise)


def test_a_trickle_of_posts_is_of_the_reviews_only_where_it_swells_with_them() -> None:
    trickle, flood = talk(-24, -6, None, window_hours=24.0), swing(0, 1, 20)

    def few(one: Swing, *_: object) -> Swing:
        return replace(one, items=2, expected_items=0.1)

    assert not belongs(flood, trickle, few)
    assert belongs(flood, trickle, lambda one, *_: replace(one, items=4, expected_items=0.1))
    assert not belongs(flood, trickle, lambda one, *_: replace(one, items=4, expected_items=2.0))


SPANS = st.tuples(st.floats(0, 60), st.floats(0, 10), st.floats(0, 50), st.floats(1, 72))


@given(SPANS, SPANS)
def test_what_comes_later_parts_nothing(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> None:
    """As known at the later alarm, at any later moment, and in the end: the same."""
    found = []
    for make, (onset, delay, lasts, told) in ((swing, one), (talk, other)):
        alarm = onset + delay
        found.append(make(onset, alarm, alarm + lasts, told=told))
    known = max(each.alarmed_at for each in found)
    then = [
        each
        if each.closed_at is not None and each.closed_at <= known
        else replace(each, ended_at=None, closed_at=None)
        for each in found
    ]
    assert belongs(*then) == belongs(*found)


@given(SPANS, SPANS, st.sampled_from(("negative", "positive", "mixed")))
def test_every_alarm_is_told_within_six_hours(
    one: tuple[float, float, float, float],
    other: tuple[float, float, float, float],
    direction: str,
) -> None:
    reviews, said = (
        make(onset, onset + delay, onset + delay + lasts, told=told)
        for make, (onset, delay, lasts, told) in ((swing, one), (talk, other))
    )
    said = replace(said, direction=direction)  # type: ignore[arg-type]
    told = [a.at for e in events(reviews, said) for a in e.alarms if a.kind != "ended"]
    for each in (reviews, said):
        assert any(timedelta(0) <= each.alarmed_at - at <= 6 * HOUR for at in told)


@given(st.lists(SPANS, min_size=2, max_size=4))
def test_what_the_looks_find_stays_one_event_or_several(
    spans: list[tuple[float, float, float, float]],
) -> None:
    """At every later alarm the events by then are those that are told in the end."""
    found = sorted(
        (
            talk(onset, onset + delay, onset + delay + lasts, told=told)
            for onset, delay, lasts, told in spans
        ),
        key=lambda one: one.alarmed_at,
    )
    whole = [event.alarmed_at for event in joined(found)]
    for last in found:
        then = [
            one
            if one.closed_at is not None and one.closed_at <= last.alarmed_at
            else replace(one, ended_at=None, closed_at=None)
            for one in found
            if one.alarmed_at <= last.alarmed_at
        ]
        by_then = [event.alarmed_at for event in joined(then)]
        assert by_then == [at for at in whole if at <= last.alarmed_at]


def low_stars(after: timedelta, count: int = 40, hours: float = 6) -> list[Item]:
    low = [(STORM + after + n * hours * HOUR / count, 1.0, f"low-{n}") for n in range(count)]
    usual = [(T0 + n * DAY, 5.0, f"high-{n}") for n in range(124)]
    return [
        item(item_id=name, created_at=at, rating=rating, text=f"one star, {name}", app=APP)
        for at, rating, name in [*low, *usual]
    ]


@pytest.mark.parametrize("texts", [ANGRY, CHEERFUL])
def test_a_flood_is_told_at_its_own_alarm(store: Store, texts: tuple[str, ...]) -> None:
    """Whether its talk is joined to it or, being praise, is not."""
    filled(store, quiet(), storm(texts, 60, 5), low_stars(10 * HOUR))
    analyze(Settings(), store, STORM + 4 * DAY)
    made = stored_incidents(store, APP)
    assert sorted(one.where for one in made) == (
        ["both"] if texts is ANGRY else ["social", "stores"]
    )
    for one in made:
        assert one.onset_at <= one.alarmed_at
    (flood,) = [one for one in made if one.where != "social"]
    told = [a for a in stored_alarms(store, APP) if a.incident == flood.id and a.kind != "ended"]
    assert flood.alarmed_at in [alarm.at for alarm in told]
    if texts is ANGRY:
        assert flood.talk_alarmed_at is not None
        assert flood.talk_onset_at is not None
        assert flood.talk_onset_at <= flood.talk_alarmed_at < STORM + 10 * HOUR
        assert (told[0].kind, told[0].where) == ("opened", "social")
        assert ("escalated", "stores", flood.alarmed_at) in [(a.kind, a.where, a.at) for a in told]


def test_whoever_came_later_joins_the_same(store: Store, secret: bytes) -> None:
    """Who looks on and who reads it all at once tell of the same events."""
    parts = quiet(), storm(ANGRY, 60, 5), low_stars(30 * HOUR)

    def told(by: Store, *hours: int) -> list[tuple[str, str, datetime]]:
        filled(by, *parts)
        for at in (STORM + after * HOUR for after in hours):
            analyze(Settings(), by, at, as_of=at)
        return [(one.id, one.where, one.alarmed_at) for one in stored_incidents(by, APP)]

    with open_store("sqlite://", secret=secret) as later:
        assert told(store, 2, 33, 96) == told(later, 96)
